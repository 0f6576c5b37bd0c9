package main

import (
	"fmt"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// measureStorage takes what it costs to accept events that one webhook waits for,
// and ten. Each event is stored once, so it should be the same.
func measureStorage(s settings, r *report) error {
	var cpu, written, ones []float64
	for range s.rounds {
		one, err := s.storeFor(1)
		if err != nil {
			return err
		}
		ten, err := s.storeFor(10)
		if err != nil {
			return err
		}
		ones = append(ones, one.cpu)
		cpu, written = append(cpu, ten.cpu/one.cpu), append(written, ten.written/one.written)
		r.tell("1 / 10 webhooks that wait", fmt.Sprintf("%.1f / %.1f µs of CPU, %.0f / %.0f bytes written an event",
			one.cpu, ten.cpu, one.written, ten.written))
	}
	r.tell("accepting an event as one of thousands, µs of CPU", spread(ones))
	r.atMost("accepting for 10 webhooks against 1: CPU", median(cpu), 1.2, "")
	r.atMost("accepting for 10 webhooks against 1: bytes written", median(written), 1.2, "")
	return nil
}

// stored is what it cost to store one event.
type stored struct{ cpu, written float64 }

func (s settings) storeFor(webhooks int) (c stored, err error) {
	var set bird.Settings
	for i := range webhooks {
		set.Webhooks = append(set.Webhooks, bird.Webhook(fmt.Sprintf("w%d", i), nobody, bird.Part{"state": "paused"}))
	}
	err = s.withBird(set, func(b *bird.Bird) error {
		if err := b.Fill(bird.DefaultSource, 0, 2000); err != nil { // what the first ones cost alone
			return err
		}
		settle()
		c, err = costOf(b.Process, s.events, func() error { return b.Fill(bird.DefaultSource, 2000, s.events) })
		return err
	})
	return c, err
}

// costOf is what it cost a process to store so many events.
func costOf(p *process.Process, events int, do func() error) (stored, error) {
	cpu, written := p.CPU(), p.Written()
	if err := do(); err != nil {
		return stored{}, err
	}
	settle()
	return stored{cpu: perEvent(events, p.CPU()-cpu), written: (p.Written() - written) / float64(events)}, nil
}

// nobody is an address where every connection is refused at once.
const nobody = "http://127.0.0.1:9/in"
