// Package retry knows the plans by which a delivery that failed is tried again:
// when the next try is, when there is none, and how to say so in words.
//
// It must not know of stores, clocks or HTTP: every time it needs is given to it.
package retry

import (
	"time"

	"hookbird/core"
)

// The plans that exist from the start. The zero plan is Day.
const (
	Day              = "24-hours"
	NinetyMinutes    = "90-minutes"
	StandardWebhooks = "standard-webhooks"
	None             = "none"
)

// Limits of a plan.
const (
	MinDelay = time.Millisecond
	MaxDelay = 30 * 24 * time.Hour
	MinEvery = time.Second
	MaxTries = 1000 // delays of a list, or times of "every"
)

// Bounds of what a target may ask for with Retry-After.
const (
	MinAfter = time.Second
	MaxAfter = 24 * time.Hour
)

// State is how far a delivery has come.
type State struct {
	Tries     int           // made so far, the one that just failed included
	First     time.Time     // when it was first tried
	Now       time.Time     // when the next delay begins
	LastDelay time.Duration // how long the last delay was; 0 if there was none
}

// plan is a RetryPlan worked out.
type plan struct {
	delays []time.Duration // each counted from the try before
	jitter bool
	limit  time.Duration // no try later than this after the first; 0: no limit but the delays
}

// Next gives how long to wait for the next try. more is false when the plan has
// ended. rnd, in [0, 1), spreads the tries of many deliveries: a delay grows by
// up to a tenth, unless the plan says "every". The result is in whole
// milliseconds. A plan that Validate refuses counts as the zero plan.
func Next(p core.RetryPlan, s State, rnd float64) (delay time.Duration, more bool) {
	w := work(p)
	made := max(s.Tries, 1)
	if made > len(w.delays) {
		return 0, false
	}
	base := w.delays[made-1]
	delay = base
	if w.jitter {
		delay = stretch(base, rnd)
		if made > 1 && w.delays[made-2] <= base {
			// LastDelay may be longer than the plan's, because the target asked
			// for it: only the plan's own part of it counts.
			delay = max(delay, min(s.LastDelay, stretch(w.delays[made-2], 1)))
		}
	}
	if w.limit > 0 && awake(w, s, made)+delay > w.limit {
		return 0, false
	}
	return max(delay.Truncate(time.Millisecond), MinDelay), true
}

// awake is how much of a limit a delivery has used. It is never more than the
// plan can have taken at its slowest, so that a night with the lid closed does
// not count; it costs at most the last try. A clock that was set back to before the
// first try uses up nothing: then the plan ends with its tries.
func awake(w plan, s State, made int) time.Duration {
	slowest := stretch(sum(w.delays[:made-1]), 1) + time.Duration(made)*time.Minute
	return min(s.Now.Sub(s.First), slowest)
}

// stretch makes a delay up to a tenth longer.
func stretch(d time.Duration, rnd float64) time.Duration {
	return d + time.Duration(float64(d/10)*min(max(rnd, 0), 1))
}

// After gives the later of a plan's delay and what the target asked for with
// Retry-After, held between MinAfter and MaxAfter. retryAfter 0 means that it
// asked for nothing.
func After(delay, retryAfter time.Duration) time.Duration {
	if retryAfter <= 0 {
		return delay
	}
	return max(delay, min(max(retryAfter, MinAfter), MaxAfter))
}

// Steps gives when each try of a plan is, without jitter, counted from the first:
// 0 for the first try itself, then one entry a further try.
func Steps(p core.RetryPlan) []time.Duration {
	steps := []time.Duration{0}
	at := time.Duration(0)
	for _, d := range work(p).delays {
		at += d
		steps = append(steps, at)
	}
	return steps
}

var (
	ninetyMinutes = plan{jitter: true, delays: each(time.Minute, 1, 2, 4, 8, 15, 25, 35)}
	standard      = plan{jitter: true, delays: append(
		[]time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute},
		each(time.Hour, 2, 5, 10, 14, 20, 24)...)}
	day = plan{jitter: true, limit: 24 * time.Hour, delays: doubling(30*time.Second, 2*time.Hour, 24*time.Hour)}
)

// work finds what a plan says.
func work(p core.RetryPlan) plan {
	switch {
	case p.Name == NinetyMinutes:
		return ninetyMinutes
	case p.Name == StandardWebhooks:
		return standard
	case p.Name == None:
		return plan{}
	case p.Name == "" && p.Every > 0 && p.Times > 0:
		delays := make([]time.Duration, min(p.Times, MaxTries))
		for i := range delays {
			delays[i] = p.Every
		}
		return plan{delays: delays}
	case p.Name == "" && len(p.Delays) > 0:
		return plan{delays: p.Delays, jitter: true}
	default:
		return day
	}
}

// doubling gives delays that double from first up to most and then stay, as many
// as fit into total.
func doubling(first, most, total time.Duration) []time.Duration {
	var delays []time.Duration
	for d := first; sum(delays)+d <= total; d = min(2*d, most) {
		delays = append(delays, d)
	}
	return delays
}

func each(unit time.Duration, counts ...int) []time.Duration {
	delays := make([]time.Duration, len(counts))
	for i, n := range counts {
		delays[i] = time.Duration(n) * unit
	}
	return delays
}

func sum(delays []time.Duration) time.Duration {
	var total time.Duration
	for _, d := range delays {
		total += d
	}
	return total
}
