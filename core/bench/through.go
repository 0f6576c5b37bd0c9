package main

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// cost is what a round of a measurement took.
type cost struct {
	wall time.Duration
	cpu  time.Duration // of all processes involved
	pipe time.Duration // of the one in the middle alone
}

// measureDrain lets stored events go to a receiver, and sends as many there by a
// raw client loop with the same concurrency.
func measureDrain(s settings, r *report) error {
	var wall, cpu []float64
	for range s.rounds {
		raw, err := rawLoop(s)
		if err != nil {
			return err
		}
		ours, err := drain(s)
		if err != nil {
			return err
		}
		wall = append(wall, ratio(raw.wall, ours.wall))
		cpu = append(cpu, ratio(raw.cpu, ours.cpu))
		r.tell("raw loop / drain", fmt.Sprintf("%.0f / %.0f a second, %.1f / %.1f us of CPU an event",
			perSecond(s.events, raw.wall), perSecond(s.events, ours.wall), perEvent(s.events, raw.cpu), perEvent(s.events, ours.cpu)))
	}
	r.tell("drain against raw loop, wall and CPU", spread(wall)+", "+spread(cpu))
	r.atLeast(fmt.Sprintf("drain of %d against the raw client loop, wall", s.events), median(wall), 0.6)
	r.atLeast(fmt.Sprintf("drain of %d against the raw client loop, CPU", s.events), median(cpu), 0.7)
	return nil
}

func ratio(a, b time.Duration) float64 { return float64(a) / float64(b) }

func perSecond(n int, d time.Duration) float64 { return float64(n) / d.Seconds() }

func perEvent(n int, d time.Duration) float64 { return float64(d.Microseconds()) / float64(n) }

// rawLoop sends s.events straight to a sink.
func rawLoop(s settings) (cost, error) {
	to, err := child("sink")
	if err != nil {
		return cost{}, err
	}
	defer to.kill()
	return load(s.events, s.conc, to.first+"/in", to, to)
}

// load sends count records to an address and waits until the sink has them all.
func load(count, conc int, address string, sink *proc, others ...*proc) (cost, error) {
	p, err := child("send", "-to", address, "-count", strconv.Itoa(count), "-conc", strconv.Itoa(conc))
	if err != nil {
		return cost{}, err
	}
	defer p.kill()
	all := append([]*proc{p}, others...)
	before, began := cpuOf(all...), time.Now()
	pipe := others[len(others)-1].cpu()
	if _, err := p.stdin.Write([]byte("\n")); err != nil {
		return cost{}, err
	}
	if err := waitCount(sink.first, count, 2*time.Minute); err != nil {
		return cost{}, err
	}
	wall := time.Since(began)
	settle()
	return cost{wall: wall, cpu: cpuOf(all...) - before, pipe: others[len(others)-1].cpu() - pipe}, nil
}

// settle lets what was begun be written, so that its cost counts too.
func settle() { time.Sleep(300 * time.Millisecond) }

// drain fills an engine whose webhook is paused, turns it on, and waits for all.
func drain(s settings) (cost, error) {
	to, err := child("sink")
	if err != nil {
		return cost{}, err
	}
	defer to.kill()
	b, err := newBird(s.hookbird, to.first, s.conc, "paused")
	if err != nil {
		return cost{}, err
	}
	defer b.end()
	if err := b.start(); err != nil {
		return cost{}, err
	}
	if err := b.fill(s.events); err != nil {
		return cost{}, err
	}
	c, err := control.Dial(b.data())
	if err != nil {
		return cost{}, err
	}
	defer c.Close()
	settle()
	before, began := cpuOf(b.proc, to), time.Now()
	if err := c.SetState(context.Background(), "sink", core.StateOn, false); err != nil {
		return cost{}, err
	}
	if err := waitCount(to.first, s.events, 2*time.Minute); err != nil {
		return cost{}, err
	}
	wall := time.Since(began)
	settle()
	return cost{wall: wall, cpu: cpuOf(b.proc, to) - before}, nil
}

// measureThrough has senders post to the engine while it delivers, and does the
// same through a forwarder that stores nothing.
func measureThrough(s settings, r *report) error {
	var cpu, pipe, wall []float64
	for range s.rounds {
		plain, err := throughForwarder(s)
		if err != nil {
			return err
		}
		ours, err := throughBird(s)
		if err != nil {
			return err
		}
		cpu = append(cpu, ratio(ours.cpu, plain.cpu))
		pipe = append(pipe, ratio(ours.pipe, plain.pipe))
		wall = append(wall, ratio(plain.wall, ours.wall))
		r.tell("forwarder / accept and deliver", fmt.Sprintf("%.0f / %.0f a second, %.1f / %.1f us of CPU an event",
			perSecond(s.load, plain.wall), perSecond(s.load, ours.wall), perEvent(s.load, plain.cpu), perEvent(s.load, ours.cpu)))
	}
	r.tell("wall against the forwarder", spread(wall))
	r.tell("CPU of the program in the middle alone", spread(pipe))
	r.tell("CPU of all processes", spread(cpu))
	r.atMost(fmt.Sprintf("accept and deliver, %d senders: CPU against a forwarder", s.senders), median(cpu), 2.0, "")
	return nil
}

func throughForwarder(s settings) (cost, error) {
	to, err := child("sink")
	if err != nil {
		return cost{}, err
	}
	defer to.kill()
	f, err := child("forward", "-to", to.first+"/in", "-conc", strconv.Itoa(s.senders))
	if err != nil {
		return cost{}, err
	}
	defer f.kill()
	return load(s.load, s.senders, f.first, to, to, f)
}

func throughBird(s settings) (cost, error) {
	to, err := child("sink")
	if err != nil {
		return cost{}, err
	}
	defer to.kill()
	b, err := newBird(s.hookbird, to.first, s.conc, "on")
	if err != nil {
		return cost{}, err
	}
	defer b.end()
	if err := b.start(); err != nil {
		return cost{}, err
	}
	return load(s.load, s.senders, b.address, to, to, b.proc)
}
