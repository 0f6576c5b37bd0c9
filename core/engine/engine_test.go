package engine_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/core/retry"
)

// inBubble runs a test with a clock of its own.
func inBubble(t *testing.T, test func(t *testing.T, r *rig)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		test(t, r)
		r.stop()
	})
}

func TestEveryWebhookGetsWhatItWants(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		some := hook("some")
		some.Events = []string{"member.*"}
		r.save(hook("all"))
		r.save(some)
		events := numbered(0, 10)
		for i := range 4 {
			events[i].Type = "member.joined"
		}
		if err := r.engine.Accept(context.Background(), events, nil); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		r.want("all", 10, 0, 0)
		r.want("some", 4, 0, 0)
		if got := len(r.target.requests()); got != 14 {
			t.Errorf("target got %d requests, want 14", got)
		}
	})
}

func TestNewWebhookStartsAtTheEnd(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.accept(0, 5)
		r.save(hook("late"))
		r.accept(5, 2)
		pass(time.Second)
		r.want("late", 2, 0, 0)
	})
}

func TestTriesFollowThePlan(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		w := hook("crm")
		r.save(w)
		r.target.answersBy(func(n int, _ request) int {
			if n < 4 {
				return http.StatusServiceUnavailable
			}
			return http.StatusOK
		})
		r.accept(0, 1)
		pass(30 * time.Minute)
		r.want("crm", 1, 0, 0)
		got := r.target.requests()
		steps := retry.Steps(w.Retry)
		if len(got) != 4 {
			t.Fatalf("%d tries, want 4", len(got))
		}
		for i, q := range got {
			after := q.at.Sub(got[0].at)
			if after < steps[i] || after > steps[i]+steps[i]/5+2*time.Second {
				t.Errorf("try %d after %v, want about %v", i+1, after, steps[i])
			}
			if q.id != got[0].id {
				t.Errorf("try %d has id %s, the first had %s", i+1, q.id, got[0].id)
			}
		}
	})
}

func TestPlanEndsInFailedAndCanBeSentAgain(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.save(hook("crm"))
		r.target.answers(http.StatusInternalServerError)
		r.accept(0, 1)
		pass(3 * time.Hour)
		r.want("crm", 0, 0, 1)
		r.target.answers(http.StatusOK)
		page, err := r.store.Deliveries(context.Background(), core.DeliveryQuery{States: []core.DeliveryState{core.Failed}, Limit: 10})
		if err != nil || len(page.Rows) != 1 {
			t.Fatalf("failed rows: %v, %v", page.Rows, err)
		}
		n, err := r.engine.SendAgain([]core.DeliveryKey{page.Rows[0].Key})
		if n != 1 || err != nil {
			t.Fatalf("sent again %d, %v", n, err)
		}
		pass(2 * time.Hour)
		r.want("crm", 1, 0, 0)
	})
}

func TestRefusedDataEndsThePlanAtOnce(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.save(hook("crm"))
		r.target.answersBy(func(_ int, q request) int {
			if q.body == `{"n":3}` {
				return http.StatusUnprocessableEntity
			}
			return http.StatusOK
		})
		r.accept(0, 10)
		pass(time.Hour)
		r.want("crm", 9, 0, 1)
		if n := r.target.bodies()[`{"n":3}`]; n != 1 {
			t.Errorf("the refused record was tried %d times", n)
		}
	})
}

// What is sent again has its whole plan before it, also after a restart.
func TestSendAgainBeginsThePlanAnew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Retry.Name = "24-hours"
		r.save(w)
		r.target.answers(http.StatusUnprocessableEntity)
		r.accept(0, 1)
		pass(48 * time.Hour)
		paused := w.Clone()
		paused.State = core.StatePaused
		r.save(paused)
		sendAllAgain(t, r)
		r.stop()
		r.target = newTarget()
		r.target.answers(http.StatusInternalServerError)
		r.start()
		r.save(w)
		pass(12 * time.Hour)
		r.want("crm", 0, 1, 0)
		if n := len(r.target.requests()); n < 5 {
			t.Errorf("%d tries in the 12 hours after it was sent again", n)
		}
		r.stop()
	})
}

// A target that is down is asked seldom, and what waits uses no tries.
func TestDownTargetIsNotHammered(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.save(hook("crm"))
		r.target.answers(0)
		r.accept(0, 200)
		pass(time.Hour)
		if s := r.state("crm").Health.State; s != core.HealthDown {
			t.Fatalf("state %q, want down", s)
		}
		r.want("crm", 0, 200, 0)
		if n := len(r.target.requests()); n > 70 {
			t.Errorf("%d requests in an hour to a target that is down", n)
		}
		r.target.answers(http.StatusOK)
		pass(2 * time.Hour)
		r.want("crm", 200, 0, 0)
		if s := r.state("crm").Health.State; s != core.HealthGood {
			t.Errorf("state %q after it came back", s)
		}
	})
}

// A wrong key burns no records: five are refused, then nothing is sent.
func TestWrongKeyHoldsTheWebhook(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		w := hook("crm")
		r.save(w)
		r.target.answers(http.StatusUnauthorized)
		r.accept(0, 500)
		pass(24 * time.Hour)
		if s := r.state("crm").Health.State; s != core.HealthAttention {
			t.Fatalf("state %q, want attention", s)
		}
		r.want("crm", 0, 500, 0)
		if n := len(r.target.requests()); n > 10 {
			t.Errorf("%d requests with a wrong key", n)
		}
		before := len(r.target.requests())
		r.save(w.Clone()) // saved again, still wrong: one try
		pass(time.Hour)
		if n := len(r.target.requests()) - before; n != 1 {
			t.Errorf("%d tries after a save, want 1", n)
		}
		r.target.answers(http.StatusOK)
		r.save(w.Clone())
		pass(2 * time.Hour)
		r.want("crm", 500, 0, 0)
	})
}

func TestGoneTurnsOff(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.save(hook("crm"))
		r.target.answers(http.StatusGone)
		r.accept(0, 1)
		pass(time.Minute)
		if s := r.state("crm").Webhook.State; s != core.StateOff {
			t.Errorf("state %q after 410, want off", s)
		}
	})
}

func TestPausedKeepsItsPlace(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		w := hook("crm")
		w.State = core.StatePaused
		r.save(w)
		r.accept(0, 20)
		pass(time.Hour)
		r.want("crm", 0, 20, 0)
		on := w.Clone()
		on.State = core.StateOn
		r.save(on)
		pass(time.Second)
		r.want("crm", 20, 0, 0)
	})
}

func TestPauseOfAllEndsByItself(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.save(hook("crm"))
		if err := r.engine.Pause(core.Author{}, time.Now().Add(30*time.Minute)); err != nil {
			t.Fatal(err)
		}
		r.accept(0, 3)
		pass(29 * time.Minute)
		r.want("crm", 0, 3, 0)
		pass(2 * time.Minute)
		r.want("crm", 3, 0, 0)
		if r.engine.Settings().Paused {
			t.Error("still paused")
		}
	})
}

func TestOffThenOn(t *testing.T) {
	for _, meanwhile := range []bool{false, true} {
		inBubble(t, func(t *testing.T, r *rig) {
			w := hook("crm")
			w.State = core.StatePaused
			r.save(w)
			r.accept(0, 3) // waiting at the moment it is turned off: kept
			off := w.Clone()
			off.State = core.StateOff
			r.save(off)
			r.accept(3, 4) // came meanwhile
			pass(time.Minute)
			r.want("crm", 0, 3, 0)
			if n := r.state("crm").Meanwhile; n != 4 {
				t.Errorf("%d came meanwhile, want 4", n)
			}
			on := w.Clone()
			on.State = core.StateOn
			if err := r.engine.Apply(engine.Edit{Webhook: on, Any: true, Meanwhile: meanwhile}); err != nil {
				t.Fatal(err)
			}
			r.accept(7, 2)
			pass(time.Minute)
			want := uint64(5)
			if meanwhile {
				want = 9
			}
			r.want("crm", want, 0, 0)
		})
	}
}

// What waits at a stop is there at the next start, in any state it was in.
func TestRestartLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(hook("crm"))
		r.target.answersBy(func(n int, _ request) int {
			if n%3 == 0 {
				return http.StatusInternalServerError
			}
			return http.StatusOK
		})
		r.accept(0, 50)
		pass(50 * time.Millisecond)
		r.stop()
		r.target = newTarget()
		r.start()
		pass(3 * time.Hour)
		r.want("crm", 50, 0, 0)
		r.stop()
	})
}

// A change that is saved while results are still to be written says no more on disk
// than they do: after a crash nothing is counted that is not there, and nothing
// waits that nobody looks at.
func TestChangesKeepCountsTrueOverACrash(t *testing.T) {
	for _, change := range []string{"off", "again"} {
		t.Run(change, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.start()
				w := hook("crm")
				r.save(w)
				r.target.answers(http.StatusUnprocessableEntity)
				r.accept(0, 1)
				pass(time.Minute)
				r.target.answers(http.StatusInternalServerError)
				r.accept(1, 3)
				pass(time.Second)
				r.want("crm", 0, 3, 1)
				r.target.answers(http.StatusOK)
				if err := r.engine.TryNow("crm"); err != nil {
					t.Fatal(err)
				}
				synctest.Wait() // answered, and not yet on disk
				if n := len(r.target.requests()); n < 7 {
					t.Fatalf("%d requests", n)
				}
				switch change {
				case "off":
					c := w.Clone()
					c.State = core.StateOff
					r.save(c)
				case "again":
					sendAllAgain(t, r)
				}
				r.crash()
				r.start()
				r.save(w.Clone())
				pass(3 * time.Hour)
				sendAllAgain(t, r)
				pass(3 * time.Hour)
				r.want("crm", 4, 0, 0)
				r.inHistory(4, core.Delivered)
				r.stop()
			})
		})
	}
}

// inHistory checks how many deliveries are in a state, and that there are no others.
func (r *rig) inHistory(want int, state core.DeliveryState) {
	r.t.Helper()
	page, err := r.store.Deliveries(context.Background(), core.DeliveryQuery{Limit: 500})
	if err != nil {
		r.t.Fatal(err)
	}
	n := 0
	for _, d := range page.Rows {
		if d.State == state {
			n++
		}
	}
	if n != want || len(page.Rows) != want {
		r.t.Errorf("%d of %d in the history are %s, want %d", n, len(page.Rows), state, want)
	}
}

func TestConflictIsTold(t *testing.T) {
	inBubble(t, func(t *testing.T, r *rig) {
		r.save(hook("crm"))
		w := hook("crm")
		if err := r.engine.Apply(engine.Edit{Webhook: w, Revision: 1}); err != nil {
			t.Fatal(err)
		}
		err := r.engine.Apply(engine.Edit{Webhook: w, Revision: 1})
		if core.CodeOf(err) != core.CodeConflict {
			t.Errorf("second save from the same revision: %v, want a conflict", err)
		}
	})
}

// brokenStore refuses to commit while broken, as a full disk does.
type brokenStore struct {
	core.Store
	broken func() bool
}

func (s brokenStore) Commit(b *core.Batch) error {
	if s.broken() {
		return core.Wrap(core.CodeUnavailable, errors.New("no space left on device"), "The disk is full.")
	}
	return s.Store.Commit(b)
}

func TestFullDiskStopsIntakeAndLosesNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var full atomic.Bool
		r.wrap = func(s core.Store) core.Store { return brokenStore{s, full.Load} }
		r.start()
		r.save(hook("crm"))
		r.accept(0, 5)
		synctest.Wait()
		full.Store(true) // before the results are written
		err := r.engine.Accept(context.Background(), numbered(5, 1), nil)
		if core.CodeOf(err) != core.CodeUnavailable || core.Sentence(err) != "The disk is full." {
			t.Errorf("accept on a full disk: %v", err)
		}
		pass(time.Minute)
		if p := r.engine.Problems(); len(p) != 1 || p[0] != "The disk is full." {
			t.Errorf("problems: %v", p)
		}
		full.Store(false)
		pass(time.Minute)
		r.accept(5, 1)
		pass(time.Minute)
		r.want("crm", 6, 0, 0)
		if n := len(r.target.requests()); n != 6 {
			t.Errorf("%d requests for 6 records", n)
		}
		r.stop()
	})
}
