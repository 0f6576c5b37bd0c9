package engine

import (
	"time"

	"hookbird/core"
)

// Clear has what waits for a webhook end without being sent. Each message stays in
// the history and can be sent again from there.
type Clear struct {
	Webhook uint32
	Limit   uint64 // seq of the first record of the log that it is not about
	Why     string // a sentence that says of each message why it was not sent
}

// Leave turns a webhook off, or deletes it, once nothing waits for it any more.
type Leave struct {
	Webhook string // id
	Delete  bool
	By      core.Author // who wants it
}

// stepClear ends a slice of what waits.
func (e *Engine) stepClear(er *Errand) (time.Duration, error) {
	next := *er
	l := e.laneByNum(er.Clear.Webhook)
	if l == nil {
		next.Clear = nil
		err := e.keep(&next)
		*er = next
		return 0, err
	}
	var ended int
	var more bool
	err := e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		next = *er
		ended, more = l.clear(er.Clear)
		if er.Kind == ErrandThrow {
			next.Done += uint64(ended)
		}
		if !more {
			next.Clear = nil
		}
		return &core.Batch{Works: []core.Work{next.work()}}, nil, nil
	}})
	if err != nil {
		return 0, err
	}
	*er = next
	if more && ended == 0 {
		return errandIdle, nil // what is on its way comes back first
	}
	return 0, nil
}

// clear ends some of what waits and tells how much, and whether there may be more. It
// runs in the committer's goroutine, whose commit it rides with.
func (l *lane) clear(c *Clear) (ended int, more bool) {
	waiting := l.retriesBelow(c.Limit)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.ended {
		return 0, false
	}
	limit := c.Limit
	if l.off() {
		limit = min(limit, l.place.Gaps[len(l.place.Gaps)-1].From)
	}
	onWay := l.out > 0 // before what is ended here
	for _, r := range waiting {
		if l.endRetry(r, c.Why) {
			ended++
		}
	}
	for l.out < maxOut {
		d := l.takeBelow(limit)
		if d == nil {
			break
		}
		l.throw(d, c.Why)
		ended++
	}
	l.passUnwanted()
	l.loadMore()
	for l.out < maxOut {
		d := l.runBelow(limit)
		if d == nil {
			break
		}
		l.throw(d, c.Why)
		ended++
	}
	left := l.lowest() < limit && l.lowest() <= l.head || l.redoBelow(limit)
	if more = ended > 0 || onWay || left; !more && !l.place.Brake.Since.IsZero() { // that was the answer
		b := &l.place.Brake
		b.Since, b.Count, b.Left, b.Allowed = time.Time{}, 0, 0, max(b.Allowed, limit-1)
		l.dirty = true
	}
	return ended, more
}

// retriesBelow reads some of the deliveries that wait to be tried again and are of
// records before limit.
func (l *lane) retriesBelow(limit uint64) (found []core.Retry) {
	var place core.RetryPlace
	for {
		rows, err := l.env.store.Retries(l.num, place, heapMax)
		if err != nil {
			l.env.log.Error("waiting messages not readable", "webhook", l.id, "error", err)
		}
		for _, r := range rows {
			if r.Seq < limit {
				found = append(found, r)
			}
			if len(found) == errandSlice {
				return found
			}
		}
		if len(rows) < heapMax {
			return found
		}
		place = rows[len(rows)-1].RetryPlace
	}
}

// endRetry ends a delivery that waits to be tried again, unless it is on its way.
func (l *lane) endRetry(r core.Retry, why string) bool {
	held, ok := l.wait.remove(func(h core.Retry) bool { return h.RetryPlace == r.RetryPlace })
	if !ok && l.wait.more && after(r.RetryPlace, l.wait.horizon) { // on disk only
		held, ok = r, true
	}
	if !ok {
		return false
	}
	l.out++
	l.throw(&delivery{seq: r.Seq, retry: &held}, why)
	return true
}

// throw files a delivery that a person does not want to be sent.
func (l *lane) throw(d *delivery, why string) {
	r := core.Result{
		Webhook: l.num, Seq: d.seq, Revision: l.cfg.revision, State: core.Removed,
		Attempt: &core.Attempt{At: time.Now(), Cause: core.CauseThrown, Detail: why},
	}
	if d.retry != nil {
		r.Prev, r.PrevDue = d.retry.Key, d.retry.Due
	}
	l.done([]finished{{d: d, result: r}})
}

// TurnOn turns a paused webhook on, once nothing waits for it any more that was not
// to be sent.
type TurnOn struct {
	Webhook string // id
	By      core.Author
}

// stepTurnOn turns a webhook on, unless somebody has done something else with it.
func (e *Engine) stepTurnOn(er *Errand) (time.Duration, error) {
	next := *er
	next.TurnOn = nil
	if l := e.lane(er.TurnOn.Webhook); l != nil {
		if s := e.state(l); s.Webhook.State == core.StatePaused {
			on := s.Webhook.Clone()
			on.State, on.Until = core.StateOn, time.Time{}
			err := e.Apply(Edit{Webhook: on, Revision: s.Revision, By: er.TurnOn.By})
			if err != nil && core.CodeOf(err) != core.CodeConflict {
				return 0, err
			}
		}
	}
	err := e.keep(&next)
	if err == nil {
		*er = next
	}
	return 0, err
}

// stepLeave looks whether nothing waits any more, and then turns the webhook off or
// deletes it.
func (e *Engine) stepLeave(er *Errand) (time.Duration, error) {
	next := *er
	l := e.lane(er.Leave.Webhook)
	if l != nil && !er.Leave.Delete && e.state(l).Webhook.State == core.StateOff {
		l = nil // somebody was faster
	}
	if l == nil {
		next.Leave = nil
		err := e.keep(&next)
		if err == nil {
			*er = next
		}
		return 0, err
	}
	s := e.state(l)
	if s.About || s.Waiting > 0 && er.Kind == ErrandLeave {
		er.waits = l.standsStill()
		er.Done = er.Total - min(s.Waiting, er.Total)
		return errandIdle, nil
	}
	edit := Edit{DropWebhook: er.Leave.Webhook, Any: true, By: er.Leave.By}
	if !er.Leave.Delete {
		off := s.Webhook.Clone()
		off.State = core.StateOff
		edit = Edit{Webhook: off, Revision: s.Revision, By: er.Leave.By}
	}
	if err := e.Apply(edit); err != nil && core.CodeOf(err) != core.CodeConflict {
		return 0, err
	}
	return 0, nil // and then it is done
}
