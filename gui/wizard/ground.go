package wizard

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/mapping"
)

// ground is the step as the table and the text on it see it.
type ground struct{ f *fieldsPart }

var _ mapping.Page = ground{}

// Canvas is where lists and dialogs open.
func (g ground) Canvas() fyne.Canvas { return g.f.page.window() }

// Examples are the records that were read.
func (g ground) Examples() *mapping.Examples { return g.f.examples }

// SentAs is the value that goes out under a row's name.
func (g ground) SentAs(row *mapping.Row) (text string, ok bool) {
	for _, pair := range g.f.shown.Pairs {
		if pair.Name == row.Field().Name {
			return pair.Value, true
		}
	}
	return "", false
}

// Remark says nothing: what is wrong stands under the preview.
func (g ground) Remark(*mapping.Row) string { return "" }

// Changed notes a change that a person made.
func (g ground) Changed() { g.f.changed() }

// Left does nothing: what is wrong is said once somebody wants to go on.
func (g ground) Left(*mapping.Row, mapping.Box) {}

// Resized lays the step out anew.
func (g ground) Resized() { g.f.page.relayout() }

// ScrollTo brings an object into view.
func (g ground) ScrollTo(o fyne.CanvasObject) { g.f.page.scrollTo(o) }

// Reveal shows nothing: no secret of the table is stored.
func (g ground) Reveal(*mapping.Row, func(string)) {}
