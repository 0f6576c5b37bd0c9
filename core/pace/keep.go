package pace

import (
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
	ns := now.UnixNano()
	newer, since := 0, ns // so many requests are in list already: those after since
	for i := range l.windows {
		w := &l.windows[i]
		w.settle(ns)
		if w.span < keepFrom {
			continue
		}
		list = append(w.oldest(w.used-newer, since), list...)
		newer, since = w.used, ns-int64(w.span)
	}
	return write(list)
}

// oldest gives the slots of the oldest n requests, none of which began after a time.
func (w *window) oldest(n int, after int64) []slot {
	var list []slot
	for i := 0; n > 0; i++ {
		s := w.slots[i]
		s.n = min(s.n, n)
		s.last = max(s.first, min(s.last, after))
		n -= s.n
		list = append(list, s)
	}
	return list
}

// write gives slots in milliseconds, not one of them shorter than it was.
func write(list []slot) []core.PaceSlot {
	if len(list) == 0 {
		return nil
	}
	kept := make([]core.PaceSlot, 0, len(list))
	for _, s := range list {
		start, end := time.Unix(0, s.first).UnixMilli(), time.Unix(0, s.last+int64(time.Millisecond)-1).UnixMilli()
		kept = append(kept, core.PaceSlot{Start: start, Span: time.Duration(end-start) * time.Millisecond, N: s.n})
	}
	return kept
}

// read gives slots as they were kept, whatever is written there: none begins after
// now, and none counts too little.
func read(kept []core.PaceSlot, now int64) []slot {
	const longest = 2 * 24 * time.Hour // what is older counts nowhere
	var list []slot
	for _, k := range kept {
		if k.N <= 0 {
			continue
		}
		ago := min(max(time.Unix(0, now).Sub(time.UnixMilli(k.Start)), 0), longest)
		first := now - int64(ago)
		last := first + int64(min(max(k.Span, 0), longest))
		list = append(list, slot{first: first, last: last, n: min(k.N, core.MaxPace)})
	}
	return list
}
