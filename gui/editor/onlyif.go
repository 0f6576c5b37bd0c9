package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/core/control"
	"hookbird/gui/conditions"
)

// standing is the page as the card of conditions sees it.
type standing struct{ p *Page }

var _ conditions.Page = standing{}

// Canvas is where lists and dialogs open.
func (s standing) Canvas() fyne.Canvas { return s.p.window() }

// Draft is the webhook as it is on the page.
func (s standing) Draft() control.WebhookDraft { return s.p.draft.Control() }

// Resized lays the tab out anew.
func (s standing) Resized() { s.p.relayout() }

// ScrollTo brings an object into view.
func (s standing) ScrollTo(o fyne.CanvasObject) { s.p.scrollTo(o) }

// buildOnlyIf makes the card of conditions on a record.
func (p *Page) buildOnlyIf() fyne.CanvasObject {
	if p.only != nil {
		p.only.Leave()
	}
	c := conditions.New(standing{p}, p.service)
	p.only = c
	c.OnChanged = func(filter string) {
		p.draft.Web().Filter, p.draft.Condition = filter, c.Problem()
		p.changed()
	}
	c.OnLeft = func() {
		p.draft.Touch(Place{Part: PartFilter})
		p.update()
	}
	c.Set(p.draft.Web().Filter)
	c.SetSamples(p.samples, p.pane.chosen)
	p.spots[Place{Part: PartFilter}] = &spot{show: c.SetProblem}
	return c.Content()
}
