package engine_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/engine"
)

// A refused list is halved until the record that it was refused for stands alone.
func TestRefusedListIsHalved(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			n, bad := rapid.IntRange(2, 40).Draw(rt, "n"), rapid.IntRange(0, 39).Draw(rt, "bad")
			status := rapid.SampledFrom([]int{400, 409, 413, 422}).Draw(rt, "status")
			r := newRig(t)
			r.start()
			w := lists(50)
			w.Parallel, w.Retry = rapid.IntRange(1, 4).Draw(rt, "parallel"), core.RetryPlan{Name: "none"}
			r.target.answersBy(func(_ int, q request) int {
				if contains(q.list(t), bad) {
					return status
				}
				return http.StatusOK
			})
			r.acceptBefore(w, n)
			pass(10 * time.Second)
			if bad >= n {
				r.want("crm", uint64(n), 0, 0)
			} else {
				r.want("crm", uint64(n-1), 0, 1)
			}
			if got := len(r.target.requests()); got > 2*7+1 {
				t.Errorf("%d requests for %d records", got, n)
			}
			for record, times := range r.target.records(t) {
				if record != bad && times > 7 {
					t.Errorf("record %d came %d times", record, times)
				}
			}
			r.stop()
		})
	})
}

// No more requests begin in any span than the limit says, also over a restart.
func TestPaceIsKept(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.start()
			w := hook("crm")
			w.Parallel = 16
			w.Pace = core.Pace{Second: rapid.IntRange(1, 9).Draw(rt, "second"), Hour: rapid.IntRange(5, 30).Draw(rt, "hour")}
			r.save(w)
			r.accept(0, 40)
			pass(time.Duration(rapid.IntRange(0, 4000).Draw(rt, "ms")) * time.Millisecond)
			got := r.target.requests()
			r.stop()
			r.target = newTarget()
			r.target.got = got
			r.start()
			pass(70 * time.Minute)
			if s := r.state("crm"); s.Waiting > 0 && s.Done.IsZero() {
				t.Error("nobody can tell when it will be done")
			}
			for _, l := range w.Pace.Limits() {
				checkPace(t, r.target.requests(), l)
			}
			if n := len(r.target.requests()); n < min(40, w.Pace.Hour) {
				t.Errorf("only %d requests, although %d an hour may go", n, w.Pace.Hour)
			}
			r.stop()
		})
	})
}

func checkPace(t *testing.T, all []request, l core.PaceLimit) {
	t.Helper()
	for i, from := range all {
		n := 0
		for _, q := range all[i:] {
			if q.at.Sub(from.at) < l.Span {
				n++
			}
		}
		if n > l.Most {
			t.Errorf("%d requests within %v", n, l.Span)
			return
		}
	}
}

// Webhooks of one host share what they know of it.
func TestOneHostIsDownForAllItsWebhooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var dials atomic.Int64
		var up atomic.Bool
		r.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			dials.Add(1)
			if !up.Load() {
				return nil, &net.OpError{Op: "dial", Net: network, Err: errors.New("connection refused")}
			}
			return r.target.dial(ctx, network, address)
		}
		r.start()
		for _, id := range []string{"a", "b", "c", "d"} {
			w := hook(id)
			w.Parallel = 1
			r.save(w)
		}
		other := hook("other")
		other.Address = "http://other.example/in"
		r.save(other)
		r.accept(0, 20)
		pass(time.Second)
		down := 0
		for _, s := range r.engine.Webhooks() {
			if s.Health.State == core.HealthDown {
				down++
			}
		}
		if down != 5 {
			t.Errorf("%d of 5 webhooks are down", down)
		}
		if n := dials.Load(); n > 5*5 {
			t.Errorf("%d connections until they were down", n)
		}
		before := dials.Load()
		pass(10 * time.Minute)
		if n := dials.Load() - before; n > 25 { // one host every half minute, and the other by its plan
			t.Errorf("%d connections in ten minutes of being down", n)
		}
		up.Store(true)
		pass(9 * time.Minute)
		for _, id := range []string{"a", "b", "c", "d", "other"} {
			r.want(id, 20, 0, 0)
		}
		r.stop()
	})
}

// Where a message must not come twice, one that may have arrived waits for a
// person, who says that it did, or sends it again.
func TestAskBeforeSendingTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Answer.Unsure = core.UnsureAsk
		r.save(w)
		r.target.answers(0)
		r.accept(0, 2)
		pass(time.Hour)
		r.want("crm", 0, 0, 2)
		page, err := r.store.Deliveries(t.Context(), core.DeliveryQuery{Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := r.engine.Settle([]core.DeliveryKey{page.Rows[0].Key}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		r.want("crm", 1, 0, 1)
		r.target.answers(http.StatusOK)
		if n, err := r.engine.SendAgain([]core.DeliveryKey{page.Rows[1].Key}); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		pass(time.Minute)
		r.want("crm", 2, 0, 0)
		if n := len(r.target.requests()); n != 3 {
			t.Errorf("%d requests", n)
		}
		if n, err := r.engine.Settle([]core.DeliveryKey{page.Rows[1].Key}); n != 0 || err != nil {
			t.Errorf("settled %d that need it not, %v", n, err)
		}
		r.stop()
	})
}

// The same after a crash, at which nobody saw the answer: first tries and others.
func TestAskAfterACrash(t *testing.T) {
	for _, first := range []int{http.StatusOK, http.StatusConflict} {
		synctest.Test(t, func(t *testing.T) {
			r := newRig(t)
			r.start()
			w := hook("crm")
			w.Parallel, w.Answer.Unsure, w.Retry = 1, core.UnsureAsk, core.RetryPlan{Delays: []time.Duration{time.Second, time.Second}}
			r.save(w)
			r.target.answersBy(func(n int, _ request) int {
				if n == 1 {
					return first
				}
				time.Sleep(14 * time.Second)
				return http.StatusOK
			})
			r.accept(0, 2)
			pass(5 * time.Second)
			r.crash()
			n := len(r.target.requests())
			r.target.answers(http.StatusOK)
			r.start()
			pass(time.Minute)
			s := r.state("crm")
			if s.Failed == 0 || s.Waiting != 0 || s.Delivered+s.Failed != 2 {
				t.Errorf("after a first answer %d: delivered %d, failed %d, waiting %d", first, s.Delivered, s.Failed, s.Waiting)
			}
			for record, times := range r.target.records(t) {
				if times > 1 && !(record == 0 && first != http.StatusOK && times == 2) {
					t.Errorf("record %d came %d times (%d before the crash)", record, times, n)
				}
			}
			r.stop()
		})
	}
}

// After a sleep, a network that is not there yet costs no try, and what is due
// goes out with care.
func TestWakingUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		var up atomic.Bool
		r.dial = func(ctx context.Context, network, address string) (net.Conn, error) {
			if !up.Load() {
				return nil, &net.OpError{Op: "dial", Net: network, Err: &net.DNSError{Err: "no such host", Name: address, IsNotFound: true}}
			}
			return r.target.dial(ctx, network, address)
		}
		r.start()
		w := hook("crm")
		w.Retry = core.RetryPlan{Name: "none"}
		r.save(w)
		r.engine.Jumped(8 * time.Hour)
		r.accept(0, 30)
		pass(40 * time.Second)
		r.want("crm", 0, 30, 0)
		up.Store(true)
		pass(time.Minute)
		r.want("crm", 30, 0, 0)
		r.stop()
	})
}

func TestSleptIsToldFromTime(t *testing.T) {
	for _, tt := range []struct{ onWall, awake, want time.Duration }{
		{time.Second, time.Second, 0},
		{4 * time.Second, time.Second, 0},
		{time.Hour, time.Second, time.Hour - time.Second},
		{-time.Hour, time.Second, -time.Hour - time.Second},
	} {
		if got := engine.Slept(tt.onWall, tt.awake); got != tt.want {
			t.Errorf("after %v on the wall and %v awake: slept %v, want %v", tt.onWall, tt.awake, got, tt.want)
		}
	}
}

// A network that wants a login answers every request with its page. Where the
// target never did, that is no delivery.
func TestLoginPageIsNoDelivery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Parallel = 1
		r.save(w)
		r.accept(0, 3)
		pass(time.Second)
		r.want("crm", 3, 0, 0)
		r.target.page.Store(true)
		r.accept(3, 10)
		pass(time.Second)
		s := r.state("crm")
		if s.Delivered != 3 || s.Waiting != 10 || s.Health.Cause != core.CausePortal || s.Health.State != core.HealthDown {
			t.Errorf("delivered %d, waiting %d, %+v", s.Delivered, s.Waiting, s.Health)
		}
		if n := len(r.target.requests()); n != 4 {
			t.Errorf("%d requests", n)
		}
		r.target.page.Store(false)
		pass(5 * time.Minute)
		r.want("crm", 13, 0, 0)
		r.stop()
	})
}

// A target that always answers with pages, as form services do, is trusted.
func TestPagesFromTheBeginningAreAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.target.page.Store(true)
		r.start()
		r.save(hook("crm"))
		r.accept(0, 5)
		pass(time.Second)
		r.want("crm", 5, 0, 0)
		r.stop()
	})
}

// A target that asks to slow down and does not say for how long is left alone for
// a while, longer each time, by all that wait for it.
func TestSlowDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Parallel, w.Retry = 8, core.RetryPlan{Delays: []time.Duration{time.Millisecond, time.Hour, time.Hour}}
		r.save(w)
		r.target.answers(http.StatusTooManyRequests)
		r.accept(0, 100)
		pass(time.Minute)
		if n := len(r.target.requests()); n > 8+7 {
			t.Errorf("%d requests in the first minute", n)
		}
		r.target.answers(http.StatusOK)
		pass(10 * time.Minute)
		if s := r.state("crm"); s.Delivered < 80 {
			t.Errorf("delivered %d", s.Delivered)
		}
		r.stop()
	})
}

// A webhook that was paused for a while goes on by itself.
func TestPauseOfOneWebhookEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.State, w.Until = core.StatePaused, time.Now().Add(30*time.Minute)
		r.save(w)
		r.accept(0, 3)
		pass(29 * time.Minute)
		r.want("crm", 0, 3, 0)
		pass(2 * time.Minute)
		r.want("crm", 3, 0, 0)
		if s := r.state("crm"); s.Webhook.State != core.StateOn || !s.Webhook.Until.IsZero() {
			t.Errorf("%s until %v", s.Webhook.State, s.Webhook.Until)
		}
		r.stop()
	})
}

// A target that says that it is gone gets nothing more, and what waits is kept.
func TestNothingGoesToATargetThatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := hook("crm")
		w.Parallel = 1
		r.target.answers(http.StatusGone)
		r.acceptBefore(w, 500)
		pass(time.Minute)
		s := r.state("crm")
		if n := len(r.target.requests()); n != 1 || s.Failed != 1 || s.Waiting != 499 {
			t.Errorf("%d requests, failed %d, waiting %d", n, s.Failed, s.Waiting)
		}
		if s.Webhook.State != core.StateOff || s.Health.Since.IsZero() {
			t.Errorf("%s since %v", s.Webhook.State, s.Health.Since)
		}
		r.target.answers(http.StatusOK)
		r.save(w.Clone())
		pass(time.Minute)
		r.want("crm", 499, 0, 1)
		r.stop()
	})
}
