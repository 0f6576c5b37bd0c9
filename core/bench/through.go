package main

import (
	"fmt"
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// measureDrain lets stored events go to a receiver, and sends as many there by a
// raw client loop with the same concurrency.
func measureDrain(s settings, r *report) error {
	var wall, cpu []float64
	for range s.rounds {
		raw, err := rawLoop(s.events, s.conc)
		if err != nil {
			return err
		}
		ours, err := s.drain()
		if err != nil {
			return err
		}
		wall = append(wall, ratio(raw.wall, ours.wall))
		cpu = append(cpu, ratio(raw.cpu, ours.cpu))
		r.tell("raw loop / drain", fmt.Sprintf("%.0f / %.0f a second, %.1f / %.1f µs of CPU an event",
			perSecond(s.events, raw.wall), perSecond(s.events, ours.wall), perEvent(s.events, raw.cpu), perEvent(s.events, ours.cpu)))
	}
	r.tell("drain against raw loop, wall and CPU", spread(wall)+", "+spread(cpu))
	r.atLeast(fmt.Sprintf("drain of %d against the raw client loop, wall", s.events), median(wall), 0.7, "")
	r.atLeast(fmt.Sprintf("drain of %d against the raw client loop, CPU", s.events), median(cpu), 0.75, "")
	return nil
}

// drain fills an engine whose webhook is paused, turns it on, and waits for all.
func (s settings) drain() (c cost, err error) {
	err = withSink(func(to *process.Process) error {
		return s.withBird(s.toSink(to, "paused"), func(b *bird.Bird) error {
			if err := b.Fill(bird.DefaultSource, 0, s.events); err != nil {
				return err
			}
			settle()
			c, err = drainOn(b, to, s.events)
			return err
		})
	})
	return c, err
}

// drainOn turns the webhook on and waits until its sink has got count more.
func drainOn(b *bird.Bird, to *process.Process, count int) (c cost, err error) {
	had, err := sinkCount(to.Line)
	if err != nil {
		return c, err
	}
	before, pipe, began := process.CPUOf(b.Process, to), b.CPU(), time.Now()
	if err := b.SetState("sink", core.StateOn); err != nil {
		return c, err
	}
	if err := waitCount(to.Line, had+count, limit); err != nil {
		return c, err
	}
	c.wall = time.Since(began)
	settle()
	c.cpu, c.pipe = process.CPUOf(b.Process, to)-before, b.CPU()-pipe
	return c, nil
}

// measureThrough has senders post to the engine while it delivers. The same goes
// through a forwarder that stores nothing; and the ideal is what the two halves,
// taking a request and making one, allow one after the other.
func measureThrough(s settings, r *report) error {
	var cpu, pipe, wall, ideal []float64
	for range s.rounds {
		ingest, err := rawLoop(s.load, s.senders)
		if err != nil {
			return err
		}
		client, err := rawLoop(s.load, s.conc)
		if err != nil {
			return err
		}
		plain, err := s.throughForwarder()
		if err != nil {
			return err
		}
		ours, err := s.throughBird()
		if err != nil {
			return err
		}
		cpu = append(cpu, ratio(ours.cpu, plain.cpu))
		pipe = append(pipe, ratio(ours.pipe, plain.pipe))
		wall = append(wall, ratio(plain.wall, ours.wall))
		ideal = append(ideal, ratio(ingest.wall+client.wall, ours.wall))
		r.tell("forwarder / accept and deliver", fmt.Sprintf("%.0f / %.0f a second (ideal %.0f), %.1f / %.1f µs of CPU an event",
			perSecond(s.load, plain.wall), perSecond(s.load, ours.wall), perSecond(s.load, ingest.wall+client.wall),
			perEvent(s.load, plain.cpu), perEvent(s.load, ours.cpu)))
	}
	r.tell("wall against the forwarder", spread(wall))
	r.tell("wall against the ideal", spread(ideal))
	r.tell("CPU of the program in the middle alone", spread(pipe))
	r.tell("CPU of all processes", spread(cpu))
	r.atLeast(fmt.Sprintf("accept and deliver, %d senders: wall against the ideal", s.senders), median(ideal), 0.45, "")
	r.atMost(fmt.Sprintf("accept and deliver, %d senders: CPU against a forwarder", s.senders), median(cpu), 1.6, "")
	return nil
}

func (s settings) throughForwarder() (c cost, err error) {
	err = withSink(func(to *process.Process) error {
		f, err := child("forward", "-to", to.Line+"/in", "-conc", strconv.Itoa(s.senders))
		if err != nil {
			return err
		}
		defer f.Kill()
		c, err = load(s.load, s.senders, f.Line, to, to, f)
		return err
	})
	return c, err
}

func (s settings) throughBird() (c cost, err error) {
	err = withSink(func(to *process.Process) error {
		return s.withBird(s.toSink(to, "on"), func(b *bird.Bird) error {
			c, err = load(s.load, s.senders, b.Address(bird.DefaultSource), to, to, b.Process)
			return err
		})
	})
	return c, err
}
