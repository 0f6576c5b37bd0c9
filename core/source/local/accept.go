package local

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// one is an event with the list that it is accepted in: one piece of memory for
// the most common request.
type one struct {
	event core.Event
	list  [1]*core.Event
}

// accept stores a batch and answers with its ids.
func (s *Server) accept(w http.ResponseWriter, b *batch) *refusal {
	now := time.Now()
	if len(b.records) == 1 {
		o := &one{event: b.event(core.NewEventID(now), b.records[0])}
		o.list[0] = &o.event
		if err := s.host.Accept(s.ctx, o.list[:], nil); err != nil {
			return s.failed(b, 0, err)
		}
		accepted(w, 1, func(int) string { return o.event.ID }, false)
		return nil
	}
	ids := make([]string, len(b.records))
	for i := range ids {
		ids[i] = core.NewEventID(now)
	}
	id := func(i int) string { return ids[i] }
	if no := s.acceptFrom(b, 0, id, nil); no != nil {
		return no
	}
	accepted(w, len(ids), id, false)
	return nil
}

// acceptFrom stores the records from one on, a slice at a time, each with the
// marks for having got so far, if there are any.
func (s *Server) acceptFrom(b *batch, from int, id func(int) string, marks func(done int) []core.Mark) *refusal {
	for from < len(b.records) {
		to := min(from+s.o.Slice, len(b.records))
		events := make([]core.Event, to-from)
		list := make([]*core.Event, to-from)
		for i := range events {
			// A copy, lest one event in memory keep the whole body there.
			events[i] = b.event(id(from+i), bytes.Clone(b.records[from+i]))
			list[i] = &events[i]
		}
		var kept []core.Mark
		if marks != nil {
			kept = marks(to)
		}
		if err := s.host.Accept(s.ctx, list, kept); err != nil {
			return s.failed(b, from, err)
		}
		from = to
	}
	return nil
}

func (b *batch) event(id string, data []byte) core.Event {
	return core.Event{ID: id, Type: b.typ, Source: b.src.ID, Title: source.Title(data), Hops: b.hops, Data: data}
}

// failed says why a batch, or the rest of one, was not stored.
func (s *Server) failed(b *batch, done int, err error) *refusal {
	s.log.Warn("records from the local address not stored", "source", b.src.ID, "error", err)
	var no *refusal
	switch {
	case core.CodeOf(err) == core.CodeUnavailable:
		no = unavailable(core.Sentence(err), "10")
	case s.ctx.Err() != nil:
		no = unavailable("Hookbird is being closed. Send the same again later.", "10")
	case core.CodeOf(err) == core.CodeInvalid:
		no = invalid(core.Sentence(err))
	default:
		no = refuse(http.StatusInternalServerError, "internal", core.Sentence(err))
	}
	if len(b.records) > s.o.Slice {
		no.accepted = done
		no.message += fmt.Sprintf(" Of the %d records, the first %d were accepted.", len(b.records), done)
	}
	return no
}
