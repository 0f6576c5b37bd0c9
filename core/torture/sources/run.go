package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"hookbird/core/bench/bird"
)

// kind is a kind of source, and what it is fed with.
type kind struct {
	name string
	// part is the source in a settings file.
	part func(w *world) (bird.Part, error)
	// feed has n more records there for the source to read, and tells their numbers'
	// end; or, of those that are posted, sends them until they are accepted. It is
	// called once before each kill, at the time of the kill or before.
	feed func(w *world, n int) error
	// busy has records sent while the engine runs, for sources that are posted to.
	busy bool
}

// world is where a kind is tried.
type world struct {
	dir    string
	bird   *bird.Bird
	to     *target
	next   int // number of the next record
	handed int // that the engine had at the last look
	state  any // of the kind
}

const (
	perKill = 6000                    // records that there are for each kill
	within  = 60 * time.Millisecond   // after the first of them has come in, it comes
	early   = 1500 * time.Millisecond // or, one time in five, so soon after the start
)

// lent is how many deliveries may be handed out and not yet on disk as done, beside
// the requests on their way. The figures are core/engine's.
const lent, parallel = 256, 8

// outcome is what came of a kind.
type outcome struct {
	name        string
	kills       int
	middle      int // of these, when some of the records had come in and others not
	records     int
	twice       int // deliveries of a record that had arrived
	took        time.Duration
	faults      []string
	handedTwice int // records that a source has handed on twice
	lost        int
}

func (o *outcome) line() string {
	verdict := "well"
	if len(o.faults) > 0 {
		verdict = "BROKEN: " + strings.Join(o.faults, "; ")
	}
	return fmt.Sprintf("%-14s %3d kills (%d in the middle)  %7d records  %d lost  %d handed on twice  %d delivered twice  %3.0f s  %s",
		o.name, o.kills, o.middle, o.records, o.lost, o.handedTwice, o.twice, o.took.Seconds(), verdict)
}

// run kills the engine while it reads, and then looks for everything.
func (k kind) run(program string, kills int, rnd *rand.Rand) (o outcome, err error) {
	began := time.Now()
	o = outcome{name: k.name, kills: kills}
	w := &world{}
	if w.to, err = newTarget(); err != nil {
		return o, err
	}
	defer w.to.close()
	if err := k.begin(w, program); err != nil {
		return o, err
	}
	defer w.bird.End()
	if c, ok := w.state.(interface{ Close() error }); ok {
		defer func() { _ = c.Close() }()
	}
	for range kills {
		if err := k.kill(w, rnd, &o); err != nil {
			return o, err
		}
	}
	err = k.last(w)
	w.to.judge(w.next, kills, &o)
	o.took = time.Since(began)
	return o, err
}

// begin makes a data folder with the source and a webhook.
func (k kind) begin(w *world, program string) (err error) {
	hook := bird.Webhook("good", w.to.address(), bird.Part{"parallel": parallel})
	if w.bird, err = bird.New(program, bird.Settings{Webhooks: []bird.Part{hook}}); err != nil {
		return err
	}
	w.dir = w.bird.Dir
	part, err := k.part(w)
	if err != nil {
		return err
	}
	for name, value := range map[string]any{"id": "source", "name": "source"} {
		part[name] = value
	}
	return w.bird.Import(bird.Settings{Sources: []bird.Part{part}})
}

// kill starts the engine and kills it while it reads.
func (k kind) kill(w *world, rnd *rand.Rand, o *outcome) error {
	if !k.busy {
		if err := k.feed(w, perKill); err != nil {
			return err
		}
	}
	if err := w.bird.Start(); err != nil {
		return fmt.Errorf("start after a kill: %w", err)
	}
	w.handed = w.events()
	stop := make(chan struct{})
	done := make(chan error, 1)
	if k.busy {
		go func() { done <- k.feedUntil(w, stop) }()
	}
	if rnd.IntN(5) == 0 {
		time.Sleep(time.Duration(rnd.Int64N(int64(early))))
	} else if k.waitForNews(w) {
		time.Sleep(time.Duration(rnd.Int64N(int64(within))))
	}
	if n := w.events(); n > w.handed && (k.busy || n < w.next) {
		o.middle++
	}
	close(stop)
	w.bird.Kill()
	if k.busy {
		return <-done
	}
	return nil
}

// waitForNews waits until the source has handed on something new.
func (k kind) waitForNews(w *world) bool {
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if w.events() > w.handed {
			return true
		}
	}
	return false
}

// events is how many have come in.
func (w *world) events() int {
	st, err := w.bird.Status()
	if err != nil {
		return 0
	}
	return int(st.Events)
}

// feedUntil posts until the engine is to be killed.
func (k kind) feedUntil(w *world, stop <-chan struct{}) error {
	for {
		select {
		case <-stop:
			return nil
		default:
		}
		if err := k.feed(w, 10); err != nil {
			return err
		}
	}
}

// patience is how long the last records may take.
const patience = 90 * time.Second

// last lets the engine read to the end.
func (k kind) last(w *world) error {
	if err := w.bird.Start(); err != nil {
		return fmt.Errorf("start after the last kill: %w", err)
	}
	if err := k.feed(w, 10); err != nil {
		return err
	}
	for end := time.Now().Add(patience); !w.to.all(w.next); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			return nil // judge says what is missing
		}
	}
	time.Sleep(2500 * time.Millisecond) // what came twice would come now
	return nil
}
