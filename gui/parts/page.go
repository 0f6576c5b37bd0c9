// Package parts holds what several pages put together from widgets in the same
// way: the frame of a page, the notice of trouble, a webhook's row. It must not
// hold a page, nor ask the engine anything.
package parts

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Page is the frame that every place of the window has: a title with actions at
// the right, room for a notice, and a body that scrolls.
type Page struct {
	Notice *Notice

	header *widgets.Header
	title  string
	root   *fyne.Container
	body   *fyne.Container
	scroll *widgets.Scroll
}

// NewPage makes a frame without a body yet.
func NewPage(title, subtitle string, actions ...fyne.CanvasObject) *Page {
	p := &Page{Notice: NewNotice(), title: title, header: widgets.NewHeader(title, subtitle, actions...)}
	p.body = widgets.VBox(theme.CardGap)
	p.scroll = widgets.NewScroll(widgets.Padded(2, theme.PageSide, theme.PageBottom, theme.PageSide, p.body))
	notice := widgets.Padded(0, theme.PageSide, 0, theme.PageSide, p.Notice.Object())
	p.root = container.NewBorder(widgets.VBox(0, p.header, notice), nil, nil, nil, p.scroll)
	p.Notice.OnChanged = p.Layout
	return p
}

// Object is the whole page, to be laid out.
func (p *Page) Object() fyne.CanvasObject { return p.root }

// SetTitle changes title and subtitle; an empty subtitle is left away.
func (p *Page) SetTitle(title, subtitle string) {
	p.title = title
	p.header.Set(title, subtitle)
}

// SetSubtitle changes the line under the title.
func (p *Page) SetSubtitle(text string) { p.SetTitle(p.title, text) }

// SetBody changes what scrolls, from the top down.
func (p *Page) SetBody(parts ...fyne.CanvasObject) {
	p.body.Objects = parts
	p.Layout()
}

// Layout fits everything anew, after a part has shown, hidden or grown.
func (p *Page) Layout() {
	p.root.Refresh()
	p.scroll.Resize(p.scroll.Size())
	p.scroll.Refresh()
}

// ScrollToTop shows the beginning.
func (p *Page) ScrollToTop() { p.scroll.ScrollToTop() }

// ScrollToBottom shows the end.
func (p *Page) ScrollToBottom() { p.scroll.ScrollToBottom() }

// ScrollTo brings a part of the page to the top, as far as it can be.
func (p *Page) ScrollTo(o fyne.CanvasObject) {
	d := fyne.CurrentApp().Driver()
	p.scroll.ScrollToOffset(fyne.NewPos(0, max(0, d.AbsolutePositionForObject(o).Y-d.AbsolutePositionForObject(p.body).Y-theme.PageSide)))
}
