package signing

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// offer says that a key which signs today is about to go, and gives it time.
type offer struct {
	tab    *Tab
	line   *widgets.Hint
	keep   *widgets.Button
	object fyne.CanvasObject
}

func newOffer(t *Tab) *offer {
	o := &offer{tab: t, line: widgets.NewHint(widgets.Waiting, "")}
	o.keep = widgets.NewButton(widgets.Secondary, "", "", func() {
		t.state.keepOld(spans[usualSpan].from(t.params.Now()))
		t.card.both.load()
		t.changed()
	})
	o.object = widgets.HBox(10, widgets.Grow(o.line), o.keep)
	return o
}

func (o *offer) show() {
	s := o.tab.state
	old := s.old()
	showIf(o.object, !old.IsZero())
	switch {
	case old.IsZero():
		o.line.Set(widgets.Waiting, "")
	case old == s.kept.Previous:
		o.line.Set(widgets.Waiting, "From your next save on, the old key does not sign any more.")
		o.keep.SetText("Keep it")
	default:
		o.line.Set(widgets.Waiting, "From your next save on, only this key signs. Whoever still checks with the old one refuses your messages.")
		o.keep.SetText("Let both sign for " + spans[usualSpan].name)
	}
}
