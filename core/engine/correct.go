package engine

import (
	"bytes"
	"time"

	"hookbird/core"
)

// Correct has a message that failed or waits go out now with other data, for this
// delivery and all its later tries alone: the record of the log stays as it came.
// was is the data that the correction was made from. CodeConflict: the message is on
// its way just now, has gone out, or was corrected otherwise meanwhile. One that was
// tried together with others goes alone.
func (e *Engine) Correct(key core.DeliveryKey, was, data []byte) error {
	l := e.laneByNum(key.Webhook)
	if l == nil {
		return core.Errorf(core.CodeNotFound, "There is no such webhook any more.")
	}
	c := &correction{l: l}
	err := e.commit.do(&op{
		plan: func(uint64) (*core.Batch, moves, error) {
			if err := c.plan(key, was, data); err != nil {
				return nil, nil, err
			}
			return &core.Batch{Results: []core.Result{c.result}}, moves{l.num: c.move}, nil
		},
		after: func(*core.Batch) { c.applied() },
	})
	if err != nil {
		c.takeBack()
	}
	return err
}

// correction is one message that goes out with other data.
type correction struct {
	l      *lane
	result core.Result
	failed bool        // it had failed
	taken  *core.Retry // out of the lane's memory, if it waited there
	person string
}

// plan looks whether the message can be corrected, and takes it out of those that
// wait in memory. It runs in the committer's goroutine.
func (c *correction) plan(key core.DeliveryKey, was, data []byte) error {
	d, err := c.l.env.store.Delivery(key)
	switch {
	case err != nil:
		return err
	case d.Test, d.State != core.Failed && d.State != core.Waiting:
		return core.Errorf(core.CodeConflict, "Only a message that failed or waits can be corrected. This one is %s by now.", d.State)
	case d.Event == nil:
		return core.Errorf(core.CodeNotFound, "The record of this message is no longer kept.")
	case !bytes.Equal(d.Event.Data, was):
		return core.Errorf(core.CodeConflict, "This message was corrected somewhere else meanwhile. Look at it again.")
	}
	own := *d.Event
	own.Data = data
	c.failed, c.person = d.State == core.Failed, c.l.personOf(d.Event)
	c.result = core.Result{
		Webhook: key.Webhook, Seq: key.Seq, Prev: key, Revision: d.Revision, State: core.Waiting,
		Due: time.Now().Truncate(time.Millisecond), Event: &own,
	}
	if c.failed {
		return nil
	}
	return c.take(core.RetryPlace{Due: d.Next.UnixMilli(), Seq: key.Seq})
}

// take takes the waiting try out of the lane, unless it is on its way.
func (c *correction) take(place core.RetryPlace) error {
	l := c.l
	l.mu.Lock()
	defer l.mu.Unlock()
	c.result.PrevDue = place.Due
	r, ok := l.wait.remove(func(r core.Retry) bool { return r.RetryPlace == place })
	switch {
	case ok:
		c.taken = &r
	case !l.wait.more || !after(place, l.wait.horizon): // else it is on disk only
		return core.Errorf(core.CodeConflict, "This message is being sent just now. Look at it again in a moment.")
	}
	return nil
}

// takeBack lets a message wait as it did, after a correction that was not kept.
func (c *correction) takeBack() {
	if c.taken == nil {
		return
	}
	c.l.mu.Lock()
	defer c.l.mu.Unlock()
	c.l.wait.add(*c.taken)
	c.l.kick()
}

// move counts a failed message as waiting; one that waited is counted already.
func (c *correction) move(p *core.Lane) {
	if c.failed {
		waitAgain(p, 1, 1)
	}
}

func (c *correction) applied() {
	l, r := c.l, &c.result
	l.mu.Lock()
	defer l.mu.Unlock()
	c.move(&l.place)
	l.order.hold(r.Seq, c.person)
	l.wait.add(core.Retry{RetryPlace: core.RetryPlace{Due: r.Due.UnixMilli(), Seq: r.Seq}, Key: r.Prev, First: r.Due})
	l.kick()
}
