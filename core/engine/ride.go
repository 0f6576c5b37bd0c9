package engine

import (
	"time"

	"hookbird/core"
)

// askRetries has the committer read more retries, once memory holds none.
func (l *lane) askRetries() {
	if l.wait.more && l.wait.len() == 0 {
		poke(l.env.commit.wake)
	}
}

// refill reads the nearest retries. Only the committer's goroutine may call it:
// nobody else writes retries, so none can be lost or come twice.
func (l *lane) refill() {
	l.mu.Lock()
	need := l.wait.more && l.wait.len() == 0 && !l.ended
	after := l.wait.horizon
	l.mu.Unlock()
	if !need {
		return
	}
	rows, err := l.env.store.Retries(l.num, after, heapMax)
	if err != nil {
		l.env.log.Error("waiting messages not readable", "webhook", l.id, "error", err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.wait.fill(rows, len(rows) == heapMax)
	l.kick()
}

// ride gives the committer what this lane has to write, its place as move (nil if
// nothing does) changes it, and says whether that is anything. The committer then
// calls landed or bounced.
func (l *lane) ride(b *core.Batch, move func(*core.Lane)) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.results) == 0 && !l.dirty && move == nil || l.ended {
		return false
	}
	l.riding, l.results = l.results, l.riding[:0]
	for i := range l.riding {
		b.Results = append(b.Results, l.riding[i].result)
	}
	place := l.snapshot()
	if move != nil {
		move(&place)
	}
	b.Lanes = append(b.Lanes, core.LaneRow{Webhook: l.num, Lane: place})
	l.dirty = false
	return true
}

// snapshot is the place as it will be once riding is on disk.
func (l *lane) snapshot() core.Lane {
	for i := range l.riding {
		if l.riding[i].d.retry == nil {
			delete(l.open, l.riding[i].d.seq)
		}
	}
	p := l.place
	p.Pending = make([]uint64, 0, len(l.open))
	for seq := range l.open {
		p.Pending = append(p.Pending, seq)
	}
	p.Gaps = append([]core.Span(nil), l.place.Gaps...)
	p.Runs = append([]core.LaneRun(nil), l.place.Runs...)
	p.Health.Refused = append([]uint64(nil), l.place.Health.Refused...)
	p.Sent = l.sent()
	p.Trying = l.trying()
	return p
}

// sent is what has to be remembered of the requests so far, for limits that last
// longer than a restart takes.
func (l *lane) sent() []core.PaceSlot {
	if p := l.cfg.webhook.Pace; p.Hour == 0 && p.Day == 0 {
		return nil
	}
	return l.limit.Slots(time.Now())
}

// landed is called when what rode is on disk.
func (l *lane) landed() {
	l.mu.Lock()
	for i := range l.riding {
		if r := l.riding[i].again; r != nil {
			l.wait.add(*r)
			l.order.land(l.riding[i].d)
		}
		l.riding[i] = finished{}
		l.out--
	}
	l.riding = l.riding[:0]
	l.kick()
	l.mu.Unlock()
}

// bounced is called when what rode could not be written; it rides again. It
// tells how many results that are.
func (l *lane) bounced() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.riding {
		if d := l.riding[i].d; d.retry == nil {
			l.open[d.seq] = struct{}{}
		}
	}
	n := len(l.riding)
	l.results = append(append([]finished(nil), l.riding...), l.results...)
	l.riding = l.riding[:0]
	l.dirty = true
	return n
}
