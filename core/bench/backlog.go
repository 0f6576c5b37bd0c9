package main

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// few is the backlog that a large one is compared with.
const few = 1000

// waiting is an engine with a backlog.
type waiting struct {
	*bird.Bird
	to    *process.Process
	count int // events that wait
	next  int // number of the next event

	accept, drain []float64 // µs of CPU an event, a round each
	written       []float64 // bytes an event accepted
	rest          float64   // MB of its own once filled
	busy          []float64 // at most while it sends
}

// measureBacklog compares an engine with a large backlog with one that has a small
// one: what it costs to accept and to send an event, memory, and the start.
func measureBacklog(s settings, r *report) error {
	small, err := s.newWaiting(few)
	if err != nil {
		return err
	}
	defer small.end()
	large, err := s.newWaiting(s.backlog)
	if err != nil {
		return err
	}
	defer large.end()
	for range s.rounds {
		for _, w := range []*waiting{small, large} {
			if err := w.round(s.slice); err != nil {
				return err
			}
		}
	}
	tellCosts(r, small, large)
	tellMemory(r, small, large)
	return s.measureStarts(r, large)
}

func (s settings) newWaiting(count int) (*waiting, error) {
	to, err := child("sink")
	if err != nil {
		return nil, err
	}
	w := &waiting{to: to}
	if w.Bird, err = bird.New(s.hookbird, s.toSink(to, "paused")); err != nil {
		return nil, err
	}
	w.Hear = true
	if err := w.Start(); err != nil {
		return nil, err
	}
	if err := w.fill(count); err != nil {
		return nil, err
	}
	time.Sleep(3 * time.Second) // until the memory that filling took is given back
	w.rest = w.Own()
	return w, nil
}

func (w *waiting) end() {
	w.End()
	w.to.Kill()
}

func (w *waiting) fill(count int) error {
	err := w.Fill(bird.DefaultSource, w.next, count)
	w.next += count
	w.count += count
	return err
}

// round accepts a slice and sends about as many.
func (w *waiting) round(slice int) error {
	c, err := costOf(w.Process, slice, func() error { return w.fill(slice) })
	if err != nil {
		return err
	}
	w.accept, w.written = append(w.accept, c.cpu), append(w.written, c.written)
	had, err := sinkCount(w.to.Line)
	if err != nil {
		return err
	}
	before := w.CPU()
	most, err := peak(w.Process, func() error { return w.send(had + slice) })
	if err != nil {
		return err
	}
	got, err := sinkCount(w.to.Line)
	if err != nil {
		return err
	}
	w.count -= got - had
	w.drain, w.busy = append(w.drain, perEvent(got-had, w.CPU()-before)), append(w.busy, most)
	return nil
}

// send sends until the sink has so many, and pauses again.
func (w *waiting) send(until int) error {
	if err := w.SetState("sink", core.StateOn); err != nil {
		return err
	}
	if err := waitCount(w.to.Line, until, limit); err != nil {
		return err
	}
	err := w.SetState("sink", core.StatePaused)
	settle()
	return err
}

func tellCosts(r *report, small, large *waiting) {
	r.tell(fmt.Sprintf("%d / %d waiting: µs of CPU to accept one", few, large.count), spread(small.accept)+" / "+spread(large.accept))
	r.tell(fmt.Sprintf("%d / %d waiting: bytes written to accept one", few, large.count), spread(small.written)+" / "+spread(large.written))
	r.tell(fmt.Sprintf("%d / %d waiting: µs of CPU to send one", few, large.count), spread(small.drain)+" / "+spread(large.drain))
	r.atMost("large backlog against small: CPU to accept", median(large.accept)/median(small.accept), 1.2, "")
	r.atMost("large backlog against small: bytes written to accept", median(large.written)/median(small.written), 1.2, "")
	r.atMost("large backlog against small: CPU to send", median(large.drain)/median(small.drain), 1.2, "")
}

func tellMemory(r *report, small, large *waiting) {
	r.tell(fmt.Sprintf("%d / %d waiting: own memory at rest and while sending, MB", few, large.count),
		fmt.Sprintf("%.1f / %.1f, %s / %s", small.rest, large.rest, spread(small.busy), spread(large.busy)))
	r.atMost("large backlog beside small: own memory at rest, more", large.rest-small.rest, 24, " MB")
	r.atMost("large backlog beside small: own memory while sending, more", median(large.busy)-median(small.busy), 24, " MB")
}

// measureStarts takes the time until an engine with a backlog is ready, after it was
// stopped and after it was killed.
func (s settings) measureStarts(r *report, w *waiting) error {
	var warm, cold []float64
	for range s.rounds {
		for _, to := range []*[]float64{&warm, &cold} {
			if err := w.Stop(); err != nil {
				return err
			}
			if to == &cold {
				if err := forget(filepath.Join(w.Data(), "hookbird.db")); err != nil {
					return err
				}
			}
			if err := w.Start(); err != nil {
				return err
			}
			*to = append(*to, w.Took.Seconds())
		}
	}
	r.tell(fmt.Sprintf("%d waiting: own memory after a start, MB", w.count), fmt.Sprintf("%.1f", w.Own()))
	r.tell("start after a stop, file in memory and not, seconds", spread(warm)+", "+spread(cold))
	r.atMost(fmt.Sprintf("start with %d waiting after a stop, file in memory", w.count), median(warm), 0.3, " s")
	r.atMost(fmt.Sprintf("start with %d waiting after a stop, file not in memory", w.count), median(cold), 0.3, " s")
	return s.measureStartsAfterKills(r, w)
}

// measureStartsAfterKills does the same after kills while something is written, and
// looks whether the engine says what it is doing.
func (s settings) measureStartsAfterKills(r *report, w *waiting) error {
	var warm, cold []float64
	silent := 0
	for range s.rounds {
		for _, to := range []*[]float64{&warm, &cold} {
			if err := w.killWhileWriting(); err != nil {
				return err
			}
			if to == &cold {
				if err := forget(filepath.Join(w.Data(), "hookbird.db")); err != nil {
					return err
				}
			}
			if err := w.Start(); err != nil {
				return err
			}
			*to = append(*to, w.Took.Seconds())
			if !strings.Contains(w.Said(), "progress=") {
				silent++
			}
		}
	}
	r.tell("start after a kill, file in memory and not, seconds", spread(warm)+", "+spread(cold))
	r.atMost("starts after a kill that did not say how far they are", float64(silent), 0, "")
	st, err := w.Status()
	if err == nil && st.Waiting < uint64(w.count) {
		err = fmt.Errorf("%d wait after the kills, not %d", st.Waiting, w.count)
	}
	return err
}

// killWhileWriting kills the engine while senders post and it has begun to write.
func (w *waiting) killWhileWriting() error {
	p, err := child("send", "-to", w.Address(bird.DefaultSource), "-count", "100000", "-conc", "16")
	if err != nil {
		return err
	}
	defer p.Kill()
	before, err := w.Status()
	if err != nil {
		return err
	}
	if _, err := p.Stdin.Write([]byte("\n")); err != nil {
		return err
	}
	for end := time.Now().Add(limit); ; time.Sleep(100 * time.Millisecond) {
		now, err := w.Status()
		if err != nil {
			return err
		}
		if now.Waiting > before.Waiting {
			break
		}
		if time.Now().After(end) {
			return errors.New("nothing was accepted before the kill")
		}
	}
	w.Kill()
	return nil
}
