package service

import (
	"context"
	"slices"
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

	chipsLook = 10_000  // rows that are looked at for the chips of a page
	countLook = 100_000 // and for a part of a count
)

// Activity gives a page of messages that were tried at least once and, on the
// first page, the backlogs that were not.
func (s *Service) Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error) {
	query, err := s.query(q)
	if err != nil {
		return control.ActivityPage{}, err
	}
	query.Brief = true
	if query.Limit <= 0 || query.Limit > activityMost {
		query.Limit = activityPage
	}
	found, err := s.store.Deliveries(ctx, query)
	if err != nil && len(found.Rows) == 0 {
		return control.ActivityPage{}, err
	}
	states := s.engine.Webhooks()
	page := control.ActivityPage{Next: found.Next, Rows: []control.ActivityRow{}, Looked: found.Looked}
	names := webhookNames(states)
	for i := range found.Rows {
		page.Rows = append(page.Rows, rowOf(&found.Rows[i], names))
	}
	if page.Of, err = s.historyRows(); err != nil {
		return control.ActivityPage{}, err
	}
	if !q.Before.IsZero() {
		return page, nil
	}
	if page.Counts, err = s.chips(ctx, query, states); err != nil {
		return control.ActivityPage{}, err
	}
	page.Queues = s.queues(q, query, states)
	return page, nil
}

// query puts a question of a window in the store's terms. CodeNotFound: there is no
// such webhook.
func (s *Service) query(q control.ActivityQuery) (core.DeliveryQuery, error) {
	out := core.DeliveryQuery{
		Before: q.Before, Limit: q.Limit, States: q.States, Since: q.Since, Until: q.Until, Causes: q.Causes, Code: q.Code,
		Types: q.Types, Sources: q.Sources, Tests: q.Tests, Text: q.Text, Look: q.Look,
	}
	if q.State != "" {
		out.States = append([]core.DeliveryState{q.State}, q.States...)
	}
	ids := q.Webhooks
	if q.Webhook != "" {
		ids = append([]string{q.Webhook}, q.Webhooks...)
	}
	for _, id := range ids {
		st, err := s.engine.Webhook(id)
		if err != nil {
			return out, err
		}
		out.Webhooks = append(out.Webhooks, st.Num)
	}
	if g := q.Group; g != nil {
		st, err := s.engine.Webhook(g.Webhook)
		if err != nil {
			return out, err
		}
		out.Group = &core.FailureKey{Webhook: st.Num, Cause: g.Cause, Code: g.Code}
	}
	return out, nil
}

// historyRows is how many rows the history has.
func (s *Service) historyRows() (n uint64, err error) {
	tallies, err := s.store.Tallies()
	for _, t := range tallies {
		for _, states := range []map[core.DeliveryState]uint64{t.States, t.Tests} {
			for _, count := range states {
				n += count
			}
		}
	}
	return n, err
}

// chips counts what a query asks for, whatever its state, as far as that can be done
// at once.
func (s *Service) chips(ctx context.Context, q core.DeliveryQuery, states []engine.WebhookState) (control.Counts, error) {
	q.States, q.Look = nil, chipsLook
	n, err := s.countRows(ctx, q)
	if err != nil {
		return control.Counts{}, err
	}
	c := control.Counts{All: n.All, Failed: n.Failed, Waiting: n.Waiting, Delivered: n.Delivered, About: !n.Next.IsZero()}
	if !onlyWebhooks(q) {
		return c, nil
	}
	c.All -= c.Waiting
	c.Waiting = 0
	for _, st := range states {
		if len(q.Webhooks) == 0 || slices.Contains(q.Webhooks, st.Num) {
			c.Waiting += st.Waiting
			c.About = c.About || st.About
		}
	}
	c.All += c.Waiting
	return c, nil
}

// onlyWebhooks tells whether a query asks for webhooks and states alone, so that
// what was never tried belongs to what it asks for.
func onlyWebhooks(q core.DeliveryQuery) bool {
	return q.Since.IsZero() && q.Until.IsZero() && len(q.Causes) == 0 && q.Code == 0 && q.Group == nil &&
		len(q.Types) == 0 && len(q.Sources) == 0 && q.Tests != core.OnlyTests && q.Text == ""
}

// queues are the backlogs behind cursors that belong to what a query asks for.
func (s *Service) queues(q control.ActivityQuery, query core.DeliveryQuery, states []engine.WebhookState) (all []control.Queue) {
	if q.Text != "" || q.Group != nil || len(q.Causes) > 0 || q.Code != 0 || q.Tests == core.OnlyTests ||
		len(query.States) > 0 && !slices.Contains(query.States, core.Waiting) {
		return nil
	}
	for _, st := range states {
		if st.Behind > 0 && (len(query.Webhooks) == 0 || slices.Contains(query.Webhooks, st.Num)) {
			all = append(all, s.queue(st))
		}
	}
	return all
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
		Tries: d.Tries, Bare: d.Bare,
	}
	if r.Webhook == "" {
		r.Webhook = "Deleted webhook"
	}
	if n := len(d.Attempts); n > 0 {
		last := d.Attempts[n-1]
		r.Unsure = d.State == core.Failed && last.Unsure
		r.Cause, r.Code, r.Corrected = last.Cause, last.Code, last.Corrected
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
	v.Tries, v.Corrected = s.tries(d), corrections(d)
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
