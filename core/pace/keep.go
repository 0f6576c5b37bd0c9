package pace

import (
	"slices"
	"time"

	"hookbird/core"
)

// keepFrom is the shortest span that is kept over a restart.
const keepFrom = time.Hour

// Slots gives what to keep on disk so that New can go on from it: the requests that
// the limits an hour and a day still count, each once, the oldest first. It gives
// nil where there is nothing to keep.
func (l *Limiter) Slots(now time.Time) []core.PaceSlot {
	var list []slot
	newer := 0 // requests that are in list already
	for i := range l.windows {
		w := &l.windows[i]
		w.settle(now.UnixNano())
		if w.span < keepFrom {
			continue
		}
		list = append(w.olderThan(newer, list), list...)
		newer = max(newer, w.used)
	}
	return write(list)
}

// olderThan gives the slots of w without its newest n requests, which are those of
// newer.
func (w *window) olderThan(n int, newer []slot) []slot {
	var list []slot
	for left, i := w.used-n, 0; left > 0; i++ {
		s := w.slots[i]
		s.n = min(s.n, left)
		if len(newer) > 0 {
			s.last = min(s.last, max(s.first, newer[0].first))
		}
		left -= s.n
		list = append(list, s)
	}
	return list
}

// write gives slots in milliseconds, not one of them shorter than it was.
func write(list []slot) []core.PaceSlot {
	var kept []core.PaceSlot
	for _, s := range list {
		start, end := time.Unix(0, s.first).UnixMilli(), time.Unix(0, s.last+int64(time.Millisecond)-1).UnixMilli()
		kept = append(kept, core.PaceSlot{Start: start, Span: time.Duration(end-start) * time.Millisecond, N: s.n})
	}
	return kept
}

// read gives slots as they were kept, in order, whatever is written there: none is
// after now, and none counts too little.
func read(kept []core.PaceSlot, now int64) []slot {
	var list []slot
	for _, k := range kept {
		if k.N <= 0 {
			continue
		}
		first := min(time.UnixMilli(k.Start).UnixNano(), now)
		last := min(first+int64(max(k.Span, 0)), now)
		list = append(list, slot{first: first, last: last, n: min(k.N, core.MaxPace)})
	}
	slices.SortFunc(list, func(a, b slot) int { return int(min(max(a.first-b.first, -1), 1)) })
	return list
}
