package pace

import (
	"time"

	"hookbird/core"
)

// parts is into how many slots a span is divided. A window never holds more than
// parts + 2 of them.
const parts = 32

// slot counts requests that began from first to last, both included, in Unix
// nanoseconds.
type slot struct {
	first, last int64
	n           int
}

// window is one limit, and the requests of the last span. The slots are in order of
// first and of last, and the first of each is at least width after that of the one
// before.
type window struct {
	span  time.Duration
	width int64
	most  int
	used  int // sum over slots
	slots []slot
}

func newWindow(l core.PaceLimit) window {
	return window{span: l.Span, width: int64(l.Span / parts), most: l.Most}
}

// add counts requests that began at the same time as those before or later. Slots
// that were kept may overlap: then they count as the later one does.
func (w *window) add(s slot) {
	w.used += s.n
	if len(w.slots) == 0 {
		w.slots = append(w.slots, slot{first: max(s.first, s.last-w.width), last: s.last, n: s.n})
		return
	}
	newest := &w.slots[len(w.slots)-1]
	s.last = max(s.last, newest.last)
	if s.last < newest.first+w.width {
		newest.last = s.last
		newest.n += s.n
		return
	}
	s.first = max(s.first, s.last-w.width, newest.first+w.width)
	w.slots = append(w.slots, s)
}

// settle forgets what is a span ago, and dates back what lies in the future.
func (w *window) settle(now int64) {
	w.rewind(now)
	old := 0
	for old < len(w.slots) && w.slots[old].last+int64(w.span) <= now {
		w.used -= w.slots[old].n
		old++
	}
	if old > 0 {
		w.slots = w.slots[:copy(w.slots, w.slots[old:])]
	}
}

// rewind makes slots that lie after now, because the clock was set back, end now.
func (w *window) rewind(now int64) {
	later := 0
	for i := len(w.slots) - 1; i >= 0 && w.slots[i].last > now; i-- {
		if w.slots[i].first <= now {
			w.slots[i].last = now
			continue
		}
		later += w.slots[i].n
		w.slots = w.slots[:i]
	}
	if later > 0 {
		w.used -= later
		w.add(slot{first: now, last: now, n: later})
	}
}

// free gives when there is room for one more; a time that has passed if there is
// room now. The window is settled.
func (w *window) free() int64 {
	over := w.used - w.most // this many and one more have to become old
	for i := 0; over >= 0; i++ {
		if over -= w.slots[i].n; over < 0 {
			return w.slots[i].last + int64(w.span)
		}
	}
	return 0
}
