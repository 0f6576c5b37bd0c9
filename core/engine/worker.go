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
	// Send makes one try with one event, or with several where the body is a list.
	// Any goroutine may call it.
	Send(ctx context.Context, events []*core.Event, at time.Time) sent
	// Expect says what kind of answers there were so far, so that a strange one is
	// noticed.
	Expect(kind core.AnswerKind)
	Close()
}

// sent is what came of one try.
type sent struct {
	attempt core.Attempt
	hold    time.Duration        // how long the target asked us to wait, 0 if it did not
	unfit   map[int]core.Attempt // events that no message can be made of, by their place; they were not part of it
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
	c.once.Do(func() {
		if c.line, c.lineErr = s(c.webhook); c.lineErr == nil {
			c.live.Store(&c.line)
		}
	})
	return c.line, c.lineErr
}

// idle lets go of connections that are kept open for the next message.
func (c *config) idle() {
	if l := c.live.Load(); l != nil && *l != nil {
		(*l).Close()
	}
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
		group := l.pick(time.Now())
		if group == nil {
			l.active--
			l.mu.Unlock()
			return
		}
		cfg := l.cfg
		l.mu.Unlock()
		l.deliver(cfg, group)
	}
}

// deliver makes one try and files what came of it. A panic on the way holds the
// webhook for a while and loses nothing.
func (l *lane) deliver(cfg *config, group []*delivery) {
	defer func() {
		if p := recover(); p != nil {
			l.env.log.Error("webhook stopped", "webhook", l.id, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
			l.giveBack(group, func() { l.hold(time.Now(), panicAgain) })
		}
	}()
	line, err := cfg.open(l.env.sender)
	if err != nil { // a secret or a file of the settings: no record's fault
		l.giveBack(group, func() { l.block(cfg, whyNoLine(err), err) })
		return
	}
	group, events := l.read(cfg, group)
	if len(group) == 0 {
		return
	}
	if err := l.announce(cfg, group); err != nil {
		l.giveBack(group, func() { l.hold(time.Now(), troublePause) })
		return
	}
	line.Expect(l.answers(cfg.webhook))
	out := line.Send(l.env.life.sending, events, time.Now())
	tried := make([]*delivery, 0, len(group))
	for i, d := range group {
		if a, unfit := out.unfit[i]; unfit {
			l.file(cfg, []*delivery{d}, a, 0)
		} else {
			tried = append(tried, d)
		}
	}
	group = tried
	if len(group) > 0 {
		l.file(cfg, group, out.attempt, out.hold)
	}
}

// read gives the events of deliveries. Left out are those whose event is gone, which
// are filed, and those that cannot be read now, which wait.
func (l *lane) read(cfg *config, group []*delivery) ([]*delivery, []*core.Event) {
	found, events := group[:0:0], []*core.Event{}
	for _, d := range group {
		if d.event == nil {
			var err error
			if d.event, err = l.record(d); core.CodeOf(err) == core.CodeUnavailable {
				l.giveBack([]*delivery{d}, func() { l.hold(time.Now(), troublePause) })
				continue
			} else if err != nil {
				l.forget(cfg, d, err)
				continue
			}
		}
		if d.person == "" {
			d.person = cfg.person(d.event.Data)
		}
		found, events = append(found, d), append(events, d.event)
	}
	return found, events
}

// record reads what a delivery sends: the event of the log or, of one that was tried
// before, what it was corrected to.
func (l *lane) record(d *delivery) (*core.Event, error) {
	if d.retry != nil {
		if row, err := l.env.store.Delivery(d.retry.Key); err == nil && row.Event != nil {
			return row.Event, nil
		}
	}
	return l.env.store.Event(d.seq)
}

// file decides what a try means for its deliveries and for the target.
func (l *lane) file(cfg *config, group []*delivery, a core.Attempt, hold time.Duration) {
	if !(a.Unsure && cfg.asks()) {
		if hold := l.notTried(cfg, a); hold != nil {
			l.giveBack(group, hold)
			return
		}
	}
	l.logTry(cfg, group, &a)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tries.add(&a)
	l.learnAnswers(cfg, a)
	done := l.verdict(cfg, group, a, hold)
	for i := range done {
		if done[i].again == nil {
			l.order.land(done[i].d)
		}
	}
	if cfg == l.cfg { // else the settings that it speaks of are past
		l.judge(&done[0], len(group), hold)
	}
	l.done(done)
	l.kick()
}

// notTried gives what holds the lane, under its lock, after a try that does not
// count; nil if it counts.
func (l *lane) notTried(cfg *config, a core.Attempt) func() {
	switch {
	case a.Cause == core.CauseStop:
		return func() {}
	case a.Cause == core.CauseNetwork, l.justWoke(a):
		return func() { l.offline(a) }
	case a.Cause == core.CauseSecret:
		return func() { l.block(cfg, a.Cause, core.Errorf(core.CodeUnavailable, "%s", a.Detail)) }
	}
	return nil
}

// done hands results to the committer. What waited for them may go.
func (l *lane) done(list []finished) {
	for i := range list {
		l.tally(&list[i])
		l.landedTry(list[i].d)
		l.env.commit.resulted()
	}
	l.results = append(l.results, list...)
	l.letGo(list)
}

// verdict says what becomes of the deliveries of one request: done, tried again,
// or given up, all alike; or that the request is to be made in two halves.
func (l *lane) verdict(cfg *config, group []*delivery, a core.Attempt, hold time.Duration) []finished {
	now := time.Now()
	if halves := l.halve(cfg, group, &a, now); halves != nil {
		return halves
	}
	r := core.Result{Webhook: l.num, Revision: cfg.revision, State: core.Delivered, Attempt: &a}
	var delay time.Duration
	if a.Cause != core.CauseNone {
		r.State = core.Failed
		if d, more := l.delay(cfg, a, triesOf(group[0], a, now)); more {
			delay = retry.After(d, hold)
			r.State, r.Due = core.Waiting, now.Add(delay).Truncate(time.Millisecond)
		}
		if r.State == core.Waiting && len(group) > 1 {
			r.Group = group[0].seq
		}
	}
	done := make([]finished, len(group))
	for i, d := range group {
		r.Seq, r.Prev, r.PrevDue = d.seq, core.DeliveryKey{}, 0
		if d.retry != nil {
			r.Prev, r.PrevDue = d.retry.Key, d.retry.Due
		}
		done[i] = finished{d: d, result: r}
		switch {
		case r.State == core.Waiting && l.outdated(d.seq):
			done[i].result.State = core.Replaced
		case r.State == core.Waiting:
			done[i].again = waits(&r, triesOf(d, a, now), delay)
		}
	}
	return done
}

// waits is the retry of a delivery that is tried again.
func waits(r *core.Result, s retry.State, delay time.Duration) *core.Retry {
	return &core.Retry{
		RetryPlace: core.RetryPlace{Due: r.Due.UnixMilli(), Seq: r.Seq},
		Key:        core.DeliveryKey{Last: r.Attempt.At.UnixMilli(), Seq: r.Seq, Webhook: r.Webhook},
		Tries:      s.Tries, First: s.First, LastDelay: delay, Group: r.Group,
	}
}

// triesOf is where a delivery stands in its plan after a try.
func triesOf(d *delivery, a core.Attempt, now time.Time) retry.State {
	s := retry.State{Tries: 1, First: a.At, Now: now}
	if d.retry != nil {
		s.Tries, s.LastDelay = d.retry.Tries+1, d.retry.LastDelay
		if d.retry.Tries > 0 { // else it was sent again, and its plan begins now
			s.First = d.retry.First
		}
	}
	return s
}

// delay is when a failed delivery is tried again, if it is.
func (l *lane) delay(cfg *config, a core.Attempt, s retry.State) (time.Duration, bool) {
	if a.Unsure && cfg.asks() {
		return 0, false
	}
	plan := cfg.webhook.Retry
	switch attempt.ClassOf(a.Cause) {
	case attempt.Data:
		if !plan.OnRefusal {
			return 0, false
		}
	case attempt.Local, attempt.Gone:
		return 0, false
	}
	return retry.Next(plan, s, rand.Float64())
}

// tally keeps the webhook's counts.
func (l *lane) tally(f *finished) {
	if f.d.retry != nil {
		l.place.Retries--
	}
	if f.result.State != core.Waiting {
		l.rate.add(time.Now(), 1)
	}
	switch f.result.State {
	case core.Delivered:
		l.place.Delivered++
		l.lastGood = f.result.Attempt.At
	case core.Failed:
		l.place.Failed++
		l.failedAlarm(f)
	case core.Waiting:
		l.place.Retries++
	}
}

// giveBack returns deliveries that were not tried, to be handed out again, and
// does under the lock what keeps them from being so at once.
func (l *lane) giveBack(group []*delivery, hold func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	hold()
	for _, d := range group {
		l.order.land(d)
		l.landedTry(d)
		l.out--
		if d.retry != nil {
			l.wait.add(*d.retry)
		} else {
			l.redo = append(l.redo, d)
		}
	}
	l.kick()
}

// forget files a delivery whose event cannot be read any more: only damage to
// the store can have taken it.
func (l *lane) forget(cfg *config, d *delivery, err error) {
	l.env.log.Error("record of a waiting message is gone", "webhook", l.id, "seq", d.seq, "error", err)
	l.file(cfg, []*delivery{d}, core.Attempt{
		At: time.Now(), Cause: core.CauseBuild,
		Detail: "The record of this message is no longer on this computer.",
	}, 0)
}

// hold keeps anything from being sent for a while.
func (l *lane) hold(now time.Time, d time.Duration) {
	if till := now.Add(d); till.After(l.holdTill) {
		l.holdTill = till
	}
	l.env.clock.at(l.holdTill)
}

// block holds the lane until its secrets, or what else its settings name, can be
// used, and looks again then.
func (l *lane) block(cfg *config, cause core.Cause, err error) {
	l.blocked, l.blockedBy = core.Sentence(err), cause
	if l.cfg == cfg {
		l.cfg = cfg.again()
	}
	l.env.log.Warn("webhook waits for what its settings name", "webhook", l.id, "cause", string(cause), "error", err)
	l.env.news()
	l.env.life.after(secretAgain, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.blocked, l.blockedBy = l.cfg.fault, core.CauseSetup
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
	l.env.clock.at(h.ProbeAt)
	l.dirty = true
	l.env.news()
}
