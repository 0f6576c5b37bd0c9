package testpage

import (
	"image/png"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/theme"
)

// desk is a page in a window, on an office's engine.
type desk struct {
	*testing.T
	page   *Page
	window fyne.Window
	engine *guitest.Service
	left   int
	edits  []attempt.Action
	on     []control.WebhookView
}

// open runs a test of the page for a webhook of the office.
func open(t *testing.T, change func(*control.WebhookDraft), run func(*desk)) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	synctest.Test(t, func(t *testing.T) {
		d := &desk{T: t, engine: guitest.Office()}
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
		d.window = test.NewWindow(d.page.Content())
		d.window.SetPadded(false)
		d.window.Resize(fyne.NewSize(988, 780))
		d.do(func() { d.page.Show(d.window.Canvas()) })
		run(d)
		d.do(d.page.Leave)
		d.window.Close()
	})
}

// answers lets the engine answer a test like this.
func (d *desk) answers(a core.Attempt) {
	a.Took = 310 * time.Millisecond
	d.engine.Edit(func(data *guitest.Data) { data.Answer = a })
}

// do acts on the page and lets what that begins come to its end.
func (d *desk) do(act func()) {
	d.Helper()
	background.Act(act)
	synctest.Wait()
}

func (d *desk) shoot(name string) {
	d.Helper()
	dir := os.Getenv("HOOKBIRD_SHOTS")
	if dir == "" {
		return
	}
	f, err := os.Create(dir + "/" + name + ".png")
	if err != nil {
		d.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, d.window.Canvas().Capture()); err != nil {
		d.Fatal(err)
	}
}

var refused = core.Attempt{
	Code: 401, Cause: core.CauseKey, Header: []string{"Content-Type: application/json"},
	Answer: `{"error": "invalid_key", "message": "API key not recognised"}`,
}

// TestLook draws the page in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	if os.Getenv("HOOKBIRD_SHOTS") == "" {
		t.Skip("HOOKBIRD_SHOTS names no folder for pictures")
	}
	open(t, nil, func(d *desk) {
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, at := range map[string]fyne.Size{"1200": {Width: 988, Height: 780}, "900": {Width: 832, Height: 600}} {
				d.page.SetNarrow(size == "900")
				d.window.Resize(at)
				d.do(d.page.again)
				d.shoot("test-choose-" + name + "-" + size)
				d.answers(refused)
				d.do(d.page.send)
				d.shoot("test-failed-" + name + "-" + size)
				d.answers(core.Attempt{Code: 200, Answer: `{"ok": true}`})
				d.do(d.page.send)
				d.shoot("test-good-" + name + "-" + size)
			}
		}
		d.page.result.Attempt = refused
		d.page.copyDetails()
		d.shoot("test-copy")
	})
}
