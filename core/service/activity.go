package service

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/message"
)

const (
	activityPage = 100
	activityMost = 500
)

// Activity gives a page of messages that were tried at least once and, on the
// first page, the backlogs that were not.
func (s *Service) Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error) {
	states := s.engine.Webhooks()
	query := core.DeliveryQuery{
		Before: q.Before, Limit: q.Limit, State: q.State, Since: q.Since, Text: q.Text,
	}
	if query.Limit <= 0 || query.Limit > activityMost {
		query.Limit = activityPage
	}
	if q.Webhook != "" {
		st, err := s.engine.Webhook(q.Webhook)
		if err != nil {
			return control.ActivityPage{}, err
		}
		query.Webhook = st.Num
	}
	found, err := s.store.Deliveries(ctx, query)
	if err != nil && len(found.Rows) == 0 {
		return control.ActivityPage{}, err
	}
	page := control.ActivityPage{Next: found.Next, Rows: []control.ActivityRow{}}
	names := webhookNames(states)
	for i := range found.Rows {
		page.Rows = append(page.Rows, rowOf(&found.Rows[i], names))
	}
	for _, st := range states {
		if q.Webhook != "" && q.Webhook != st.Webhook.ID {
			continue
		}
		page.Counts.Delivered += st.Delivered
		page.Counts.Failed += st.Failed
		page.Counts.Waiting += st.Waiting
		if q.Before.IsZero() && q.Text == "" && (q.State == "" || q.State == core.Waiting) && st.Behind > 0 {
			page.Queues = append(page.Queues, s.queue(st))
		}
	}
	page.Counts.All = page.Counts.Delivered + page.Counts.Failed + page.Counts.Waiting
	return page, nil
}

func webhookNames(states []engine.WebhookState) map[string]string {
	names := map[string]string{}
	for _, st := range states {
		names[st.Webhook.ID] = st.Webhook.Name
	}
	return names
}

func rowOf(d *core.Delivery, names map[string]string) control.ActivityRow {
	r := control.ActivityRow{
		Key: d.Key, State: d.State, WebhookID: d.Webhook, Webhook: names[d.Webhook],
		At: time.UnixMilli(d.Key.Last), Next: d.Next, Test: d.Test, Title: "Record no longer kept",
	}
	if r.Webhook == "" {
		r.Webhook = "Deleted webhook"
	}
	if n := len(d.Attempts); n > 0 {
		r.Unsure = d.State == core.Failed && d.Attempts[n-1].Unsure
	}
	if d.Event != nil {
		r.Title, r.Origin = d.Event.Name(), d.Event.Origin
	}
	return r
}

func (s *Service) queue(st engine.WebhookState) control.Queue {
	q := control.Queue{
		WebhookID: st.Webhook.ID, Webhook: st.Webhook.Name, Waiting: st.Behind, About: st.About,
	}
	if events, err := s.store.Events(st.Next, 1, 1); err == nil && len(events) == 1 {
		q.Since = events[0].Time
	}
	return q
}

// Delivery gives one message in full. What was sent is made again from the
// settings and the record of then, with dots for secrets.
func (s *Service) Delivery(_ context.Context, key core.DeliveryKey) (control.DeliveryView, error) {
	d, err := s.store.Delivery(key)
	if err != nil {
		return control.DeliveryView{}, err
	}
	v := control.DeliveryView{Row: rowOf(d, webhookNames(s.engine.Webhooks())), Delivery: *d}
	if d.Event == nil {
		return v, nil
	}
	if row, ok := s.engine.Source(d.Event.Source); ok {
		v.Source = row.Row.Source.Name
	}
	w, err := s.store.WebhookAt(key.Webhook, d.Revision)
	if err != nil {
		return v, nil // the settings of then are gone: the rest can still be shown
	}
	v.Key = attempt.KeyOf(w)
	if n := len(d.Attempts); n > 0 && d.State != core.Delivered {
		v.Note = attempt.Note(w.Name, hostOf(w.Address), d.Attempts[n-1])
	}
	if shown, err := message.Show(w, []*core.Event{d.Event}, time.UnixMilli(key.Last), s.p.Version); err == nil {
		shown.URL = ""
		v.Sent = shown
	}
	return v, nil
}

// SendAgain makes finished messages wait for a try now.
func (s *Service) SendAgain(_ context.Context, keys []core.DeliveryKey) (int, error) {
	if len(keys) > activityMost {
		return 0, core.Errorf(core.CodeInvalid, "At most %d messages can be sent again at once.", activityMost)
	}
	return s.engine.SendAgain(keys)
}
