package main

import (
	"fmt"
	"math/rand/v2"
	"time"

	"hookbird/core/bench/bird"
)

// trial is one way to use an engine that is then killed.
type trial struct {
	name    string
	about   string
	weight  int // share of the kills
	kills   int // of one data folder; then another one begins. 0 means 50
	senders int // at once; 0 means 16
	most    int // records that are sent between two kills; 0 means 1500
	files   bool
	slow    bool // kills come within seconds, not within a fraction of one
	// webhooks are what the engine has. The first one's target is what is looked at.
	webhooks func(t *target) []bird.Part
	// answer is what the target answers the n-th try of a record or, of a list, of
	// its first one; 0 breaks the connection. nil: always 200.
	answer func(try, number int) int
	late   bool   // the target is there only after the last kill
	order  string // what keeps its order: "", "all" or "who"
	newest bool   // only the newest of everybody has to arrive
	signed bool
	list   int // records of one request at most; 0 means 1
	// parallel is how many requests are on their way at once.
	parallel int
}

// lent is how many deliveries of a webhook may be handed out and not yet on disk
// as done. The figure is core/engine's.
const lent = 256

// bound is how many messages one crash may send twice to one target.
func (t trial) bound() int { return lent + t.parallel*max(1, t.list) }

// run kills the engine so many times, in as many data folders as that takes.
func (t trial) run(program string, kills int, rnd *rand.Rand) outcome {
	began := time.Now()
	o := outcome{trial: t}
	leg := t.kills
	if leg == 0 {
		leg = 50
	}
	for left := kills; left > 0 && o.err == nil; left -= leg {
		o.err = t.leg(program, min(left, leg), rnd, &o)
	}
	o.took = time.Since(began)
	return o
}

// leg kills the engine of one data folder and then looks for everything.
func (t trial) leg(program string, kills int, rnd *rand.Rand, o *outcome) error {
	to, err := newTarget(t)
	if err != nil {
		return err
	}
	defer to.close()
	b, err := bird.New(program, bird.Settings{Webhooks: t.webhooks(to)})
	if err != nil {
		return err
	}
	defer b.End()
	if !t.late {
		if err := to.open(); err != nil {
			return err
		}
	}
	l, err := newLoad(t, b)
	if err != nil {
		return err
	}
	for range kills {
		if err := t.kill(b, l, rnd, o); err != nil {
			return err
		}
		to.nextEpoch()
	}
	return t.look(b, l, to, o)
}

// kill starts the engine and kills it: while it starts, while it works, or while
// it ends.
func (t trial) kill(b *bird.Bird, l *load, rnd *rand.Rand, o *outcome) error {
	kind := rnd.IntN(100)
	if kind < 15 {
		o.starting++
		if err := b.Launch(); err != nil {
			return err
		}
		time.Sleep(time.Duration(rnd.IntN(60)) * time.Millisecond)
		b.Kill()
		return nil
	}
	if err := b.Start(); err != nil {
		return fmt.Errorf("start after a kill: %w", err)
	}
	stop := l.begin()
	if t.slow {
		time.Sleep(time.Duration(rnd.IntN(4000)) * time.Millisecond)
	} else {
		time.Sleep(time.Duration(20+rnd.IntN(250)) * time.Millisecond)
	}
	if kind < 25 {
		o.stopping++
		b.Terminate()
		time.Sleep(time.Duration(rnd.IntN(30)) * time.Millisecond)
	} else {
		o.working++
	}
	b.Kill()
	stop()
	return nil
}
