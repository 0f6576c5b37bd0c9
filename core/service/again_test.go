package service_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// delivered waits until a webhook has delivered so many and nothing waits.
func (o *office) delivered(t *testing.T, id string, n uint64) {
	t.Helper()
	o.until(t, "delivered", func() bool {
		v := o.webhook(t, id)
		return v.Delivered == n && v.Waiting == 0 && !v.About
	})
}

// Records that were sent wrongly, with an answer that said all was well, are found by
// the settings that they were sent with, shown before and after, and sent once more
// under the new ones.
func TestReplayOfWhatWasSentWithTheSettingsOfThen(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.Body = core.Body{Style: core.BodyJSON, Fields: []core.Field{{Name: "mail_wrong", From: "email"}}}
	v := o.save(t, d)
	o.accept(t, ada, grace)
	o.delivered(t, v.Webhook.ID, 2)

	d.Webhook, d.Revision = *v.Webhook.Clone(), v.Revision
	d.Webhook.Body.Fields[0].Name = "mail"
	v = o.save(t, d)
	o.accept(t, `{"email":"tina@example.org"}`)
	o.delivered(t, v.Webhook.ID, 3)

	all := control.ReplayRequest{Webhook: v.Webhook.ID, Since: time.Now().Add(-time.Hour), Sent: true}
	plan, err := o.ReplayPlan(t.Context(), all)
	if err != nil || plan.Count != 3 || len(plan.Revisions) != 2 || plan.Revisions[0].Count != 2 || plan.Revisions[0].Now || !plan.Revisions[1].Now {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	of := all
	of.Revision = plan.Revisions[0].Revision
	plan, err = o.ReplayPlan(t.Context(), of)
	if err != nil || plan.Count != 2 || plan.Before != 2 || len(plan.Examples) != 2 {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	x := plan.Examples[0]
	if x.Before == nil || !strings.Contains(x.Before.Body, "mail_wrong") || x.After == nil || strings.Contains(x.After.Body, "mail_wrong") {
		t.Errorf("example %+v", x)
	}
	of.Count = plan.Count
	ended := o.done(t, must(o.Replay(t.Context(), of)), nil)
	if ended.State != job.Done {
		t.Errorf("job %+v", ended)
	}
	o.until(t, "sent again", func() bool { return len(o.received()) == 5 })
	again := o.received()[3:]
	for _, body := range again {
		if strings.Contains(body, "wrong") || strings.Contains(body, "tina") {
			t.Errorf("sent again: %s", body)
		}
	}
}

// A new webhook gets what came in before it was made, what it wants of that, once.
func TestReplayToANewWebhook(t *testing.T) {
	o := newOffice(t)
	first := o.save(t, o.draft()).Webhook.ID
	o.accept(t, ada, grace, ada)
	o.delivered(t, first, 3)
	d := o.draft()
	d.Webhook.Name, d.Webhook.Filter = "Newsletter", "name=Ada.*"
	fresh := o.save(t, d).Webhook.ID
	r := control.ReplayRequest{Webhook: fresh, Since: time.Now().Add(-time.Hour), Filter: true}
	plan, err := o.ReplayPlan(t.Context(), r)
	if err != nil || plan.Count != 2 || plan.Before != 0 {
		t.Fatalf("plan %+v, %v", plan, err)
	}
	o.done(t, must(o.Replay(t.Context(), r)), nil)
	o.delivered(t, fresh, 2)
	if plan, err = o.ReplayPlan(t.Context(), r); err != nil || plan.Count != 2 || plan.Before != 2 {
		t.Errorf("after it: %+v, %v", plan, err)
	}
	for _, bad := range []control.ReplayRequest{
		{Webhook: "none"},
		{Webhook: fresh, PerMinute: -1},
		{Webhook: fresh, Since: time.Now(), Until: time.Now().Add(-time.Hour)},
	} {
		if _, err := o.ReplayPlan(t.Context(), bad); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}

// One message is corrected and sent; its record and every other message stay as they
// are, and the change is in its history.
func TestCorrectAndSend(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusUnprocessableEntity)
	d := o.draft()
	d.Webhook.Body = core.Body{Style: core.BodyJSON}
	id := o.save(t, d).Webhook.ID
	o.accept(t, `{"email":"ada@exmaple.org","zip":"1"}`)
	o.until(t, "failed", func() bool { return o.webhook(t, id).Failed == 1 })
	page, err := o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	key := page.Rows[0].Key
	v, err := o.Correction(t.Context(), key)
	if err != nil || len(v.Fields) != 2 || v.Fields[0].Value != "ada@exmaple.org" {
		t.Fatalf("%+v, %v", v, err)
	}
	c := control.Correction{Key: key, Values: map[string]string{v.Fields[0].Pointer: "ada@example.org"}}
	both, err := o.PreviewCorrection(t.Context(), c)
	if err != nil || !strings.Contains(both.Before.Body, "exmaple") || strings.Contains(both.After.Body, "exmaple") {
		t.Errorf("preview %+v, %v", both, err)
	}
	if err := o.Correct(t.Context(), control.Correction{Key: key}); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("nothing changed: %v", err)
	}
	o.answer(http.StatusOK)
	if err := o.Correct(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	o.delivered(t, id, 1)
	if got := o.received(); !strings.Contains(got[len(got)-1], "ada@example.org") {
		t.Errorf("sent %q", got)
	}
	page, err = o.Activity(t.Context(), control.ActivityQuery{})
	if err != nil || len(page.Rows) != 1 {
		t.Fatalf("%+v, %v", page, err)
	}
	del, err := o.Delivery(t.Context(), page.Rows[0].Key)
	if err != nil || len(del.Corrected) != 1 || del.Corrected[0].Logged != "ada@exmaple.org" || del.Corrected[0].Value != "ada@example.org" {
		t.Errorf("%+v, %v", del.Corrected, err)
	}
	e, err := o.store.Event(page.Rows[0].Key.Seq)
	if err != nil || !strings.Contains(string(e.Data), "exmaple") {
		t.Errorf("the record became %s, %v", e.Data, err)
	}
	if err := o.Correct(t.Context(), c); err == nil {
		t.Error("corrected once more after it was delivered")
	}
}

// refusesToMoveToWhatIsOff turns the webhook that messages would go to off and on.
func (o *office) refusesToMoveToWhatIsOff(t *testing.T, r control.LeaveRequest) {
	t.Helper()
	if err := o.SetState(t.Context(), r.To, core.StateOff, false); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Leave(t.Context(), r); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("moving to a webhook that is off: %v", err)
	}
	if err := o.SetState(t.Context(), r.To, core.StateOn, false); err != nil {
		t.Fatal(err)
	}
}

// A webhook that is turned off or deleted with things waiting does with them what was
// chosen, and loses none.
func TestLeavingWithThingsWaiting(t *testing.T) {
	for _, w := range []control.LeaveWaiting{control.WaitingStays, control.WaitingGoes, control.WaitingThrown, control.WaitingMoves} {
		for _, del := range []bool{false, true} {
			o := newOffice(t)
			d := o.draft()
			d.Webhook.State = core.StatePaused
			v := o.save(t, d)
			other := o.draft()
			other.Webhook.Name, other.Webhook.Events = "Other", []string{"nothing.of.this"}
			to := o.save(t, other).Webhook.ID
			o.accept(t, ada, grace)
			o.engine.WaitCounted()
			r := control.LeaveRequest{Webhook: v.Webhook.ID, Revision: v.Revision, Delete: del, Waiting: w, To: to}
			if w == control.WaitingMoves {
				o.refusesToMoveToWhatIsOff(t, r)
			}
			began, err := o.Leave(t.Context(), r)
			if err != nil {
				t.Fatalf("%s: %v", w, err)
			}
			if w == control.WaitingGoes { // it sends again first
				if err := o.SetState(t.Context(), v.Webhook.ID, core.StateOn, false); err != nil {
					t.Fatal(err)
				}
			}
			if began.ID != "" {
				o.done(t, began, nil)
			}
			o.engine.WaitCounted()
			got, err := o.Webhook(t.Context(), v.Webhook.ID)
			if gone := core.CodeOf(err) == core.CodeNotFound; gone != del || !del && got.Webhook.State != core.StateOff {
				t.Errorf("%s, delete %v: %+v, %v", w, del, got.Webhook.State, err)
			}
			want := map[control.LeaveWaiting]int{control.WaitingGoes: 2, control.WaitingMoves: 2}[w]
			o.until(t, "sent "+string(w), func() bool { return len(o.received()) >= want })
			if n := len(o.received()); n != want {
				t.Errorf("%s, delete %v: %d were sent, want %d", w, del, n, want)
			}
			if w == control.WaitingStays && !del && got.Waiting != 2 {
				t.Errorf("kept %d", got.Waiting)
			}
		}
	}
}
