package lookup

import (
	"context"
	"errors"
	"sync"
	"time"
)

// Bounds of what is kept.
const (
	maxEntries = 1000
	maxBytes   = 16 << 20
)

// cache keeps answers for a time. Of many that need the same at once, one asks.
type cache struct {
	keep time.Duration

	mu      sync.Mutex
	entries map[string]*entry
	order   []*entry // the oldest first
	bytes   int
}

// entry is an answer, or one on its way.
type entry struct {
	id      string
	done    chan struct{} // closed once it is there
	until   time.Time
	details []byte // nil: nothing is found
	err     error
}

func newCache(keep time.Duration) *cache {
	return &cache{keep: keep, entries: map[string]*entry{}}
}

// get gives what is kept under an id, or else asks for it. What could not be asked for
// is not kept.
func (c *cache) get(ctx context.Context, id string, ask func() ([]byte, error)) ([]byte, error) {
	for {
		e, first := c.find(id)
		if first {
			return c.fill(e, ask)
		}
		select {
		case <-e.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if !gaveUp(e.err) {
			return e.details, e.err
		}
	}
}

// fill asks for an entry. Should that panic, the next one asks.
func (c *cache) fill(e *entry, ask func() ([]byte, error)) ([]byte, error) {
	e.err = context.Canceled
	defer c.settle(e)
	e.details, e.err = ask()
	return e.details, e.err
}

// gaveUp tells whether who asked did not wait for the answer, which is of nobody
// else's concern.
func gaveUp(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// find gives the entry under an id; first is true for whoever is to fill it.
func (c *cache) find(id string) (e *entry, first bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.expire(time.Now())
	if e := c.entries[id]; e != nil {
		return e, false
	}
	e = &entry{id: id, done: make(chan struct{})}
	c.entries[id] = e
	return e, true
}

// settle keeps what was asked for, and makes room for it.
func (c *cache) settle(e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer close(e.done)
	if e.err != nil || len(e.details) > maxBytes {
		delete(c.entries, e.id)
		return
	}
	e.until = time.Now().Add(c.keep)
	c.order = append(c.order, e)
	c.bytes += len(e.details)
	for len(c.order) > maxEntries || c.bytes > maxBytes {
		c.drop()
	}
}

// expire forgets what is too old. All is kept equally long, so that the first are the
// oldest.
func (c *cache) expire(now time.Time) {
	for len(c.order) > 0 && !now.Before(c.order[0].until) {
		c.drop()
	}
}

// drop forgets the oldest.
func (c *cache) drop() {
	e := c.order[0]
	c.order[0] = nil
	c.order = c.order[1:]
	c.bytes -= len(e.details)
	delete(c.entries, e.id)
}
