package sheet

import (
	"context"
	"encoding/hex"
	"fmt"
	"time"

	"hookbird/core"
	"hookbird/core/source/record"
)

// Limits of one commit.
const (
	sliceEvents = 1000
	sliceBytes  = 4 << 20
	sliceMarks  = 50_000
)

// slice is what is accepted at once.
type slice struct {
	s      *Sheet
	events []*core.Event
	left   []core.LeftOut
	odd    []core.SourceNote // about what is accepted
	told   int               // of them so far
	marks  []core.Mark
	bytes  int
	sent   int
	total  int // of the rows to send
	run    *core.Run
	first  bool // the place has not begun
	next   memory
}

// accept has all candidates accepted for which it is time, and remembers that the
// file was read.
func (r *reading) accept(ctx context.Context, t *table) error {
	s := r.s
	b := &slice{s: s, first: !s.begun(), next: memory{Place: s.place, Columns: r.columns, Stamp: s.seen.stamp, Seen: s.seen.since.UTC()}}
	if err := b.begin(); err != nil {
		return err
	}
	fetch := 0
	for i := range r.list {
		switch r.list[i].do {
		case send:
			b.total++
			fetch++
		case leave:
			fetch++
		}
	}
	if fetch > 0 {
		if err := t.rewind(); err != nil {
			return s.broken(ctx, err)
		}
		defer s.host.Progress(s.src.ID, nil)
	}
	if b.total >= core.BulkFrom {
		b.run = s.asRun(b.next.Stamp)
	}
	if err := r.each(ctx, t, b, fetch); err != nil {
		return err
	}
	return b.finish(ctx)
}

// each goes over the candidates in order, and reads the file again as far as it
// takes for those that are fetched.
func (r *reading) each(ctx context.Context, t *table, b *slice, fetch int) error {
	n := -1 // the row that was read last
	for i := range r.list {
		c := &r.list[i]
		var rec record.Record
		var err error
		switch c.do {
		case wait:
			continue
		case send, leave:
			if rec, n, err = r.s.forward(ctx, t, n, int(c.n)); err != nil {
				return err
			}
		}
		b.add(c, rec)
		if b.full() {
			if err := b.flush(ctx); err != nil {
				return err
			}
		}
	}
	return nil
}

// forward reads on to a row.
func (s *Sheet) forward(ctx context.Context, t *table, at, to int) (rec record.Record, now int, err error) {
	for ; at < to; at++ {
		rec, err = t.next(ctx)
		if err != nil && (at+1 == to || !isBad(err)) {
			return rec, at, s.broken(ctx, err)
		}
	}
	return rec, at, nil
}

// begin forgets the place of before when the first rows of another come.
func (b *slice) begin() (err error) {
	if b.first {
		b.marks, err = b.s.forget()
	}
	return err
}

func (b *slice) add(c *candidate, rec record.Record) {
	s := b.s
	switch c.do {
	case send:
		b.sent++
		b.events = append(b.events, s.event(c, rec))
		b.odd = append(b.odd, s.odd(rec)...)
	case leave:
		b.left = append(b.left, core.LeftOut{ID: core.NewEventID(time.Now()), At: time.Now(), Origin: s.origin(rec), Data: rec.Data, Why: s.whyTwice(c)})
	}
	b.bytes += len(rec.Data)
	if c.twice {
		b.marks = append(b.marks, s.mark(s.keyOf(keyTwice, s.twiceHash(c)), []byte{1}))
		return
	}
	b.marks = append(b.marks, s.rowMark(c))
}

func (s *Sheet) event(c *candidate, rec record.Record) *core.Event {
	e := &core.Event{ID: core.NewEventID(time.Now()), Type: s.src.Type(), Source: s.src.ID, Origin: s.origin(rec), Data: rec.Data}
	if c.changed {
		e.Type = s.src.UpdatedType()
	}
	return e
}

// odd gives what is odd about a row.
func (s *Sheet) odd(rec record.Record) (notes []core.SourceNote) {
	for _, text := range rec.Notes {
		notes = append(notes, core.SourceNote{Time: time.Now(), Where: s.origin(rec), Text: text})
	}
	return notes
}

func (s *Sheet) origin(rec record.Record) string {
	if rec.Place == "" {
		return s.name
	}
	return s.name + ", " + rec.Place
}

func (s *Sheet) whyTwice(c *candidate) string {
	return fmt.Sprintf("Row %d and row %d have the same %s.", min(c.of, c.line), max(c.of, c.line), list(s.cfg.Keys))
}

func (s *Sheet) asRun(at stamp) *core.Run {
	id := s.host.Hash("run", s.place, fmt.Sprint(at))
	return &core.Run{ID: s.src.ID + ":" + hex.EncodeToString(id[:8]), Source: s.src.ID, Name: s.name, Started: time.Now()}
}

func (b *slice) full() bool {
	return len(b.events)+len(b.left) >= sliceEvents || b.bytes >= sliceBytes || len(b.marks) >= sliceMarks
}

// flush commits what there is. The place has begun with its first events: the rows
// that are missing then are new ones. Without events it has begun when all of its
// rows are remembered.
func (b *slice) flush(ctx context.Context) error {
	now := b.s.memory
	if b.first && len(b.events) > 0 {
		now = memory{Place: b.s.place, Columns: b.next.Columns}
		b.marks = append(b.marks, b.s.memoryMark(now))
	}
	if err := b.commit(ctx); err != nil {
		return err
	}
	b.s.memory, b.first = now, b.first && now.Place != b.s.place
	b.s.host.Progress(b.s.src.ID, &core.Progress{What: b.s.name, Done: int64(b.sent), Total: int64(b.total), Records: int64(b.sent)})
	why, err := b.s.claim.Hold(ctx)
	if err == nil && why != "" {
		err = &trouble{text: why}
	}
	return err
}

// finish commits the rest, and that the file was read as it is.
func (b *slice) finish(ctx context.Context) error {
	was := b.s.memory
	if len(b.marks) == 0 && was.Stamp == b.next.Stamp && was.Place == b.next.Place {
		return nil
	}
	b.marks = append(b.marks, b.s.memoryMark(b.next))
	if err := b.commit(ctx); err != nil {
		return err
	}
	b.s.memory = b.next
	return nil
}

func (b *slice) commit(ctx context.Context) error {
	s := b.s
	if len(b.left) > 0 { // first, so that a crash shows them twice rather than never
		s.host.LeaveOut(s.src.ID, b.left)
	}
	var err error
	if b.run != nil && len(b.events) > 0 {
		err = s.host.AcceptRun(ctx, b.run, b.events, b.marks)
	} else {
		err = s.host.Accept(ctx, b.events, b.marks)
	}
	if err != nil {
		return err
	}
	for _, note := range b.odd[:min(len(b.odd), maxTold-b.told)] {
		s.host.Note(s.src.ID, note)
		b.told++
	}
	b.events, b.left, b.odd, b.marks, b.bytes = nil, nil, nil, nil, 0
	return nil
}
