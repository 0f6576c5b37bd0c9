package prefs

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// neverRow is the list of those who are never sent anywhere. It holds hashes, so that
// it can be added to and removed from, and nobody can read who is on it.
type neverRow struct {
	page   *Page
	loader *background.Loader[int]
	help   *widgets.Text
	remove *widgets.Button
	object fyne.CanvasObject
}

func newNeverRow(p *Page) *neverRow {
	n := &neverRow{page: p, help: widgets.NewParagraph("", widgets.Caption)}
	n.loader = background.NewLoader(p.service.Never, n.show)
	add := widgets.NewButton(widgets.Secondary, "Add…", icons.Plus, func() { n.ask(false) })
	add.SetLabel("Add people who are never sent")
	n.remove = widgets.NewButton(widgets.Secondary, "Remove…", icons.Minus, func() { n.ask(true) })
	n.remove.SetLabel("Remove people from those who are never sent")
	n.object = parts.Setting("Never send", n.help, parts.Wide(widgets.Columns(8, []float32{1, 1}, add, n.remove)))
	return n
}

// show says how many are on the list.
func (n *neverRow) show(count int, err error) {
	if err != nil {
		return // the page tells of trouble with reading
	}
	text := "Nobody is on this list yet. Records with an address or a number on it are left out, and not stored."
	if count > 0 {
		text = words.Count(uint64(count), "address or number is", "addresses and numbers are") +
			" on this list. Records with one of them are left out, and not stored. Nobody can read here who it is."
	}
	n.help.SetText(text)
	n.remove.SetEnabled(count > 0)
	n.page.frame.Layout()
}

// ask has somebody type or paste who is meant.
func (n *neverRow) ask(remove bool) {
	title, yes := "Who is never sent?", "Add"
	if remove {
		title, yes = "Who may be sent again?", "Remove"
	}
	box := widgets.NewMultiEntry(6)
	box.SetPlaceHolder("ada@example.org\n+44 20 7946 0000")
	body := widgets.MinWidth(420, widgets.NewField("E-mail addresses and numbers, one a line", box,
		"A number is any of at least 5 digits, such as that of a phone or of a member. Spaces and signs in it do not count."))
	var d *widgets.Dialog
	done := widgets.NewButton(widgets.Primary, yes, icons.None, func() {
		if strings.TrimSpace(box.Text) == "" {
			return
		}
		d.Hide()
		n.change(control.NeverChange{Text: box.Text, Remove: remove})
	})
	d = widgets.NewDialog(n.page.canvas(), title, body, widgets.NewButton(widgets.Quiet, "Cancel", icons.None, func() { d.Hide() }), done)
	d.Show()
	n.page.canvas().Focus(box)
}

// change adds or removes, and says how many it was.
func (n *neverRow) change(c control.NeverChange) {
	background.Run(
		func(ctx context.Context) (int, error) { return n.page.service.SetNever(ctx, c) },
		func(count int, err error) {
			n.loader.Load()
			if err != nil {
				n.page.frame.Notice.Fail(err)
				return
			}
			n.page.frame.Notice.Clear()
			n.page.OnSay(changed(count, c.Remove))
		})
}

// changed says what has changed in the list.
func changed(count int, remove bool) string {
	switch {
	case count == 0 && remove:
		return "None of them was on the list."
	case count == 0:
		return "All of them were on the list already."
	case remove:
		return words.Count(uint64(count), "address or number", "addresses and numbers") + " removed."
	}
	return words.Count(uint64(count), "address or number", "addresses and numbers") + " added."
}
