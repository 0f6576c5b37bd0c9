package past

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	corepast "hookbird/core/past"
	"hookbird/gui/widgets"
)

// AskConflict shows the fields that somebody else changed meanwhile too, and has
// somebody choose what counts for each. done is told which of mine do; later what to
// do where nothing is decided.
func AskConflict(c fyne.Canvas, name string, conflicts []corepast.Conflict, done func(mine func(path string) bool), later func()) *widgets.Dialog {
	mine := map[string]bool{}
	list := widgets.VBox(12)
	for _, conflict := range conflicts {
		mine[conflict.Path] = true
		list.Add(choice(conflict, func(own bool) { mine[conflict.Path] = own }))
	}
	intro := widgets.NewParagraph("Somebody else saved it while you were editing, and changed the same. Nothing was overwritten. "+
		"What only one of you changed is kept from both.", widgets.Subtitle)
	size := c.Size()
	body := widgets.VBox(12, intro, widgets.MinSize(min(560, size.Width-120), min(float32(118*len(conflicts)+10), size.Height-320), widgets.NewScroll(list)))
	var d *widgets.Dialog
	d = widgets.NewDialog(c, name+" was changed meanwhile", body,
		widgets.NewButton(widgets.Secondary, "Go on editing", icons.None, func() {
			d.Hide()
			later()
		}),
		widgets.NewButton(widgets.Primary, "Save this", icons.None, func() {
			d.Hide()
			done(func(path string) bool { return mine[path] })
		}))
	d.Show()
	return d
}

// choice shows both sides of a conflict; mine is chosen at first.
func choice(c corepast.Conflict, choose func(mine bool)) fyne.CanvasObject {
	own, theirs := orNothing(c.Mine), orNothing(c.Theirs)
	if own == theirs { // two secrets look alike, and two addresses of one host
		own, theirs = own+" (what you put in)", theirs+" (what they put in)"
	}
	var rows [2]*widgets.Row
	row := func(i int, whose, value string) {
		text := widgets.HBox(8, widgets.Fixed(56, 0, widgets.NewText(whose, widgets.Quiet13)), widgets.Grow(widgets.NewParagraph(value, widgets.Body)))
		rows[i] = widgets.NewRow(c.Field+", "+whose+": "+value, widgets.Padded(7, 10, 7, 10, text), func() {
			choose(i == 0)
			rows[0].SetSelected(i == 0)
			rows[1].SetSelected(i == 1)
		})
	}
	row(0, "mine", own)
	row(1, "theirs", theirs)
	rows[0].SetSelected(true)
	return widgets.VBox(3, widgets.NewParagraph(c.Field, widgets.Strong), rows[0], rows[1])
}
