package database

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
)

// Bounds of a pass.
const (
	maxEvents = 1000      // in one commit
	maxBytes  = 4 << 20   // of data in one commit, unless one row alone has more
	maxRow    = 8 << 20   // of a row
	maxSeen   = 100_000   // rows of one reading that are compared to find keys that come twice
	maxWindow = 10_000    // rows that are looked at again
	pageRows  = maxEvents // that a table is asked for at a time
)

// pass reads from the floor to the end.
type pass struct {
	t       *Database
	at      time.Time
	rows    int       // that were read
	fresh   int       // that were new,
	changed int       // or others than before
	large   *core.Run // once there are many
	told    bool      // the host knows the columns

	slice   slice
	seen    map[[16]byte][16]byte // what rows of this reading are known by, and what they hold
	top     point                 // the greatest value,
	far     point                 // and the greatest that is ahead of its time
	keep    point                 // from here on rows need marks
	bulk    bool                  // keep is known
	highest []point               // of a query: at least the maxWindow greatest, once there are so many
}

// slice is what goes into one commit.
type slice struct {
	events []*core.Event
	marks  []core.Mark
	where  []point // where the row of each mark stands
	bytes  int
}

func newPass(t *Database) *pass {
	return &pass{t: t, at: time.Now(), seen: map[[16]byte][16]byte{}, top: t.state.Last, far: t.state.Far}
}

// run reads all there is.
func (p *pass) run(ctx context.Context) error {
	defer p.t.host.Progress(p.t.src.ID, nil)
	if p.t.read.query != nil {
		return p.stream(ctx)
	}
	from, limit := p.t.state.Floor, pageRows
	for {
		last, more, err := p.page(ctx, from, limit)
		if err != nil {
			return err
		}
		if more && !p.bulk {
			if err := p.window(ctx); err != nil {
				return err
			}
		}
		worked := len(p.slice.marks) > 0
		if err := p.commit(ctx, last, !more); err != nil || !more {
			return err
		}
		if limit = pageRows; !worked && last == from {
			limit = min(p.rows, 1<<30) * 4 // so many rows have the same value
		}
		from = last
	}
}

// page reads up to so many rows of a table, or as many as go into a commit. more
// tells that there may be others.
func (p *pass) page(ctx context.Context, from point, limit int) (last point, more bool, err error) {
	last = from
	rows := 0
	clear(p.seen)
	p.slice = slice{}
	text, args := p.t.read.page(from, limit)
	err = p.t.session.read(ctx, text, args, func(r row) error {
		rows++
		at, err := p.take(r)
		if err != nil {
			return err
		}
		last = at
		if p.full() {
			more = true
			return errEnough
		}
		return nil
	})
	return last, more || rows == limit, err
}

// stream reads all that a query gives, in whatever order.
func (p *pass) stream(ctx context.Context) error {
	text, args := p.t.read.page(p.t.state.Floor, 0)
	err := p.t.session.read(ctx, text, args, func(r row) error {
		at, err := p.take(r)
		if err != nil {
			return err
		}
		p.high(at)
		if !p.full() {
			return nil
		}
		if moved := p.t.session.sound; moved != nil {
			if err := moved(); err != nil {
				return err
			}
		}
		return p.commit(ctx, point{}, false)
	})
	if err != nil {
		return err
	}
	return p.commit(ctx, point{}, true)
}

func (p *pass) full() bool {
	return len(p.slice.marks) >= maxEvents || p.slice.bytes >= maxBytes
}

// window finds out from where on rows need marks, when there are many.
func (p *pass) window(ctx context.Context) (err error) {
	p.bulk = true
	p.keep, _, err = p.t.read.back(ctx, maxWindow)
	return err
}

// high remembers the greatest values of a query.
func (p *pass) high(at point) {
	if at.kind != noPoint {
		p.highest = append(p.highest, at)
	}
	if len(p.highest) >= 3*maxWindow {
		p.cut()
	}
}

func (p *pass) cut() {
	slices.SortFunc(p.highest, func(a, b point) int { return b.compare(a) })
	p.highest = p.highest[:min(len(p.highest), maxWindow+1)]
}

// keepFrom gives from where on rows are looked at again at most, after all were read;
// the zero point if that is all.
func (p *pass) keepFrom() point {
	if p.t.read.query == nil {
		return p.keep
	}
	if p.cut(); len(p.highest) > maxWindow {
		return p.highest[maxWindow]
	}
	return point{}
}

// commit hands on a slice. last is the place that it reaches, of a table; done tells
// that it is the last one.
func (p *pass) commit(ctx context.Context, last point, done bool) error {
	t := p.t
	s := p.after(last, done)
	part := p.slice
	p.slice = slice{}
	if len(part.events) > 0 && !p.told {
		if err := t.tell(ctx, t.read.names()); err != nil {
			return err
		}
		p.told = true
	}
	marks := p.needed(part, last, done)
	if len(part.events) == 0 && len(marks) == 0 && same(s, t.state) {
		return nil
	}
	marks = append(marks, t.mark(s))
	if err := p.accept(ctx, part.events, marks); err != nil {
		return stored(err)
	}
	t.state = s
	return nil
}

// after gives the state after a slice.
func (p *pass) after(last point, done bool) state {
	s := p.t.state
	if done {
		s.Ready, s.Until, s.Since, s.Anew, s.Far = true, point{}, point{}, point{}, p.far
		return s.rose(p.top, time.Now())
	}
	if p.bulk && p.keep.kind != noPoint {
		if last.compare(p.keep) > 0 {
			last = p.keep
		}
		return s.raised(last)
	}
	return s
}

// same tells whether nothing is different in what is remembered.
func same(a, b state) bool {
	return a.Ready == b.Ready && a.Floor == b.Floor && a.Last == b.Last && a.Until == b.Until && a.Since == b.Since && a.Anew == b.Anew && a.Far == b.Far && len(a.Steps) == len(b.Steps)
}

// needed gives the marks of a slice that are needed: of many rows only those that
// are looked at again.
func (p *pass) needed(part slice, last point, done bool) []core.Mark {
	if p.t.db.Changed || p.t.read.query != nil || !p.bulk {
		return part.marks
	}
	var marks []core.Mark
	for i, m := range part.marks {
		if at := part.where[i]; at.compare(p.keep) >= 0 || !done && at.compare(last) == 0 {
			marks = append(marks, m)
		}
	}
	return marks
}

func (p *pass) accept(ctx context.Context, events []*core.Event, marks []core.Mark) error {
	t := p.t
	if p.fresh+p.changed >= core.BulkFrom && p.large == nil {
		p.large = &core.Run{ID: core.NewEventID(p.at), Source: t.src.ID, Name: t.title(), Started: p.at}
	}
	if p.large == nil || len(events) == 0 {
		return t.host.Accept(ctx, events, marks)
	}
	t.host.Progress(t.src.ID, &core.Progress{What: t.title(), Done: int64(p.rows), Records: int64(p.fresh + p.changed)})
	return t.host.AcceptRun(ctx, p.large, events, marks)
}
