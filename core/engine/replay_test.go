package engine_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
)

// ofLog is an errand that sends records of the log, numbered from and up to to, to a
// webhook.
func (r *rig) ofLog(id string, from, to int) engine.Errand {
	return engine.Errand{Kind: engine.ErrandReplay, Replay: &engine.Replay{
		Webhook: r.state(id).Num, Span: core.Span{From: uint64(from) + 1, To: uint64(to) + 1},
	}}
}

// TestMovedAwayAndOnAgainWaitsForNothing turns a webhook on again whose messages went
// to another: what came while it was off is not counted as waiting.
func TestMovedAwayAndOnAgainWaitsForNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		defer r.stop()
		w, off := hook("crm"), hook("crm")
		off.State = core.StateOff
		r.save(w)
		r.save(hook("copy"))
		r.accept(0, 5)
		r.save(off)
		st, limit := r.state("crm"), r.engine.Head()+1
		r.errand(engine.Errand{
			Kind:   engine.ErrandMove,
			Replay: &engine.Replay{Webhook: r.state("copy").Num, Waits: st.Num, Retry: &core.RetryPlace{}, Span: core.Span{From: st.First, To: limit}},
			Clear:  &engine.Clear{Webhook: st.Num, Limit: limit, Why: "It was moved."},
		})
		r.accept(5, 11)
		pass(time.Minute)
		r.save(w.Clone())
		pass(time.Minute)
		if s := r.state("crm"); s.Waiting != 0 || s.About {
			t.Errorf("%d wait", s.Waiting)
		}
		r.want("copy", 16, 0, 0)
	})
}

// TestReplayKeepsTheOrder replays records of which the first is to be tried again: the
// others that have to come after it do, and go by themselves then.
func TestReplayKeepsTheOrder(t *testing.T) {
	for _, order := range []core.Order{{Kind: core.OrderAll}, {Kind: core.OrderField, Field: "who"}} {
		t.Run(string(order.Kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { replayInOrder(t, order) })
		})
	}
}

func replayInOrder(t *testing.T, order core.Order) {
	r := newRig(t)
	r.start()
	defer r.stop()
	w := hook("crm")
	w.Order, w.Parallel = order, 4
	r.save(w)
	events := numbered(0, 10)
	for i, e := range events {
		e.Data = fmt.Appendf(nil, `{"n":%d,"who":"Ada"}`, i)
	}
	if err := r.engine.Accept(context.Background(), events, nil); err != nil {
		t.Fatal(err)
	}
	pass(time.Minute)
	r.want("crm", 10, 0, 0)
	r.target.answersBy(func(n int, _ request) int {
		if n == 11 {
			return http.StatusServiceUnavailable
		}
		return http.StatusOK
	})
	r.errand(r.ofLog("crm", 0, 10))
	pass(time.Hour)
	r.want("crm", 20, 0, 0)
	var got []int
	for _, q := range r.target.requests()[10:] {
		got = append(got, q.list(t)...)
	}
	if want := []int{0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9}; !slices.Equal(got, want) {
		t.Errorf("they came as %v", got)
	}
}

// TestReplayFindsOutThatATargetIsBack replays to a webhook that does not answer, and
// for which nothing waits that could tell when it does.
func TestReplayFindsOutThatATargetIsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		defer r.stop()
		w := hook("crm")
		w.Retry = core.RetryPlan{Name: "none"}
		r.save(w)
		r.target.answers(0)
		r.accept(0, 8)
		pass(time.Minute)
		r.errand(engine.Errand{Kind: engine.ErrandThrow, Clear: &engine.Clear{Webhook: r.state("crm").Num, Limit: r.engine.Head() + 1, Why: "Not wanted."}})
		if s := r.state("crm"); s.Waiting != 0 || s.Health.State != core.HealthDown {
			t.Fatalf("%d wait, health %+v", s.Waiting, s.Health)
		}
		r.target.answers(http.StatusOK)
		done := make(chan engine.Errand)
		go func() { done <- r.errand(r.ofLog("crm", 0, 8)) }()
		pass(3 * time.Hour)
		select {
		case er := <-done:
			if er.Done != 8 {
				t.Errorf("done %d", er.Done)
			}
		default:
			t.Error("it waits for ever")
		}
		r.want("crm", 8, 0, 0)
	})
}

// TestTwoReplaysAtOnceMakeOneRowOfARecord sends the same records twice at the same
// time to a webhook that never had them: one is done after the other.
func TestTwoReplaysAtOnceMakeOneRowOfARecord(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		defer r.stop()
		r.accept(0, 400)
		r.save(hook("crm"))
		done := make(chan engine.Errand, 2)
		for range 2 {
			go func() {
				er, err := r.engine.Begin(r.ofLog("crm", 0, 400))
				if err == nil {
					er, err = r.engine.Run(t.Context(), er, func(engine.Errand) {})
				}
				if err != nil {
					t.Error(err)
				}
				done <- er
			}()
		}
		pass(time.Hour)
		sent := (<-done).Done + (<-done).Done
		s := r.state("crm")
		if s.Waiting != 0 || s.Delivered != sent {
			t.Errorf("%d were sent, and %d are delivered and %d wait", sent, s.Delivered, s.Waiting)
		}
		if n := r.count(core.Delivered); n != 400 {
			t.Errorf("there are %d rows for 400 records", n)
		}
	})
}
