package engine_test

import (
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
)

// lists is a webhook that sends lists of at most so many records.
func lists(batch int) *core.Webhook {
	w := hook("crm")
	w.Body.Style, w.Send.Batch, w.Parallel = core.BodyList, batch, 1
	return w
}

// acceptBefore has n records wait when the webhook is turned on.
func (r *rig) acceptBefore(w *core.Webhook, n int) {
	r.t.Helper()
	paused := w.Clone()
	paused.State = core.StatePaused
	r.save(paused)
	r.accept(0, n)
	r.save(w)
}

func TestAListHoldsWhatWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := lists(50)
		r.acceptBefore(w, 120)
		pass(time.Second)
		r.want("crm", 120, 0, 0)
		var sizes []int
		var all []int
		for _, q := range r.target.requests() {
			list := q.list(t)
			sizes, all = append(sizes, len(list)), append(all, list...)
		}
		if !slices.Equal(sizes, []int{50, 50, 20}) || !slices.IsSorted(all) {
			t.Errorf("lists of %v, holding %v", sizes, all)
		}
		r.accept(120, 1)
		pass(time.Second)
		if got := r.target.requests(); got[len(got)-1].body != `[{"n":120}]` {
			t.Errorf("a record that came alone went out as %s", got[len(got)-1].body)
		}
		r.stop()
	})
}

// A list that failed is tried again with the same records under the same id,
// also by another process, while others go on.
func TestAFailedListStaysTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.target.answersBy(func(n int, _ request) int {
			if n <= 2 {
				return http.StatusInternalServerError
			}
			return http.StatusOK
		})
		w := lists(10)
		r.acceptBefore(w, 20)
		pass(time.Second)
		r.want("crm", 0, 20, 0)
		failed := r.target.requests()
		r.crash()
		r.start()
		r.accept(20, 3)
		pass(2 * time.Minute)
		r.want("crm", 23, 0, 0)
		all := r.target.requests()
		for _, was := range failed {
			if i := slices.IndexFunc(all[2:], func(q request) bool { return q.id == was.id }); i < 0 || all[2+i].body != was.body {
				t.Errorf("the list %s of %s was not sent again as it was", was.id, was.body)
			}
		}
		r.stop()
	})
}

// Each record of a list has a row of its own, and can be sent again by itself.
func TestOneOfAListIsSentAgainAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.target.answers(http.StatusUnprocessableEntity)
		w := lists(3)
		r.acceptBefore(w, 3)
		pass(time.Second)
		r.want("crm", 0, 0, 3)
		page, err := r.store.Deliveries(t.Context(), core.DeliveryQuery{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		r.target.answers(http.StatusOK)
		i := slices.IndexFunc(page.Rows, func(d core.Delivery) bool { return d.Key.Seq == 2 })
		if n, err := r.engine.SendAgain([]core.DeliveryKey{page.Rows[i].Key}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		pass(time.Second)
		r.want("crm", 1, 0, 2)
		got := r.target.requests()
		if last := got[len(got)-1]; last.body != `[{"n":1}]` {
			t.Errorf("sent again as %s", last.body)
		}
		r.stop()
	})
}

// A record that no message can be made of fails by itself.
func TestOneUnfitRecordDoesNotSpoilItsList(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := lists(10)
		w.Body.Fields = []core.Field{{Name: "n", From: "n", Convert: []string{"values:0=0,1=1,3=3", "number"}}}
		r.acceptBefore(w, 4)
		pass(time.Second)
		r.want("crm", 3, 0, 1)
		if got := r.target.requests(); len(got) != 1 || got[0].body != `[{"n":0},{"n":1},{"n":3}]` {
			t.Errorf("sent %v", got)
		}
		page, err := r.store.Deliveries(t.Context(), core.DeliveryQuery{States: []core.DeliveryState{core.Failed}, Limit: 10})
		if err != nil || len(page.Rows) != 1 || page.Rows[0].Attempts[0].Cause != core.CauseBuild {
			t.Errorf("failed: %+v, %v", page.Rows, err)
		}
		r.stop()
	})
}

// What failed as a list goes out as today's settings have it: one by one, or in
// smaller lists.
func TestAListIsTakenApartWhenItsWebhookSendsNone(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*core.Webhook)
		want   int // requests
	}{
		"one by one":      {func(w *core.Webhook) { w.Body.Style = core.BodyJSON }, 6},
		"smaller lists":   {func(w *core.Webhook) { w.Send.Batch = 4 }, 2},
		"the same anew":   {func(w *core.Webhook) { w.Name = "Another name" }, 1},
		"in larger lists": {func(w *core.Webhook) { w.Send.Batch = 50 }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.start()
				r.target.answers(http.StatusServiceUnavailable)
				w := lists(6)
				r.acceptBefore(w, 6)
				pass(time.Second)
				before := len(r.target.requests())
				r.target.answers(http.StatusOK)
				c := w.Clone()
				tt.change(c)
				r.save(c)
				pass(2 * time.Hour)
				r.want("crm", 6, 0, 0)
				if n := len(r.target.requests()) - before; n != tt.want {
					t.Errorf("%d requests, want %d", n, tt.want)
				}
				r.stop()
			})
		})
	}
}
