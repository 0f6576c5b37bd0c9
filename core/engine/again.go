package engine

import (
	"time"

	"hookbird/core"
)

// SendAgain makes finished deliveries wait for a try now and tells how many it
// could: not those whose webhook or record is gone, that wait already, or that
// were tests.
func (e *Engine) SendAgain(keys []core.DeliveryKey) (int, error) {
	var again []core.Retry
	moved, persons := moves{}, map[core.DeliveryKey]string{}
	plan := func(uint64) (*core.Batch, moves, error) {
		b := &core.Batch{}
		now := time.Now().Truncate(time.Millisecond)
		failed, retries := map[uint32]uint64{}, map[uint32]uint64{}
		for _, k := range keys {
			d, err := e.store.Delivery(k)
			if err != nil || d.Test || d.State == core.Waiting || d.Event == nil || e.laneByNum(k.Webhook) == nil {
				continue
			}
			if d.State == core.Failed {
				failed[k.Webhook]++
			}
			retries[k.Webhook]++
			persons[k] = e.laneByNum(k.Webhook).personOf(d.Event)
			b.Results = append(b.Results, core.Result{
				Webhook: k.Webhook, Seq: k.Seq, Prev: k, Revision: d.Revision, State: core.Waiting, Due: now,
			})
			again = append(again, core.Retry{
				RetryPlace: core.RetryPlace{Due: now.UnixMilli(), Seq: k.Seq}, Key: k, First: now,
			})
		}
		for num, n := range retries {
			moved[num] = func(p *core.Lane) { waitAgain(p, n, failed[num]) }
		}
		return b, moved, nil
	}
	err := e.commit.do(&op{plan: plan, after: func(*core.Batch) { e.appliedAgain(moved, again, persons) }})
	return len(again), err
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
