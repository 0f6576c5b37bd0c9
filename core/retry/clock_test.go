package retry_test

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/retry"

	"pgregory.net/rapid"
)

// A computer sleeps between tries, and its clock is set forward and back: a plan
// loses at most its last try, and that only where it has a limit. It never gets one
// more.
func TestSleepAndClockCostAtMostTheLastTry(t *testing.T) {
	jump := rapid.OneOf(
		rapid.Just(int64(0)),
		rapid.Int64Range(0, int64(8*h)),         // a night
		rapid.Int64Range(0, int64(30*24*h)),     // a holiday
		rapid.Int64Range(-int64(3*h), 0),        // the clock is set right
		rapid.Int64Range(-int64(1000*24*h), -1), // and this one was years ahead
	)
	rapid.Check(t, func(t *rapid.T) {
		plan := genPlan().Draw(t, "plan")
		first := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		state := retry.State{Tries: 1, First: first, Now: first.Add(time.Duration(jump.Draw(t, "first")))}
		for {
			delay, more := retry.Next(plan, state, rapid.Float64Range(0, 1).Draw(t, "rnd"))
			if !more {
				break
			}
			state = retry.State{
				Tries: state.Tries + 1, First: first, LastDelay: delay,
				Now: state.Now.Add(delay + time.Duration(jump.Draw(t, "jump"))),
			}
		}
		all := len(retry.Steps(plan))
		least := all
		if plan.Every == 0 && plan.Delays == nil && (plan.Name == "" || plan.Name == retry.Day) {
			least = all - 1
		}
		if state.Tries < least || state.Tries > all {
			t.Fatalf("%d tries of %d", state.Tries, all)
		}
	})
}

// What the clock says may end a plan, but never changes how long a delay is.
func TestDelayDoesNotHangOnTheClock(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := genPlan().Draw(t, "plan")
		state := retry.State{
			Tries:     rapid.IntRange(0, 25).Draw(t, "tries"),
			First:     time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC),
			LastDelay: time.Duration(rapid.Int64Range(0, int64(24*h)).Draw(t, "last")),
		}
		rnd := rapid.Float64Range(0, 1).Draw(t, "rnd")
		state.Now = state.First
		usual, atAll := retry.Next(plan, state, rnd)
		state.Now = state.First.Add(time.Duration(rapid.Int64().Draw(t, "since")))
		delay, more := retry.Next(plan, state, rnd)
		if more && (!atAll || delay != usual) || !more && atAll && state.Now.Before(state.First) {
			t.Fatalf("%s %v, but %s %v at %s", usual, atAll, delay, more, state.Now)
		}
	})
}

func TestClockBeforeTheFirstTryEndsNoPlan(t *testing.T) {
	first := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for _, plan := range []core.RetryPlan{{}, {Name: retry.NinetyMinutes}, {Every: m, Times: 30}} {
		steps := retry.Steps(plan)
		for tries := range len(steps) + 2 {
			state := retry.State{Tries: tries, First: first, Now: first.AddDate(-60, 0, 0), LastDelay: s}
			if _, more := retry.Next(plan, state, 0); more != (max(tries, 1) < len(steps)) {
				t.Errorf("%+v after %d tries of %d: more %v", plan, tries, len(steps), more)
			}
		}
	}
}
