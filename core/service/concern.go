package service

import (
	"cmp"
	"context"
	"slices"

	"hookbird/core"
)

const (
	concernLog  = 2000   // newest records that are looked through for those of a webhook
	concernRows = 20_000 // rows of the history that are then looked through
)

// concerning gives the newest records, newest first and at most so many, that a
// webhook is about: those that it, as it is saved or drafted, wants by type and source
// and, where a long file of others came in since, those that it has in the history. An
// error means that not all could be read.
func (s *Service) concerning(ctx context.Context, most int, states ...*core.Webhook) ([]*core.Event, error) {
	events, err := s.store.EventsBack(0, concernLog)
	var found []*core.Event
	for _, e := range events {
		if len(found) < most && slices.ContainsFunc(states, func(w *core.Webhook) bool { return w.Wants(e.Type, e.Source) }) {
			found = append(found, e)
		}
	}
	st, unknown := s.engine.Webhook(states[0].ID)
	if len(found) == most || unknown != nil {
		return found, err
	}
	page, err := s.store.Deliveries(ctx, core.DeliveryQuery{
		Webhooks: []uint32{st.Num}, Tests: core.WithoutTests, Brief: true, Limit: most, Look: concernRows,
	})
	for i := range page.Rows {
		seq := page.Rows[i].Key.Seq
		if len(found) == most || slices.ContainsFunc(found, func(e *core.Event) bool { return e.Seq == seq }) {
			continue
		}
		if e, err := s.store.Event(seq); err == nil { // what is corrected or gone is of no use here
			found = append(found, e)
		}
	}
	slices.SortFunc(found, func(a, b *core.Event) int { return cmp.Compare(b.Seq, a.Seq) })
	return found, err
}
