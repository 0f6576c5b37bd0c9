package guitest

import (
	"context"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
)

// Activity implements control.Service.
func (s *Service) Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error) {
	return read(ctx, s, "Activity", func(d *Data) (control.ActivityPage, error) {
		limit := q.Limit
		if limit == 0 {
			limit = 100
		}
		page := control.ActivityPage{Counts: d.counts(q)}
		past := q.Before.IsZero()
		if past {
			page.Queues = slices.Clone(d.Queues)
		}
		for i := range d.Deliveries {
			del := &d.Deliveries[i]
			if past && d.wanted(del, q) {
				if len(page.Rows) == limit {
					page.Next = page.Rows[limit-1].Key
					break
				}
				page.Rows = append(page.Rows, d.row(del))
			}
			past = past || del.Key == q.Before
		}
		return page, nil
	})
}

// counts ignores the state that q asks for, as the chips do.
func (d *Data) counts(q control.ActivityQuery) (c control.Counts) {
	q.State, q.States = "", nil
	for i := range d.Deliveries {
		del := &d.Deliveries[i]
		if !d.wanted(del, q) || del.Test {
			continue
		}
		c.All++
		switch del.State {
		case core.Failed:
			c.Failed++
		case core.Waiting:
			c.Waiting++
		case core.Delivered:
			c.Delivered++
		}
	}
	return c
}

func (d *Data) wanted(del *core.Delivery, q control.ActivityQuery) bool {
	row := d.row(del)
	if del.Event != nil && (len(q.Types) > 0 && !slices.Contains(q.Types, del.Event.Type) || len(q.Sources) > 0 && !slices.Contains(q.Sources, del.Event.Source)) {
		return false
	}
	return among(q.State, q.States, del.State) && among(q.Webhook, q.Webhooks, del.Webhook) &&
		!row.At.Before(q.Since) && (q.Until.IsZero() || row.At.Before(q.Until)) &&
		(len(q.Causes) == 0 || slices.Contains(q.Causes, row.Cause)) && (q.Code == 0 || q.Code == row.Code) &&
		(q.Group == nil || del.State == core.Failed && !del.Test && groupOf(del) == *q.Group) &&
		(q.Tests == core.WithTests || del.Test == (q.Tests == core.OnlyTests)) &&
		strings.Contains(strings.ToLower(row.Title+"\n"+row.Origin), strings.ToLower(q.Text))
}

// among tells whether v is asked for, by itself or in a list.
func among[T ~string](one T, more []T, v T) bool {
	return one == "" && len(more) == 0 || v == one || slices.Contains(more, v)
}

func (d *Data) row(del *core.Delivery) control.ActivityRow {
	row := control.ActivityRow{Key: del.Key, State: del.State, WebhookID: del.Webhook, Next: del.Next, Test: del.Test}
	if v, err := d.webhook(del.Webhook); err == nil {
		row.Webhook = v.Webhook.Name
	}
	row.At = time.UnixMilli(del.Key.Last)
	row.Tries, row.Bare = del.Tries, del.Bare
	if n := len(del.Attempts); n > 0 {
		last := del.Attempts[n-1]
		row.Unsure = del.State == core.Failed && last.Unsure
		row.Cause, row.Code, row.Corrected = last.Cause, last.Code, last.Corrected
	}
	if del.Event != nil {
		row.Title, row.Origin = del.Event.Name(), del.Event.Origin
	}
	return row
}

// Delivery implements control.Service.
func (s *Service) Delivery(ctx context.Context, key core.DeliveryKey) (control.DeliveryView, error) {
	return read(ctx, s, "Delivery", func(d *Data) (control.DeliveryView, error) {
		del, err := d.delivery(key)
		if err != nil {
			return control.DeliveryView{}, err
		}
		view := control.DeliveryView{Row: d.row(del), Delivery: *del}
		if v, err := d.webhook(del.Webhook); err == nil && del.Event != nil {
			shown, err := show(&v.Webhook, del.Event.Data, d.Now)
			if err != nil {
				return view, err
			}
			view.Sent = &shown
			for i := range del.Attempts {
				view.Tries = append(view.Tries, control.TryView{Attempt: del.Attempts[i], Sent: &shown, Same: i > 0})
			}
			view.Key = attempt.KeyOf(&v.Webhook)
			if n := len(del.Attempts); n > 0 && del.State != core.Delivered {
				view.Note = attempt.Note(v.Webhook.Name, v.Host, del.Attempts[n-1])
			}
		}
		if src, err := d.source(eventSource(del)); err == nil {
			view.Source = src.Source.Name
		}
		return view, nil
	})
}

// SendAgain implements control.Service.
func (s *Service) SendAgain(ctx context.Context, keys []core.DeliveryKey) (int, error) {
	return write(ctx, s, "SendAgain", func(d *Data) (int, error) {
		n := 0
		for _, key := range keys {
			if del, err := d.delivery(key); err == nil && del.State != core.Waiting {
				del.State, del.Next = core.Waiting, d.Now
				n++
			}
		}
		return n, nil
	})
}

// Settle implements control.Service.
func (s *Service) Settle(ctx context.Context, keys []core.DeliveryKey) (int, error) {
	return write(ctx, s, "Settle", func(d *Data) (int, error) {
		n := 0
		for _, key := range keys {
			if del, err := d.delivery(key); err == nil && d.row(del).Unsure {
				del.State = core.Delivered
				n++
			}
		}
		return n, nil
	})
}

// Runs implements control.Service.
func (s *Service) Runs(ctx context.Context) ([]control.RunView, error) {
	return read(ctx, s, "Runs", func(d *Data) ([]control.RunView, error) { return slices.Clone(d.Runs), nil })
}

// SetRun implements control.Service.
func (s *Service) SetRun(ctx context.Context, id string, state core.RunState) error {
	_, err := write(ctx, s, "SetRun", func(d *Data) (none, error) {
		i := slices.IndexFunc(d.Runs, func(r control.RunView) bool { return r.ID == id })
		if i < 0 {
			return none{}, core.Errorf(core.CodeNotFound, "This file has been sent already.")
		}
		d.Runs[i].State = state
		if state == core.RunEnded {
			d.Runs = slices.Delete(d.Runs, i, i+1)
		}
		return none{}, nil
	})
	return err
}

func (d *Data) delivery(key core.DeliveryKey) (*core.Delivery, error) {
	for i := range d.Deliveries {
		if d.Deliveries[i].Key == key {
			return &d.Deliveries[i], nil
		}
	}
	return nil, core.Errorf(core.CodeNotFound, "This message is no longer kept.")
}

func eventSource(del *core.Delivery) string {
	if del.Event == nil {
		return ""
	}
	return del.Event.Source
}
