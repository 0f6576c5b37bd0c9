package editor

import (
	"testing"
	"testing/synctest"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// desk is a page in a window, on an office's engine.
type desk struct {
	*screen.Desk
	page   *Page
	engine *guitest.Service
	tested []control.WebhookDraft
	saved  []control.WebhookView
	left   int
}

// open runs a test of a page that edits a webhook of the office, or, with an
// empty id, a new one.
func open(t *testing.T, id string, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{engine: guitest.Office()}
		d.page = New(d.engine, Start{ID: id, New: core.Webhook{Name: "Supporter CRM", Body: core.Body{Style: core.BodyForm}}})
		d.page.OnBack = func() { d.left++ }
		d.page.OnOpenTest = func(w control.WebhookDraft) { d.tested = append(d.tested, w) }
		d.page.OnSaved = func(v control.WebhookView) { d.saved = append(d.saved, v) }
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(false))
		d.Act(func() { d.page.Show(d.Window.Canvas()) })
		run(d)
		d.Act(d.page.Leave)
	})
}
