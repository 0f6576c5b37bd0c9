package signing

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// askRenew makes a new key, after a question where the other system knows one. The
// new one is of the same kind, which only the stored key may know. Where that cannot
// be read, asking again goes on without it.
func (t *Tab) askRenew() {
	now := t.state.Sign().Secret
	if t.state.kind == kindEither && t.state.place(now) != "" && t.unread != now {
		t.readFirst(now)
		return
	}
	t.unread = core.Secret{}
	t.card.show()
	c := fyne.CurrentApp().Driver().CanvasForObject(t.card.key.object)
	switch {
	case t.state.place(t.state.Sign().Secret) == "":
		t.renewed(t.state.renew)
	case c == nil: // nowhere to ask
	case t.state.kind.isStandard():
		newQuestion(t, c).dialog.Show()
	default:
		widgets.Confirm(c, widgets.Question{
			Title: "Replace the key?",
			Body:  "From your next save on, messages signed with the old key are refused, until the other system has the new one.",
			No:    "Cancel", Yes: "Make a new key",
			OnYes: func() { t.renewed(t.state.renew) },
		})
	}
}

// readFirst looks at a stored key before it is replaced.
func (t *Tab) readFirst(key core.Secret) {
	visit := t.visit
	t.unread = key
	t.card.show()
	t.reveal(key, func(string) {
		if visit == t.visit && t.unread == key { // else nobody is there any more to be asked, or was asked already
			t.askRenew()
		}
	})
}

// renewed makes a new key and shows it.
func (t *Tab) renewed(make func()) {
	make()
	t.card.load()
	t.changed()
}

// question asks how to change over from one key to the next.
type question struct {
	tab    *Tab
	steps  bool // both sign for a while
	cards  [2]*widgets.ChoiceCard
	span   *widgets.Select
	spans  *widgets.Field
	dialog *widgets.Dialog
}

func newQuestion(t *Tab, c fyne.Canvas) *question {
	q := &question{tab: t}
	q.cards[0] = widgets.NewChoiceCard("Change over in two steps", "Both keys sign until a date (recommended)", "", func() { q.choose(true) })
	q.cards[1] = widgets.NewChoiceCard("Replace at once", "Refused by whoever still checks with the old key", "", func() { q.choose(false) })
	q.span = widgets.NewSelect(spanNames(), func(int) {})
	q.span.SetSelected(usualSpan)
	q.spans = widgets.NewField("The old key signs along for", q.span, "Put the new key into the other system before this is over.")
	parts := []fyne.CanvasObject{
		widgets.NewParagraph("The other system checks your messages with the key that it has now.", widgets.Subtitle),
		q.cards[0], q.cards[1], q.spans,
	}
	if t.state.kind == kindEither {
		parts = append(parts, widgets.NewHint(widgets.Waiting, "The stored key could not be read. The new one is a key that both sides hold."))
	}
	if !t.state.Sign().Previous.IsZero() {
		parts = append(parts, widgets.NewHint(widgets.Waiting, "The key before it, which still signs along, stops."))
	}
	q.dialog = widgets.NewDialog(c, "Make a new key?", widgets.VBox(theme.TileGap, parts...),
		widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { q.dialog.Hide() }),
		widgets.NewButton(widgets.Primary, "Make a new key", icons.None, q.yes))
	q.escape()
	q.choose(true)
	return q
}

// escape lets Esc close the question wherever in it the focus is.
func (q *question) escape() {
	hide := func(k fyne.KeyName) {
		if k == fyne.KeyEscape {
			q.dialog.Hide()
		}
	}
	q.cards[0].OnKey, q.cards[1].OnKey = hide, hide
	move := q.span.OnKey
	q.span.OnKey = func(k fyne.KeyName) {
		hide(k)
		move(k)
	}
}

func (q *question) choose(steps bool) {
	q.steps = steps
	q.cards[0].SetSelected(steps)
	q.cards[1].SetSelected(!steps)
	showIf(q.spans, steps)
}

func (q *question) yes() {
	q.dialog.Hide()
	if !q.steps {
		q.tab.renewed(q.tab.state.renew)
		return
	}
	until := spans[q.span.Selected()].from(q.tab.params.Now())
	q.tab.renewed(func() { q.tab.state.renewInSteps(until) })
}
