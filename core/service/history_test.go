package service_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/service"
	"hookbird/persist"
)

// Failures come in groups, with words and what to do first; filters combine; and
// what is counted is what is listed.
func TestGroupsFiltersAndCounts(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusUnauthorized)
	v := o.save(t, o.draft())
	o.accept(t, `{"n":1}`, `{"n":2}`, `{"n":3}`, `{"n":4}`, `{"n":5}`)
	o.until(t, "attention", func() bool { return o.webhook(t, v.Webhook.ID).Condition == control.Attention })
	fail(t, o, v.Webhook.ID)
	groups, err := o.Groups(t.Context())
	if err != nil || len(groups) != 1 {
		t.Fatalf("groups %+v, %v", groups, err)
	}
	g := groups[0]
	if g.Words != "key not accepted" || g.Count == 0 || !g.Standing || g.Action != "secrets" || g.Webhook != v.Webhook.Name || g.Since.IsZero() || g.Newest.Before(g.Since) {
		t.Errorf("group %+v", g)
	}
	q := control.ActivityQuery{Group: &g.Ref, Causes: []core.Cause{core.CauseKey}, Webhooks: []string{v.Webhook.ID}, Types: []string{"record.*"}, Text: `"N":`}
	page, err := o.Activity(t.Context(), q)
	if err != nil || uint64(len(page.Rows)) != g.Count || page.Counts.Failed != g.Count || page.Counts.All != g.Count || page.Rows[0].Code != 401 {
		t.Errorf("page %+v, %v; want %d rows", page, err, g.Count)
	}
	n, err := o.CountActivity(t.Context(), control.ActivityQuery{Group: &g.Ref})
	if err != nil || n.Failed != g.Count || n.Of != page.Of || !n.Next.IsZero() {
		t.Errorf("count %+v, %v", n, err)
	}
	for name, q := range map[string]control.ActivityQuery{
		"no such webhook": {Webhooks: []string{"none"}},
		"no such group":   {Group: &control.GroupRef{Webhook: "none"}},
	} {
		if _, err := o.Activity(t.Context(), q); core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := o.CountActivity(t.Context(), q); core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// fail makes failures of the tries that a webhook's messages had.
func fail(t *testing.T, o *office, id string) {
	t.Helper()
	st, err := o.engine.Webhook(id)
	if err != nil {
		t.Fatal(err)
	}
	var list []core.Unfinished
	o.until(t, "a try is on disk", func() bool {
		var err error
		list, _, err = o.store.Unfinished(time.Now().Add(time.Hour), core.UnfinishedPlace{}, 10)
		return err != nil || len(list) > 0
	})
	u := list[0]
	if err := o.store.Commit(&core.Batch{Results: []core.Result{{
		Webhook: st.Num, Seq: u.Key.Seq, Prev: u.Key, PrevDue: u.Due, State: core.Failed, Due: time.Now(),
	}}}); err != nil {
		t.Fatal(err)
	}
}

// The detail of a message shows what was sent with each try, with the settings that
// it was made with, and never a secret.
func TestEveryTryShowsWhatWasSent(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusInternalServerError)
	d := o.draft()
	d.Webhook.Headers = []core.Header{{Name: "X-Key", Secret: core.NewSecret(secretText)}}
	d.Webhook.Retry = core.RetryPlan{Delays: []time.Duration{time.Hour}}
	v := o.save(t, d)
	o.accept(t, `{"firstname":"Ada"}`)
	o.until(t, "a try", func() bool { page, _ := o.Activity(t.Context(), control.ActivityQuery{}); return len(page.Rows) == 1 })
	v = o.webhook(t, v.Webhook.ID)
	v.Webhook.Body = core.Body{Style: core.BodyJSON, Fields: []core.Field{{Name: "given", From: "firstname"}}}
	o.answer(http.StatusOK)
	v = o.save(t, control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision})
	if err := o.TryNow(t.Context(), v.Webhook.ID); err != nil {
		t.Fatal(err)
	}
	o.until(t, "delivered", func() bool { return o.webhook(t, v.Webhook.ID).Delivered == 1 })
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("activity %+v, %v", page, err)
	}
	view, err := o.Delivery(t.Context(), page.Rows[0].Key)
	if err != nil || len(view.Tries) != 2 {
		t.Fatalf("view %+v, %v", view, err)
	}
	first, last := view.Tries[0], view.Tries[1]
	if first.Sent == nil || !strings.Contains(first.Sent.Body, "fname=Ada") || first.Attempt.Code != 500 || !strings.Contains(first.Attempt.Answer, "you sent") {
		t.Errorf("first try %+v", first)
	}
	if last.Sent == nil || last.Sent.Body != `{"given":"Ada"}` || last.Same || last.Attempt.Code != 200 {
		t.Errorf("last try %+v", last)
	}
	if text := fmt.Sprintf("%+v %+v", *first.Sent, *last.Sent); strings.Contains(text, secretText) || !strings.Contains(text, "X-Key") {
		t.Errorf("shown: %s", text)
	}
}

func TestHoursAreCounted(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	o.accept(t, `{"n":1}`, `{"n":2}`)
	o.until(t, "delivered", func() bool { return o.webhook(t, v.Webhook.ID).Delivered == 2 })
	now := time.Now()
	hours, err := o.ActivityHours(t.Context(), control.HoursRequest{From: now.Add(-2 * time.Hour), To: now.Add(time.Hour), Webhooks: []string{v.Webhook.ID}})
	n := uint64(0)
	for _, h := range hours {
		n += h.Delivered
	}
	if err != nil || n != 2 {
		t.Errorf("hours %+v, %v", hours, err)
	}
	for _, r := range []control.HoursRequest{{From: now, To: now.Add(-time.Hour)}, {From: now.AddDate(-2, 0, 0), To: now}} {
		if _, err := o.ActivityHours(t.Context(), r); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%+v: %v", r, err)
		}
	}
}

// What failed and will go soon because of its age is told of on Home, with its number
// and day.
func TestHomeTellsOfWhatGoesSoon(t *testing.T) {
	store, err := persist.Open(t.Context(), t.TempDir(), persist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	failed := time.Now().Add(-175 * 24 * time.Hour)
	b := &core.Batch{Config: []core.Change{{Webhook: &core.Webhook{ID: "crm", Name: "Supporter CRM", Address: "http://127.0.0.1:1", State: core.StatePaused}, Lane: &core.Lane{Next: 413, Failed: 412}}}}
	if err := store.Commit(b); err != nil {
		t.Fatal(err)
	}
	b = &core.Batch{}
	for seq := uint64(1); seq <= 412; seq++ {
		b.Events = append(b.Events, &core.Event{Seq: seq, Time: failed, Data: []byte(`{}`)})
		b.Results = append(b.Results, core.Result{Webhook: 1, Seq: seq, State: core.Failed, Attempt: &core.Attempt{At: failed, Cause: core.CauseKey, Code: 401}})
	}
	if err := store.Commit(b); err != nil {
		t.Fatal(err)
	}
	changed := make(chan struct{}, 1)
	e := engine.New(engine.Params{Store: store, Logger: slog.New(slog.DiscardHandler), Local: -1, OnChange: func() {
		select {
		case changed <- struct{}{}:
		default:
		}
	}})
	if err := e.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = e.Stop(context.Background()) }()
	s := service.New(service.Params{Engine: e, Store: store})
	defer s.Close()
	limit := time.After(30 * time.Second)
	for len(e.Expiring()) == 0 {
		select {
		case <-changed:
		case <-limit:
			t.Fatal("nothing goes soon")
		}
	}
	home, err := s.Overview(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := "Supporter CRM: 412 failed messages will be removed from " + failed.Add(180*24*time.Hour).Local().Format("2 January") + " on"
	told := ""
	for _, n := range home.Needs {
		if n.Kind == control.NeedExpiring {
			told = n.Title
		}
	}
	if told != want {
		t.Errorf("Home says %q, want %q", told, want)
	}
	kept, err := s.Kept(t.Context())
	if err != nil || len(kept.Expiring) != 1 || kept.Expiring[0].Failed != 412 || kept.Records != 412 || kept.Messages != 412 || kept.MessagesSince.Sub(failed).Abs() > time.Second {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

// Records that lead nowhere are told of likewise.
func TestHomeTellsOfRecordsThatLeadNowhere(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, err := persist.Open(t.Context(), t.TempDir(), persist.Options{})
		if err != nil {
			t.Fatal(err)
		}
		came := time.Now().Add(-170 * 24 * time.Hour)
		b := &core.Batch{}
		for seq := uint64(1); seq <= 9; seq++ {
			b.Events = append(b.Events, &core.Event{Seq: seq, Time: came, Data: []byte(`{}`)})
		}
		if err := store.Commit(b); err != nil {
			t.Fatal(err)
		}
		e := engine.New(engine.Params{Store: store, Logger: slog.New(slog.DiscardHandler), Local: -1})
		if err := e.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		s := service.New(service.Params{Engine: e, Store: store})
		time.Sleep(10 * time.Minute) // until somebody has looked
		synctest.Wait()
		home, err := s.Overview(t.Context())
		if err != nil || len(home.Needs) != 1 || !strings.HasPrefix(home.Needs[0].Title, "9 records that no webhook wanted will be removed from ") {
			t.Errorf("needs %+v, %v", home.Needs, err)
		}
		s.Close()
		if err := errors.Join(e.Stop(context.Background()), store.Close()); err != nil {
			t.Error(err)
		}
	})
}

// A webhook that is on, with messages that failed because of settings that are as
// they were, says what to do first; once they are changed it only says what failed.
func TestNeedOfAStandingCause(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusUnauthorized)
	d := o.draft()
	d.Webhook.Retry = core.RetryPlan{Name: "none"}
	v := o.save(t, d)
	o.accept(t, `{"firstname":"Ada"}`, `{"firstname":"Grace"}`)
	o.until(t, "2 failed", func() bool { return o.webhook(t, v.Webhook.ID).Failed == 2 })
	need := func() control.Need {
		t.Helper()
		view, err := o.Overview(t.Context())
		if err != nil || len(view.Needs) == 0 {
			t.Fatalf("%+v, %v", view.Needs, err)
		}
		return view.Needs[0]
	}
	if n := need(); n.Title != "Supporter CRM: 2 × key not accepted" || n.Step != "Check the key" || n.Action != "secrets" {
		t.Errorf("need %+v", n)
	}
	v = o.webhook(t, v.Webhook.ID)
	v.Webhook.Body.Fields[2].Secret = core.NewSecret("another key")
	o.save(t, control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision})
	if n := need(); n.Step != "" || n.Title != "Supporter CRM: 2 messages not accepted" {
		t.Errorf("need after the key was changed: %+v", n)
	}
}
