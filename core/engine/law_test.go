package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
)

// crash ends the engine so that nothing of what it did last reaches the disk:
// the store goes first.
func (r *rig) crash() {
	r.t.Helper()
	if err := r.store.Close(); err != nil {
		r.t.Error(err)
	}
	if err := r.engine.Stop(context.Background()); err != nil {
		r.t.Error(err)
	}
	r.target.close()
	next := newTarget()
	next.got, next.answer = r.target.requests(), r.target.answer
	r.target = next
}

// Whatever happens in whatever order, an accepted event is delivered, waits, or
// is shown as failed; and at the end, with a target that is well again, none
// waits. What comes twice is bounded by the crashes.
func TestAcceptedEventsAreNeverLost(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) { lawRun(t, rt) })
	})
}

func lawRun(t *testing.T, rt *rapid.T) {
	r := newRig(t)
	r.start()
	w := hook("crm")
	w.Retry.Name, w.Parallel = "standard-webhooks", rapid.IntRange(1, 8).Draw(rt, "parallel")
	rapid.SampledFrom([]func(){
		func() {},
		func() {
			w.Body.Style, w.Send.Batch = core.BodyList, rapid.SampledFrom([]int{2, 7, 50}).Draw(rt, "batch")
		},
		func() { w.Send = core.Send{Every: 2 * time.Second, Batch: 20} },
		func() { w.Body.Style, w.Send = core.BodyList, core.Send{Every: time.Second, Batch: 20} },
		func() { w.Filter = "n=.*[02468]" },
		func() { w.Order.Kind = core.OrderAll },
		func() { w.Order = core.Order{Kind: core.OrderField, Field: "n"} },
		func() { w.Pace = core.Pace{Second: 20, Hour: 5000} },
		func() {
			w.Body.Style, w.Send.Batch, w.Order.Kind = core.BodyList, 7, core.OrderAll
		},
	}).Draw(rt, "shape")()
	r.save(w)
	accepted, crashes := 0, 0
	story := []string{fmt.Sprintf("style %q, send %+v, order %+v, filter %q, parallel %d", w.Body.Style, w.Send, w.Order, w.Filter, w.Parallel)}
	for i := range rapid.IntRange(1, 12).Draw(rt, "steps") {
		switch what := rapid.SampledFrom([]string{"accept", "answer", "pass", "pause", "on", "restart", "crash", "again"}).Draw(rt, "step"); what {
		case "accept":
			n := rapid.IntRange(1, 40).Draw(rt, "n")
			r.accept(accepted, n)
			accepted += n
			story = append(story, fmt.Sprintf("%d: accept %d", i, n))
		case "answer":
			status := rapid.SampledFrom([]int{200, 200, 500, 0, 401, 409, 413, 422, 429}).Draw(rt, "status")
			r.target.answers(status)
			story = append(story, fmt.Sprintf("%d: answer %d", i, status))
		case "pass":
			d := time.Duration(rapid.IntRange(1, 100_000).Draw(rt, "ms")) * time.Millisecond
			pass(d)
			story = append(story, fmt.Sprintf("%d: pass %v", i, d))
		case "pause", "on":
			c := w.Clone()
			if what == "pause" {
				c.State = core.StatePaused
			}
			r.save(c)
			story = append(story, fmt.Sprintf("%d: %s", i, what))
		case "restart":
			target := newTarget()
			target.got, target.answer = nil, r.target.answer
			r.stop()
			target.got = r.target.requests()
			r.target = target
			r.start()
			story = append(story, fmt.Sprintf("%d: restart", i))
		case "crash":
			r.crash()
			crashes++
			r.start()
			story = append(story, fmt.Sprintf("%d: crash", i))
		case "again":
			sendAllAgain(t, r)
			story = append(story, fmt.Sprintf("%d: again", i))
		}
	}
	finish(t, r, w, accepted, crashes, story)
}

// sendAllAgain makes everything that failed wait for another try.
func sendAllAgain(t *testing.T, r *rig) {
	t.Helper()
	page, err := r.store.Deliveries(context.Background(), core.DeliveryQuery{States: []core.DeliveryState{core.Failed}, Limit: 500})
	if err != nil {
		t.Fatal(err)
	}
	var keys []core.DeliveryKey
	for _, d := range page.Rows {
		keys = append(keys, d.Key)
	}
	if _, err := r.engine.SendAgain(keys); err != nil {
		t.Fatal(err)
	}
}

// finish has the target accept everything, and checks what became of it all.
func finish(t *testing.T, r *rig, w *core.Webhook, accepted, crashes int, story []string) {
	t.Helper()
	before := len(r.target.requests())
	r.target.answers(http.StatusOK)
	r.save(w.Clone())
	for range 2 {
		if err := r.engine.TryNow("crm"); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		sendAllAgain(t, r)
		pass(time.Minute)
	}
	s := r.state("crm")
	got := r.target.records(t)
	wanted := 0
	for n := range accepted {
		if w.Filter != "" && n%2 == 1 {
			if got[n] != 0 {
				t.Errorf("record %d, which is not wanted, arrived\n%v", n, story)
			}
			continue
		}
		if wanted++; got[n] == 0 {
			t.Errorf("record %d never arrived\n%v", n, story)
		}
	}
	if s.Waiting != 0 || s.Failed != 0 || s.Delivered < uint64(wanted) {
		t.Errorf("accepted %d: delivered %d, waiting %d, failed %d, health %+v\n%v", accepted, s.Delivered, s.Waiting, s.Failed, s.Health, story)
	}
	if w.Filter == "" && accepted < 500 {
		r.inHistory(accepted, core.Delivered)
	}
	if limit := accepted + crashes*(256+8); len(r.target.requests())-before > limit {
		t.Errorf("%d requests at the end for %d records and %d crashes", len(r.target.requests())-before, accepted, crashes)
	}
	r.stop()
}
