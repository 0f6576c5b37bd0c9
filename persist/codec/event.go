package codec

import (
	"bytes"
	"encoding/binary"
	"time"

	"hookbird/core"
)

// Event encodes e without its Seq, which is its key:
//
//	time | hops uint | id, type, source, title, origin text | data, to the end
func Event(e *core.Event) []byte {
	w := start(eventSize(e))
	w.event(e)
	return w.finish()
}

func eventSize(e *core.Event) int {
	return 2*maxVarint + 5*maxLength +
		len(e.ID) + len(e.Type) + len(e.Source) + len(e.Title) + len(e.Origin) + len(e.Data)
}

func (w *writer) event(e *core.Event) {
	w.time(e.Time)
	w.uint(uint64(e.Hops))
	w.text(e.ID)
	w.text(e.Type)
	w.text(e.Source)
	w.text(e.Title)
	w.text(e.Origin)
	w.b = append(w.b, e.Data...)
}

// ReadEvent gives a copy of what Event encoded, under its seq.
func ReadEvent(seq uint64, value []byte) (*core.Event, error) {
	r, err := open(value)
	if err != nil {
		return nil, err
	}
	e := r.event()
	e.Seq = seq
	return e, r.end("an event")
}

func (r *reader) event() *core.Event {
	e := &core.Event{
		Time:   r.time(),
		Hops:   int(r.uint()),
		ID:     r.text(),
		Type:   r.text(),
		Source: r.text(),
		Title:  r.text(),
		Origin: r.text(),
		Data:   bytes.Clone(r.b),
	}
	if !r.bad {
		r.b = nil
	}
	return e
}

// EventTime gives the time of an encoded event without reading the rest of it;
// ok is false if it cannot be one. The checksum is not looked at.
func EventTime(value []byte) (t time.Time, ok bool) {
	if len(value) < shellSize || value[0] != version1 {
		return t, false
	}
	ms, n := binary.Varint(value[1:])
	return FromMilli(ms), n > 0
}
