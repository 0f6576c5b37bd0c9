package people

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// trailStep is how many lines are shown at once.
const trailStep = 60

// trail lists what happened to the records of a person, in the order of time.
type trail struct {
	scroll *widgets.Scroll
	list   *fyne.Container
	more   *widgets.Button
	lines  []control.TrailLine
	shown  int
}

func newTrail() *trail {
	t := &trail{list: widgets.VBox(0)}
	t.more = widgets.NewButton(widgets.Quiet, "Show more", icons.None, t.add)
	t.scroll = widgets.NewScroll(widgets.Padded(2, 12, 2, 0, widgets.VBox(6, t.list, t.more)))
	return t
}

// Object is the list, to be laid out.
func (t *trail) Object() fyne.CanvasObject { return t.scroll }

// show lists what was found, once somebody was looked for.
func (t *trail) show(looked bool, v control.PersonView) {
	t.list.Objects, t.lines, t.shown = nil, v.Trail, 0
	switch {
	case !looked:
	case isNothing(v):
		t.list.Add(widgets.NewNote(widgets.Info, "Nothing is kept about this person",
			"No record has one of these as a whole value. Try another that the person may have given: an older e-mail address, or a telephone number."))
	case v.More:
		t.list.Add(widgets.Padded(6, 0, 6, 0, widgets.NewParagraph(
			"The newest "+words.Number(uint64(len(v.Trail)))+" lines. A copy, or the page on paper, holds all of them.", widgets.Caption)))
	}
	t.add()
	t.scroll.ScrollToTop()
}

// add shows the next lines.
func (t *trail) add() {
	end := min(len(t.lines), t.shown+trailStep)
	for i, l := range t.lines[t.shown:end] {
		if t.shown+i > 0 {
			t.list.Add(widgets.NewDivider())
		}
		t.list.Add(trailRow(l))
	}
	t.shown = end
	t.more.Hidden = end == len(t.lines)
	t.list.Refresh()
	t.scroll.Resize(t.scroll.Size())
	t.scroll.Refresh()
}

func trailRow(l control.TrailLine) fyne.CanvasObject {
	what := widgets.VBox(1, widgets.NewParagraph(happened(l), widgets.Body))
	if l.Detail != "" {
		what.Add(widgets.NewParagraph(l.Detail, widgets.Caption))
	}
	return widgets.Padded(8, 0, 8, 0, widgets.Columns(14, []float32{4, 5, 7},
		widgets.NewParagraph(dateAndTime(l.At), widgets.Body.In(theme.Muted)),
		widgets.NewParagraph(l.Title, widgets.Strong), what))
}

// happened says what a line of a trail tells of.
func happened(l control.TrailLine) string {
	if l.Webhook == "" {
		return words.Sentence(l.What)
	}
	return words.Sentence(l.Webhook) + ": " + l.What
}
