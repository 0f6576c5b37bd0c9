package main

import (
	"context"
	"fmt"
	"reflect"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/control"
)

// stillLimit is how long nothing may be sent while something waits.
const stillLimit = 30 * time.Second

// look starts the engine once more, lets it finish, and compares what came with
// what was accepted.
func (t trial) look(b *bird.Bird, l *load, to *target, o *outcome) error {
	if err := b.Start(); err != nil {
		return fmt.Errorf("start after the last kill: %w", err)
	}
	if t.late {
		if err := to.open(); err != nil {
			return err
		}
	}
	if err := t.finish(b, l); err != nil {
		return err
	}
	st, err := still(b)
	if err != nil {
		return err
	}
	if err := history(b, st, o); err != nil {
		return err
	}
	if err := b.Stop(); err != nil {
		return fmt.Errorf("stop in order: %w", err)
	}
	printed, err := b.PrintedStatus()
	if err != nil {
		return err
	}
	for i, w := range printed.Webhooks {
		if w.Delivered != st.Webhooks[i].Delivered && w.ID == "good" {
			o.fault("another count after a stop", 1)
		}
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	t.compare(l, to, st, o)
	return nil
}

// finish waits until the first webhook has nothing left to send.
func (t trial) finish(b *bird.Bird, l *load) error {
	var last control.Status
	for since, quiet := time.Now(), 0; quiet < 4; time.Sleep(50 * time.Millisecond) {
		st, err := b.Status()
		if err != nil {
			return err
		}
		if st.Waiting != last.Waiting || st.Events != last.Events || st.Delivered != last.Delivered {
			since, last = time.Now(), st
		}
		switch {
		case time.Since(since) > stillLimit:
			return fmt.Errorf("nothing was sent for %s, and messages wait: %+v", stillLimit, st)
		case st.Webhooks[first(st)].Waiting > 0, t.files && st.Events < uint64(l.next):
			quiet = 0
		default:
			quiet++
		}
	}
	return nil
}

// still pauses all sending, because other webhooks may go on for long, and gives the
// status once it does not change any more.
func still(b *bird.Bird) (st control.Status, err error) {
	err = b.Ask(func(c *control.Client) error { return c.Pause(context.Background(), time.Time{}) })
	for since := time.Now(); err == nil && time.Since(since) < 300*time.Millisecond; time.Sleep(20 * time.Millisecond) {
		var now control.Status
		if now, err = b.Status(); !reflect.DeepEqual(now, st) {
			st, since = now, time.Now()
		}
	}
	return st, err
}

// first is the place of the webhook that is looked at.
func first(st control.Status) int {
	for i, w := range st.Webhooks {
		if w.ID == "good" {
			return i
		}
	}
	return 0
}

// compare holds what came against what was accepted.
func (t trial) compare(l *load, to *target, st control.Status, o *outcome) {
	newest, came := map[int]int{}, map[int]int{}
	for n, acked := range l.acked {
		a := to.got[n]
		taken := a != nil && a.accepted > 0
		if taken {
			o.arrived++
			came[l.who[n]] = n
		}
		if !acked {
			continue
		}
		o.accepted++
		newest[l.who[n]] = n
		if !taken && !t.newest {
			o.lost++
		}
	}
	if t.newest {
		for who, n := range newest {
			if at, ok := came[who]; !ok || at < n {
				o.lost++
			}
		}
	}
	if int(st.Events) < l.accepted() || int(st.Events) > l.next {
		o.fault("events do not add up", 1)
	}
	t.compareCounts(st, o)
	for _, s := range l.batches {
		if n := countIn(to, s); n != 0 && n != s.to-s.from && !t.newest {
			o.fault("half a request accepted", 1)
		}
	}
	for what, times := range to.faults {
		o.fault(what, times)
	}
	o.twice = append(o.twice, to.twice[1:]...)
}

// compareCounts holds that every event is delivered, waiting or failed, for every
// webhook.
func (t trial) compareCounts(st control.Status, o *outcome) {
	for _, w := range st.Webhooks {
		if t.newest {
			continue // some were replaced
		}
		if w.Waiting+w.Delivered+w.Failed != st.Events {
			o.fault(fmt.Sprintf("%s: %d waiting, %d delivered and %d failed of %d", w.ID, w.Waiting, w.Delivered, w.Failed, st.Events), 1)
		}
	}
	if w := st.Webhooks[first(st)]; w.Failed > 0 {
		o.fault("given up", int(w.Failed))
	}
}

func countIn(to *target, s span) (n int) {
	for i := s.from; i < s.to; i++ {
		if a := to.got[i]; a != nil && a.accepted > 0 {
			n++
		}
	}
	return n
}

// history holds that the history has one row for every message that was tried, and
// that what waits is in it or behind the cursor.
func history(b *bird.Bird, st control.Status, o *outcome) error {
	return b.Ask(func(c *control.Client) error {
		for _, w := range st.Webhooks {
			rows, queued, err := read(c, w.ID)
			if err != nil {
				return err
			}
			if waits := rows["waiting"] + queued; waits != w.Waiting || rows["delivered"] != w.Delivered || rows["failed"] != w.Failed {
				o.fault(fmt.Sprintf("%s: history has %v and %d queued, status has %d waiting, %d delivered, %d failed",
					w.ID, rows, queued, w.Waiting, w.Delivered, w.Failed), 1)
			}
		}
		return nil
	})
}

// read counts the rows of a webhook's history by their state.
func read(c *control.Client, webhook string) (rows map[string]uint64, queued uint64, err error) {
	rows = map[string]uint64{}
	q := control.ActivityQuery{Webhook: webhook, Limit: 500}
	for {
		page, err := c.Activity(context.Background(), q)
		if err != nil {
			return nil, 0, err
		}
		for _, r := range page.Rows {
			rows[string(r.State)]++
		}
		for _, w := range page.Queues {
			if w.WebhookID == webhook {
				queued += w.Waiting
			}
		}
		if page.Next.IsZero() {
			return rows, queued, nil
		}
		q.Before = page.Next
	}
}
