package main

import (
	"fmt"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// measureIsolation has events go to a target that works, alone and beside ten that
// never answer and ten that refuse.
func measureIsolation(s settings, r *report) error {
	var rates []float64
	for range s.rounds {
		alone, err := s.throughBird()
		if err != nil {
			return err
		}
		beside, err := s.besideBad()
		if err != nil {
			return err
		}
		rates = append(rates, ratio(alone.wall, beside.wall))
		r.tell("alone / beside twenty bad targets", fmt.Sprintf("%.0f / %.0f a second, %.1f / %.1f µs of CPU of the engine an event",
			perSecond(s.load, alone.wall), perSecond(s.load, beside.wall), perEvent(s.load, alone.pipe), perEvent(s.load, beside.pipe)))
	}
	r.tell("rate beside ten that hang and ten that refuse, against alone", spread(rates))
	r.atLeast("rate beside ten that hang and ten that refuse, against alone", median(rates), 0.8, "")
	return nil
}

func (s settings) besideBad() (c cost, err error) {
	err = withSink(func(to *process.Process) error {
		return withSink(func(bad *process.Process) error {
			set := s.toSink(to, "on")
			set.Webhooks = append(set.Webhooks, badTargets(bad.Line)...)
			return s.withBird(set, func(b *bird.Bird) error {
				c, err = load(s.load, s.senders, b.Address(bird.DefaultSource), to, to, b.Process)
				b.Kill() // it would wait for those that hang
				return err
			})
		})
	})
	return c, err
}

// badTargets are ten webhooks whose targets never answer, half of them with a time
// limit that ends many of the requests meanwhile, and ten whose targets refuse in
// three ways.
func badTargets(bad string) []bird.Part {
	var all []bird.Part
	for i := range 10 {
		more := bird.Part{}
		if i%2 == 0 {
			more["timeout"] = "500ms"
		}
		all = append(all, bird.Webhook(fmt.Sprintf("hangs%d", i), bad+"/hang", more))
	}
	for i := range 10 {
		address := []string{nobody, bad + "/answer/500", bad + "/answer/401"}[i%3]
		all = append(all, bird.Webhook(fmt.Sprintf("refuses%d", i), address, nil))
	}
	return all
}
