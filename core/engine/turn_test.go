package engine_test

import (
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
)

func everyTenSeconds(batch int) *core.Webhook {
	w := hook("crm")
	w.Send = core.Send{Every: 10 * time.Second, Batch: batch}
	return w
}

// untilTurn lets time pass until just after a turn has begun.
func untilTurn() {
	const every = 10 * time.Second
	pass(time.Until(time.Now().Truncate(every).Add(every + time.Millisecond)))
}

func TestATurnTakesSoMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(everyTenSeconds(2))
		untilTurn()
		r.accept(0, 5)
		pass(8 * time.Second)
		if n := len(r.target.requests()); n != 0 {
			t.Fatalf("%d went out in the turn that they came in", n)
		}
		for turn, want := range []int{2, 4, 5, 5} {
			untilTurn()
			pass(time.Second)
			if n := len(r.target.requests()); n != want {
				t.Errorf("after turn %d: %d sent, want %d", turn+1, n, want)
			}
		}
		for _, q := range r.target.requests() {
			if into := q.at.Sub(q.at.Truncate(10 * time.Second)); into > time.Second {
				t.Errorf("sent %v into a turn", into)
			}
		}
		r.want("crm", 5, 0, 0)
		r.stop()
	})
}

// A turn is not taken twice because the program was started again in it, and one
// that was missed meanwhile is caught up once.
func TestTurnsOverARestart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(everyTenSeconds(2))
		untilTurn()
		r.accept(0, 7)
		untilTurn()
		pass(time.Second)
		restart := func(after time.Duration) {
			got := r.target.requests()
			r.stop()
			pass(after)
			r.target = newTarget()
			r.target.got = got
			r.start()
			pass(time.Second)
		}
		restart(time.Second)
		if n := len(r.target.requests()); n != 2 {
			t.Errorf("%d sent after a restart within the turn, want 2", n)
		}
		restart(time.Minute)
		if n := len(r.target.requests()); n != 4 {
			t.Errorf("%d sent after a minute off, want one turn more", n)
		}
		r.stop()
	})
}

// A message that failed is tried again by its plan, in whatever turn that is.
func TestARetryWaitsForNoTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := everyTenSeconds(1)
		w.Retry = core.RetryPlan{Every: 3 * time.Second, Times: 3}
		r.save(w)
		r.target.answersBy(func(n int, _ request) int { return map[bool]int{true: 500, false: 200}[n == 1] })
		untilTurn()
		r.accept(0, 1)
		untilTurn()
		pass(4 * time.Second)
		r.want("crm", 1, 0, 0)
		r.stop()
	})
}
