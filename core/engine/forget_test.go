package engine_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
	known "hookbird/core/people"
)

// person makes records about somebody, numbered from.
func about(email string, from, n int) []*core.Event {
	events := numbered(from, n)
	for _, e := range events {
		e.Data = fmt.Appendf(nil, `{"n":%s,"email":%q}`, strings.TrimSuffix(strings.TrimPrefix(string(e.Data), `{"n":`), "}"), email)
	}
	return events
}

func whose(t testing.TB, values string) *known.Person {
	t.Helper()
	p, err := known.New(values)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func untold(uint64, uint64) {}

// restart ends the engine in order and starts it again.
func (r *rig) restart() {
	r.t.Helper()
	if err := errors.Join(r.engine.Stop(context.Background()), r.store.Close()); err != nil {
		r.t.Fatal(err)
	}
	r.start()
}

// left looks for what there is about somebody.
func (r *rig) left(values string) *engine.OfPerson {
	r.t.Helper()
	found, err := r.engine.FindPerson(context.Background(), whose(r.t, values), untold)
	if err != nil {
		r.t.Fatal(err)
	}
	return found
}

// TestForget erases somebody whose records were delivered, have failed, wait to be
// tried again, wait behind a paused webhook, and were never wanted; what is about
// others stays, and goes out.
func TestForget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		bad := http.StatusServiceUnavailable
		r.target.answersBy(func(_ int, req request) int {
			switch req.key {
			case "down":
				return bad
			case "refuses":
				return http.StatusBadRequest
			}
			return http.StatusOK
		})
		for _, id := range []string{"crm", "down", "refuses", "paused"} {
			w := hook(id)
			w.Headers = []core.Header{{Name: "X-Key", Value: id}}
			if id == "paused" {
				w.State = core.StatePaused
			}
			r.save(w)
		}
		accept := func(events []*core.Event) {
			t.Helper()
			if err := r.engine.Accept(t.Context(), events, nil); err != nil {
				t.Fatal(err)
			}
		}
		accept(about("ada@example.org", 0, 3))
		accept(about("grace@example.org", 3, 3))
		pass(time.Minute)
		before := r.left("ada@example.org")
		if len(before.Events) != 3 || len(before.Ahead) < 3 || before.Messages() != 12 || before.Waiting != 6 {
			t.Fatalf("found %d records, %d messages, %d waiting, ahead %v", len(before.Events), before.Messages(), before.Waiting, before.Ahead)
		}
		done, err := r.engine.Forget(t.Context(), whose(t, " ADA@example.org\n+49 30 1234567"), untold)
		if err != nil || done.Records != 3 || done.Messages != before.Messages() || done.Waiting != before.Waiting {
			t.Errorf("erased %+v, %v", done, err)
		}
		if left := r.left("ada@example.org"); !left.IsEmpty() {
			t.Errorf("left: %+v", left)
		}
		if found := r.left("grace@example.org"); len(found.Events) != 3 {
			t.Errorf("of another, %d records are left", len(found.Events))
		}
		sent := len(r.target.requests())
		bad = http.StatusOK
		w := hook("paused")
		r.save(w)
		pass(3 * time.Hour)
		for _, req := range r.target.requests()[sent:] {
			if strings.Contains(req.body, "ada@example.org") {
				t.Errorf("sent after it was erased: %s", req.body)
			}
		}
		r.want("crm", 6, 0, 0) // since the beginning
		r.want("down", 3, 0, 0)
		r.want("paused", 3, 0, 0)
		r.want("refuses", 0, 1, 2)
		r.restart() // the books hold after a start too
		pass(time.Minute)
		r.want("down", 3, 0, 0)
		r.want("refuses", 0, 1, 2)
		if left := r.left("ada@example.org"); !left.IsEmpty() {
			t.Errorf("after a start: %+v", left)
		}
		r.stop()
	})
}

// TestForgetWaitsForWhatIsOnItsWay erases somebody while a request about them runs.
func TestForgetWaitsForWhatIsOnItsWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.target.answersBy(func(int, request) int { time.Sleep(4 * time.Second); return http.StatusOK })
		r.save(hook("crm"))
		if err := r.engine.Accept(t.Context(), about("ada@example.org", 0, 2), nil); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		if _, err := r.engine.Forget(t.Context(), whose(t, "ada@example.org"), untold); err != nil {
			t.Fatal(err)
		}
		if left := r.left("ada@example.org"); !left.IsEmpty() {
			t.Errorf("left: %+v", left)
		}
		pass(time.Minute)
		if left := r.left("ada@example.org"); !left.IsEmpty() {
			t.Errorf("came back: %+v", left)
		}
		r.stop()
	})
}

// TestForgetIsCancelledAndGoneOnWith cancels erasing in the middle; the wish is kept
// until it is met.
func TestForgetIsCancelledAndGoneOnWith(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		if err := r.engine.Accept(t.Context(), about("ada@example.org", 0, 900), nil); err != nil {
			t.Fatal(err)
		}
		wish, err := r.engine.BeginForget(engine.ToForget{Values: "ada@example.org"})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		if _, err := r.engine.Forget(ctx, whose(t, wish.Values), func(uint64, uint64) { cancel() }); !errors.Is(err, context.Canceled) {
			t.Errorf("Forget: %v", err)
		}
		r.restart()
		wishes, err := r.engine.ToForget()
		if err != nil || len(wishes) != 1 || wishes[0] != wish {
			t.Fatalf("wishes %+v, %v", wishes, err)
		}
		if _, err := r.engine.Forget(t.Context(), whose(t, wishes[0].Values), untold); err != nil {
			t.Fatal(err)
		}
		if err := r.engine.EndForget(wishes[0]); err != nil {
			t.Fatal(err)
		}
		if wishes, err = r.engine.ToForget(); len(wishes) != 0 || err != nil || !r.left("ada@example.org").IsEmpty() {
			t.Errorf("wishes %+v, %v", wishes, err)
		}
		r.stop()
	})
}
