package engine

import (
	"time"

	"hookbird/core"
)

// item is an event that was read ahead.
type item struct {
	event  *core.Event
	person string // that it is about, as an ordered lane tells persons apart
}

// pick hands out what goes into the next request, or nil if there is nothing for
// this worker.
func (l *lane) pick(now time.Time) []*delivery {
	if l.active > l.allowed || l.out >= maxOut {
		return nil
	}
	if at, ok := l.mayPick(now); !ok {
		l.env.clock.at(at)
		return nil
	}
	probing := l.place.Health.State != core.HealthGood
	d := l.next(now, probing)
	if d == nil {
		return nil
	}
	if probing {
		l.place.Health.ProbeAt = now.Add(l.cfg.webhook.Limit() + probeGrace)
	}
	l.limit.Took(now)
	group := l.together(d, now, probing)
	l.order.fly(group)
	return group
}

// next chooses: what was given back, then retries that are due (for a probe the
// nearest one, due or not), then the log.
func (l *lane) next(now time.Time, probing bool) *delivery {
	if len(l.redo) > 0 && !l.order.learning() {
		if d := l.fresh(now); d != nil {
			return d
		}
	}
	for {
		r, ok := l.wait.take(now, probing, l.order)
		if !ok {
			break
		}
		l.out++
		l.askRetries()
		d := &delivery{seq: r.Seq, retry: &r}
		switch {
		case l.inDoubt(d):
			l.done([]finished{l.doubtful(d)})
		case l.outdated(r.Seq):
			l.replace(d)
		default:
			return d
		}
	}
	l.learnOrder()
	if l.order.learning() || l.order.full(l.place.Retries) {
		return nil
	}
	return l.fresh(now)
}

// fresh hands out a first try: what was given back or let go, then the log, then
// the runs. In an ordered lane some of it has to wait for what is on its way.
func (l *lane) fresh(now time.Time) *delivery {
	for {
		d := l.first(now)
		if d == nil || l.admit(d) {
			return d
		}
	}
}

// first gives the first delivery that was not tried yet.
func (l *lane) first(now time.Time) *delivery {
	if len(l.redo) > 0 {
		d := l.redo[0]
		l.redo = l.redo[1:]
		l.out++
		return d
	}
	if d := l.fromLog(now); d != nil {
		return d
	}
	return l.nextOfRun(now)
}

// fromLog hands out the next event of the log.
func (l *lane) fromLog(now time.Time) *delivery {
	for l.newest.ready() && l.handy(now) > 0 {
		it := l.buf[0]
		if l.stoppedBy(it.event.Seq) || l.brakes(it.event.Seq, now) {
			return nil
		}
		l.buf, l.bufSize = l.buf[1:], l.bufSize-len(it.event.Data)
		l.place.Next = it.event.Seq + 1
		l.dirty = true
		if l.inGap(it.event.Seq) || l.gaveUp(it.event.Seq) {
			continue
		}
		l.loadMore()
		d := l.handOut(it.event)
		l.passedBrake(it.event.Seq, now)
		d.person = it.person
		return d
	}
	l.passUnwanted()
	l.loadMore()
	return nil
}

// handOut makes a delivery of an event. It is on disk as pending with the next
// commit that carries the lane's place.
func (l *lane) handOut(e *core.Event) *delivery {
	l.count.left(1)
	l.open[e.Seq] = struct{}{}
	l.out++
	l.turn.left--
	return &delivery{seq: e.Seq, event: e}
}

// passUnwanted moves the cursor over events that nothing here wants.
func (l *lane) passUnwanted() {
	if len(l.buf) == 0 && l.tail >= l.place.Next && !l.off() {
		l.place.Next = l.tail + 1
		l.dirty = true
	}
}

// inGap tells whether the webhook was off when seq came, and forgets gaps that
// lie behind.
func (l *lane) inGap(seq uint64) bool {
	in, _ := within(l.place.Gaps, seq)
	l.dropGaps()
	return in
}

// dropGaps forgets the gaps that lie behind the cursor and all runs.
func (l *lane) dropGaps() {
	low := l.lowest()
	for len(l.place.Gaps) > 0 && l.place.Gaps[0].To != 0 && l.place.Gaps[0].To <= low {
		l.place.Gaps = l.place.Gaps[1:]
	}
}

// lowest is the seq of the first event that the lane may still hand out.
func (l *lane) lowest() uint64 {
	low := l.place.Next
	for _, r := range l.place.Runs {
		low = min(low, r.Next)
	}
	return low
}
