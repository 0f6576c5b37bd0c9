package service_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// A brake asks on Home, and each answer does what it says.
func TestBrakeIsAnswered(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.Brake = core.Brake{Factor: 5, First: 20}
	id := o.save(t, d).Webhook.ID
	records := make([]string, 60)
	for i := range records {
		records[i] = ada
	}
	held := func() control.WebhookView {
		t.Helper()
		o.until(t, "held", func() bool { return o.webhook(t, id).Brake != nil })
		return o.webhook(t, id)
	}
	answer := func(c control.BrakeChoice) job.View {
		t.Helper()
		v, err := o.AnswerBrake(t.Context(), control.BrakeRequest{Webhook: id, Choice: c, Upto: held().Brake.Upto})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	o.accept(t, records...)
	v := held()
	if v.Condition != control.Attention || v.Brake.Count != 60 || v.Last == nil || v.Last.Cause != core.CauseBrake {
		t.Errorf("held: %+v", v)
	}
	home, err := o.Overview(t.Context())
	if err != nil || len(home.Needs) != 1 || home.Needs[0].Kind != control.NeedBrake || !strings.Contains(home.Needs[0].Title, "60 records at once, for the first time. Send?") {
		t.Errorf("needs %+v, %v", home.Needs, err)
	}
	delivered := func(n uint64) {
		t.Helper()
		o.until(t, "delivered", func() bool { return o.webhook(t, id).Delivered == n })
	}
	answer(control.BrakeTen)
	delivered(10)
	thrown := o.done(t, answer(control.BrakeThrow), nil)
	if thrown.State != job.Done || !strings.HasPrefix(thrown.Outcome, "50 messages will not be sent") {
		t.Errorf("thrown away: %+v", thrown)
	}
	if v := o.webhook(t, id); v.Waiting != 0 || v.Brake != nil || v.Delivered != 10 {
		t.Errorf("after: %+v", v)
	}
	o.accept(t, records...)
	answer(control.BrakeAll)
	delivered(70)
	if _, err := o.AnswerBrake(t.Context(), control.BrakeRequest{Webhook: id, Choice: control.BrakeThrow}); core.CodeOf(err) != core.CodeConflict {
		t.Errorf("answered what nobody asks: %v", err)
	}
}

// A rehearsal builds everything and sends nothing; its owner starts with what was
// rehearsed or without.
func TestRehearsal(t *testing.T) {
	for _, with := range []bool{true, false} {
		o := newOffice(t)
		d := o.draft()
		d.Webhook.State, d.Webhook.Filter = core.StatePaused, "name=.*a.*"
		id := o.save(t, d).Webhook.ID
		o.accept(t, ada, grace, `{"name":"zzz"}`, ada)
		o.engine.WaitCounted()
		var rows []control.RehearsalRow
		from := uint64(0)
		for {
			page, err := o.Rehearsal(t.Context(), control.RehearsalRequest{Webhook: id, From: from, Limit: 2})
			if err != nil || page.Waiting != 3 {
				t.Fatalf("page %+v, %v", page, err)
			}
			rows = append(rows, page.Rows...)
			if from = page.Next; from == 0 {
				break
			}
		}
		if len(rows) != 3 || rows[0].Shown == nil || rows[0].Why != "" || len(o.received()) != 0 {
			t.Errorf("rows %+v, %d received", rows, len(o.received()))
		}
		v, err := o.StartSending(t.Context(), control.StartRequest{Webhook: id, With: with})
		if err != nil {
			t.Fatal(err)
		}
		want := uint64(3)
		if !with {
			want = 0
			o.done(t, v, nil)
		}
		o.until(t, "on", func() bool {
			v := o.webhook(t, id)
			return v.Webhook.State == core.StateOn && v.Delivered == want && v.Waiting == 0
		})
		if _, err := o.StartSending(t.Context(), control.StartRequest{Webhook: id, With: with}); core.CodeOf(err) != core.CodeConflict {
			t.Errorf("started twice: %v", err)
		}
	}
}
