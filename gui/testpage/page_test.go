package testpage

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
)

// desk is a page in a window, on an office's engine.
type desk struct {
	*screen.Desk
	page   *Page
	engine *guitest.Service
	left   int
	edits  []attempt.Action
	on     []control.WebhookView
}

// open runs a test of the page for a webhook of the office.
func open(t *testing.T, change func(*control.WebhookDraft), run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{engine: guitest.Office()}
		view, err := d.engine.Webhook(t.Context(), "supporter-crm")
		if err != nil {
			t.Fatal(err)
		}
		draft := control.WebhookDraft{Webhook: view.Webhook, Revision: view.Revision}
		if change != nil {
			change(&draft)
		}
		d.page = New(d.engine, draft)
		d.page.OnBack = func() { d.left++ }
		d.page.OnEdit = func(a attempt.Action) { d.edits = append(d.edits, a) }
		d.page.OnTurnedOn = func(v control.WebhookView) { d.on = append(d.on, v) }
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(false))
		d.Act(func() { d.page.Show(d.Window.Canvas()) })
		run(d)
		d.Act(d.page.Leave)
	})
}

// answers lets the engine answer a test like this.
func (d *desk) answers(a core.Attempt) {
	a.At, a.Took = guitest.Now(), 310*time.Millisecond
	d.engine.Edit(func(data *guitest.Data) { data.Answer = a })
}

var refused = core.Attempt{
	Code: 401, Cause: core.CauseKey, Header: []string{"Content-Type: application/json"},
	Answer: `{"error": "invalid_key", "message": "API key not recognised"}`,
}

// TestLook draws the page in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, nil, func(d *desk) {
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, at := range map[string]fyne.Size{"1200": screen.Room(false), "900": screen.Room(true)} {
				d.page.SetNarrow(size == "900")
				d.Window.Resize(at)
				d.Act(d.page.again)
				d.Shoot("test-choose-" + name + "-" + size)
				d.answers(refused)
				d.Act(d.page.send)
				d.Shoot("test-failed-" + name + "-" + size)
				d.answers(core.Attempt{Code: 200, Answer: `{"ok": true}`})
				d.Act(d.page.send)
				d.Shoot("test-good-" + name + "-" + size)
			}
		}
		d.page.result.Attempt = refused
		d.page.copyDetails()
		d.Shoot("test-copy")
	})
}

// outcomes are those that the pictures show.
var outcomes = map[string]core.Attempt{
	"portal":      {Code: 200, Cause: core.CausePortal, Unsure: true, Page: true, Answer: "<html><title>Welcome to our guest network</title>\n</html>\n"},
	"proxy":       {Cause: core.CauseProxy, Detail: "through the proxy proxy.example:3128; 403 Forbidden"},
	"proxykey":    {Cause: core.CauseProxyKey, Detail: "through the proxy proxy.example:3128; 407 Proxy Authentication Required"},
	"certificate": {Cause: core.CauseCertificate, Detail: "its certificate is from an unknown authority; issued by Office CA; tls: failed to verify certificate"},
	"token":       {Cause: core.CauseToken, Code: 401, Detail: "invalid_client"},
	"blocked":     {Cause: core.CauseBlocked, Detail: "The address 10.0.4.20 belongs to a private network, and this webhook may not reach those."},
	"answer":      {Code: 200, Cause: core.CauseAnswer, Detail: "answered 200, but “status” is not “ok”", Answer: `{"status": "queued"}`},
	"redirect":    {Code: 302, Cause: core.CauseRedirect, Header: []string{"Location: https://www.example.org/login"}},
	"unsure":      {Cause: core.CauseTimeout, Unsure: true, Detail: "no answer within 15 seconds"},
	"slow":        {Code: 429, Cause: core.CauseSlow, Answer: `{"message": "Too many requests"}`},
	"data":        {Code: 422, Cause: core.CauseData, Answer: `{"errors": [{"detail": "zip is too short"}]}`},
	"server":      {Code: 503, Cause: core.CauseServer, Answer: "Service Unavailable\n"},
}

// TestOutcomesLook draws the result for outcomes of every kind.
func TestOutcomesLook(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, nil, func(d *desk) {
		for name, outcome := range outcomes {
			d.answers(outcome)
			d.Act(d.page.send)
			d.Shoot("test-outcome-" + name)
		}
		d.answers(outcomes["proxy"])
		d.Act(d.page.send)
		d.Tap("Copy a note for IT")
		d.Shoot("test-note")
	})
}
