package persist

import (
	"fmt"
	"strings"
	"testing"

	"hookbird/core"
)

// commitLoad is the work of a busy store: commits of 64 new events of about 500
// bytes, with the lane of each webhook and the first tries of some, before which
// many events wait.
type commitLoad struct {
	waiting  uint64
	webhooks int
	tried    int // webhooks whose tries are in the commit; each delivers

	nums []uint32
	head uint64
}

// group is how many events a commit of a load brings.
const group = 64

// begin makes the webhooks and what waits.
func (c *commitLoad) begin(t testing.TB, s *Store) {
	t.Helper()
	for i := range c.webhooks {
		c.nums = append(c.nums, addWebhook(t, s, newWebhook(fmt.Sprint("crm", i))).Num)
	}
	for c.head < c.waiting {
		if c.head < 100*group { // so that the history has some depth, too
			c.commit(t, s)
			continue
		}
		events := newEvents(c.head+1, c.head+1000)
		c.fill(events)
		mustCommit(t, s, &core.Batch{Events: events})
		c.head += 1000
	}
}

func (c *commitLoad) fill(events []*core.Event) {
	for _, e := range events {
		e.Data = fmt.Appendf(nil, `{"text":%q}`, strings.Repeat("x", 490))
	}
}

// batch is the next commit.
func (c *commitLoad) batch() *core.Batch {
	b := &core.Batch{
		Events: newEvents(c.head+1, c.head+group),
		Marks:  []core.Mark{{Source: "files", Key: "offset", Value: fmt.Append(nil, c.head)}},
	}
	c.head += group
	c.fill(b.Events)
	for i, num := range c.nums {
		b.Lanes = append(b.Lanes, core.LaneRow{Webhook: num, Lane: core.Lane{Next: c.head + 1}})
		for _, e := range b.Events {
			if i < c.tried {
				b.Results = append(b.Results, try(num, e.Seq, e.Time.Sub(noon), core.Delivered))
			}
		}
	}
	return b
}

func (c *commitLoad) commit(t testing.TB, s *Store) {
	t.Helper()
	mustCommit(t, s, c.batch())
}
