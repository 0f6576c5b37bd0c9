package service_test

import (
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
)

func TestPauseOneWebhook(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	if err := o.PauseWebhook(t.Context(), v.Webhook.ID, time.Now().Add(-time.Minute)); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("paused until a time that is over: %v", err)
	}
	until := time.Now().Add(time.Hour)
	if err := o.PauseWebhook(t.Context(), v.Webhook.ID, until); err != nil {
		t.Fatal(err)
	}
	v, err := o.Webhook(t.Context(), v.Webhook.ID)
	if err != nil {
		t.Fatal(err)
	}
	if v.Condition != control.Paused || v.Webhook.Until.Sub(until).Abs() > time.Second {
		t.Errorf("%s until %v", v.Condition, v.Webhook.Until)
	}
	if err := o.SetState(t.Context(), v.Webhook.ID, core.StateOn, false); err != nil {
		t.Fatal(err)
	}
	if v, _ := o.Webhook(t.Context(), v.Webhook.ID); v.Condition != control.On || !v.Webhook.Until.IsZero() {
		t.Errorf("%s until %v", v.Condition, v.Webhook.Until)
	}
}

// What may have arrived can be settled by a person, and is marked for them.
func TestSettleWhatMayHaveArrived(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	hangsUp, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer hangsUp.Close()
	go func() {
		for {
			c, err := hangsUp.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_ = c.Close()
		}
	}()
	d.Webhook.Address, d.Webhook.Answer.Unsure = "http://"+hangsUp.Addr().String(), core.UnsureAsk
	v := o.save(t, d)
	o.accept(t, `{"firstname":"Ada"}`)
	o.until(t, "failed", func() bool { return o.webhook(t, v.Webhook.ID).Failed == 1 })
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 1 || !page.Rows[0].Unsure {
		t.Fatalf("activity %+v, %v", page.Rows, err)
	}
	if n, err := o.Settle(t.Context(), []core.DeliveryKey{page.Rows[0].Key}); n != 1 || err != nil {
		t.Fatal(n, err)
	}
	if w := o.webhook(t, v.Webhook.ID); w.Failed != 0 || w.Delivered != 1 {
		t.Errorf("failed %d, delivered %d", w.Failed, w.Delivered)
	}
}

func (o *office) webhook(t *testing.T, id string) control.WebhookView {
	t.Helper()
	v, err := o.Webhook(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Home says what to do first about a webhook that is held, in the words of its
// cause.
func TestNeedsSayWhatToDo(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusUnauthorized)
	v := o.save(t, o.draft())
	o.accept(t, `{"n":1}`, `{"n":2}`, `{"n":3}`, `{"n":4}`, `{"n":5}`)
	o.until(t, "attention", func() bool { return o.webhook(t, v.Webhook.ID).Condition == control.Attention })
	home, err := o.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(home.Needs) != 1 {
		t.Fatalf("needs %+v", home.Needs)
	}
	n := home.Needs[0]
	if n.Action != string(attempt.ActionSecrets) || n.Step != "Check the key" || !strings.Contains(n.Title, "did not accept the key") {
		t.Errorf("need %+v", n)
	}
}

// Large files are shown with what is left of them, and can be given up.
func TestRunsAreShown(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.State = core.StatePaused
	o.save(t, d)
	other := o.draft()
	other.Webhook.Name, other.Webhook.Events = "Of another kind", []string{"order.paid"}
	o.save(t, other)
	run := &core.Run{ID: "r1", Source: "test", Name: "contacts.csv", Started: time.Now()}
	events := make([]*core.Event, 700)
	for i := range events {
		events[i] = &core.Event{ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test", Data: []byte(`{}`)}
	}
	if err := o.engine.AcceptRun(t.Context(), run, events, nil); err != nil {
		t.Fatal(err)
	}
	runs, err := o.Runs(t.Context())
	if err != nil || len(runs) != 1 || runs[0].Records != 700 || runs[0].Left != 700 || runs[0].Name != "contacts.csv" {
		t.Fatalf("runs %+v, %v", runs, err)
	}
	if err := o.SetRun(t.Context(), "r1", "sideways"); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("no such state: %v", err)
	}
	if err := o.SetRun(t.Context(), "r1", core.RunEnded); err != nil {
		t.Fatal(err)
	}
	if runs, err := o.Runs(t.Context()); err != nil || len(runs) != 0 {
		t.Errorf("runs %+v, %v", runs, err)
	}
}

// The program's own proxy is for all webhooks that have none, and its password
// comes back as a name.
func TestProxyOfTheProgram(t *testing.T) {
	o := newOffice(t)
	set, err := o.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bad := control.SettingsDraft{Revision: set.Revision, Proxy: core.Proxy{Kind: core.ProxyManual, Address: "proxy"}}
	if err := o.SaveSettings(t.Context(), bad); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("an address that is none: %v", err)
	}
	good := bad
	good.Proxy = core.Proxy{Kind: core.ProxyManual, Address: "http://127.0.0.1:9", User: "ada", Password: core.NewSecret(secretText)}
	if err := o.SaveSettings(t.Context(), good); err != nil {
		t.Fatal(err)
	}
	set, err = o.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if text, ok := set.Settings.Proxy.Password.Text(); ok || set.Settings.Proxy.Password.IsZero() {
		t.Errorf("the password came back as %q", text)
	}
	d := o.draft()
	d.Webhook.Address = "http://crm.example.org/in"
	r, err := o.Test(t.Context(), control.TestRequest{Draft: d, Data: []byte(`{"firstname":"Ada"}`)})
	if err != nil {
		t.Fatal(err)
	}
	if r.Attempt.Cause == core.CauseNone || r.Note == "" || strings.Contains(r.Note, secretText) {
		t.Errorf("cause %q, note %q", r.Attempt.Cause, r.Note)
	}
}

// A file that the settings name and that is not there holds the webhook, in words
// that speak of the file, and nothing is lost.
func TestMissingFileOfTheSettingsIsNamed(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.Address, d.Webhook.CAFile = "https://127.0.0.1:9/in", "/nowhere/ca.pem"
	v := o.save(t, d)
	o.accept(t, `{"n":1}`)
	o.until(t, "attention", func() bool { return o.webhook(t, v.Webhook.ID).Condition == control.Attention })
	home, err := o.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(home.Needs) != 1 || strings.Contains(home.Needs[0].Title, "secret") || home.Needs[0].Action != string(attempt.ActionAddress) {
		t.Errorf("needs %+v", home.Needs)
	}
	v = o.webhook(t, v.Webhook.ID)
	if v.Waiting != 1 || v.Failed != 0 || v.Last == nil || !strings.Contains(v.Last.Detail, "/nowhere/ca.pem") {
		t.Errorf("waiting %d, failed %d, last %+v", v.Waiting, v.Failed, v.Last)
	}
}
