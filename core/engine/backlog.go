package engine

import (
	"slices"

	"hookbird/core"
)

// backlog counts a lane's events that are behind its cursor's way: those it
// wants and has not handed out. What it has not looked at is counted in slices
// in the background; until then its number is "about". Its lane's mutex guards
// it.
type backlog struct {
	behind    int64                 // wanted and not handed out
	meanwhile int64                 // wanted and came while the webhook is off
	upto      uint64                // seq of the last event that was looked at
	running   bool                  // the rest is being counted
	past      func(seq uint64) bool // what of it was done with when the count began; nil: nothing
	gaps      []core.Span           // what is passed over, as it was then: the cursor forgets them as it goes
}

// arrived counts an event that came into the log, where that takes no time and
// all before it are counted.
func (b *backlog) arrived(c *config, e *core.Event, off bool) {
	if c.looksInside() || b.upto+1 != e.Seq {
		return
	}
	b.upto = e.Seq
	switch {
	case !c.match.Wants(e):
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
	return uint64(max(0, b.behind)), b.running
}

const countSlice = 4096

// recount counts the log anew from the cursor on, once what the webhook wants
// has changed or the engine has started.
func (l *lane) recount() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.count.behind, l.count.meanwhile, l.count.upto = 0, 0, l.lowest()-1
	l.count.past, l.count.gaps = l.passed(), slices.Clone(l.place.Gaps)
	l.countOn()
}

// countOn counts in the background what has not been counted.
func (l *lane) countOn() {
	if l.count.running || l.count.upto >= l.head || l.ended {
		return
	}
	l.count.running = true
	l.env.counts.Add(1)
	l.env.life.spawn(func() {
		defer l.env.counts.Done()
		for l.countSlice() {
		}
	})
}

// countSlice counts one slice, read without the lane's lock, and tells whether
// there is more. What was counted for settings that are past counts for nothing.
func (l *lane) countSlice() bool {
	l.mu.Lock()
	cfg, from, to := l.cfg, l.count.upto+1, l.head
	gaps, past := l.count.gaps, l.count.past
	if from > to || l.ended || l.env.life.ending() {
		l.count.running = false
		l.mu.Unlock()
		return false
	}
	l.mu.Unlock()
	behind, meanwhile, next := l.countFrom(cfg, from, to, gaps, past)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.cfg == cfg && l.count.upto+1 == from {
		l.count.behind += behind
		l.count.meanwhile += meanwhile
		l.count.upto = next - 1
	}
	return true
}

// countFrom counts one slice of [from, to] and says where the next one begins.
func (l *lane) countFrom(c *config, from, to uint64, gaps []core.Span, past func(uint64) bool) (behind, meanwhile int64, next uint64) {
	w := c.webhook
	if !l.env.holes.Load() && len(w.Events) == 0 && len(w.Sources) == 0 && len(gaps) == 0 && !c.looksInside() && past == nil {
		return int64(to - from + 1), 0, to + 1
	}
	events, err := l.env.store.Events(from, countSlice, bufBytes)
	if err != nil || len(events) == 0 {
		return 0, 0, to + 1
	}
	for _, e := range events {
		if e.Seq > to || l.env.life.ending() {
			return behind, meanwhile, e.Seq
		}
		switch in, open := within(gaps, e.Seq); {
		case in && !open, past != nil && past(e.Seq), !c.match.Wants(e):
		case open:
			meanwhile++
		default:
			behind++
		}
	}
	return behind, meanwhile, events[len(events)-1].Seq + 1
}

// passed gives a function that tells whether the lane is done with an event that
// lies behind its cursor or was given up; nil if there is nothing of the kind.
func (l *lane) passed() func(seq uint64) bool {
	if len(l.env.runs.list()) == 0 && len(l.place.Runs) == 0 {
		return nil
	}
	next, places, all := l.place.Next, slices.Clone(l.place.Runs), l.env.runs
	return func(seq uint64) bool {
		run := all.at(seq)
		switch {
		case run != nil && run.State == core.RunEnded:
			return true
		case seq >= next:
			return false
		case run == nil:
			return true
		}
		i := slices.IndexFunc(places, func(r core.LaneRun) bool { return r.ID == run.ID })
		return i < 0 || seq < places[i].Next
	}
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
