package tray

import (
	"context"
	"errors"
	"log/slog"
	"reflect"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
)

// desk answers what the tray reads.
type desk struct {
	overview control.Overview
	page     control.ActivityPage
	views    map[core.DeliveryKey]control.DeliveryView
}

func (d desk) Overview(context.Context) (control.Overview, error) { return d.overview, nil }
func (d desk) Activity(context.Context, control.ActivityQuery) (control.ActivityPage, error) {
	return d.page, nil
}

func (d desk) Delivery(_ context.Context, k core.DeliveryKey) (control.DeliveryView, error) {
	v, ok := d.views[k]
	if !ok {
		return v, errors.New("gone")
	}
	return v, nil
}

func TestReadPutsTheProblemFirst(t *testing.T) {
	key := core.DeliveryKey{Last: 1, Seq: 2, Webhook: 3}
	d := desk{
		overview: control.Overview{
			Now: time.Date(2026, 1, 2, 11, 0, 0, 0, time.Local), DeliveredToday: 1284, Waiting: 12, Failed: 1,
			Needs:    []control.Need{{Kind: control.NeedWebhook, ID: "crm", Title: "Supporter CRM did not accept the key"}},
			Webhooks: []control.WebhookView{{Webhook: core.Webhook{ID: "crm", Name: "Supporter CRM"}, Condition: control.Attention}},
		},
		page: control.ActivityPage{Rows: []control.ActivityRow{{
			Key: key, Webhook: "Supporter CRM", Title: "Grace Hopper", At: time.Date(2026, 1, 2, 10, 42, 0, 0, time.Local),
		}}},
		views: map[core.DeliveryKey]control.DeliveryView{key: {Delivery: core.Delivery{
			Attempts: []core.Attempt{{Cause: core.CauseKey, Code: 401}},
		}}},
	}
	s, err := Read(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if s.Problem != "Supporter CRM did not accept the key" || s.Page != "webhook:crm" {
		t.Errorf("problem %q at %q", s.Problem, s.Page)
	}
	if len(s.Tests) != 1 || s.Tests[0] != (Item{"Supporter CRM", "test:crm"}) {
		t.Errorf("tests: %v", s.Tests)
	}
	want := "10:42  Supporter CRM: did not accept the key (401)"
	if len(s.Failures) != 1 || s.Failures[0].Title != want {
		t.Errorf("failures: %v, want %q", s.Failures, want)
	}
	if iconOf(s) != icons.TrayFailed {
		t.Errorf("icon %v, want the one with the badge", iconOf(s))
	}
}

// now is when the tray reads.
var now = time.Date(2026, 11, 22, 10, 45, 0, 0, time.Local)

func TestCountLine(t *testing.T) {
	until := time.Date(2026, 11, 22, 11, 15, 0, 0, time.Local)
	for _, c := range []struct {
		s    State
		want string
	}{
		{State{Delivered: 1284, Waiting: 12}, "1,284 messages today, 12 waiting"},
		{State{Delivered: 1, Waiting: 1200, About: true}, "1 message today, about 1,200 waiting"},
		{State{Paused: true}, "Paused. 0 messages today, 0 waiting"},
		{State{Paused: true, Until: until, Waiting: 3, Now: now}, "Paused until 11:15. 0 messages today, 3 waiting"},
		{State{Paused: true, Until: until.AddDate(0, 0, 1), Now: now}, "Paused until tomorrow 11:15. 0 messages today, 0 waiting"},
		{State{Offline: true, Waiting: 3}, "No internet connection. 0 messages today, 3 waiting"},
	} {
		if got := countLine(c.s); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestProblems(t *testing.T) {
	view := func(id string, c control.Condition, since time.Duration, cause core.Cause) control.WebhookView {
		return control.WebhookView{Webhook: core.Webhook{ID: id}, Condition: c, Since: now.Add(-since), Last: &core.Attempt{Cause: cause}}
	}
	need := func(id, title string) control.Need {
		return control.Need{Kind: control.NeedWebhook, ID: id, Title: title}
	}
	held := need("crm", "Supporter CRM did not accept the key")
	held.Action = "secrets"
	members := need("members", "Members' area could not be reached")
	tests := []struct {
		name  string
		needs []control.Need
		views []control.WebhookView
		want  State
	}{
		{"nothing", nil, nil, State{}},
		{
			"held",
			[]control.Need{held},
			[]control.WebhookView{view("crm", control.Attention, time.Minute, core.CauseKey)},
			State{Problem: held.Title, Page: "fix:crm:secrets"},
		},
		{
			"just down",
			[]control.Need{members},
			[]control.WebhookView{view("members", control.Down, 7*time.Minute, core.CauseConnect)},
			State{Again: 3 * time.Minute},
		},
		{
			"down for long",
			[]control.Need{members},
			[]control.WebhookView{view("members", control.Down, 10*time.Minute, core.CauseConnect)},
			State{Problem: members.Title, Page: "home"},
		},
		{"no network", []control.Need{members}, []control.WebhookView{view("members", control.Down, time.Hour, core.CauseNetwork)}, State{Offline: true}},
		{
			"some failed",
			[]control.Need{need("crm", "Supporter CRM: 2 messages not accepted")},
			[]control.WebhookView{{Webhook: core.Webhook{ID: "crm"}, Condition: control.On}},
			State{Problem: "Supporter CRM: 2 messages not accepted", Page: "activity:failed"},
		},
		{
			"a source",
			[]control.Need{{Kind: control.NeedSource, ID: "box", Title: "Box office cannot be read"}},
			nil,
			State{Problem: "Box office cannot be read", Page: "source:box"},
		},
		{
			"itself",
			[]control.Need{{Kind: control.NeedProgram, Title: "Hookbird itself needs attention"}},
			nil,
			State{Problem: "Hookbird itself needs attention", Page: "home"},
		},
		{
			"two, and one that is young",
			[]control.Need{members, held, {Kind: control.NeedSource, ID: "box", Title: "Box office cannot be read"}},
			[]control.WebhookView{view("crm", control.Attention, time.Minute, core.CauseKey), view("members", control.Down, time.Minute, core.CauseConnect)},
			State{Problem: held.Title, More: 1, Page: "fix:crm:secrets", Again: 9 * time.Minute},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := Read(t.Context(), desk{overview: control.Overview{Now: now, Needs: test.needs, Webhooks: test.views}})
			if err != nil {
				t.Fatal(err)
			}
			s.Now, s.Tests = time.Time{}, nil
			if !reflect.DeepEqual(s, test.want) {
				t.Errorf("%+v, want %+v", s, test.want)
			}
			badge := icons.TrayNormal
			if test.want.Problem != "" {
				badge = icons.TrayFailed
			}
			if iconOf(s) != badge {
				t.Errorf("icon %v, want %v", iconOf(s), badge)
			}
		})
	}
}

func TestProblemLine(t *testing.T) {
	s := State{Problem: "Supporter CRM did not accept the key", More: 2}
	if got := problemLine(s); got != "Supporter CRM did not accept the key, and 2 more" {
		t.Errorf("%q", got)
	}
	if got := tooltip(s); got != "Hookbird: Supporter CRM did not accept the key, and 2 more" {
		t.Errorf("%q", got)
	}
	if got := problemLine(State{}) + tooltip(State{Delivered: 2}); got != "Hookbird: 2 messages today, 0 waiting" {
		t.Errorf("%q", got)
	}
}

// reader counts how often the tray reads.
type reader struct {
	desk
	reads atomic.Int32
}

func (r *reader) Overview(ctx context.Context) (control.Overview, error) {
	r.reads.Add(1)
	o, err := r.desk.Overview(ctx)
	o.Now = time.Now()
	return o, err
}

// Nothing changes while a target stays down, and yet it becomes a problem.
func TestATargetThatStaysDownBecomesAProblem(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, stop := context.WithCancel(t.Context())
		r := &reader{desk: desk{overview: control.Overview{
			Needs:    []control.Need{{Kind: control.NeedWebhook, ID: "crm", Title: "Supporter CRM could not be reached"}},
			Webhooks: []control.WebhookView{{Webhook: core.Webhook{ID: "crm"}, Condition: control.Down, Since: time.Now()}},
		}}}
		tray := New(Hooks{}, slog.New(slog.DiscardHandler))
		problem := func() string {
			tray.mu.Lock()
			defer tray.mu.Unlock()
			return tray.want.Problem
		}
		done := make(chan struct{})
		go func() {
			defer close(done)
			tray.Follow(ctx, r, nil)
		}()
		time.Sleep(patience - time.Second)
		synctest.Wait()
		if got := problem(); got != "" || r.reads.Load() != 1 {
			t.Errorf("after a while: %q, read %d times", got, r.reads.Load())
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if problem() == "" {
			t.Errorf("not shown after %v; read %d times", patience, r.reads.Load())
		}
		stop()
		<-done
	})
}

func TestNoBusNoTray(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/somewhere")
	if err := Available(); err != nil {
		t.Errorf("with a bus named: %v", err)
	}
}
