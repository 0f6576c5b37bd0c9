package main

import (
	"fmt"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
	"hookbird/core/bench/traffic"
)

// measureBulk posts very many events as JSON lines in one request.
func measureBulk(s settings, r *report) error {
	lines := traffic.Lines(0, s.bulk)
	var rates, busy, memory []float64
	err := withSink(func(to *process.Process) error {
		for range s.rounds {
			rate, most, err := s.bulkRound(to, "paused", lines)
			if err != nil {
				return err
			}
			rates, memory = append(rates, rate), append(memory, most)
			if rate, _, err = s.bulkRound(to, "on", lines); err != nil {
				return err
			}
			busy = append(busy, rate)
		}
		return nil
	})
	if err != nil {
		return err
	}
	r.tell(fmt.Sprintf("one request of %d events, %.0f MB: own memory at most, MB", s.bulk, float64(len(lines))/1e6), spread(memory))
	r.tell("accepted a second while nothing is sent", spread(rates))
	r.tell("accepted a second while they are also sent", spread(busy))
	r.atLeast(fmt.Sprintf("one request of %d events: accepted a second", s.bulk), median(rates), 50_000, "")
	return nil
}

// bulkRound gives how many events a second were accepted, and the most memory of
// its own that the engine had.
func (s settings) bulkRound(to *process.Process, state string, lines []byte) (rate, megabytes float64, err error) {
	err = s.withBird(s.toSink(to, state), func(b *bird.Bird) error {
		rt := traffic.Client(1)
		defer rt.CloseIdleConnections()
		if err := b.PostLines(rt, bird.DefaultSource, traffic.Lines(0, 1)); err != nil {
			return err
		}
		settle()
		var took time.Duration
		megabytes, err = peak(b.Process, func() error {
			began := time.Now()
			err := b.PostLines(rt, bird.DefaultSource, lines)
			took = time.Since(began)
			return err
		})
		if err != nil {
			return err
		}
		rate = perSecond(s.bulk, took)
		st, err := b.Status()
		if err == nil && st.Events != uint64(s.bulk+1) {
			err = fmt.Errorf("%d events were accepted, not %d", st.Events, s.bulk+1)
		}
		b.Kill() // nobody waits for what is still to be sent
		return err
	})
	return rate, megabytes, err
}
