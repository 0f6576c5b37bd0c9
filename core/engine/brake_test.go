package engine_test

import (
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/engine"
)

// braked is a webhook with a brake.
func braked(id string, first int) *core.Webhook {
	w := hook(id)
	w.Brake = core.Brake{Factor: 5, First: first}
	return w
}

// held is what a brake holds, zero if it holds nothing.
func (r *rig) held(id string) core.Braked { return r.state(id).Brake }

func (r *rig) answerBrake(a engine.BrakeAnswer) {
	r.t.Helper()
	if err := r.engine.AnswerBrake("crm", a, r.engine.Head()); err != nil {
		r.t.Fatal(err)
	}
	synctest.Wait()
	pass(10 * time.Second)
}

// TestBrakeAsksBeforeManyForTheFirstTime holds 600 records where 500 are let go, lets
// ten of them go, and then all; and asks nothing of the next few.
func TestBrakeAsksBeforeManyForTheFirstTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(braked("crm", 500))
		r.accept(0, 30)
		pass(10 * time.Second)
		r.want("crm", 30, 0, 0)
		r.accept(30, 600)
		pass(10 * time.Second)
		h := r.held("crm")
		if h.Since.IsZero() || h.Count != 600 || h.Known {
			t.Errorf("held: %+v", h)
		}
		r.want("crm", 30, 600, 0)
		pass(48 * time.Hour) // it does not go by itself
		r.want("crm", 30, 600, 0)

		r.restart() // and is held over a start
		pass(10 * time.Second)
		if h := r.held("crm"); h.Since.IsZero() || h.Count != 600 {
			t.Errorf("held after a start: %+v", h)
		}
		r.answerBrake(engine.BrakeTen)
		r.want("crm", 40, 590, 0)
		if h := r.held("crm"); h.Since.IsZero() || h.Count != 590 {
			t.Errorf("held after ten: %+v", h)
		}
		r.answerBrake(engine.BrakeAll)
		r.want("crm", 630, 0, 0)
		if h := r.held("crm"); !h.Since.IsZero() {
			t.Errorf("held after all: %+v", h)
		}
		r.accept(630, 20)
		pass(10 * time.Second)
		r.want("crm", 650, 0, 0)
		if err := r.engine.AnswerBrake("crm", engine.BrakeAll, 1); core.CodeOf(err) != core.CodeConflict {
			t.Errorf("answered what nobody asks: %v", err)
		}
		r.stop()
	})
}

// TestBrakeKnowsTheUsualDay holds what is more than five times the usual day, also when
// it comes little by little, and nothing less.
func TestBrakeKnowsTheUsualDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(braked("crm", 500))
		n := 0
		for range 4 {
			r.accept(n, 40)
			n += 40
			pass(24 * time.Hour)
		}
		r.want("crm", 160, 0, 0)
		r.accept(n, 190) // 200 are five times the usual
		pass(2 * time.Hour)
		r.want("crm", 350, 0, 0)
		for i := range 30 {
			r.accept(n+190+i, 1)
			pass(time.Minute)
		}
		h := r.held("crm")
		if s := r.state("crm"); s.Delivered < 350 || s.Delivered > 360 || h.Since.IsZero() || !h.Known || h.Usual != 40 {
			t.Errorf("delivered %d, held %+v", s.Delivered, h)
		}
		r.stop()
	})
}

// TestBrakeHoldsWhatGathered asks when a webhook that was paused comes back, holds no
// records of a webhook without a brake, and lets go what somebody sends again.
func TestBrakeHoldsWhatGathered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := braked("crm", 100)
		w.State = core.StatePaused
		r.save(w)
		r.save(hook("free"))
		r.accept(0, 300)
		pass(10 * time.Second)
		r.want("free", 300, 0, 0)
		w = w.Clone()
		w.State = core.StateOn
		r.save(w)
		pass(10 * time.Second)
		r.want("crm", 0, 300, 0)
		if h := r.held("crm"); h.Count != 300 {
			t.Errorf("held: %+v", h)
		}
		er := r.errand(engine.Errand{Kind: engine.ErrandThrow, Clear: &engine.Clear{Webhook: r.state("crm").Num, Limit: r.engine.Head() + 1, Why: "Too many."}})
		if er.Done != 300 {
			t.Errorf("threw away %d", er.Done)
		}
		pass(10 * time.Second)
		r.want("crm", 0, 0, 0)
		if n := r.count(core.Removed); n != 300 {
			t.Errorf("%d are kept as removed", n)
		}
		r.accept(300, 5)
		pass(10 * time.Second)
		r.want("crm", 5, 0, 0)

		w = w.Clone()
		w.Brake = core.Brake{}
		r.save(w)
		r.accept(305, 400)
		pass(10 * time.Second)
		r.want("crm", 405, 0, 0)
		r.stop()
	})
}

// TestLawOfTheBrake lets records come in any way, with pauses and starts between: no
// more goes out unasked than the brake lets, and nothing is lost.
func TestLawOfTheBrake(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		first := rapid.IntRange(1, 60).Draw(rt, "first")
		w := braked("crm", first)
		if rapid.Bool().Draw(rt, "together") {
			w.Body.Style, w.Send.Batch = core.BodyList, rapid.IntRange(2, 30).Draw(rt, "batch")
		}
		type step struct {
			do string
			n  int
		}
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
			return step{rapid.SampledFrom([]string{"come", "come", "pause", "on", "start"}).Draw(t, "do"), rapid.IntRange(1, 80).Draw(t, "n")}
		}), 1, 6).Draw(rt, "steps")
		synctest.Test(t, func(t *testing.T) {
			brakeLife(t, w, first, func(do func(what string, n int)) {
				for _, s := range steps {
					do(s.do, s.n)
				}
			})
		})
		if t.Failed() {
			rt.Fatalf("see above: %+v", steps)
		}
	})
}

// brakeLife has a webhook with a brake go through some steps.
func brakeLife(t *testing.T, w *core.Webhook, first int, steps func(do func(what string, n int))) {
	r := newRig(t)
	r.start()
	r.save(w)
	n := 0
	turn := func(state core.State) {
		w = w.Clone()
		w.State = state
		r.save(w)
	}
	steps(func(what string, k int) {
		switch what {
		case "come":
			r.accept(n, k)
			n += k
		case "pause":
			turn(core.StatePaused)
		case "on":
			turn(core.StateOn)
		case "start":
			r.restart()
		}
		pass(time.Minute)
	})
	s := r.state("crm")
	if s.Delivered > uint64(first) {
		t.Errorf("%d went out unasked, %d may", s.Delivered, first)
	}
	if s.Delivered+s.Waiting != uint64(n) {
		t.Errorf("%d delivered and %d waiting of %d", s.Delivered, s.Waiting, n)
	}
	turn(core.StateOn)
	pass(time.Minute)
	if !r.held("crm").Since.IsZero() {
		r.answerBrake(engine.BrakeAll)
	}
	pass(time.Minute)
	r.want("crm", uint64(n), 0, 0)
	r.stop()
}
