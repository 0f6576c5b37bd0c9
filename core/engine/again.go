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
	failed, persons := map[uint32]uint64{}, map[core.DeliveryKey]string{}
	plan := func(uint64) (*core.Batch, error) {
		b := &core.Batch{}
		now := time.Now().Truncate(time.Millisecond)
		for _, k := range keys {
			d, err := e.store.Delivery(k)
			if err != nil || d.Test || d.State == core.Waiting || d.Event == nil || e.laneByNum(k.Webhook) == nil {
				continue
			}
			if d.State == core.Failed {
				failed[k.Webhook]++
			}
			persons[k] = e.laneByNum(k.Webhook).personOf(d.Event)
			b.Results = append(b.Results, core.Result{
				Webhook: k.Webhook, Seq: k.Seq, Prev: k, Revision: d.Revision, State: core.Waiting, Due: now,
			})
			again = append(again, core.Retry{
				RetryPlace: core.RetryPlace{Due: now.UnixMilli(), Seq: k.Seq}, Key: k, First: now,
			})
		}
		e.planAgain(b, again, failed)
		return b, nil
	}
	err := e.commit.do(&op{plan: plan, after: func(*core.Batch) { e.appliedAgain(again, failed, persons) }})
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
	settled := map[uint32]uint64{}
	n := 0
	plan := func(uint64) (*core.Batch, error) {
		b := &core.Batch{}
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
			if l := e.laneByNum(num); l != nil {
				l.mu.Lock()
				p := l.snapshot()
				l.mu.Unlock()
				arrived(&p, count)
				b.Lanes = append(b.Lanes, core.LaneRow{Webhook: num, Lane: p})
			}
		}
		return b, nil
	}
	err := e.commit.do(&op{plan: plan, after: func(*core.Batch) {
		for num, count := range settled {
			if l := e.laneByNum(num); l != nil {
				l.mu.Lock()
				arrived(&l.place, count)
				l.mu.Unlock()
			}
		}
	}})
	return n, err
}

// arrived counts failed deliveries as delivered.
func arrived(p *core.Lane, n uint64) {
	p.Delivered += n
	p.Failed -= min(n, p.Failed)
}

// planAgain adds the places of the lanes with their new counts.
func (e *Engine) planAgain(b *core.Batch, again []core.Retry, failed map[uint32]uint64) {
	for num, n := range perWebhook(again) {
		l := e.laneByNum(num)
		l.mu.Lock()
		p := l.snapshot()
		l.mu.Unlock()
		p.Retries += n
		p.Failed -= min(failed[num], p.Failed)
		b.Lanes = append(b.Lanes, core.LaneRow{Webhook: num, Lane: p})
	}
}

func (e *Engine) appliedAgain(again []core.Retry, failed map[uint32]uint64, persons map[core.DeliveryKey]string) {
	for num, n := range perWebhook(again) {
		l := e.laneByNum(num)
		l.mu.Lock()
		l.place.Retries += n
		l.place.Failed -= min(failed[num], l.place.Failed)
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

func perWebhook(again []core.Retry) map[uint32]uint64 {
	n := map[uint32]uint64{}
	for _, r := range again {
		n[r.Key.Webhook]++
	}
	return n
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
	return e.commit.do(&op{plan: func(uint64) (*core.Batch, error) {
		return &core.Batch{Results: []core.Result{{
			Webhook: l.num, Seq: testSeq(ev), Event: ev, Revision: l.revision(), State: state, Attempt: &a, Test: true,
		}}}, nil
	}})
}

// testSeq gives a test a number of its own, outside of the log's.
func testSeq(ev *core.Event) uint64 {
	return 1<<63 | uint64(ev.Time.UnixNano())
}
