package engine_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
)

const day = 24 * time.Hour

// keepDays has the engine keep content and what is unfinished for so many days.
func (r *rig) keepDays(content, unfinished int) {
	r.t.Helper()
	if err := r.engine.Apply(engine.Edit{Settings: func(s *core.Settings) {
		s.ContentDays, s.UnfinishedDays = content, unfinished
	}}); err != nil {
		r.t.Fatal(err)
	}
}

// events counts the records in the log.
func (r *rig) events() int {
	r.t.Helper()
	events, err := r.store.Events(0, 10_000, 1<<30)
	if err != nil {
		r.t.Fatal(err)
	}
	return len(events)
}

// What failed is kept for its own time, is told of before it goes, and leaves a row
// that says so.
func TestWhatFailedGoesAfterItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.keepDays(1, 8)
		r.save(hook("crm"))
		r.target.says = func(q request) string { return "not this: " + string(q.body) } // another reason each
		r.target.answers(http.StatusUnprocessableEntity)
		r.accept(0, 30)
		pass(time.Minute)
		r.target.answers(http.StatusOK)
		r.accept(30, 10)
		pass(5 * day)
		r.want("crm", 10, 0, 30)
		if n := r.events(); n != 30 {
			t.Errorf("%d records are kept, want those that failed", n)
		}
		if soon := r.engine.Expiring(); len(soon) != 0 {
			t.Errorf("told of %+v too soon", soon)
		}
		pass(day + 2*time.Hour)
		soon := r.engine.Expiring()
		if len(soon) != 1 || soon[0].Failed != 30 || soon[0].Held != 0 || soon[0].Webhook.ID != "crm" {
			t.Errorf("goes soon: %+v", soon)
			r.stop()
			return
		}
		if in := time.Until(soon[0].First); in < day || in > 2*day {
			t.Errorf("the first go in %v", in)
		}
		pass(3 * day)
		r.want("crm", 10, 0, 0)
		page, err := r.store.Deliveries(t.Context(), core.DeliveryQuery{States: []core.DeliveryState{core.Removed}})
		if err != nil || len(page.Rows) != 30 || !page.Rows[0].Bare || page.Rows[0].Attempts[0].Code != http.StatusUnprocessableEntity {
			t.Errorf("%d rows say that they were removed, %v", len(page.Rows), err)
		}
		if n := r.events(); n != 0 {
			t.Errorf("%d records are left", n)
		}
		if groups, err := r.store.Failures(); len(groups) != 0 || err != nil {
			t.Errorf("groups %+v, %v", groups, err)
		}
		if soon := r.engine.Expiring(); len(soon) != 0 {
			t.Errorf("goes soon: %+v", soon)
		}
		r.accept(40, 5)
		pass(time.Minute)
		r.want("crm", 15, 0, 0)
		r.stop()
	})
}

// What is held behind a cursor, was handed out before, or waits to be tried again
// ends likewise, also more of it than memory holds, and what came later goes out.
func TestWhatIsHeldGoesAfterItsTime(t *testing.T) {
	for name, shape := range map[string]func(*core.Webhook){
		"plain":    func(*core.Webhook) {},
		"in turns": func(w *core.Webhook) { w.Send = core.Send{Every: time.Hour, Batch: 20} },
		"in order": func(w *core.Webhook) { w.Order.Kind = core.OrderAll },
		"filtered": func(w *core.Webhook) { w.Filter = "n=.*[02468]" },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.start()
				r.keepDays(1, 4)
				w := hook("crm")
				shape(w)
				r.save(w)
				r.target.answers(http.StatusServiceUnavailable)
				r.accept(0, 5)
				pass(2 * time.Hour)
				w = w.Clone()
				w.State = core.StatePaused
				r.save(w)
				r.accept(5, 2000)
				pass(3*day + 12*time.Hour)
				if soon := r.engine.Expiring(); len(soon) == 0 || soon[0].Held+soon[0].Failed < 1000 {
					t.Errorf("goes soon: %+v", soon)
				}
				r.accept(2005, 10)
				pass(day)
				waits := uint64(10)
				if w.Filter != "" {
					waits = 5
				}
				r.want("crm", 0, waits, 0)
				if n := r.events(); n != 10 {
					t.Errorf("%d records are kept, want those that are not old yet", n)
				}
				r.target.answers(http.StatusOK)
				w = w.Clone()
				w.State = core.StateOn
				r.save(w)
				pass(2 * time.Hour)
				r.want("crm", waits, 0, 0)
				if got := len(r.target.records(t)); got > int(waits)+5 {
					t.Errorf("%d records arrived", got)
				}
				r.stop()
			})
		})
	}
}

// What no webhook wanted is kept for as long as what failed.
func TestWhatNobodyWantedHasItsOwnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.keepDays(1, 8)
		w := hook("crm")
		w.Filter = "n=.*[02468]"
		r.save(w)
		r.accept(0, 20)
		pass(3 * day)
		if n := r.events(); n != 10 {
			t.Errorf("%d records are kept, want those that nobody wanted", n)
		}
		pass(4 * day)
		if soon := r.engine.Expiring(); len(soon) != 1 || soon[0].Unwanted != 10 || soon[0].Webhook != nil {
			t.Errorf("goes soon: %+v", soon)
		}
		pass(2 * day)
		if n := r.events(); n != 0 {
			t.Errorf("%d records are kept", n)
		}
		r.stop()
	})
}

// For ever means that nothing unfinished goes.
func TestForEverKeepsWhatFailed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.keepDays(1, core.ForEver)
		r.save(hook("crm"))
		r.target.answers(http.StatusRequestEntityTooLarge)
		r.accept(0, 4)
		pass(20 * day)
		r.want("crm", 0, 0, 4)
		if n := r.events(); n != 4 {
			t.Errorf("%d records are kept", n)
		}
		if soon := r.engine.Expiring(); len(soon) != 0 {
			t.Errorf("goes soon: %+v", soon)
		}
		r.stop()
	})
}

// What is left of a large file ends likewise, whether the webhook or the file is
// paused.
func TestWhatIsHeldOfALargeFileGoesAfterItsTime(t *testing.T) {
	for name, pause := range map[string]func(r *rig, w *core.Webhook){
		"webhook": func(r *rig, w *core.Webhook) {
			w = w.Clone()
			w.State = core.StatePaused
			r.save(w)
		},
		"file": func(r *rig, _ *core.Webhook) {
			if err := r.engine.SetRun("big", core.RunPaused); err != nil {
				r.t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.slowly()
				r.start()
				r.keepDays(1, 4)
				w := hook("crm")
				w.Parallel = 1
				r.save(w)
				r.acceptRun(aRun("big"), 0, 1500)
				pass(100 * time.Second)
				pause(r, w)
				pass(5 * day)
				s := r.state("crm")
				if s.Waiting != 0 || s.Failed != 0 || s.Delivered < 90 || s.Delivered > 110 {
					t.Errorf("delivered %d, waiting %d, failed %d", s.Delivered, s.Waiting, s.Failed)
				}
				if n := r.events(); n != 0 {
					t.Errorf("%d records are kept", n)
				}
				count, err := r.store.CountDeliveries(t.Context(), core.DeliveryQuery{})
				if err != nil || count.States[core.Removed] != 1500-s.Delivered || count.States[core.Delivered] != s.Delivered {
					t.Errorf("the history has %v, %v", count.States, err)
				}
				r.stop()
			})
		})
	}
}

// Whatever happens in whatever order over weeks, nothing vanishes silently: each
// record arrived, waits, or has a row that says what became of it.
func TestNothingVanishesSilently(t *testing.T) {
	removed := uint64(0)
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { removed += vanishRun(t, rand.New(rand.NewPCG(seed, 1))) })
		})
	}
	if removed == 0 {
		t.Error("nothing became too old in any of these stories")
	}
}

// vanishRun makes up a story, and tells how many messages were removed in it.
func vanishRun(t *testing.T, dice *rand.Rand) (removed uint64) {
	r := newRig(t)
	r.start()
	r.keepDays(1, 2)
	w := hook("crm")
	w.Retry.Name = "24-hours"
	if dice.IntN(3) == 0 {
		w.Order.Kind = core.OrderAll
	}
	r.save(w)
	accepted := 0
	var story []string
	for range 12 + dice.IntN(14) {
		n := 0
		switch what := []string{"accept", "accept", "answer", "pass", "pass", "pass", "pause", "on", "restart", "crash"}[dice.IntN(10)]; what {
		case "accept":
			n = 1 + dice.IntN(300)
			r.accept(accepted, n)
			accepted += n
			story = append(story, fmt.Sprint("accept ", n))
		case "answer":
			n = []int{200, 503, 401, 413}[dice.IntN(4)]
			r.target.answers(n)
			story = append(story, fmt.Sprint("answer ", n))
		case "pass":
			n = 1 + dice.IntN(60)
			pass(time.Duration(n) * time.Hour)
			story = append(story, fmt.Sprint("pass hours ", n))
		case "pause", "on":
			c := w.Clone()
			if what == "pause" {
				c.State = core.StatePaused
			}
			r.save(c)
			story = append(story, what)
		case "restart":
			target := newTarget()
			target.answer = r.target.answer
			r.stop()
			r.target = target
			r.start()
			story = append(story, what)
		case "crash":
			r.crash()
			r.start()
			story = append(story, what)
		}
	}
	pass(time.Hour)
	removed = r.accounted(accepted, story)
	r.stop()
	return removed
}

// accounted holds that there is a row for each record that the cursor has passed,
// that what is counted is what is there, and that what is not finished has its record.
// It tells how many were removed.
func (r *rig) accounted(accepted int, story []string) (removed uint64) {
	r.t.Helper()
	s := r.state("crm")
	count, err := r.store.CountDeliveries(r.t.Context(), core.DeliveryQuery{})
	if err != nil {
		r.t.Fatal(err)
	}
	rows := uint64(0)
	for _, n := range count.States {
		rows += n
	}
	untried := s.Waiting - s.Retries
	if rows+untried != uint64(accepted) || count.States[core.Failed] != s.Failed || count.States[core.Waiting] != s.Retries {
		r.t.Errorf("of %d records %d have rows (%v) and %d are still to be tried; failed %d, retries %d\n%v",
			accepted, rows, count.States, untried, s.Failed, s.Retries, story)
	}
	for q := (core.DeliveryQuery{States: []core.DeliveryState{core.Failed, core.Waiting}, Limit: 500}); ; {
		page, err := r.store.Deliveries(r.t.Context(), q)
		if err != nil {
			r.t.Fatal(err)
		}
		for _, d := range page.Rows {
			if d.Event == nil {
				r.t.Fatalf("the record of row %v is gone\n%v", d.Key, story)
			}
		}
		if q.Before = page.Next; q.Before.IsZero() {
			return count.States[core.Removed]
		}
	}
}
