package web

import (
	"context"

	"hookbird/core"
	"hookbird/core/value"
)

// gone hands on the records that were in the list before and are no more.
func (p *pass) gone(ctx context.Context) error { return nil }

// leaveOut shows a record that does not come in, once.
func (p *pass) leaveOut(r value.Value, origin, why string) {
	w := p.w
	sum := w.host.Hash("left out", string(r.Raw()))
	if w.told[sum] {
		return
	}
	if len(w.told) >= core.MaxLeftOut {
		clear(w.told)
	}
	w.told[sum] = true
	w.host.LeaveOut(w.src.ID, []core.LeftOut{{ID: core.NewEventID(p.began), At: p.began, Origin: origin, Why: why, Data: object(r)}})
}

// newEvent makes an event of a record.
func (p *pass) newEvent(kind, origin string, data []byte) *core.Event {
	return &core.Event{ID: core.NewEventID(p.began), Type: kind, Source: p.w.src.ID, Origin: origin, Data: data}
}
