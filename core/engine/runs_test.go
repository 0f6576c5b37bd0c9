package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
)

func aRun(id string) *core.Run {
	return &core.Run{ID: id, Source: "test", Name: id + ".csv", Started: time.Now()}
}

// acceptRun stores n events of a large file, numbered from.
func (r *rig) acceptRun(run *core.Run, from, n int) {
	r.t.Helper()
	if err := r.engine.AcceptRun(context.Background(), run, numbered(from, n), nil); err != nil {
		r.t.Fatal(err)
	}
}

// slowly has the target take a second for each record.
func (r *rig) slowly() {
	r.target.answersBy(func(int, request) int {
		time.Sleep(time.Second)
		return http.StatusOK
	})
}

// Single records go before those of a large file, also of one that is half sent.
func TestSingleRecordsGoBeforeALargeFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.slowly()
		r.start()
		w := hook("crm")
		w.Parallel = 1
		r.save(w)
		r.acceptRun(aRun("big"), 0, 600)
		pass(100 * time.Second)
		r.accept(5000, 5)
		pass(10 * time.Second)
		got := r.target.requests()
		var order []int
		for _, q := range got {
			order = append(order, q.list(t)...)
		}
		i := slices.Index(order, 5000)
		if i < 95 || i > 105 || !slices.Equal(order[i:i+5], []int{5000, 5001, 5002, 5003, 5004}) || order[i+5] >= 600 {
			t.Errorf("sent in the order %v", order)
		}
		runs := r.engine.Runs()
		if len(runs) != 1 || runs[0].Left < 450 || runs[0].Left > 550 || runs[0].Done.IsZero() {
			t.Errorf("runs %+v", runs)
		}
		pass(time.Hour)
		r.want("crm", 605, 0, 0)
		if runs := r.engine.Runs(); len(runs) != 0 {
			t.Errorf("runs %+v", runs)
		}
		r.stop()
	})
}

// A large file can be paused and given up without touching what else is sent.
func TestPauseAndGiveUpALargeFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.slowly()
		r.start()
		w := hook("crm")
		w.Parallel = 1
		r.save(w)
		r.acceptRun(aRun("big"), 0, 1000)
		pass(10 * time.Second)
		set := func(state core.RunState) {
			t.Helper()
			if err := r.engine.SetRun("big", state); err != nil {
				t.Fatal(err)
			}
		}
		set(core.RunPaused)
		pass(5 * time.Second)
		before := r.state("crm").Delivered
		r.accept(2000, 3)
		pass(time.Minute)
		r.want("crm", before+3, 1000-before, 0)
		r.engineAnew()
		r.slowly()
		pass(time.Minute)
		r.want("crm", before+3, 1000-before, 0)
		set(core.RunGoing)
		pass(20 * time.Second)
		set(core.RunEnded)
		pass(time.Minute)
		s := r.state("crm")
		if s.Waiting != 0 || s.Delivered < before+15 || s.Delivered > before+30 {
			t.Errorf("delivered %d, waiting %d after %d before the pause", s.Delivered, s.Waiting, before)
		}
		r.accept(3000, 2)
		pass(time.Minute)
		r.want("crm", s.Delivered+2, 0, 0)
		if err := r.engine.SetRun("big", core.RunGoing); core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("a file that was given up goes on: %v", err)
		}
		r.stop()
	})
}

// engineAnew stops the program and starts it again.
func (r *rig) engineAnew() {
	got, answer, says := r.target.requests(), r.target.answer, r.target.says
	r.stop()
	r.target = newTarget()
	r.target.got, r.target.answer, r.target.says = got, answer, says
	r.start()
}

// Settings and runs that change while a slice of a run is being read leave no gap.
func TestChangesWhileALargeFileIsReadLoseNothing(t *testing.T) {
	for i := range 150 {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.start()
			w := hook("crm")
			w.Filter = "n=.*[02468]"
			r.save(w)
			run := aRun("big")
			for part := range 2 {
				r.acceptRun(run, 40*part, 40)
				r.crash()
				r.start()
				_ = r.engine.SetRun("big", core.RunGoing) // it may have been sent already
			}
			r.save(w.Clone())
			pass(time.Minute)
			got := r.target.records(t)
			for n := 0; n < 80; n += 2 {
				if got[n] == 0 {
					t.Errorf("round %d: record %d never arrived", i, n)
				}
			}
			r.stop()
		})
		if t.Failed() {
			return
		}
	}
}

// Whatever comes in between, and whenever the program dies, all records of a
// large file and all single ones arrive.
func TestLargeFilesAreNeverLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.start()
			w := hook("crm")
			switch rapid.SampledFrom([]string{"plain", "filter", "list", "ordered"}).Draw(rt, "shape") {
			case "filter":
				w.Filter = "n=.*[02468]"
			case "list":
				w.Body.Style, w.Send.Batch = core.BodyList, 7
			case "ordered":
				w.Order.Kind = core.OrderAll
			}
			r.save(w)
			n := 0
			run := aRun("big")
			story := []string{fmt.Sprintf("style %q, order %+v, filter %q", w.Body.Style, w.Order, w.Filter)}
			for range rapid.IntRange(1, 10).Draw(rt, "steps") {
				step := rapid.SampledFrom([]string{"run", "run", "one", "crash", "pass", "off", "on", "pause", "go"}).Draw(rt, "step")
				story = append(story, step)
				switch step {
				case "run":
					r.acceptRun(run, n, 40)
					n += 40
				case "one":
					r.accept(n, 3)
					n += 3
				case "crash":
					r.crash()
					r.start()
				case "pass":
					pass(time.Duration(rapid.IntRange(1, 3000).Draw(rt, "ms")) * time.Millisecond)
				case "off":
					c := w.Clone()
					c.State = core.StatePaused
					r.save(c)
				case "on":
					r.save(w.Clone())
				case "pause":
					_ = r.engine.SetRun("big", core.RunPaused) // there may be none yet
				case "go":
					_ = r.engine.SetRun("big", core.RunGoing)
				}
			}
			_ = r.engine.SetRun("big", core.RunGoing)
			r.save(w.Clone())
			pass(10 * time.Minute)
			got, wanted := r.target.records(t), 0
			for i := range n {
				if w.Filter != "" && i%2 == 1 {
					continue
				}
				if wanted++; got[i] == 0 {
					t.Errorf("record %d of %d never arrived", i, n)
				}
			}
			if s := r.state("crm"); s.Waiting != 0 || s.Failed != 0 || s.Delivered < uint64(wanted) {
				t.Errorf("of %d: delivered %d, waiting %d, failed %d, %+v\n%v", wanted, s.Delivered, s.Waiting, s.Failed, s.Health, story)
			}
			r.stop()
		})
	})
}
