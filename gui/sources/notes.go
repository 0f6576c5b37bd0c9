package sources

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// mostNotes is how many notes are shown at once.
const mostNotes = 20

// notesCard lists what could not be read lately.
type notesCard struct {
	own  *own
	card *widgets.Surface
	list *fyne.Container
}

func newNotesCard(o *own) *notesCard {
	n := &notesCard{own: o, list: widgets.VBox(8)}
	n.card = widgets.NewTitledCard("What it could not read", "The newest first.", nil, n.list)
	n.card.Hide()
	return n
}

func (n *notesCard) show() {
	notes := n.own.view.State.Notes
	n.list.Objects = nil
	for i, note := range notes {
		if i == mostNotes {
			more := words.Count(uint64(len(notes)-mostNotes), "more like these", "more like these")
			n.list.Add(widgets.NewText(more, widgets.Caption))
			break
		}
		n.list.Add(noteLine(note, words.When(note.Time, n.own.page.Now())))
	}
	n.list.Refresh()
	setVisible(n.card, len(notes) > 0)
}
