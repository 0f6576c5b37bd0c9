package engine

import (
	"sync/atomic"

	"hookbird/core"
)

// backlog counts a lane's events that are behind its cursor's way: those it
// wants and has not handed out. It is exact once a first count over the log, in
// slices in the background, is through; until then it is "about". Its lane's
// mutex guards all but counting.
type backlog struct {
	behind    int64 // wanted and not handed out
	meanwhile int64 // wanted and came while the webhook is off
	counting  atomic.Int32
}

// arrived counts an event that came into the log.
func (b *backlog) arrived(w *core.Webhook, e *core.Event, off bool) {
	switch {
	case !w.Wants(e.Type, e.Source):
	case off:
		b.meanwhile++
	default:
		b.behind++
	}
}

// left takes off what was handed out.
func (b *backlog) left(n int64) { b.behind -= n }

// value is what to show.
func (b *backlog) value() (n uint64, about bool) {
	return uint64(max(0, b.behind)), b.counting.Load() > 0
}

const countSlice = 4096

// recount counts the log from the cursor to where it ends now, once what the
// webhook wants has changed or the engine has started. Its slices are read
// without the lane's lock.
func (l *lane) recount() {
	l.mu.Lock()
	w, gen := l.cfg.webhook, l.cfg
	from, to := l.place.Next, l.head
	gaps := append([]core.Span(nil), l.place.Gaps...)
	l.count.behind, l.count.meanwhile = 0, 0
	if to < from {
		l.mu.Unlock()
		return
	}
	l.count.counting.Add(1)
	l.env.counts.Add(1)
	l.mu.Unlock()
	l.env.life.spawn(func() {
		defer l.env.counts.Done()
		defer l.count.counting.Add(-1)
		for from <= to && !l.env.life.ending() {
			behind, meanwhile, next := l.countFrom(w, from, to, gaps)
			if !l.counted(gen, behind, meanwhile) {
				return // the settings changed: another count runs
			}
			from = next
		}
	})
}

// counted adds a slice, unless the settings that it was counted for are past.
func (l *lane) counted(gen *config, behind, meanwhile int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cfg != gen {
		return false
	}
	l.count.behind += behind
	l.count.meanwhile += meanwhile
	return true
}

// countFrom counts one slice of [from, to] and says where the next one begins.
func (l *lane) countFrom(w *core.Webhook, from, to uint64, gaps []core.Span) (behind, meanwhile int64, next uint64) {
	if len(w.Events) == 0 && len(w.Sources) == 0 && len(gaps) == 0 {
		return int64(to - from + 1), 0, to + 1
	}
	events, err := l.env.store.Events(from, countSlice, bufBytes)
	if err != nil || len(events) == 0 {
		return 0, 0, to + 1
	}
	for _, e := range events {
		if e.Seq > to || !w.Wants(e.Type, e.Source) {
			continue
		}
		switch in, open := within(gaps, e.Seq); {
		case !in:
			behind++
		case open:
			meanwhile++
		}
	}
	return behind, meanwhile, events[len(events)-1].Seq + 1
}

// within tells whether seq lies in a gap, and whether that gap has no end.
func within(gaps []core.Span, seq uint64) (in, open bool) {
	for _, g := range gaps {
		if seq >= g.From && (g.To == 0 || seq < g.To) {
			return true, g.To == 0
		}
	}
	return false, false
}
