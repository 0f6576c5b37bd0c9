package engine_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
)

// people are n events, numbered from, of so many persons in turn.
func people(from, n, persons int) []*core.Event {
	events := numbered(from, n)
	for i, e := range events {
		e.Data = fmt.Appendf(nil, `{"n":%d,"email":"p%d@example.org"}`, from+i, (from+i)%persons)
	}
	return events
}

func (r *rig) acceptPeople(from, n, persons int) {
	r.t.Helper()
	if err := r.engine.Accept(context.Background(), people(from, n, persons), nil); err != nil {
		r.t.Fatal(err)
	}
}

// judge watches a target: which records it is done with, and whether one comes
// before it is done with those that it has to follow.
type judge struct {
	mu      sync.Mutex
	done    map[int]bool // accepted, or refused for good
	follows func(n, m int) bool
	wrong   string
	story   []string
}

// sees is called when a request with these records arrives.
func (j *judge) sees(records []int) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.story = append(j.story, fmt.Sprint("got ", records))
	for _, n := range records {
		for m := range n {
			if j.follows(n, m) && !j.done[m] && !contains(records, m) && j.wrong == "" {
				j.wrong = fmt.Sprintf("%d came before %d was done", n, m)
			}
		}
	}
}

func contains(list []int, n int) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}

func (j *judge) finish(records []int, status int) {
	j.tell(fmt.Sprint(status, " for ", records))
	if status == http.StatusOK || status == http.StatusUnprocessableEntity && len(records) == 1 {
		j.mu.Lock()
		defer j.mu.Unlock()
		for _, n := range records {
			j.done[n] = true
		}
	}
}

func (j *judge) tell(what string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.story = append(j.story, what)
}

// Whatever the target answers and whenever the program dies, no record comes
// before the one that it has to follow is accepted or given up.
func TestOrderHolds(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) { orderRun(t, rt) })
	})
}

func orderRun(t *testing.T, rt *rapid.T) {
	r := newRig(t)
	w := hook("crm")
	w.Parallel, w.Retry = rapid.IntRange(1, 8).Draw(rt, "parallel"), core.RetryPlan{Every: 2 * time.Second, Times: 50} // more than the target refuses one
	persons := rapid.IntRange(1, 6).Draw(rt, "persons")
	j := &judge{done: map[int]bool{}, follows: func(int, int) bool { return true }}
	w.Order.Kind = core.OrderAll
	if rapid.Bool().Draw(rt, "by person") {
		w.Order = core.Order{Kind: core.OrderField, Field: "email"}
		j.follows = func(n, m int) bool { return n%persons == m%persons }
	}
	if rapid.Bool().Draw(rt, "lists") {
		w.Body.Style, w.Send.Batch = core.BodyList, rapid.IntRange(2, 9).Draw(rt, "batch")
	}
	bad := rapid.SampledFrom([]int{http.StatusInternalServerError, http.StatusUnprocessableEntity, http.StatusTooManyRequests}).Draw(rt, "bad")
	every := rapid.IntRange(2, 9).Draw(rt, "every")
	answer := func(n int, q request) int {
		records := q.list(t)
		j.sees(records)
		time.Sleep(time.Duration(n%5) * 100 * time.Millisecond)
		status := http.StatusOK
		if n%every == 0 {
			status = bad
		}
		j.finish(records, status)
		return status
	}
	r.target.answersBy(answer)
	r.start()
	r.save(w)
	accepted := 0
	for range rapid.IntRange(1, 6).Draw(rt, "steps") {
		switch rapid.SampledFrom([]string{"accept", "accept", "crash", "restart"}).Draw(rt, "step") {
		case "accept":
			n := rapid.IntRange(1, 20).Draw(rt, "n")
			r.acceptPeople(accepted, n, persons)
			accepted += n
			pass(time.Duration(rapid.IntRange(0, 4000).Draw(rt, "ms")) * time.Millisecond)
		case "crash":
			j.tell("crash")
			r.crash()
			r.target.answersBy(answer)
			r.start()
		case "restart":
			j.tell("restart")
			got := r.target.requests()
			r.stop()
			r.target = newTarget()
			r.target.got = got
			r.target.answersBy(answer)
			r.start()
		}
	}
	pass(time.Hour)
	s := r.state("crm")
	if s.Waiting != 0 || s.Delivered+s.Failed < uint64(accepted) {
		t.Errorf("accepted %d: delivered %d, failed %d, waiting %d, %+v", accepted, s.Delivered, s.Failed, s.Waiting, s.Health)
	}
	if j.wrong != "" {
		t.Errorf("%s: %+v, parallel %d, %d persons\n%s", j.wrong, w.Order, w.Parallel, persons, strings.Join(j.story, "\n"))
	}
	r.stop()
}

// While one person's record waits to be tried again, the others go on.
func TestOnePersonDoesNotHoldTheOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Order = core.Order{Kind: core.OrderField, Field: "email"}
		r.save(w)
		r.target.answersBy(func(_ int, q request) int {
			if q.list(t)[0] == 0 {
				return http.StatusConflict
			}
			return http.StatusOK
		})
		r.acceptPeople(0, 9, 3)
		pass(30 * time.Second)
		r.want("crm", 6, 3, 0)
		r.target.answers(http.StatusOK)
		pass(time.Minute)
		r.want("crm", 9, 0, 0)
		r.stop()
	})
}

// Where only the newest record of a person counts, older ones that still wait are
// not sent any more, and nothing else is lost.
func TestOnlyTheNewestCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Order = core.Order{Kind: core.OrderField, Field: "email", Newest: true}
		r.save(w)
		r.target.answersBy(func(_ int, q request) int {
			time.Sleep(time.Second)
			if n := q.list(t)[0]; n < 2 {
				return http.StatusConflict
			}
			return http.StatusOK
		})
		r.acceptPeople(0, 2, 2) // will wait to be tried again
		pass(5 * time.Second)
		r.want("crm", 0, 2, 0)
		r.acceptPeople(2, 2, 2)
		pass(100 * time.Millisecond)
		r.acceptPeople(4, 4, 2)
		pass(5 * time.Second)
		r.want("crm", 4, 0, 0)
		want := map[int]int{0: 1, 1: 1, 2: 1, 3: 1, 6: 1, 7: 1} // 2 and 3 were on their way when 4 and 5 were replaced
		if got := r.target.records(t); !maps.Equal(got, want) {
			t.Errorf("records came %v, want %v", got, want)
		}
		if n := r.count(core.Replaced); n != 4 {
			t.Errorf("%d were replaced", n)
		}
		r.stop()
	})
}

// count counts the rows of the history in a state.
func (r *rig) count(state core.DeliveryState) int {
	r.t.Helper()
	page, err := r.store.Deliveries(r.t.Context(), core.DeliveryQuery{States: []core.DeliveryState{state}, Limit: 500})
	if err != nil {
		r.t.Fatal(err)
	}
	return len(page.Rows)
}

// Of a large backlog only the newest record of each person goes out, also when the
// program dies meanwhile, and new ones that come in between count too.
func TestOnlyTheNewestOfABacklogCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Order = core.Order{Kind: core.OrderField, Field: "email", Newest: true}
		paused := w.Clone()
		paused.State = core.StatePaused
		r.save(paused)
		const all, persons = 5000, 6
		for from := 0; from < all; from += 1000 {
			r.acceptPeople(from, 1000, persons)
		}
		r.target.answersBy(func(int, request) int { time.Sleep(time.Second); return http.StatusOK })
		r.save(w)
		pass(time.Second / 2)
		r.acceptPeople(all, persons, persons)
		pass(time.Minute)
		if s := r.state("crm"); s.Waiting != 0 || s.Failed != 0 || s.Delivered > 2*persons {
			t.Errorf("delivered %d, waiting %d, failed %d", s.Delivered, s.Waiting, s.Failed)
		}
		got := r.target.records(t)
		for n := all; n < all+persons; n++ {
			if got[n] != 1 {
				t.Errorf("record %d, the newest of its person, came %d times", n, got[n])
			}
		}
		r.stop()
	})
}

// A record that names nobody has nobody to wait for.
func TestRecordsOfNobodyHaveNoOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Order = core.Order{Kind: core.OrderField, Field: "email"}
		r.save(w)
		r.target.answersBy(func(_ int, q request) int {
			var record struct{ N int }
			if err := json.Unmarshal([]byte(q.body), &record); err != nil {
				t.Error(err)
			}
			if record.N == 0 {
				return http.StatusConflict
			}
			return http.StatusOK
		})
		r.accept(0, 5)
		pass(5 * time.Second)
		r.want("crm", 4, 1, 0)
		r.stop()
	})
}

// However many wait for one person when the program dies, they all go out after it.
func TestManyWaitForOnePersonOverACrash(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Order = core.Order{Kind: core.OrderField, Field: "email"}
		r.save(w)
		r.target.answers(http.StatusConflict)
		r.acceptPeople(0, 700, 1)
		pass(5 * time.Second)
		r.want("crm", 0, 700, 0)
		r.crash()
		r.target.answers(http.StatusOK)
		r.start()
		pass(2 * time.Minute)
		r.want("crm", 700, 0, 0)
		r.stop()
	})
}
