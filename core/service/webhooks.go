package service

import (
	"context"
	"slices"
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/message"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Webhooks gives all webhooks and how they are doing.
func (s *Service) Webhooks(context.Context) ([]control.WebhookView, error) {
	hours, err := s.hours(time.Now())
	if err != nil {
		return nil, err
	}
	states := s.engine.Webhooks()
	views := make([]control.WebhookView, len(states))
	for i, st := range states {
		views[i] = s.view(st, hours)
	}
	return views, nil
}

// Webhook gives one webhook and how it is doing.
func (s *Service) Webhook(_ context.Context, id string) (control.WebhookView, error) {
	st, err := s.engine.Webhook(id)
	if err != nil {
		return control.WebhookView{}, err
	}
	hours, err := s.hours(time.Now())
	if err != nil {
		return control.WebhookView{}, err
	}
	return s.view(st, hours), nil
}

func (s *Service) view(st engine.WebhookState, hours hourCounts) control.WebhookView {
	v := control.WebhookView{
		Webhook: *st.Webhook, Revision: st.Revision, Changed: st.Changed,
		Host: hostOf(st.Webhook.Address), Condition: condition(st), Since: since(st),
		Waiting: st.Waiting, About: st.About, Delivered: st.Delivered, Failed: st.Failed,
		Today: hours.today(st.Num), LastGood: st.LastGood, NextTry: st.NextTry,
		Done: st.Done, Paced: st.Paced, Hours: hours.last12(st.Num), Meanwhile: st.Meanwhile,
	}
	if st.Health.Cause != core.CauseNone {
		v.Last = &core.Attempt{At: st.Health.Since, Cause: st.Health.Cause, Code: st.Health.Code, Detail: st.Health.Detail}
	}
	if st.Blocked != "" {
		v.Last = &core.Attempt{At: time.Now(), Cause: st.BlockedBy, Detail: st.Blocked}
	}
	if b := st.Brake; !b.Since.IsZero() && v.Condition == control.Attention && st.Health.State == core.HealthGood && st.Blocked == "" {
		v.Brake = &control.BrakeView{Since: b.Since, Count: max(b.Count, st.Behind), Usual: b.Usual, Known: b.Known, Upto: s.engine.Head()}
		v.Since = b.Since
		v.Last = &core.Attempt{At: b.Since, Cause: core.CauseBrake, Detail: brakeText(v.Brake)}
	}
	if v.LastGood.IsZero() && st.Delivered > 0 {
		v.LastGood = s.lastGood(st.Num)
	}
	return v
}

// since tells when the condition began: what its owner chose, with the last save
// (the store knows no better); what the target made of it, with its health.
func since(st engine.WebhookState) time.Time {
	if st.Webhook.State != core.StateOn {
		return st.Changed
	}
	return st.Health.Since
}

// lastGood looks up in the history when a webhook last delivered: in its last hour
// in which anything was, which is mostly not long ago.
func (s *Service) lastGood(num uint32) time.Time {
	to := time.Now().Add(time.Hour)
	for _, back := range []time.Duration{2 * 24 * time.Hour, 30 * 24 * time.Hour, hoursAtMost} {
		from := to.Add(-back)
		hours, err := s.store.Hours(from, to)
		if err != nil && len(hours) == 0 {
			return time.Time{}
		}
		for _, h := range slices.Backward(hours) {
			if h.Webhook != num || h.Delivered == 0 {
				continue
			}
			if at := s.lastIn(num, h.Hour); !at.IsZero() {
				return at
			}
		}
	}
	return time.Time{}
}

// lastIn is when a webhook last delivered within an hour.
func (s *Service) lastIn(num uint32, hour time.Time) time.Time {
	page, err := s.store.Deliveries(context.Background(), core.DeliveryQuery{
		Webhooks: []uint32{num}, States: []core.DeliveryState{core.Delivered}, Tests: core.WithoutTests,
		Since: hour, Until: hour.Add(time.Hour), Limit: 1, Brief: true,
	})
	if err != nil || len(page.Rows) == 0 {
		return time.Time{}
	}
	return time.UnixMilli(page.Rows[0].Key.Last)
}

// SaveWebhook makes or changes a webhook.
func (s *Service) SaveWebhook(ctx context.Context, d control.WebhookDraft) (control.WebhookView, error) {
	w := d.Webhook.Clone()
	if err := message.Validate(w).OrNil(); err != nil {
		return control.WebhookView{}, err
	}
	if w.State == "" {
		w.State = core.StateOn
	}
	if w.ID == "" {
		w.ID = newID(w.Name, "webhook", func(id string) bool { _, err := s.engine.Webhook(id); return err == nil })
	}
	if err := s.engine.Apply(engine.Edit{Webhook: w, Revision: d.Revision, By: s.byWindow()}); err != nil {
		return control.WebhookView{}, err
	}
	return s.Webhook(ctx, w.ID)
}

// DeleteWebhook deletes a webhook with what waits for it. Its history stays.
func (s *Service) DeleteWebhook(_ context.Context, id string, revision uint64) error {
	return s.engine.Apply(engine.Edit{DropWebhook: id, Revision: revision, By: s.byWindow()})
}

// SetState turns a webhook on, off or to paused.
func (s *Service) SetState(_ context.Context, id string, state core.State, meanwhile bool) error {
	if state != core.StateOn && state != core.StateOff && state != core.StatePaused {
		return core.Errorf(core.CodeInvalid, "A webhook is on, paused or off.")
	}
	st, err := s.engine.Webhook(id)
	if err != nil {
		return err
	}
	w := st.Webhook.Clone()
	w.State, w.Until = state, time.Time{}
	return s.engine.Apply(engine.Edit{Webhook: w, Revision: st.Revision, Meanwhile: meanwhile, By: s.byWindow()})
}

// PauseWebhook pauses one webhook for a while.
func (s *Service) PauseWebhook(_ context.Context, id string, until time.Time) error {
	if err := over(until); err != nil {
		return err
	}
	st, err := s.engine.Webhook(id)
	if err != nil {
		return err
	}
	w := st.Webhook.Clone()
	w.State, w.Until = core.StatePaused, until.Truncate(time.Millisecond)
	return s.engine.Apply(engine.Edit{Webhook: w, Revision: st.Revision, By: s.byWindow()})
}

// over refuses a time to pause until that has passed.
func over(until time.Time) error {
	if !until.IsZero() && !until.After(time.Now()) {
		return core.Errorf(core.CodeInvalid, "The time until which to pause is over already.")
	}
	return nil
}

// TryNow makes a webhook's waiting tries due.
func (s *Service) TryNow(_ context.Context, id string) error { return s.engine.TryNow(id) }
