package engine

import (
	"sync"
	"time"
)

// tick is the longest that the clock sleeps while something waits for a time.
// Timers stand still while a computer sleeps and its clock may be set, so the
// wall clock is looked at again and again instead of being trusted once.
const tick = time.Second

// clock wakes the engine when something is due.
type clock struct {
	mu   sync.Mutex
	next time.Time // zero: nothing waits
	wake chan struct{}
}

func newClock() *clock { return &clock{wake: make(chan struct{}, 1)} }

// at asks to be woken at t at the latest; the zero time asks for nothing.
func (c *clock) at(t time.Time) {
	if t.IsZero() {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next.IsZero() || t.Before(c.next) {
		c.next = t
		poke(c.wake)
	}
}

// run calls due whenever a time that was asked for has come, until stop, and
// jumped when the computer has slept or its clock was set while something waited.
func (c *clock) run(stop <-chan struct{}, due func(), jumped func(by time.Duration)) {
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for before := time.Now(); ; {
		select {
		case <-stop:
			timer.Stop()
			return
		case <-c.wake:
		case <-timer.C:
		}
		now := time.Now()
		if by := slept(wall(now).Sub(wall(before)), now.Sub(before)); by != 0 {
			jumped(by)
			due()
		}
		before = now
		if c.come() {
			due()
		}
		if wait, ok := c.rest(); ok {
			timer.Reset(wait)
		}
	}
}

// come tells whether the time asked for is here, and forgets it then.
func (c *clock) come() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next.IsZero() || wall(time.Now()).Before(c.next) {
		return false
	}
	c.next = time.Time{}
	return true
}

// rest is how long to sleep, if anything is waited for.
func (c *clock) rest() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.next.IsZero() {
		return 0, false
	}
	return max(0, min(tick, c.next.Sub(wall(time.Now())))), true
}

// wall drops the monotonic reading, so that comparisons follow the wall clock.
func wall(t time.Time) time.Time { return t.Round(0) }
