package engine

import (
	"slices"
	"time"

	"hookbird/core"
)

// runBuf is what a lane has read ahead of a run that its cursor has passed: its
// records go out when no other waits. Once something else is to be read, the lane
// takes a new one, and what is still being read for the old one counts for nothing.
type runBuf struct {
	id      string
	buf     []item
	tail    uint64 // seq of the last event that was looked at
	loading bool
}

// defers tells whether the lane leaves an event of the log to its run. Where the
// order matters, a run has no way of its own: what comes later may not overtake.
func (l *lane) defers(seq uint64) *core.Run {
	if l.cfg.webhook.Order.Kind != core.OrderNone {
		return nil
	}
	return l.env.runs.at(seq)
}

// stoppedBy tells whether an ordered lane stands at an event, because it is of a
// run that is paused.
func (l *lane) stoppedBy(seq uint64) bool {
	if l.cfg.webhook.Order.Kind == core.OrderNone {
		return false
	}
	run := l.env.runs.at(seq)
	return run != nil && run.State == core.RunPaused
}

// gaveUp tells whether an event is of a run that was given up.
func (l *lane) gaveUp(seq uint64) bool {
	run := l.env.runs.at(seq)
	return run != nil && run.State == core.RunEnded
}

// enter takes note that the cursor passes an event of a run.
func (l *lane) enter(run *core.Run, seq uint64) {
	if run.State == core.RunEnded || l.runAt(run.ID) >= 0 {
		return
	}
	l.place.Runs = append(slices.Clone(l.place.Runs), core.LaneRun{ID: run.ID, Next: seq})
	l.dirty = true
}

func (l *lane) runAt(id string) int {
	return slices.IndexFunc(l.place.Runs, func(r core.LaneRun) bool { return r.ID == id })
}

// runNow gives the run that is to be read, nil if none: the first that goes on.
func (l *lane) runNow() (*core.LaneRun, *core.Run) {
	for i := range l.place.Runs {
		if run := l.env.runs.get(l.place.Runs[i].ID); run != nil && run.State == core.RunGoing {
			return &l.place.Runs[i], run
		}
	}
	return nil, nil
}

// pruneRuns forgets the runs that are done with, or were given up.
func (l *lane) pruneRuns() {
	l.place.Runs = slices.DeleteFunc(slices.Clone(l.place.Runs), func(r core.LaneRun) bool {
		run := l.env.runs.get(r.ID)
		return run == nil || run.State == core.RunEnded || len(run.Spans) == 0 ||
			r.Next >= run.Spans[len(run.Spans)-1].To
	})
	l.dirty = true
}

// runReady counts the events of a run that may go out now, and reads on.
func (l *lane) runReady(now time.Time) int {
	if len(l.place.Runs) == 0 {
		return 0
	}
	l.passUnwanted()
	at, run := l.runNow()
	if at == nil {
		return 0
	}
	if l.run == nil || l.run.id != run.ID {
		l.run = &runBuf{id: run.ID, tail: at.Next - 1}
	}
	l.loadRun(run)
	return l.inTurn(l.run.buf, now)
}

// nextOfRun hands out an event of a run.
func (l *lane) nextOfRun(now time.Time) *delivery {
	if l.runReady(now) == 0 {
		return nil
	}
	it := l.run.buf[0]
	if l.brakes(it.event.Seq, now) {
		return nil
	}
	l.run.buf = l.run.buf[1:]
	l.passRun(it.event.Seq + 1)
	d := l.handOut(it.event)
	l.passedBrake(it.event.Seq, now)
	d.person = it.person
	return d
}

// passRun moves the lane's place in the run that is being read.
func (l *lane) passRun(next uint64) {
	i := l.runAt(l.run.id)
	if i < 0 {
		return
	}
	l.place.Runs = slices.Clone(l.place.Runs)
	l.place.Runs[i].Next = next
	l.dirty = true
	if run := l.env.runs.get(l.run.id); run != nil && next >= run.Spans[len(run.Spans)-1].To {
		l.pruneRuns()
		l.dropGaps()
	}
}

// loadRun reads a slice of a run ahead, in a goroutine of its own.
func (l *lane) loadRun(run *core.Run) {
	if l.run.loading || l.ended || len(l.run.buf) >= bufLow/2 {
		return
	}
	from, to := nextIn(run.Spans, l.run.tail+1)
	to = min(to, l.place.Next)
	if from >= to {
		return
	}
	l.run.loading = true
	cfg, ahead, gaps := l.cfg, l.run, slices.Clone(l.place.Gaps)
	l.env.life.spawn(func() { l.loadSlice(cfg, ahead, from, to, gaps) })
}

// nextIn gives the first part of spans that does not lie before seq; empty if
// there is none.
func nextIn(spans []core.Span, seq uint64) (from, to uint64) {
	i := spanAt(spans, seq)
	if i < 0 {
		return seq, seq
	}
	return max(seq, spans[i].From), spans[i].To
}

// loadSlice reads part of a run and looks, without the lane's lock, which of it
// the webhook wants.
func (l *lane) loadSlice(cfg *config, ahead *runBuf, from, to uint64, gaps []core.Span) {
	events, err := l.env.store.Events(from, int(min(to-from, bufEvents)), bufBytes)
	var wanted []item
	tail := to - 1
	for _, e := range events {
		if l.env.life.ending() {
			return
		}
		if e.Seq >= to {
			break
		}
		tail = e.Seq
		if in, _ := within(gaps, e.Seq); !in && cfg.match.Wants(e) {
			wanted = append(wanted, item{e, cfg.person(e.Data)})
		}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.run != ahead {
		l.kick()
		return
	}
	ahead.loading = false
	if err != nil {
		l.env.log.Error("log not readable", "webhook", l.id, "from", from, "error", err)
		if len(events) == 0 {
			l.holdTill = time.Now().Add(unreadableAgain) // nothing is passed over because of it
			l.env.clock.at(l.holdTill)
			return
		}
	}
	ahead.buf, ahead.tail = append(ahead.buf, wanted...), tail
	if len(ahead.buf) == 0 {
		l.passRun(tail + 1)
	}
	l.kick()
}

// runsChanged puts to work that a run was paused, goes on or was given up.
func (l *lane) runsChanged() {
	l.mu.Lock()
	if len(l.place.Runs) > 0 {
		l.pruneRuns()
		l.run = nil
	}
	l.mu.Unlock()
	l.recount()
	l.mu.Lock()
	l.kick()
	l.mu.Unlock()
}

// leftOf counts what a lane has still to look at of a run, and says about when
// none is left.
func (l *lane) leftOf(run *core.Run) (uint64, time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w := l.cfg.webhook; l.off() || len(w.Sources) > 0 && !slices.Contains(w.Sources, run.Source) {
		return 0, time.Time{}
	}
	from := l.place.Next
	if len(l.buf) == 0 {
		from = max(from, l.tail+1) // looked at, and nothing of it wanted
	}
	if i := l.runAt(run.ID); i >= 0 {
		from = l.place.Runs[i].Next
	}
	n := records(run, from)
	if n == 0 {
		return 0, time.Time{}
	}
	return n, l.doneAt(time.Now(), n)
}
