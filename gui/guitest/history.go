package guitest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
)

// Groups implements control.Service.
func (s *Service) Groups(ctx context.Context) ([]control.Group, error) {
	return read(ctx, s, "Groups", func(d *Data) ([]control.Group, error) { return d.groups(), nil })
}

// groups counts the failures, the largest group first.
func (d *Data) groups() []control.Group {
	var all []control.Group
	for i := range d.Deliveries {
		del := &d.Deliveries[i]
		v, err := d.webhook(del.Webhook)
		if del.State != core.Failed || del.Test || err != nil {
			continue
		}
		ref, at := groupOf(del), time.UnixMilli(del.Key.Last)
		n := slices.IndexFunc(all, func(g control.Group) bool { return g.Ref == ref })
		if n < 0 {
			n = len(all)
			all = append(all, control.Group{
				Ref: ref, Webhook: v.Webhook.Name, Words: attempt.Few(ref.Cause), Since: at, Newest: at, Example: del.Key,
				WebhookOn: v.Condition, Sendable: v.Webhook.State == core.StateOn,
				Standing: v.Last != nil && v.Last.Cause == ref.Cause,
			})
			all[n].Step, all[n].Action = stepOf(&v.Webhook, ref)
		}
		g := &all[n]
		g.Count++
		g.Since = earliest(g.Since, at) // the newest comes first
	}
	slices.SortStableFunc(all, func(a, b control.Group) int { return cmp.Compare(b.Count, a.Count) })
	return all
}

func groupOf(del *core.Delivery) control.GroupRef {
	ref := control.GroupRef{Webhook: del.Webhook}
	if n := len(del.Attempts); n > 0 {
		ref.Cause, ref.Code = del.Attempts[n-1].Cause, del.Attempts[n-1].Code
	}
	return ref
}

func stepOf(w *core.Webhook, ref control.GroupRef) (words, action string) {
	for _, step := range attempt.Explain(w.Name, attempt.KeyOf(w), core.Attempt{Cause: ref.Cause, Code: ref.Code}).Steps {
		if step.Action != attempt.ActionNone {
			return step.Title, string(step.Action)
		}
	}
	return "", ""
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// CountActivity implements control.Service.
func (s *Service) CountActivity(ctx context.Context, q control.ActivityQuery) (control.ActivityCount, error) {
	return read(ctx, s, "CountActivity", func(d *Data) (control.ActivityCount, error) {
		var n control.ActivityCount
		for i := range d.Deliveries {
			if del := &d.Deliveries[i]; d.wanted(del, q) && del.Test == (q.Tests == core.OnlyTests) {
				n.All++
				switch del.State {
				case core.Failed:
					n.Failed++
				case core.Waiting:
					n.Waiting++
				case core.Delivered:
					n.Delivered++
				}
			}
		}
		n.Looked, n.Of = uint64(len(d.Deliveries)), uint64(len(d.Deliveries))
		return n, nil
	})
}

// ActivityHours implements control.Service.
func (s *Service) ActivityHours(ctx context.Context, r control.HoursRequest) ([]control.Hour, error) {
	return read(ctx, s, "ActivityHours", func(d *Data) ([]control.Hour, error) {
		return slices.DeleteFunc(slices.Clone(d.Hours), func(h control.Hour) bool {
			return h.Start.Before(r.From) || !h.Start.Before(r.To)
		}), nil
	})
}

// Kept implements control.Service.
func (s *Service) Kept(ctx context.Context) (control.KeptView, error) {
	return read(ctx, s, "Kept", func(d *Data) (control.KeptView, error) {
		v := d.Kept
		v.ContentDays, v.TraceDays, v.UnfinishedDays = d.Settings.Settings.Days()
		v.Messages = uint64(len(d.Deliveries))
		return v, nil
	})
}
