package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	"hookbird/core/job"
)

// errand does an errand to its end.
func (r *rig) errand(er engine.Errand) engine.Errand {
	r.t.Helper()
	er, err := r.engine.Begin(er)
	if err != nil {
		r.t.Fatal(err)
	}
	er, err = r.engine.Run(context.Background(), er, func(engine.Errand) {})
	if err != nil {
		r.t.Fatal(err)
	}
	if left, err := r.engine.Errands(); err != nil || len(left) != 0 {
		r.t.Errorf("errands that are over stay: %v, %v", left, err)
	}
	return er
}

// wrongKey refuses every other record as long as the key is wrong, so that the webhook
// is never held for it.
func wrongKey(_ int, r request) int {
	var rec struct{ N int }
	_ = json.Unmarshal([]byte(r.body), &rec)
	if rec.N%2 == 0 && r.key != "right" {
		return 401
	}
	return 204
}

// keyed is a webhook that gives a key and does not try again.
func keyed(key string) *core.Webhook {
	w := hook("crm")
	w.Headers = []core.Header{{Name: "X-Key", Value: key}}
	w.Retry = core.RetryPlan{Name: "none"}
	return w
}

func TestFourHundredFailuresOfOneWrongKeyAreSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.target.answersBy(wrongKey)
		r.start()
		defer func() { r.stop() }()
		r.save(keyed("wrong"))
		r.accept(1, 800)
		pass(time.Minute)
		r.want("crm", 400, 0, 400)
		groups, err := r.store.Failures()
		if err != nil || len(groups) != 1 || groups[0].Count != 400 {
			t.Fatalf("groups: %+v, %v", groups, err)
		}
		w := keyed("right")
		r.save(w)
		er := r.errand(engine.Errand{Kind: engine.ErrandAgain, Query: &core.DeliveryQuery{Group: &groups[0].FailureKey}})
		if er.Done != 400 || er.Left != 0 {
			t.Errorf("made to wait: %d, left %d", er.Done, er.Left)
		}
		pass(time.Minute)
		r.want("crm", 800, 0, 0)
		if groups, _ := r.store.Failures(); len(groups) != 0 {
			t.Errorf("still failed: %+v", groups)
		}
		for n, times := range r.target.records(t) {
			if times != 2-n%2 {
				t.Errorf("record %d was sent %d times", n, times)
			}
		}
	})
}

func TestSendingAgainGoesOnAfterACrashWithoutSendingTwice(t *testing.T) {
	for cut := range 3 {
		t.Run(fmt.Sprint(cut), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { crashInAgain(t, cut) })
		})
	}
}

// crashInAgain ends the engine after cut commits of an errand, and starts anew.
func crashInAgain(t *testing.T, cut int) {
	r := newRig(t)
	r.target.answersBy(func(_ int, q request) int {
		if q.key == "right" {
			return 204
		}
		return 402
	})
	r.start()
	defer func() { r.stop() }()
	r.save(keyed("wrong"))
	r.accept(1, 700)
	pass(time.Minute)
	if s := r.state("crm"); s.Failed != 700 {
		t.Fatalf("failed %d", s.Failed)
	}
	r.save(keyed("right"))
	er, err := r.engine.Begin(engine.Errand{Kind: engine.ErrandAgain, Query: &core.DeliveryQuery{States: []core.DeliveryState{core.Failed}}})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	n := 0
	_, err = r.engine.Run(ctx, er, func(engine.Errand) {
		if n++; n > cut {
			cancel(job.ErrStopping)
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Run = %v", err)
	}
	pass(time.Second)
	r.crash()
	r.start()
	left, err := r.engine.Errands()
	if err != nil {
		t.Fatal(err)
	}
	for _, er := range left {
		if er, err = r.engine.Run(context.Background(), er, func(engine.Errand) {}); err != nil {
			t.Fatal(err)
		}
		if er.Done != 700 {
			t.Errorf("done %d", er.Done)
		}
	}
	pass(time.Minute)
	r.want("crm", 700, 0, 0)
	good := map[string]int{}
	for _, q := range r.target.requests() {
		if q.key == "right" {
			good[q.body]++
		}
	}
	for body, times := range good {
		if times != 1 {
			t.Errorf("%s was sent %d times", body, times)
		}
	}
	if len(good) != 700 {
		t.Errorf("%d of 700 were sent", len(good))
	}
}
