package tray

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/words"
)

// recent is how many failures the menu names.
const recent = 5

// Reader is what the tray asks of the engine.
type Reader interface {
	Overview(ctx context.Context) (control.Overview, error)
	Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error)
	Delivery(ctx context.Context, key core.DeliveryKey) (control.DeliveryView, error)
}

// Follow keeps the tray up to date until ctx ends: once now, after each change, at
// most once a second, and when what it shows is out of date by itself.
func (t *Tray) Follow(ctx context.Context, r Reader, changed <-chan struct{}) {
	for {
		s, err := Read(ctx, r)
		if err == nil {
			t.Update(s)
		} else if ctx.Err() == nil {
			t.log.Warn("tray not updated", "error", err)
		}
		var later <-chan time.Time
		if s.Again > 0 {
			later = time.After(s.Again)
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
		case <-later:
		}
	}
}

// patience is how long a target may be down before that is a problem that the icon
// shows: most outages are over before somebody could do anything.
const patience = 10 * time.Minute

// Read makes the tray's state of what the engine tells.
func Read(ctx context.Context, r Reader) (State, error) {
	o, err := r.Overview(ctx)
	if err != nil {
		return State{}, err
	}
	s := State{Delivered: o.DeliveredToday, Waiting: o.Waiting, About: o.About, Paused: o.Paused, Until: o.PausedUntil, Now: o.Now}
	s.problem(o)
	for _, w := range o.Webhooks {
		s.Tests = append(s.Tests, Item{Title: w.Webhook.Name, Page: "test:" + w.Webhook.ID})
	}
	if o.Failed > 0 {
		s.Failures, err = failures(ctx, r, o.Now)
	}
	return s, err
}

// problem takes the first need that is one for the tray, and notes when another
// one will be.
func (s *State) problem(o control.Overview) {
	for _, n := range o.Needs {
		v, ok := viewOf(o, n)
		if ok && v.Condition == control.Down {
			if v.Last != nil && v.Last.Cause == core.CauseNetwork {
				s.Offline = true
				continue
			}
			if left := patience - o.Now.Sub(v.Since); left > 0 {
				s.again(left)
				continue
			}
		}
		if s.Problem == "" {
			s.Problem, s.Page = n.Title, pageOf(n, v)
		} else {
			s.More++
		}
	}
}

// again asks to be read anew after a while, or before.
func (s *State) again(after time.Duration) {
	if s.Again == 0 || after < s.Again {
		s.Again = after
	}
}

// viewOf is the webhook that a need is about; ok is false where it is about none.
func viewOf(o control.Overview, n control.Need) (v control.WebhookView, ok bool) {
	if n.Kind != control.NeedWebhook {
		return v, false
	}
	for _, v := range o.Webhooks {
		if v.Webhook.ID == n.ID {
			return v, true
		}
	}
	return v, false
}

// pageOf is the page on which a need is seen to.
func pageOf(n control.Need, v control.WebhookView) string {
	switch {
	case n.Kind == control.NeedSource:
		return "source:" + n.ID
	case n.Kind == control.NeedProgram || v.Condition == control.Down:
		return "home" // there it can be tried at once
	case n.Action != "":
		return "fix:" + n.ID + ":" + n.Action
	case v.Condition == control.On:
		return "activity:failed"
	}
	return "webhook:" + n.ID
}

// failures are the latest ones, without anybody's name: a tray menu is seen by
// whoever looks over a shoulder.
func failures(ctx context.Context, r Reader, now time.Time) ([]Item, error) {
	page, err := r.Activity(ctx, control.ActivityQuery{State: core.Failed, Limit: recent})
	if err != nil {
		return nil, err
	}
	var items []Item
	for _, row := range page.Rows {
		title := words.When(row.At, now) + "  " + row.Webhook
		if v, err := r.Delivery(ctx, row.Key); err == nil && len(v.Delivery.Attempts) > 0 {
			title += ": " + attempt.Short(v.Delivery.Attempts[len(v.Delivery.Attempts)-1])
		}
		items = append(items, Item{Title: title, Page: "activity:failed"})
	}
	return items, nil
}
