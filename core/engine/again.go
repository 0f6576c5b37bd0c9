package engine

import (
	"time"

	"hookbird/core"
)

// SendAgain makes finished deliveries wait for a try now and tells how many it
// could: not those whose webhook or record is gone, that wait already, or that
// were tests.
func (e *Engine) SendAgain(keys []core.DeliveryKey) (int, error) {
	return e.sendAgain(nil, func(a *again) error {
		for _, k := range keys {
			a.add(k)
		}
		return nil
	})
}

// again is deliveries that wait once more, as one commit makes them.
type again struct {
	e       *Engine
	b       *core.Batch
	now     time.Time
	retries []core.Retry
	persons map[core.DeliveryKey]string
	counts  map[uint32]*againCount
}

// againCount is how many deliveries of a webhook wait again, and how many of them
// had failed.
type againCount struct{ n, failed uint64 }

// sendAgain commits what choose adds, and with it the work that asked for it, if
// any, as it is then. choose runs in the committer's goroutine, perhaps more than
// once.
func (e *Engine) sendAgain(work func() core.Work, choose func(a *again) error) (int, error) {
	var a *again
	moved := moves{}
	plan := func(uint64) (*core.Batch, moves, error) {
		a = &again{
			e: e, b: &core.Batch{}, now: time.Now().Truncate(time.Millisecond),
			persons: map[core.DeliveryKey]string{}, counts: map[uint32]*againCount{},
		}
		clear(moved)
		if err := choose(a); err != nil {
			return nil, nil, err
		}
		if work != nil {
			a.b.Works = []core.Work{work()}
		}
		for num, c := range a.counts {
			moved[num] = func(p *core.Lane) { waitAgain(p, c.n, c.failed) }
		}
		return a.b, moved, nil
	}
	if err := e.commit.do(&op{plan: plan, after: func(*core.Batch) { e.appliedAgain(moved, a.retries, a.persons) }}); err != nil {
		return 0, err
	}
	return len(a.retries), nil
}

// add has the finished delivery of a row wait, and tells whether it could.
func (a *again) add(k core.DeliveryKey) bool {
	d, err := a.e.store.Delivery(k)
	if err != nil || d.Test || d.State == core.Waiting || d.Event == nil {
		return false
	}
	return a.wait(k, k, d.Event, d.Revision, d.State == core.Failed)
}

// removed tells whether the delivery of a row ended because it was not to be sent.
func (a *again) removed(k core.DeliveryKey) bool {
	d, err := a.e.store.Delivery(k)
	return err == nil && d.State == core.Removed
}

// addNew has a record wait for a webhook that has no row of it.
func (a *again) addNew(num uint32, ev *core.Event, revision uint64) bool {
	return a.wait(core.DeliveryKey{}, core.DeliveryKey{Last: a.now.UnixMilli(), Seq: ev.Seq, Webhook: num}, ev, revision, false)
}

// addOwn has a record wait that was corrected for its delivery.
func (a *again) addOwn(num uint32, ev *core.Event, revision uint64) bool {
	if !a.addNew(num, ev, revision) {
		return false
	}
	a.b.Results[len(a.b.Results)-1].Event = ev
	return true
}

// wait has a delivery wait: prev is its row so far, zero if it has none, and key
// the one that it has then.
func (a *again) wait(prev, key core.DeliveryKey, ev *core.Event, revision uint64, failed bool) bool {
	l := a.e.laneByNum(key.Webhook)
	if l == nil {
		return false
	}
	c := a.counts[key.Webhook]
	if c == nil {
		c = &againCount{}
		a.counts[key.Webhook] = c
	}
	c.n++
	if failed {
		c.failed++
	}
	a.persons[key] = l.personOf(ev)
	a.b.Results = append(a.b.Results, core.Result{
		Webhook: key.Webhook, Seq: key.Seq, Prev: prev, Revision: revision, State: core.Waiting, Due: a.now,
	})
	a.retries = append(a.retries, core.Retry{
		RetryPlace: core.RetryPlace{Due: a.now.UnixMilli(), Seq: key.Seq}, Key: key, First: a.now,
	})
	return true
}

// personOf says whom a record is about, as the lane's order tells persons apart.
func (l *lane) personOf(e *core.Event) string {
	l.mu.Lock()
	cfg := l.cfg
	l.mu.Unlock()
	return cfg.person(e.Data)
}

// Settle says of failed deliveries that may have arrived that they did, because a
// person knows, and tells how many it could.
func (e *Engine) Settle(keys []core.DeliveryKey) (int, error) {
	n := 0
	moved := moves{}
	plan := func(uint64) (*core.Batch, moves, error) {
		b := &core.Batch{}
		settled := map[uint32]uint64{}
		for _, k := range keys {
			d, err := e.store.Delivery(k)
			if err != nil || d.Test || d.State != core.Failed || len(d.Attempts) == 0 || !d.Attempts[len(d.Attempts)-1].Unsure {
				continue
			}
			b.Results = append(b.Results, core.Result{
				Webhook: k.Webhook, Seq: k.Seq, Prev: k, Revision: d.Revision, State: core.Delivered, Due: time.Now(),
			})
			settled[k.Webhook]++
			n++
		}
		for num, count := range settled {
			moved[num] = func(p *core.Lane) { arrived(p, count) }
		}
		return b, moved, nil
	}
	err := e.commit.do(&op{plan: plan, after: func(*core.Batch) { e.moveLanes(moved) }})
	return n, err
}

// moveLanes has the lanes follow what is on disk.
func (e *Engine) moveLanes(moved moves) {
	for num, move := range moved {
		if l := e.laneByNum(num); l != nil {
			l.mu.Lock()
			move(&l.place)
			l.mu.Unlock()
		}
	}
}

// arrived counts failed deliveries as delivered.
func arrived(p *core.Lane, n uint64) {
	p.Delivered += n
	p.Failed -= min(n, p.Failed)
}

// waitAgain counts finished deliveries, so many of them failed, as waiting.
func waitAgain(p *core.Lane, n, failed uint64) {
	p.Retries += n
	p.Failed -= min(failed, p.Failed)
}

// appliedAgain has the lanes hold what waits again.
func (e *Engine) appliedAgain(moved moves, again []core.Retry, persons map[core.DeliveryKey]string) {
	e.moveLanes(moved)
	for num := range moved {
		l := e.laneByNum(num)
		l.mu.Lock()
		for _, r := range again {
			if r.Key.Webhook == num {
				l.order.hold(r.Seq, persons[r.Key])
				l.wait.add(r)
			}
		}
		l.kick()
		l.mu.Unlock()
	}
}

// TryNow makes all waiting tries of a webhook due, and asks a target once that
// is held.
func (e *Engine) TryNow(id string) error {
	l := e.lane(id)
	if l == nil {
		return core.Errorf(core.CodeNotFound, "There is no such webhook any more.")
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	l.wait.hurry = now
	l.host.ask()
	l.holdTill = time.Time{}
	if l.place.Health.State != core.HealthGood {
		l.place.Health.ProbeAt = now
	}
	l.kick()
	return nil
}

// RecordTest keeps a test that was sent in the history. Tests count nowhere.
func (e *Engine) RecordTest(id string, ev *core.Event, a core.Attempt) error {
	l := e.lane(id)
	if l == nil {
		return nil // a draft that was never saved has no history
	}
	state := core.Failed
	if a.Cause == core.CauseNone {
		state = core.Delivered
	}
	return e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		return &core.Batch{Results: []core.Result{{
			Webhook: l.num, Seq: testSeq(ev), Event: ev, Revision: l.revision(), State: state, Attempt: &a, Test: true,
		}}}, nil, nil
	}})
}

// testSeq gives a test a number of its own, outside of the log's.
func testSeq(ev *core.Event) uint64 {
	return 1<<63 | uint64(ev.Time.UnixNano())
}
