package tray

import (
	"context"
	"errors"
	"testing"
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
			DeliveredToday: 1284, Waiting: 12, Failed: 1,
			Needs:    []control.Need{{Kind: control.NeedWebhook, ID: "crm", Title: "Supporter CRM did not accept the key"}},
			Webhooks: []control.WebhookView{{Webhook: core.Webhook{ID: "crm", Name: "Supporter CRM"}}},
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

func TestCountLine(t *testing.T) {
	until := time.Date(2026, 1, 2, 11, 15, 0, 0, time.Local)
	for _, c := range []struct {
		s    State
		want string
	}{
		{State{Delivered: 1284, Waiting: 12}, "1284 messages today, 12 waiting"},
		{State{Paused: true}, "Paused. 0 messages today, 0 waiting"},
		{State{Paused: true, Until: until, Waiting: 3}, "Paused until 11:15. 0 messages today, 3 waiting"},
	} {
		if got := countLine(c.s); got != c.want {
			t.Errorf("%+v: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestTomorrowMorning(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip("no time zones here")
	}
	for _, now := range []time.Time{
		time.Date(2026, 3, 28, 23, 59, 0, 0, berlin), // the clocks go forward that night
		time.Date(2026, 10, 24, 0, 1, 0, 0, berlin),  // and back
		time.Date(2026, 12, 31, 12, 0, 0, 0, berlin),
	} {
		got := tomorrowMorning(now)
		if got.Hour() != 8 || got.Minute() != 0 || got.Day() != now.AddDate(0, 0, 1).Day() {
			t.Errorf("from %v: %v", now, got)
		}
	}
}

func TestNoBusNoTray(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/somewhere")
	if err := Available(); err != nil {
		t.Errorf("with a bus named: %v", err)
	}
}
