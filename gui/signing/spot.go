package signing

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// spot is where a problem is shown, and what to focus to mend it.
type spot struct {
	field *widgets.Field
	focus fyne.Focusable
}

// field puts a label above a control and shows the problems of a place under it.
func (t *Tab) field(where, label string, control fyne.CanvasObject, help string) *widgets.Field {
	f := widgets.NewField(label, control, help)
	s := &spot{field: f}
	switch c := control.(type) {
	case *widgets.SecretEntry:
		s.focus = c.Entry()
		t.watch(c.Entry(), where)
	case *widgets.Entry:
		s.focus = c
		t.watch(c, where)
	case fyne.Focusable:
		s.focus = c
	}
	t.spots[where] = s
	return f
}

// watch tells the page when somebody leaves a box.
func (t *Tab) watch(e *widgets.Entry, where string) {
	e.OnFocus = func(on bool) {
		if !on && t.params.OnLeft != nil {
			t.params.OnLeft(where)
		}
	}
}

// SetProblem shows what is wrong at a place, such as AtSecret; empty takes it away.
// It tells whether there is such a place.
func (t *Tab) SetProblem(where, text string) bool {
	s := t.spots[where]
	if s == nil {
		return false
	}
	if s.field.Problem() != text {
		s.field.SetProblem(text)
	}
	return true
}

// ClearProblems takes all problems away.
func (t *Tab) ClearProblems() {
	for where := range t.spots {
		t.SetProblem(where, "")
	}
}

// Problems counts what is shown to be wrong.
func (t *Tab) Problems() int {
	n := 0
	for _, s := range t.spots {
		if s.field.Problem() != "" {
			n++
		}
	}
	return n
}

// Focus is what to focus to mend what is wrong at a place; nil for a place that is
// none here.
func (t *Tab) Focus(where string) fyne.Focusable {
	if s := t.spots[where]; s != nil {
		return s.focus
	}
	return nil
}
