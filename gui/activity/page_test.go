package activity

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
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
	if q.Before.IsZero() && queues != nil {
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
	*screen.Desk
	page   *Page
	engine *engine
	edited []string
}

func open(t *testing.T, service *guitest.Service, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{engine: &engine{Service: service}}
		d.page = New(d.engine)
		d.page.Now = guitest.Now
		d.page.OnEditWebhook = func(id string, do attempt.Action) { d.edited = append(d.edited, id+" "+string(do)) }
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(false))
		d.Act(func() { d.page.Show(d.Window.Canvas()) })
		run(d)
		d.Act(d.page.Leave)
	})
}

// TestLook draws the page in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, guitest.Office(), func(d *desk) {
		d.engine.queues = []control.Queue{{WebhookID: "finance", Webhook: "Finance export", Waiting: 8845, Since: guitest.Now().Add(-93 * time.Minute)}}
		d.Act(d.page.Refresh)
		d.Act(func() { d.page.pane.list.Select(1) })
		d.Act(func() {
			d.page.list.choose(d.page.list.rows[0], true)
			d.page.list.choose(d.page.list.rows[4], true)
			d.page.pane.show()
		})
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, at := range map[string]fyne.Size{"1200": screen.Room(false), "900": screen.Room(true)} {
				d.Act(func() { d.page.SetNarrow(size == "900") })
				d.Window.Resize(at)
				d.Shoot("activity-" + name + "-" + size)
			}
		}
		d.Act(func() { d.page.pane.list.Select(0) })
		d.Shoot("activity-queue")
		d.Act(func() { d.page.filter.search.SetText("nobody") })
		d.Settle()
		d.Shoot("activity-nomatch")
	})
}

// TestBadDayLook draws what may have arrived, what was replaced, and a backlog.
func TestBadDayLook(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, guitest.BadDay(), func(d *desk) {
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, at := range map[string]fyne.Size{"1200": screen.Room(false), "900": screen.Room(true)} {
				d.Act(func() { d.page.SetNarrow(size == "900") })
				d.Window.Resize(at)
				for i, what := range []string{"backlog", "unsure", "replaced"} {
					d.Act(func() { d.page.pane.list.Select(i) })
					d.Shoot("activity-" + what + "-" + name + "-" + size)
				}
			}
		}
	})
}

// TestManyLook draws groups, what is chosen, the questions about it, and work that
// runs.
func TestManyLook(t *testing.T) {
	screen.OnlyForShots(t)
	for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
		for size, at := range map[string]fyne.Size{"1200": screen.Room(false), "900": screen.Room(true)} {
			open(t, wrongKey(2704, true), func(d *desk) {
				test.ApplyTheme(t, theme.New(variant))
				d.Act(func() { d.page.SetNarrow(size == "900") })
				d.Window.Resize(at)
				d.stands()
				d.Tap("Failed")
				d.Act(func() { d.page.pane.list.Select(0) })
				shoot := func(what string) { d.Shoot("activity-" + what + "-" + name + "-" + size) }
				shoot("groups")
				d.Tap("What was sent and came back")
				d.Act(func() { d.page.detail.scroll.ScrollToBottom() })
				shoot("tries")
				d.Act(func() { d.page.pane.tick(d.page.list.rows[0], true) })
				d.Act(func() { d.page.pane.tick(d.page.list.rows[1], true) })
				shoot("chosen")
				d.Act(d.page.chooseAll)
				d.Act(func() { d.page.pane.sendAgain() })
				shoot("ask-again")
				d.Tap("Cancel")
				d.Act(d.page.exportChosen)
				shoot("ask-export")
				d.Tap("Cancel")
				d.engine.Edit(func(data *guitest.Data) {
					data.Jobs = []job.View{{ID: "a", Kind: control.JobAgain, Title: "Sending 2,704 messages again", State: job.Running, Done: 1200, Total: 2704}}
				})
				d.Act(d.page.Refresh)
				shoot("job")
			})
		}
	}
}
