package engine

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime/debug"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/retry"
)

// line is the way to one target: it makes the message and exchanges it.
type line interface {
	// Send makes one try. hold is how long the target asked us to wait, 0 if it
	// did not. Any goroutine may call it.
	Send(ctx context.Context, e *core.Event, at time.Time) (a core.Attempt, hold time.Duration)
	Close()
}

// sender opens the line for a webhook. CodeUnavailable: a secret cannot be
// opened now.
type sender func(w *core.Webhook) (line, error)

const (
	secretAgain  = 30 * time.Second // until a secret that could not be opened is tried again
	offlineAgain = 15 * time.Second // until a computer without network tries again
	panicAgain   = time.Minute      // until a webhook whose worker panicked goes on
)

// open gives the line of this configuration, made by the first who asks.
func (c *config) open(s sender) (line, error) {
	c.once.Do(func() { c.line, c.lineErr = s(c.webhook) })
	return c.line, c.lineErr
}

// close lets go of the line's idle connections. Requests on their way go on.
func (c *config) close() {
	if l, err := c.open(func(*core.Webhook) (line, error) { return nil, nil }); l != nil && err == nil {
		l.Close()
	}
}

// work sends until there is nothing more for this worker to do.
func (l *lane) work() {
	for {
		l.mu.Lock()
		d := l.pick(time.Now())
		if d == nil {
			l.active--
			l.mu.Unlock()
			return
		}
		cfg := l.cfg
		l.mu.Unlock()
		l.deliver(cfg, d)
	}
}

// deliver makes one try and files what came of it. A panic on the way holds the
// webhook for a while and loses nothing.
func (l *lane) deliver(cfg *config, d *delivery) {
	defer func() {
		if p := recover(); p != nil {
			l.env.log.Error("webhook stopped", "webhook", l.id, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
			l.giveBack(d, func() { l.holdTill = time.Now().Add(panicAgain) })
		}
	}()
	line, err := cfg.open(l.env.sender)
	if err != nil { // a secret or a file of the settings: no record's fault
		l.giveBack(d, func() { l.block(cfg, err) })
		return
	}
	if d.event == nil {
		if d.event, err = l.env.store.Event(d.seq); err != nil {
			l.forget(cfg, d, err)
			return
		}
	}
	a, hold := line.Send(l.env.life.sending, d.event, time.Now())
	l.file(cfg, d, a, hold)
}

// file decides what a try means for the delivery and for the target.
func (l *lane) file(cfg *config, d *delivery, a core.Attempt, hold time.Duration) {
	switch a.Cause {
	case core.CauseStop:
		l.giveBack(d, func() {})
		return
	case core.CauseNetwork:
		l.giveBack(d, func() { l.offline(a) })
		return
	case core.CauseSecret:
		l.giveBack(d, func() { l.block(cfg, core.Errorf(core.CodeUnavailable, "%s", a.Detail)) })
		return
	}
	l.logTry(d, a)
	l.mu.Lock()
	defer l.mu.Unlock()
	f := l.verdict(cfg.webhook, d, a, hold)
	f.result.Revision = cfg.revision
	if cfg == l.cfg { // else the settings that it speaks of are past
		l.judge(&f, hold)
	}
	l.tally(d, &f)
	l.results = append(l.results, f)
	l.env.commit.resulted()
	l.kick()
}

// verdict says what becomes of the delivery: done, tried again, or given up.
func (l *lane) verdict(w *core.Webhook, d *delivery, a core.Attempt, hold time.Duration) finished {
	r := core.Result{Webhook: l.num, Seq: d.seq, State: core.Delivered, Attempt: &a}
	f := finished{d: d}
	tries := retry.State{Tries: 1, First: a.At, Now: time.Now()}
	if d.retry != nil {
		r.Prev, r.PrevDue = d.retry.Key, d.retry.Due
		tries.Tries, tries.LastDelay = d.retry.Tries+1, d.retry.LastDelay
		if d.retry.Tries > 0 { // else it was sent again, and its plan begins now
			tries.First = d.retry.First
		}
	}
	if a.Cause != core.CauseNone {
		r.State = core.Failed
		if delay, more := l.delay(w, a, tries); more {
			delay = retry.After(delay, hold)
			r.State, r.Due = core.Waiting, tries.Now.Add(delay).Truncate(time.Millisecond)
			f.again = &core.Retry{
				RetryPlace: core.RetryPlace{Due: r.Due.UnixMilli(), Seq: d.seq},
				Key:        core.DeliveryKey{Last: a.At.UnixMilli(), Seq: d.seq, Webhook: l.num},
				Tries:      tries.Tries, First: tries.First, LastDelay: delay,
			}
		}
	}
	f.result = r
	return f
}

// delay is when a failed delivery is tried again, if it is.
func (l *lane) delay(w *core.Webhook, a core.Attempt, s retry.State) (time.Duration, bool) {
	switch attempt.ClassOf(a.Cause) {
	case attempt.Data:
		if !w.Retry.OnRefusal {
			return 0, false
		}
	case attempt.Local, attempt.Gone:
		return 0, false
	}
	return retry.Next(w.Retry, s, rand.Float64())
}

// tally keeps the webhook's counts.
func (l *lane) tally(d *delivery, f *finished) {
	if d.retry != nil {
		l.place.Retries--
	}
	switch f.result.State {
	case core.Delivered:
		l.place.Delivered++
		l.lastGood = f.result.Attempt.At
	case core.Failed:
		l.place.Failed++
	case core.Waiting:
		l.place.Retries++
	}
}

// giveBack returns a delivery that was not tried, to be handed out again, and
// does under the lock what keeps it from being so at once.
func (l *lane) giveBack(d *delivery, hold func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	hold()
	if d.retry != nil {
		l.out--
		l.wait.add(*d.retry)
	} else {
		l.redo = append(l.redo, d)
	}
	l.kick()
}

// forget files a delivery whose event cannot be read any more: only damage to
// the store can have taken it.
func (l *lane) forget(cfg *config, d *delivery, err error) {
	l.env.log.Error("record of a waiting message is gone", "webhook", l.id, "seq", d.seq, "error", err)
	l.file(cfg, d, core.Attempt{
		At: time.Now(), Cause: core.CauseBuild,
		Detail: "The record of this message is no longer on this computer.",
	}, 0)
}

// block holds the lane until its secrets can be opened, and looks again then.
func (l *lane) block(cfg *config, err error) {
	l.blocked = core.Sentence(err)
	if l.cfg == cfg {
		l.cfg = &config{webhook: cfg.webhook, revision: cfg.revision}
	}
	l.env.log.Warn("webhook waits for its secret", "webhook", l.id, "error", err)
	l.env.life.after(secretAgain, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.blocked = ""
		l.kick()
	})
}

// offline holds the lane while this computer has no network. It is nobody's
// fault and costs no try.
func (l *lane) offline(a core.Attempt) {
	h := &l.place.Health
	if h.State == core.HealthGood {
		*h = core.Health{State: core.HealthDown, Since: a.At, Failing: h.Failing}
		l.allowed = 1
	}
	h.Cause, h.Detail = a.Cause, a.Detail
	h.ProbeAt = time.Now().Add(offlineAgain)
	l.dirty = true
}

// logTry writes the one log line of a try.
func (l *lane) logTry(d *delivery, a core.Attempt) {
	if a.Cause == core.CauseNone {
		l.env.log.Debug("try", "webhook", l.id, "seq", d.seq, "code", a.Code, "took", a.Took)
		return
	}
	l.env.log.Warn("try", "webhook", l.id, "seq", d.seq, "code", a.Code, "cause", string(a.Cause), "took", a.Took)
}
