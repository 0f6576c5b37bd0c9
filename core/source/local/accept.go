package local

import (
	"bytes"
	"fmt"
	"net/http"
	"time"

	"hookbird/core"
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
		accepted(w, o.event.ID, false)
		return nil
	}
	ids := make([]string, len(b.records))
	todo := make([]int, len(b.records))
	for i := range ids {
		ids[i], todo[i] = core.NewEventID(now), i
	}
	if no := s.acceptAll(b, todo, ids, nil); no != nil {
		return no
	}
	acceptedAll(w, ids, false)
	return nil
}

// acceptAll stores those records of a batch that are to do, in order, a slice at
// a time. marks gives what to remember of a slice, if anything is.
func (s *Server) acceptAll(b *batch, todo []int, ids []string, marks func(slice []int) []core.Mark) *refusal {
	for len(todo) > 0 {
		slice := todo[:min(len(todo), s.o.Slice)]
		events := make([]core.Event, len(slice))
		list := make([]*core.Event, len(slice))
		for i, n := range slice {
			events[i] = b.event(ids[n], b.records[n])
			// A copy, lest one event in memory keep the whole body there.
			events[i].Data = bytes.Clone(events[i].Data)
			list[i] = &events[i]
		}
		var kept []core.Mark
		if marks != nil {
			kept = marks(slice)
		}
		if err := s.host.Accept(s.ctx, list, kept); err != nil {
			return s.failed(b, slice[0], err)
		}
		todo = todo[len(slice):]
	}
	return nil
}

func (b *batch) event(id string, r item) core.Event {
	typ := b.typ
	if r.typ != "" {
		typ = r.typ
	}
	return core.Event{ID: id, Type: typ, Source: b.src.ID, Hops: b.hops, Data: r.data}
}

// failed says why a batch, or all of it from a record on, was not stored.
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
