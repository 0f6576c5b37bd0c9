package activity

import (
	"context"
	"image/png"
	"os"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/theme"
)

// engine is the office's, with backlogs.
type engine struct {
	*guitest.Service
	mu      sync.Mutex
	queues  []control.Queue
	queries []control.ActivityQuery
}

func (e *engine) Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error) {
	e.mu.Lock()
	e.queries = append(e.queries, q)
	queues := e.queues
	e.mu.Unlock()
	page, err := e.Service.Activity(ctx, q)
	if q.Before.IsZero() {
		page.Queues = queues
	}
	return page, err
}

func (e *engine) last() control.ActivityQuery {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.queries[len(e.queries)-1]
}

// desk is the page in a window, on an office's engine.
type desk struct {
	*testing.T
	page   *Page
	window fyne.Window
	engine *engine
	edited []string
}

func open(t *testing.T, service *guitest.Service, run func(*desk)) {
	t.Helper()
	test.NewTempApp(t).Settings().SetTheme(theme.New(theme.Light))
	synctest.Test(t, func(t *testing.T) {
		d := &desk{T: t, engine: &engine{Service: service}}
		d.page = New(d.engine)
		d.page.Now = guitest.Now
		d.page.OnEditWebhook = func(id string) { d.edited = append(d.edited, id) }
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
	background.Act(act)
	synctest.Wait()
}

// settle lets everything that waits run.
func (d *desk) settle() {
	time.Sleep(time.Second) // of the bubble
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

// TestLook draws the page in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	if os.Getenv("HOOKBIRD_SHOTS") == "" {
		t.Skip("HOOKBIRD_SHOTS names no folder for pictures")
	}
	open(t, guitest.Office(), func(d *desk) {
		d.engine.queues = []control.Queue{{WebhookID: "finance", Webhook: "Finance export", Waiting: 8845, Since: guitest.Now().Add(-93 * time.Minute)}}
		d.do(d.page.Refresh)
		d.do(func() { d.page.pane.list.Select(1) })
		d.do(func() {
			d.page.list.choose(d.page.list.rows[0], true)
			d.page.list.choose(d.page.list.rows[4], true)
			d.page.pane.show()
		})
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, at := range map[string]fyne.Size{"1200": {Width: 988, Height: 780}, "900": {Width: 832, Height: 600}} {
				d.page.SetNarrow(size == "900")
				d.window.Resize(at)
				d.shoot("activity-" + name + "-" + size)
			}
		}
		d.do(func() { d.page.pane.list.Select(0) })
		d.shoot("activity-queue")
		d.do(func() { d.page.filter.search.SetText("nobody") })
		d.settle()
		d.shoot("activity-nomatch")
	})
}
