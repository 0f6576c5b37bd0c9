package main

import (
	"strconv"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// cost is what a round of a measurement took.
type cost struct {
	wall time.Duration
	cpu  time.Duration // of all processes involved
	pipe time.Duration // of the one in the middle alone
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func perSecond(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }

func perEvent(n int, d time.Duration) float64 { return float64(d.Microseconds()) / float64(n) }

// limit is how long anything may take that has an end.
const limit = 2 * time.Minute

// settle lets what was begun be written, so that its cost counts too.
func settle() { time.Sleep(300 * time.Millisecond) }

// load sends count records to an address and waits until the sink has them all.
// The last of others is the one in the middle.
func load(count, conc int, address string, sink *process.Process, others ...*process.Process) (cost, error) {
	p, err := child("send", "-to", address, "-count", strconv.Itoa(count), "-conc", strconv.Itoa(conc))
	if err != nil {
		return cost{}, err
	}
	defer p.Kill()
	had, err := sinkCount(sink.Line)
	if err != nil {
		return cost{}, err
	}
	all := append([]*process.Process{p}, others...)
	middle := others[len(others)-1]
	before, pipe, began := process.CPUOf(all...), middle.CPU(), time.Now()
	if _, err := p.Stdin.Write([]byte("\n")); err != nil {
		return cost{}, err
	}
	if err := waitCount(sink.Line, had+count, limit); err != nil {
		return cost{}, err
	}
	wall := time.Since(began)
	settle()
	return cost{wall: wall, cpu: process.CPUOf(all...) - before, pipe: middle.CPU() - pipe}, nil
}

// rawLoop sends count records straight to a sink of its own.
func rawLoop(count, conc int) (cost, error) {
	to, err := child("sink")
	if err != nil {
		return cost{}, err
	}
	defer to.Kill()
	return load(count, conc, to.Line+"/in", to, to)
}

// withSink runs do with a new sink.
func withSink(do func(to *process.Process) error, args ...string) error {
	to, err := child("sink", args...)
	if err != nil {
		return err
	}
	defer to.Kill()
	return do(to)
}

// withBird runs do with a new engine that is ready.
func (s settings) withBird(set bird.Settings, do func(b *bird.Bird) error) error {
	b, err := bird.New(s.hookbird, set)
	if err != nil {
		return err
	}
	defer b.End()
	if err := b.Start(); err != nil {
		return err
	}
	return do(b)
}

// toSink are the settings of an engine with one webhook.
func (s settings) toSink(to *process.Process, state string) bird.Settings {
	return bird.Settings{Webhooks: []bird.Part{
		bird.Webhook("sink", to.Line+"/in", bird.Part{"state": state, "parallel": s.conc}),
	}}
}

// peak is the most own memory that a process has while do runs, looked at every
// few milliseconds.
func peak(p *process.Process, do func() error) (megabytes float64, err error) {
	done, most := make(chan struct{}), make(chan float64)
	go func() {
		m := p.Own()
		for {
			select {
			case <-done:
				most <- max(m, p.Own())
				return
			case <-time.After(10 * time.Millisecond):
				m = max(m, p.Own())
			}
		}
	}()
	err = do()
	close(done)
	return <-most, err
}
