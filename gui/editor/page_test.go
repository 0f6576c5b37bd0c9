package editor

import (
	"image/png"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
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
	tested []control.WebhookDraft
	saved  []control.WebhookView
	left   int
}

// open runs a test of a page that edits a webhook of the office, or, with an
// empty id, a new one.
func open(t *testing.T, id string, run func(*desk)) {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	synctest.Test(t, func(t *testing.T) {
		d := &desk{T: t, engine: guitest.Office()}
		d.page = New(d.engine, Start{ID: id, New: core.Webhook{Name: "Supporter CRM", Body: core.Body{Style: core.BodyForm}}})
		d.page.OnBack = func() { d.left++ }
		d.page.OnOpenTest = func(w control.WebhookDraft) { d.tested = append(d.tested, w) }
		d.page.OnSaved = func(v control.WebhookView) { d.saved = append(d.saved, v) }
		d.window = test.NewWindow(d.page.Content())
		d.window.SetPadded(false)
		d.window.Resize(fyne.NewSize(988, 780))
		d.do(func() { d.page.Show(d.window.Canvas()) })
		run(d)
		d.do(d.page.Leave)
		d.window.Close()
	})
}

// do acts on the page and lets what that begins come to its end.
func (d *desk) do(act func()) {
	d.Helper()
	background.Act(act)
	synctest.Wait()
}

// settle lets everything that waits run: the preview, the check of the address.
func (d *desk) settle() {
	time.Sleep(time.Second) // of the bubble
	synctest.Wait()
}

// shoot keeps a picture of the window, where somebody asked for pictures.
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
