package service

import (
	"context"
	"fmt"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/filter"
	"hookbird/core/job"
)

// brakeText says what a brake holds: "50000 records; usually 120 a day."
func brakeText(b *control.BrakeView) string {
	if !b.Known {
		return count(b.Count, "record") + " at once, for the first time."
	}
	return fmt.Sprintf("%s; usually %d a day.", count(b.Count, "record"), b.Usual)
}

// AnswerBrake says what becomes of what a brake holds.
func (s *Service) AnswerBrake(_ context.Context, r control.BrakeRequest) (job.View, error) {
	st, err := s.engine.Webhook(r.Webhook)
	if err != nil {
		return job.View{}, err
	}
	switch r.Choice {
	case control.BrakeAll:
		return job.View{}, s.engine.AnswerBrake(r.Webhook, engine.BrakeAll, r.Upto)
	case control.BrakeTen:
		return job.View{}, s.engine.AnswerBrake(r.Webhook, engine.BrakeTen, r.Upto)
	case control.BrakeThrow:
		if st.Brake.Since.IsZero() {
			return job.View{}, core.Errorf(core.CodeConflict, "%s is not held any more. Somebody has answered already.", st.Webhook.Name)
		}
		return s.throw(st, r.Upto+1, "It was more than usual, and somebody chose to throw it away.")
	}
	return job.View{}, core.Errorf(core.CodeInvalid, "Say what becomes of what is held: all, ten or throw.")
}

// throw has what waits for a webhook not be sent, up to a record that is not meant.
func (s *Service) throw(st engine.WebhookState, limit uint64, why string) (job.View, error) {
	return s.begin(engine.Errand{
		Kind: engine.ErrandThrow, Total: st.Waiting, Clear: &engine.Clear{Webhook: st.Num, Limit: limit, Why: why},
	})
}

// How much of a rehearsal is shown at once, and how much of the log is looked at.
const (
	rehearsalUsual = 50
	rehearsalMost  = 200
	rehearsalLook  = 5_000
)

// Rehearsal gives some of what a webhook would send.
func (s *Service) Rehearsal(ctx context.Context, r control.RehearsalRequest) (control.RehearsalPage, error) {
	st, err := s.engine.Webhook(r.Webhook)
	if err != nil {
		return control.RehearsalPage{}, err
	}
	match, err := filter.For(st.Webhook)
	if err != nil {
		return control.RehearsalPage{}, err
	}
	limit := min(max(r.Limit, 0), rehearsalMost)
	if limit == 0 {
		limit = rehearsalUsual
	}
	page := control.RehearsalPage{Rows: []control.RehearsalRow{}, Waiting: st.Waiting}
	from := max(r.From, st.First, 1)
	for looked := 0; looked < rehearsalLook; {
		if err := ctx.Err(); err != nil {
			return page, err
		}
		events, err := s.store.Events(from, rehearsalMost, 4<<20)
		if err != nil && len(events) == 0 {
			return page, err
		}
		if len(events) == 0 {
			return page, nil
		}
		for _, e := range events {
			from = e.Seq + 1
			looked++
			if !match.Wants(e) {
				continue
			}
			page.Rows = append(page.Rows, s.rehearsed(st.Webhook, e))
			if len(page.Rows) == limit {
				page.Next = from
				return page, nil
			}
		}
	}
	page.Next = from
	return page, nil
}

// rehearsed builds what would go out.
func (s *Service) rehearsed(w *core.Webhook, e *core.Event) control.RehearsalRow {
	row := control.RehearsalRow{Seq: e.Seq, Title: e.Name(), Time: e.Time}
	row.Shown, row.Why = s.built(w, e)
	return row
}

// StartSending turns a paused webhook on.
func (s *Service) StartSending(ctx context.Context, r control.StartRequest) (job.View, error) {
	st, err := s.engine.Webhook(r.Webhook)
	if err != nil {
		return job.View{}, err
	}
	if st.Webhook.State != core.StatePaused {
		return job.View{}, core.Errorf(core.CodeConflict, "%s is not paused any more.", st.Webhook.Name)
	}
	if r.With || st.Waiting == 0 {
		return job.View{}, s.SetState(ctx, r.Webhook, core.StateOn, false)
	}
	er := engine.Errand{
		Kind: engine.ErrandThrow, Total: st.Waiting, TurnOn: &engine.TurnOn{Webhook: r.Webhook, By: s.byWindow()},
		Clear: &engine.Clear{Webhook: st.Num, Limit: s.engine.Head() + 1, Why: "It was rehearsed, and somebody chose to start without it."},
	}
	return s.begin(er)
}
