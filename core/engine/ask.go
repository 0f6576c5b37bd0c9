package engine

import (
	"slices"
	"time"

	"hookbird/core"
)

// A webhook that asks before a message goes out a second time needs to know, after
// a crash, what was on its way: so what is handed out is on disk before it is sent.

// announce has the disk know what is about to be sent. It returns an error if the
// store takes nothing now.
func (l *lane) announce(cfg *config, group []*delivery) error {
	if !cfg.asks() {
		return nil
	}
	l.mu.Lock()
	for _, d := range group {
		if d.retry != nil {
			l.retrying[d.retry.RetryPlace] = struct{}{}
		}
	}
	l.dirty = true
	l.mu.Unlock()
	return l.env.commit.do(&op{})
}

// trying are the retries that are on their way.
func (l *lane) trying() []core.RetryPlace {
	var list []core.RetryPlace
	for place := range l.retrying {
		list = append(list, place)
	}
	return list
}

// landedTry forgets a retry that is no longer on its way.
func (l *lane) landedTry(d *delivery) {
	if d.retry != nil {
		delete(l.retrying, d.retry.RetryPlace)
	}
}

// question files what a crash has left in doubt, for a person to say whether it
// arrived. It is called once, before the lane works.
func (l *lane) question() {
	if !l.cfg.asks() {
		return
	}
	var done []finished
	for _, d := range l.redo {
		done = append(done, l.doubtful(d))
		l.out++
	}
	l.redo = nil
	l.doubted = l.place.Trying
	l.done(done)
}

// inDoubt tells whether a retry was on its way when the program ended.
func (l *lane) inDoubt(d *delivery) bool { return slices.Contains(l.doubted, d.retry.RetryPlace) }

// doubtful is the result of a try that nobody saw the end of.
func (l *lane) doubtful(d *delivery) finished {
	r := core.Result{
		Webhook: l.num, Seq: d.seq, Revision: l.cfg.revision, State: core.Failed,
		Attempt: &core.Attempt{At: time.Now(), Cause: core.CauseStop, Unsure: true},
	}
	if d.retry != nil {
		r.Prev, r.PrevDue = d.retry.Key, d.retry.Due
	}
	return finished{d: d, result: r}
}
