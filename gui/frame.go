package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// narrowBelow is the width at which the size class changes.
const narrowBelow = 1040

// frame is the sidebar with the place for a page beside it, and a strip above
// the page for what concerns the whole window.
type frame struct {
	root   *fyne.Container
	layout *frameLayout
	strip  *parts.Notice
	above  *fyne.Container // the strip with room around it
	right  *fyne.Container
	page   *fyne.Container

	noTray bool // said that there is no tray icon
}

func newFrame(side *sidebar, setNarrow func(bool)) *frame {
	f := &frame{strip: parts.NewNotice(), page: container.NewStack()}
	f.layout = &frameLayout{setNarrow: setNarrow}
	f.above = widgets.Padded(theme.CardGap, theme.PageSide, -theme.CardGap, theme.PageSide, f.strip.Object())
	f.above.Hide()
	f.right = container.NewBorder(f.above, nil, nil, nil, f.page)
	f.strip.OnChanged = f.showStrip
	f.root = container.New(f.layout, widgets.NewSurface(widgets.Ground{Fill: theme.Background}, widgets.Spacer()), side.root, f.right)
	return f
}

func (f *frame) showStrip() {
	if f.strip.Text() == "" {
		f.above.Hide()
	} else {
		f.above.Show()
	}
	f.right.Refresh()
}

// say tells above every page what concerns them all, until clear.
func (f *frame) say(s widgets.Status, text, button string, press func()) {
	f.strip.Say(s, text, button, press)
}

func (f *frame) clear() { f.strip.Clear() }

// noTrayText is what somebody should know who is used to look for the tray icon.
const noTrayText = "This desktop shows no tray icon. Hookbird goes on working when you close this window: start it again to come back."

// setTray tells, once a window, that this desktop has no tray icon.
func (f *frame) setTray(there bool) {
	switch {
	case there && f.strip.Text() == noTrayText:
		f.clear()
	case !there && !f.noTray && f.strip.Text() == "":
		f.noTray = true
		f.say(widgets.Info, noTrayText, "", nil)
	}
}

// setPage shows a page.
func (f *frame) setPage(o fyne.CanvasObject) {
	f.page.Objects = []fyne.CanvasObject{o}
	f.page.Refresh()
}

// narrow tells the size class.
func (f *frame) narrow() bool { return f.layout.narrow }

// frameLayout places ground, sidebar and page, and notices when the size class
// changes.
type frameLayout struct {
	narrow    bool
	setNarrow func(bool)
}

func (l *frameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return leastSize }

func (l *frameLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if narrow := size.Width < narrowBelow; narrow != l.narrow {
		l.narrow = narrow
		fyne.Do(func() { l.setNarrow(l.narrow) }) // not inside a layout
	}
	side := theme.SidebarWidth
	if l.narrow {
		side = theme.RailWidth
	}
	ground, sidebar, page := objects[0], objects[1], objects[2]
	ground.Resize(size)
	sidebar.Resize(fyne.NewSize(side, size.Height))
	page.Move(fyne.NewPos(side, 0))
	page.Resize(fyne.NewSize(size.Width-side, size.Height))
}
