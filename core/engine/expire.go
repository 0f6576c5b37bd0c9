package engine

import (
	"time"

	"hookbird/core"
)

// What failed, or is held, for longer than the settings keep such records ends: its
// row stays and says so. What a window shows as soon to end is found out beside.

const (
	expireSlice = 500 // deliveries that have failed or wait, ended in one commit
	expireIdle  = 20 * time.Millisecond
	expireWaits = 250 // times that it is waited for a log that is being read
)

// expire ends what is too old, in slices between which others can write, and tells
// how many messages that were.
func (e *Engine) expire() (ended int) {
	kept := e.Settings().Kept(time.Now())
	if kept.Unfinished.IsZero() {
		return 0
	}
	limit, err := e.store.SeqAt(kept.Unfinished)
	if err != nil {
		e.log.Error("old records not removed", "error", err)
		return 0
	}
	x := &expiry{e: e, before: kept.Unfinished, limit: limit, ended: map[string]int{}}
	for waits := 0; waits < expireWaits && !e.life.ending(); {
		switch progress, more := x.slice(); {
		case progress:
		case !more:
			waits = expireWaits
		default:
			waits++
			select {
			case <-e.life.stop:
			case <-time.After(expireIdle):
			}
		}
	}
	for id, n := range x.ended {
		e.log.Info("messages removed because of their age", "webhook", id, "count", n)
		ended += n
	}
	return ended
}

// expiry is one walk over what is too old.
type expiry struct {
	e      *Engine
	before time.Time
	limit  uint64 // seq of the first event that is not too old
	place  core.UnfinishedPlace
	walked bool // all that have failed or wait were looked at
	ended  map[string]int
}

// slice ends some of what is too old, and tells whether it did anything and whether
// something is left that has to be read first.
func (x *expiry) slice() (progress, more bool) {
	moved := moves{}
	before := x.place
	n := 0
	err := x.e.commit.do(&op{
		plan: func(uint64) (*core.Batch, moves, error) {
			b := &core.Batch{}
			if !x.walked {
				n = x.unfinished(b, moved)
			}
			for _, l := range x.e.allLanes() {
				held, left := l.expireHeld(x.limit)
				if held > 0 {
					x.ended[l.id] += held
				}
				n, more = n+held, more || left
			}
			return b, moved, nil
		},
		after: func(*core.Batch) { x.e.moveLanes(moved) },
	})
	if err != nil {
		x.e.log.Error("old messages not removed", "error", err)
		return false, false
	}
	return n > 0 || x.place != before, more
}

// unfinished ends what has failed or waits to be tried again. It runs in the
// committer's goroutine.
func (x *expiry) unfinished(b *core.Batch, moved moves) (n int) {
	list, next, err := x.e.store.Unfinished(x.before, x.place, expireSlice)
	if err != nil {
		x.e.log.Error("old messages not all readable", "error", err)
	}
	x.place, x.walked = next, next == core.UnfinishedPlace{}
	failed := map[uint32]uint64{}
	for _, u := range list {
		l := x.e.laneByNum(u.Key.Webhook)
		switch {
		case l == nil:
			continue
		case u.Due != 0:
			if !l.expireRetry(u) {
				continue
			}
		default:
			failed[u.Key.Webhook]++
			b.Results = append(b.Results, core.Result{
				Webhook: u.Key.Webhook, Seq: u.Key.Seq, Prev: u.Key, State: core.Removed, Due: time.Now(),
			})
		}
		n++
		x.ended[l.id]++
	}
	for num, count := range failed {
		moved[num] = func(p *core.Lane) { p.Failed -= min(count, p.Failed) }
	}
	return n
}

// expireRetry ends a delivery that waits to be tried again, unless it is on its way.
func (l *lane) expireRetry(u core.Unfinished) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	place := core.RetryPlace{Due: u.Due, Seq: u.Key.Seq}
	r, ok := l.wait.remove(func(r core.Retry) bool { return r.RetryPlace == place })
	if !ok && l.wait.more && after(place, l.wait.horizon) { // on disk only
		r, ok = core.Retry{RetryPlace: place, Key: u.Key}, true
	}
	if !ok || l.ended {
		return false
	}
	l.out++
	l.endUntried(&delivery{seq: r.Seq, retry: &r}, core.Removed)
	return true
}

// expireHeld ends what waits below a seq and was never tried, as much as a commit may
// hold, and tells whether there is more. What it has no room for, or has to be read
// first, stays for the next slice.
func (l *lane) expireHeld(limit uint64) (ended int, more bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.off() {
		limit = min(limit, l.place.Gaps[len(l.place.Gaps)-1].From)
	}
	if l.ended || l.lowest() >= limit && !l.redoBelow(limit) {
		return 0, false
	}
	for l.out < maxOut {
		d := l.takeBelow(limit)
		if d == nil {
			break
		}
		l.endUntried(d, core.Removed)
		ended++
	}
	l.passUnwanted()
	l.loadMore()
	for l.out < maxOut {
		d := l.runBelow(limit)
		if d == nil {
			break
		}
		l.endUntried(d, core.Removed)
		ended++
	}
	return ended, l.place.Next < limit && l.place.Next <= l.head || l.oldRun(limit) != nil || l.out >= maxOut
}

// oldRun gives the first run, also one that is paused, of which the lane has records
// below a seq to look at; nil if there is none.
func (l *lane) oldRun(limit uint64) *core.Run {
	for _, r := range l.place.Runs {
		run := l.env.runs.get(r.ID)
		if run == nil || run.State == core.RunEnded {
			continue
		}
		if from, to := nextIn(run.Spans, r.Next); from < to && from < limit {
			return run
		}
	}
	return nil
}

// runBelow takes out the next delivery of a run below a seq, nil if none is at hand:
// then the run is read on.
func (l *lane) runBelow(limit uint64) *delivery {
	run := l.oldRun(limit)
	if run == nil {
		return nil
	}
	if l.run == nil || l.run.id != run.ID {
		l.run = &runBuf{id: run.ID, tail: l.place.Runs[l.runAt(run.ID)].Next - 1}
	}
	if len(l.run.buf) == 0 {
		l.loadRun(run)
		return nil
	}
	it := l.run.buf[0]
	if it.event.Seq >= limit {
		l.passRun(it.event.Seq) // nothing before it is wanted
		return nil
	}
	l.run.buf = l.run.buf[1:]
	l.passRun(it.event.Seq + 1)
	l.turn.left++
	d := l.handOut(it.event)
	d.person = it.person
	return d
}

func (l *lane) redoBelow(limit uint64) bool {
	for _, d := range l.redo {
		if d.seq < limit {
			return true
		}
	}
	return false
}

// takeBelow takes out the next delivery below a seq that was never tried, nil if
// none is at hand.
func (l *lane) takeBelow(limit uint64) *delivery {
	for i, d := range l.redo {
		if d.seq < limit {
			l.redo = append(l.redo[:i:i], l.redo[i+1:]...)
			l.out++
			return d
		}
	}
	for len(l.buf) > 0 && l.buf[0].event.Seq < limit {
		it := l.buf[0]
		l.buf, l.bufSize = l.buf[1:], l.bufSize-len(it.event.Data)
		l.place.Next, l.dirty = it.event.Seq+1, true
		if l.inGap(it.event.Seq) || l.gaveUp(it.event.Seq) {
			continue
		}
		l.turn.left++ // it takes nobody's place in the turn
		d := l.handOut(it.event)
		d.person = it.person
		return d
	}
	return nil
}
