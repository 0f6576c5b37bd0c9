package pace

import (
	"time"

	"hookbird/core"
)

// Limiter says when the next request may begin. It is not for several goroutines
// at once.
//
// The times that it is told are those of the wall clock, which may be set. After it
// was set back, what had begun counts as if it had begun just then, so that no wait
// is longer than the longest span. When it was set forward, the time in between
// counts as passed.
type Limiter struct {
	windows []window // the shortest first
}

// New gives a limiter that goes on from what Slots gave before a restart, perhaps
// under other limits. A limit that is new counts what is known, and slots that lie in
// the future count as of now.
func New(p core.Pace, sent []core.PaceSlot, now time.Time) *Limiter {
	l := &Limiter{}
	for _, limit := range p.Limits() {
		l.windows = append(l.windows, newWindow(limit))
	}
	for _, s := range read(sent, now.UnixNano()) {
		for i := range l.windows {
			l.windows[i].add(s)
		}
	}
	for i := range l.windows {
		l.windows[i].settle(now.UnixNano())
	}
	return l
}

// Next gives when the next request may begin: zero if it may begin now.
func (l *Limiter) Next(now time.Time) time.Time {
	ns := now.UnixNano()
	at := ns
	for i := range l.windows {
		w := &l.windows[i]
		w.settle(ns)
		at = max(at, w.free())
	}
	if at == ns {
		return time.Time{}
	}
	return time.Unix(0, at).In(now.Location())
}

// Took counts a request that begins now, whether Next allowed it or not.
func (l *Limiter) Took(now time.Time) {
	ns := now.UnixNano()
	for i := range l.windows {
		l.windows[i].settle(ns)
		l.windows[i].add(slot{first: ns, last: ns, n: 1})
	}
}

// PerSecond gives how many requests a second the limits allow in the long run; 0
// if there is none.
func (l *Limiter) PerSecond() float64 {
	rate := 0.0
	for i := range l.windows {
		w := &l.windows[i]
		if r := float64(w.most) / w.span.Seconds(); rate == 0 || r < rate {
			rate = r
		}
	}
	return rate
}
