package main

import (
	"bytes"
	"fmt"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
	"hookbird/core/bench/traffic"
)

const largeEvent = 5 << 20 // bytes

// measureLarge sends events of 5 MB through the engine.
func measureLarge(s settings, r *report) error {
	var took, memory []float64
	body := append([]byte(`{"n":1,"scan":"`), bytes.Repeat([]byte("0123456789abcdef"), largeEvent/16)...)
	body = append(body, `"}`...)
	err := withSink(func(to *process.Process) error {
		set := s.toSink(to, "on")
		set.Sources = []bird.Part{bird.Local(bird.DefaultSource, bird.Part{"max_event_bytes": 16 << 20})}
		return s.withBird(set, func(b *bird.Bird) error {
			rt := traffic.Client(1)
			defer rt.CloseIdleConnections()
			for i := range s.rounds {
				began := time.Now()
				most, err := peak(b.Process, func() error {
					if err := traffic.Post(rt, b.Address(bird.DefaultSource), body); err != nil {
						return err
					}
					return waitCount(to.Line, i+1, limit)
				})
				if err != nil {
					return err
				}
				took, memory = append(took, time.Since(began).Seconds()), append(memory, most)
			}
			got, err := ask[int](to.Line, "/bytes")
			if err == nil && got != s.rounds*len(body) {
				err = fmt.Errorf("%d bytes came of %d", got, s.rounds*len(body))
			}
			return err
		})
	})
	if err != nil {
		return err
	}
	r.tell("event of 5 MB through the engine, seconds", spread(took))
	r.tell("event of 5 MB: own memory at most, MB", spread(memory))
	r.atMost("event of 5 MB through the engine", median(took), 1, " s")
	r.atMost("event of 5 MB: own memory at most", median(memory), 96, " MB")
	return nil
}
