package gui

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// addKeys makes the window's keys act, also while a text box has the focus.
func (w *Window) addKeys() {
	c := w.win.Canvas()
	for i, p := range navPlaces {
		widgets.AddShortcut(c, ctrl(fyne.KeyName(strconv.Itoa(i+1))), func() { w.Open(p.target) })
	}
	widgets.AddShortcut(c, ctrl(fyne.KeyN), func() { w.Open("new") })
	widgets.AddShortcut(c, ctrl(fyne.KeyH), func() { w.Open("byhand") })
	w.addSearchKey()
	widgets.AddKey(c, fyne.KeyEscape, w.escape)
	widgets.AddKey(c, fyne.KeyF1, w.help)
}

func (w *Window) addSearchKey() { widgets.AddShortcut(w.win.Canvas(), ctrl(fyne.KeyF), w.search) }

// ctrl is a key with Ctrl, or with Cmd on a Mac.
func ctrl(key fyne.KeyName) fyne.Shortcut {
	return &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
}

// search puts the cursor into the page's search box, if it has one.
func (w *Window) search() {
	target := w.current
	if target == page(w.home) && w.home.FirstRun() {
		target = w.firstRun
	}
	if p, ok := target.(interface{ FocusSearch() }); ok {
		p.FocusSearch()
	}
}

// escape leaves what is only passed through: editor, test, choice, an open form.
func (w *Window) escape() {
	if w.win.Canvas().Overlays().Top() != nil {
		return // a dialog or a menu is in front
	}
	if w.test != nil && w.current == page(w.test) {
		w.test.OnBack()
	} else if p, ok := w.current.(interface{ Back() }); ok {
		p.Back()
	}
}

// help tells what the keys do.
func (w *Window) help() {
	lines := widgets.VBox(6)
	for _, l := range [][2]string{
		{"Ctrl+1 to Ctrl+5", "The places, from Home to Settings"},
		{"Ctrl+N", "New webhook"},
		{"Ctrl+H", "Send one by hand"},
		{"Ctrl+F", "Search"},
		{"Ctrl+S", "Save what is edited"},
		{"Tab, Space, Enter", "Move on, press"},
		{"Esc", "Leave the box, the dialog, the page"},
		{"F1", "This list"},
	} {
		lines.Add(widgets.Columns(12, []float32{1, 2}, widgets.NewText(l[0], widgets.Label), widgets.NewText(l[1], widgets.Small)))
	}
	var d *widgets.Dialog
	d = widgets.NewDialog(w.win.Canvas(), "Keys", lines,
		widgets.NewButton(widgets.Primary, "Close", icons.None, func() { d.Hide() }))
	d.Show()
}
