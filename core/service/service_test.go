package service_test

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/service"
	"hookbird/persist"
)

// office is a running engine with its service and a receiver, all real.
type office struct {
	*service.Service
	engine   *engine.Engine
	store    *persist.Store
	receiver *httptest.Server
	changed  chan struct{}
	dataDir  string
	port     int

	mu     sync.Mutex
	bodies []string
	status int
}

const secretText = "open sesame & more"

func newOffice(t *testing.T) *office {
	t.Helper()
	return newOfficeAt(t, -1)
}

// newOfficeAt is newOffice with a port for the local address, as in engine.Params.
func newOfficeAt(t *testing.T, port int) *office {
	t.Helper()
	o := &office{changed: make(chan struct{}, 1), status: http.StatusOK}
	o.receiver = httptest.NewServer(http.HandlerFunc(o.receive))
	t.Cleanup(o.receiver.Close)
	o.dataDir, o.port = t.TempDir(), port
	o.open(t)
	t.Cleanup(func() { o.close(t) })
	return o
}

// restart ends Hookbird, lets something happen to its data folder and starts it.
func (o *office) restart(t *testing.T, meanwhile func(dir string)) {
	t.Helper()
	o.close(t)
	meanwhile(filepath.Dir(o.store.Info().Path))
	o.open(t)
}

func (o *office) close(t *testing.T) {
	t.Helper()
	o.Service.Close()
	if err := errors.Join(o.engine.Stop(context.Background()), o.store.Close()); err != nil {
		t.Error(err)
	}
}

func (o *office) open(t *testing.T) {
	t.Helper()
	store, err := persist.Open(context.Background(), filepath.Join(o.dataDir, "data"), persist.Options{Repair: true})
	if err != nil {
		t.Fatal(err)
	}
	o.store = store
	changed := func() {
		select {
		case o.changed <- struct{}{}:
		default:
		}
	}
	o.engine = engine.New(engine.Params{
		Store: store, Logger: slog.New(slog.DiscardHandler), Version: "test", Local: o.port, OnChange: changed,
	})
	if err := o.engine.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	o.Service = service.New(service.Params{Engine: o.engine, Store: store, Version: "test", DataDir: o.dataDir, OnChange: changed})
}

func (o *office) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.bodies = append(o.bodies, string(body))
	w.WriteHeader(o.status)
	_, _ = io.WriteString(w, "you sent "+string(body))
}

func (o *office) answer(status int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.status = status
}

func (o *office) received() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.bodies...)
}

// until waits for something to become true, looking after each change.
func (o *office) until(t *testing.T, what string, is func() bool) {
	t.Helper()
	limit := time.NewTimer(20 * time.Second)
	defer limit.Stop()
	look := time.NewTicker(100 * time.Millisecond) // for what no window is told of
	defer look.Stop()
	for !is() {
		select {
		case <-o.changed:
		case <-look.C:
		case <-limit.C:
			t.Fatalf("%s: not in 20 seconds", what)
		}
	}
}

// draft is a form with a fixed and a secret pair.
func (o *office) draft() control.WebhookDraft {
	return control.WebhookDraft{Webhook: core.Webhook{
		Name: "Supporter CRM", Address: o.receiver.URL + "/hooks/very-secret-path",
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "fname", From: "firstname"},
			{Name: "source", Value: "rally"},
			{Name: "token", Secret: core.NewSecret(secretText)},
		}},
		Retry: core.RetryPlan{Name: "90-minutes"},
	}}
}

func (o *office) save(t *testing.T, d control.WebhookDraft) control.WebhookView {
	t.Helper()
	v, err := o.SaveWebhook(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (o *office) accept(t *testing.T, data ...string) {
	t.Helper()
	var events []*core.Event
	for _, d := range data {
		events = append(events, &core.Event{
			ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "test", Title: "Ada", Data: []byte(d),
		})
	}
	if err := o.engine.Accept(t.Context(), events, nil); err != nil {
		t.Fatal(err)
	}
}

func TestSaveSendAndLookUp(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	if v.Webhook.ID != "supporter-crm" || v.Revision != 1 || v.Condition != control.On {
		t.Errorf("saved as %q, revision %d, %q", v.Webhook.ID, v.Revision, v.Condition)
	}
	o.accept(t, `{"firstname":"Ada"}`)
	o.until(t, "delivered", func() bool { st, _ := o.Status(t.Context()); return st.Delivered == 1 })
	want := "fname=Ada&source=rally&token=open+sesame+%26+more"
	if got := o.received(); len(got) != 1 || got[0] != want {
		t.Errorf("received %q, want %q", got, want)
	}
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Title != "Ada" || page.Counts.Delivered != 1 {
		t.Fatalf("activity: %+v, %v", page, err)
	}
	d, err := o.Delivery(t.Context(), page.Rows[0].Key)
	if err != nil || d.Sent == nil {
		t.Fatalf("delivery: %+v, %v", d, err)
	}
	if !strings.HasPrefix(d.Sent.Body, "fname=Ada&source=rally&token="+core.Dots) {
		t.Errorf("shown as sent: %q", d.Sent.Body)
	}
}

// What was sent is shown by the settings of then, also after they changed.
func TestHistoryShowsWhatWasSentThen(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	o.accept(t, `{"firstname":"Ada"}`)
	o.until(t, "delivered", func() bool { st, _ := o.Status(t.Context()); return st.Delivered == 1 })
	v.Webhook.Body.Fields[0].Name = "given"
	o.save(t, control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision})
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil {
		t.Fatal(err)
	}
	d, err := o.Delivery(t.Context(), page.Rows[0].Key)
	if err != nil || d.Sent == nil || !strings.HasPrefix(d.Sent.Body, "fname=") {
		t.Errorf("shown as sent: %+v, %v", d.Sent, err)
	}
}

// No answer of the service holds a secret's text or the path of an address, but
// where somebody asked for it.
func TestNothingGivesSecretsAway(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	o.answer(http.StatusUnauthorized)
	o.accept(t, `{"firstname":"Ada"}`)
	o.until(t, "a try", func() bool { page, _ := o.Activity(t.Context(), control.ActivityQuery{}); return len(page.Rows) == 1 })
	page, _ := o.Activity(t.Context(), control.ActivityQuery{})
	row, err := o.Delivery(t.Context(), page.Rows[0].Key)
	if err != nil {
		t.Fatal(err)
	}
	result, err := o.Test(t.Context(), control.TestRequest{Draft: control.WebhookDraft{Webhook: v.Webhook}, Data: []byte(`{"firstname":"Bo"}`)})
	if err != nil {
		t.Fatal(err)
	}
	overview, err := o.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	export, err := o.Export(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	all, err := json.Marshal([]any{page, row, result, overview.Needs, overview.Coming, string(export)})
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{secretText, "open+sesame", "b3BlbiBzZXNhbWUg"} {
		if strings.Contains(string(all), secret) {
			t.Errorf("%q is in an answer", secret)
		}
	}
	text, err := o.RevealSecret(t.Context(), control.SecretRef{Webhook: v.Webhook.ID, Place: "field:token"})
	if text != secretText || err != nil {
		t.Errorf("revealed %q, %v", text, err)
	}
}

func TestAPausedWebhookTellsSinceWhen(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.State = core.StatePaused
	before := time.Now().Add(-time.Second)
	if v := o.save(t, d); v.Condition != control.Paused || v.Since.Before(before) || v.Since.After(time.Now()) {
		t.Errorf("it is %q since %v, want paused since now", v.Condition, v.Since)
	}
}

func TestTestIsMarkedAndCountsNowhere(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	r, err := o.Test(t.Context(), control.TestRequest{Draft: control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision}, Data: []byte(`{"firstname":"Bo"}`)})
	if err != nil || r.Attempt.Code != http.StatusOK || r.Attempt.Cause != core.CauseNone {
		t.Fatalf("test: %+v, %v", r, err)
	}
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 1 || !page.Rows[0].Test || page.Counts.All != 0 {
		t.Errorf("activity after a test: %+v, %v", page, err)
	}
	if st, _ := o.Status(t.Context()); st.Delivered != 0 || st.Events != 0 {
		t.Errorf("status after a test: %+v", st)
	}
}

func TestUnsavedDraftCanBeTested(t *testing.T) {
	o := newOffice(t)
	r, err := o.Test(t.Context(), control.TestRequest{Draft: o.draft(), Data: []byte(`{"firstname":"Bo"}`)})
	if err != nil || r.Attempt.Cause != core.CauseNone {
		t.Fatalf("test: %+v, %v", r, err)
	}
	if got := o.received(); len(got) != 1 || !strings.Contains(got[0], "token=open+sesame+%26+more") {
		t.Errorf("received %q", got)
	}
}

func TestSamplesEndWithAMadeUpOne(t *testing.T) {
	o := newOffice(t)
	o.accept(t, `{"First Name":"Grace","E-Mail":"g@example.org","address":{"zip":"01067"}}`)
	samples, err := o.Samples(t.Context(), o.draft())
	if err != nil || len(samples) != 2 {
		t.Fatalf("samples: %+v, %v", samples, err)
	}
	made := samples[1]
	if made.Seq != 0 || len(made.Fields) != len(samples[0].Fields) {
		t.Errorf("made up: %+v", made)
	}
	if _, err := o.Preview(t.Context(), control.TestRequest{Draft: o.draft(), Data: made.Data}); err != nil {
		t.Errorf("preview of the made-up record: %v", err)
	}
}

func TestNeedsNameTheCause(t *testing.T) {
	o := newOffice(t)
	o.save(t, o.draft())
	o.answer(http.StatusUnauthorized)
	for i := range 6 {
		o.accept(t, `{"firstname":"`+strings.Repeat("A", i+1)+`"}`)
	}
	o.until(t, "attention", func() bool { v, _ := o.Webhook(t.Context(), "supporter-crm"); return v.Condition == control.Attention })
	ov, err := o.Overview(t.Context())
	if err != nil || len(ov.Needs) != 1 {
		t.Fatalf("needs: %+v, %v", ov.Needs, err)
	}
	if n := ov.Needs[0]; n.Title != "Supporter CRM did not accept the key" || !strings.Contains(n.Text, "Nothing is lost: 6 messages are kept here") {
		t.Errorf("need: %+v", n)
	}
}

func TestExportImportsToTheSame(t *testing.T) {
	o := newOffice(t)
	dir := t.TempDir()
	data, err := os.ReadFile("../settings/testdata/rally-congress.json")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Import(t.Context(), control.ImportRequest{Data: data, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	sealed, err := o.Export(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	open, err := o.Export(t.Context(), true)
	if err != nil || !strings.Contains(string(open), secretText) {
		t.Fatalf("export with secrets: %s, %v", open, err)
	}
	// Into the same store, what is sealed stays; into another, all comes from the file.
	if _, err := o.Import(t.Context(), control.ImportRequest{Data: sealed, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	other := newOffice(t)
	if _, err := other.Import(t.Context(), control.ImportRequest{Data: open, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]*office{"same store": o, "other store": other} {
		again, err := s.Export(t.Context(), true)
		if err != nil || string(again) != string(open) {
			t.Errorf("%s: export differs:\n%s\nwant\n%s (%v)", name, again, open, err)
		}
	}
}

func TestSealedSecretOfAnotherStore(t *testing.T) {
	o, other := newOffice(t), newOffice(t)
	o.save(t, o.draft())
	sealed, err := o.Export(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	r, err := other.Import(t.Context(), control.ImportRequest{Data: sealed, Dir: t.TempDir()})
	if err != nil || len(r.Notes) != 1 || !strings.Contains(r.Notes[0], "needs its secret") {
		t.Fatalf("import: %+v, %v", r, err)
	}
	if v, _ := other.Webhook(t.Context(), "supporter-crm"); v.Condition != control.Off {
		t.Errorf("condition %q, want off", v.Condition)
	}
}

// Two windows that change the settings from the same state: the second is told,
// and nothing is overwritten. Pausing meanwhile is no conflict.
func TestSettingsConflictIsTold(t *testing.T) {
	o := newOffice(t)
	v, err := o.Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := o.Pause(t.Context(), time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := o.SaveSettings(t.Context(), control.SettingsDraft{Look: "dark", ContentDays: 30, Revision: v.Revision}); err != nil {
		t.Fatal(err)
	}
	err = o.SaveSettings(t.Context(), control.SettingsDraft{Look: "light", Revision: v.Revision})
	if core.CodeOf(err) != core.CodeConflict {
		t.Errorf("second save from the same revision: %v, want a conflict", err)
	}
	now, err := o.Settings(t.Context())
	if err != nil || now.Settings.Look != "dark" || !now.Settings.Paused || now.Revision != v.Revision+1 {
		t.Errorf("settings: %+v at revision %d, %v", now.Settings, now.Revision, err)
	}
}
