package service

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/job"
)

// againLook is how many messages are looked at for what sending again would come to.
const againLook = 500

// AgainPlan says what sending messages again would come to.
func (s *Service) AgainPlan(ctx context.Context, r control.AgainRequest) (control.AgainPlan, error) {
	var p control.AgainPlan
	rows, err := s.againRows(ctx, r)
	if err != nil {
		return p, err
	}
	states := map[string]engine.WebhookState{}
	for _, st := range s.engine.Webhooks() {
		states[st.Webhook.ID] = st
	}
	for i := range rows {
		d := &rows[i]
		st, ok := states[d.Webhook]
		if !ok || d.Test || d.State == core.Waiting || d.Event == nil {
			continue
		}
		p.Count++
		if d.State == core.Delivered {
			p.Delivered++
		}
		if p.One.IsZero() {
			p.One = d.Key
		}
		if !slices.Contains(p.Webhooks, st.Webhook.Name) {
			p.Webhooks = append(p.Webhooks, st.Webhook.Name)
		}
		if why, ok := standing(st, d); ok && !slices.ContainsFunc(p.Standing, func(o control.Standing) bool { return o.WebhookID == why.WebhookID }) {
			p.Standing = append(p.Standing, why)
		}
	}
	if len(r.Keys) > 0 || len(rows) < againLook {
		return p, nil
	}
	return s.againCount(ctx, r, p)
}

// againRows are the messages that are looked at.
func (s *Service) againRows(ctx context.Context, r control.AgainRequest) (rows []core.Delivery, err error) {
	if len(r.Keys) == 0 {
		q, err := s.query(r.Query)
		if err != nil {
			return nil, err
		}
		q.Limit, q.Look, q.Brief, q.Tests = againLook, countLook, true, core.WithoutTests
		page, err := s.store.Deliveries(ctx, q)
		if len(page.Rows) > 0 {
			err = nil // what is damaged is left out
		}
		return page.Rows, err
	}
	for _, key := range r.Keys[:min(len(r.Keys), againLook)] {
		if d, err := s.store.Delivery(key); err == nil {
			rows = append(rows, *d)
		}
	}
	return rows, nil
}

// againCount counts the messages of a query beyond those that are looked at.
func (s *Service) againCount(ctx context.Context, r control.AgainRequest, p control.AgainPlan) (control.AgainPlan, error) {
	n, err := s.CountActivity(ctx, r.Query)
	p.Count, p.Delivered, p.AtLeast = n.All-min(n.All, n.Waiting), n.Delivered, !n.Next.IsZero()
	return p, err
}

// standing says why sending a message again would fail again, if it would: its
// webhook is held, or it failed because of settings that are as they were then.
func standing(st engine.WebhookState, d *core.Delivery) (control.Standing, bool) {
	w := st.Webhook
	v := control.Standing{WebhookID: w.ID, Webhook: w.Name}
	cause, code := st.Health.Cause, st.Health.Code
	last := core.Attempt{}
	if n := len(d.Attempts); n > 0 {
		last = d.Attempts[n-1]
	}
	switch {
	case w.State == core.StateOff:
		v.Text = w.Name + " is turned off. What is sent again waits until it is on."
		return v, true
	case w.State == core.StatePaused:
		v.Text = w.Name + " is paused. What is sent again waits until it goes on."
		return v, true
	case st.Blocked != "":
		v.Text, cause, code = st.Blocked, st.BlockedBy, 0
	case st.Health.State == core.HealthAttention:
		v.Text = fmt.Sprintf("%s %s, and its settings are as they were. Put that right first.", w.Name, attempt.Short(core.Attempt{Cause: cause, Code: code}))
	case st.Health.State == core.HealthDown:
		v.Text = fmt.Sprintf("%s %s. What is sent again waits until it answers.", w.Name, attempt.Short(core.Attempt{Cause: cause, Code: code}))
	case d.State == core.Failed && attempt.ClassOf(last.Cause) == attempt.Settings && d.Revision == st.Revision:
		cause, code = last.Cause, last.Code
		v.Text = fmt.Sprintf("%s %s, and its settings were not changed since. Sent again, the same will happen again.", w.Name, attempt.Short(last))
	default:
		return v, false
	}
	advice := attempt.Explain(w.Name, attempt.KeyOf(w), core.Attempt{Cause: cause, Code: code})
	for _, step := range advice.Steps {
		if step.Action != attempt.ActionNone {
			v.Step, v.Action = step.Title, string(step.Action)
			break
		}
	}
	return v, true
}

// SendAllAgain makes messages wait for a try now.
func (s *Service) SendAllAgain(ctx context.Context, r control.AgainRequest) (job.View, error) {
	if len(r.Keys) > 0 {
		n, err := s.SendAgain(ctx, r.Keys)
		if err != nil {
			return job.View{}, err
		}
		return job.View{Kind: control.JobAgain, State: job.Done, Outcome: againOutcome(uint64(n), uint64(len(r.Keys)-n))}, nil
	}
	q, err := s.query(r.Query)
	if err != nil {
		return job.View{}, err
	}
	q.Before = core.DeliveryKey{}
	plan, err := s.AgainPlan(ctx, r)
	if err != nil {
		return job.View{}, err
	}
	return s.begin(engine.Errand{Kind: engine.ErrandAgain, Query: &q, Total: plan.Count})
}

func againOutcome(done, left uint64) string {
	text := count(done, "message") + " wait for a try now."
	if done == 1 {
		text = "1 message waits for a try now."
	}
	if left > 0 {
		text += " " + count(left, "message") + " could not be sent again: the record is no longer kept, or it is on its way already."
	}
	return text
}

// begin keeps an errand and does it as a job.
func (s *Service) begin(er engine.Errand) (job.View, error) {
	er, err := s.engine.Begin(er)
	if err != nil {
		return job.View{}, err
	}
	return s.goOn(er)
}

// goOnWithErrands does what was begun before the start.
func (s *Service) goOnWithErrands() {
	errands, err := s.engine.Errands()
	if err != nil {
		s.p.Logger.Error("not all work goes on that was begun before the start", "error", err)
	}
	for _, er := range errands {
		if _, err := s.goOn(er); err != nil {
			s.p.Logger.Error("work not gone on with", "work", er.ID, "error", err)
		}
	}
}

// goOn does an errand as a job.
func (s *Service) goOn(er engine.Errand) (job.View, error) {
	title, about := s.errandTitle(er)
	return s.jobs.Start(job.Spec{Kind: job.Kind(er.Kind), Title: title, About: about}, func(ctx context.Context, p *job.Progress) (string, error) {
		step := ""
		er, err := s.engine.Run(ctx, er, func(er engine.Errand) {
			if er.Waits() != step {
				step = er.Waits()
				p.Step(step)
			}
			p.Set(er.Done, er.Total)
		})
		return errandOutcome(er), err
	})
}

// errandTitle says what an errand does, and gives the id of the webhook that it is
// about, if it is one.
func (s *Service) errandTitle(er engine.Errand) (title, about string) {
	name := func(num uint32) string {
		for _, st := range s.engine.Webhooks() {
			if st.Num == num {
				about = st.Webhook.ID
				return st.Webhook.Name
			}
		}
		return "a webhook that is deleted"
	}
	switch {
	case er.Kind == engine.ErrandThrow && er.Clear != nil:
		return "Throwing away what waits for " + name(er.Clear.Webhook), about
	case er.Kind == engine.ErrandMove && er.Replay != nil:
		to := name(er.Replay.Webhook)
		return "Moving what waits for " + name(er.Replay.Waits) + " to " + to, about
	case er.Kind == engine.ErrandLeave && er.Leave != nil:
		verb := "turning it off"
		if er.Leave.Delete {
			verb = "deleting it"
		}
		if st, err := s.engine.Webhook(er.Leave.Webhook); err == nil {
			return "Sending what waits for " + st.Webhook.Name + ", then " + verb, er.Leave.Webhook
		}
	case er.Replay != nil:
		return "Sending " + count(er.Total, "record") + " to " + name(er.Replay.Webhook), about
	case er.Query != nil:
		return "Sending " + count(er.Total, "message") + " again", ""
	}
	return "Finishing what was begun", ""
}

func errandOutcome(er engine.Errand) string {
	switch er.Kind {
	case engine.ErrandThrow:
		return count(er.Done, "message") + " will not be sent. Activity still shows them."
	case engine.ErrandMove:
		return count(er.Done, "message") + " moved."
	case engine.ErrandLeave:
		return "Nothing waits there any more."
	default:
		return againOutcome(er.Done, er.Left)
	}
}

// Leave turns a webhook off or deletes it.
func (s *Service) Leave(ctx context.Context, r control.LeaveRequest) (job.View, error) {
	st, err := s.engine.Webhook(r.Webhook)
	if err != nil {
		return job.View{}, err
	}
	if r.Revision != st.Revision {
		return job.View{}, core.Errorf(core.CodeConflict, "This webhook was changed somewhere else meanwhile. Look at it again.")
	}
	er := engine.Errand{Total: st.Waiting}
	leave := &engine.Leave{Webhook: r.Webhook, Delete: r.Delete, By: s.byWindow()}
	limit := s.engine.Head() + 1
	switch r.Waiting {
	case control.WaitingStays:
		return job.View{}, s.leaveNow(ctx, r)
	case control.WaitingGoes:
		er.Kind, er.Leave = engine.ErrandLeave, leave
		return s.begin(er)
	case control.WaitingThrown:
		er.Kind = engine.ErrandThrow
		er.Clear = &engine.Clear{Webhook: st.Num, Limit: limit, Why: "It waited when " + st.Webhook.Name + " was turned off, and somebody chose to throw it away."}
	case control.WaitingMoves:
		to, err := s.engine.Webhook(r.To)
		if err != nil {
			return job.View{}, err
		}
		if to.Num == st.Num {
			return job.View{}, core.Errorf(core.CodeInvalid, "What waits can only move to another webhook.")
		}
		if to.Webhook.State == core.StateOff {
			return job.View{}, core.Errorf(core.CodeInvalid, "%s is turned off, so nothing would be sent there. Turn it on first, or choose another.", to.Webhook.Name)
		}
		er.Kind = engine.ErrandMove
		er.Replay = &engine.Replay{
			Webhook: to.Num, Waits: st.Num, Retry: &core.RetryPlace{}, Span: core.Span{From: st.First, To: limit},
		}
		er.Clear = &engine.Clear{Webhook: st.Num, Limit: limit, Why: "It was moved to " + to.Webhook.Name + "."}
	default:
		return job.View{}, core.Errorf(core.CodeInvalid, "Say what becomes of what waits: %s.", strings.Join([]string{"stays", "goes", "thrown", "moves"}, ", "))
	}
	if r.Delete {
		er.Leave = leave
	}
	if st.Webhook.State != core.StateOff { // so that nothing of it is sent meanwhile
		if err := s.SetState(ctx, r.Webhook, core.StateOff, false); err != nil {
			return job.View{}, err
		}
	}
	return s.begin(er)
}

// leaveNow turns a webhook off or deletes it at once.
func (s *Service) leaveNow(ctx context.Context, r control.LeaveRequest) error {
	if r.Delete {
		return s.DeleteWebhook(ctx, r.Webhook, r.Revision)
	}
	return s.SetState(ctx, r.Webhook, core.StateOff, false)
}
