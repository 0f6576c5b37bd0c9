package tray

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
)

// recent is how many failures the menu names.
const recent = 5

// Reader is what the tray asks of the engine.
type Reader interface {
	Overview(ctx context.Context) (control.Overview, error)
	Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error)
	Delivery(ctx context.Context, key core.DeliveryKey) (control.DeliveryView, error)
}

// Follow keeps the tray up to date until ctx ends: once now, and after each
// change, at most once a second.
func (t *Tray) Follow(ctx context.Context, r Reader, changed <-chan struct{}) {
	for {
		if s, err := Read(ctx, r); err == nil {
			t.Update(s)
		} else if ctx.Err() == nil {
			t.log.Warn("tray not updated", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(gap):
		}
		select {
		case <-ctx.Done():
			return
		case <-changed:
		}
	}
}

// Read makes the tray's state of what the engine tells.
func Read(ctx context.Context, r Reader) (State, error) {
	o, err := r.Overview(ctx)
	if err != nil {
		return State{}, err
	}
	s := State{Delivered: o.DeliveredToday, Waiting: o.Waiting, Paused: o.Paused, Until: o.PausedUntil}
	if len(o.Needs) > 0 {
		s.Problem, s.Page = o.Needs[0].Title, pageOf(o.Needs[0])
	}
	for _, w := range o.Webhooks {
		s.Tests = append(s.Tests, Item{Title: w.Webhook.Name, Page: "test:" + w.Webhook.ID})
	}
	if o.Failed > 0 {
		s.Failures, err = failures(ctx, r)
	}
	return s, err
}

// pageOf is the page on which a need is seen to.
func pageOf(n control.Need) string {
	switch n.Kind {
	case control.NeedWebhook:
		return "webhook:" + n.ID
	case control.NeedSource:
		return "sources"
	}
	return "home"
}

// failures are the latest ones, without anybody's name: a tray menu is seen by
// whoever looks over a shoulder.
func failures(ctx context.Context, r Reader) ([]Item, error) {
	page, err := r.Activity(ctx, control.ActivityQuery{State: core.Failed, Limit: recent})
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, row := range page.Rows {
		title := row.At.Local().Format("15:04") + "  " + row.Webhook
		if v, err := r.Delivery(ctx, row.Key); err == nil && len(v.Delivery.Attempts) > 0 {
			title += ": " + attempt.Short(v.Delivery.Attempts[len(v.Delivery.Attempts)-1])
		}
		items = append(items, Item{Title: title, Page: "activity:failed"})
	}
	return items, nil
}
