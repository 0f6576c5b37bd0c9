package engine_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
)

func filtered(text string) *core.Webhook {
	w := hook("crm")
	w.Filter = text
	return w
}

func TestAFilterChoosesRecords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(filtered("n=1.*"))
		r.accept(0, 2100) // more than are read ahead
		pass(time.Second)
		got := r.target.records(t)
		want := 0
		for n := range 2100 {
			starts := n == 1 || n/10 == 1 || n/100 == 1 || n/1000 == 1
			if starts {
				want++
			}
			if got[n] == 1 != starts {
				t.Errorf("record %d was sent %d times", n, got[n])
			}
		}
		r.want("crm", uint64(want), 0, 0)
		if s := r.state("crm"); s.Next != 2101 {
			t.Errorf("the cursor stands before %d, want all passed", s.Next)
		}
		r.stop()
	})
}

// What waits is counted by the filter, and another filter counts and chooses
// anew.
func TestWaitingIsCountedByTheFilter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		w := filtered("n=1.*")
		w.State = core.StatePaused
		r.save(w)
		r.accept(0, 100)
		pass(time.Second)
		r.want("crm", 0, 11, 0)
		c := w.Clone()
		c.Filter = "n=.*0"
		r.save(c)
		pass(time.Second)
		r.want("crm", 0, 10, 0)
		c = c.Clone()
		c.State = core.StateOn
		r.save(c)
		pass(time.Second)
		r.want("crm", 10, 0, 0)
		if got := r.target.records(t); got[90] != 1 || got[11] != 0 {
			t.Errorf("sent %v", got)
		}
		r.stop()
	})
}

// A record is matched once: what waits for another try is sent although the
// filter would not take it now.
func TestARetryIsNotMatchedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.target.answers(http.StatusInternalServerError)
		r.save(filtered("n=3"))
		r.accept(0, 5)
		pass(time.Second)
		r.want("crm", 0, 1, 0)
		r.target.answers(http.StatusOK)
		r.save(filtered("n=nothing"))
		pass(time.Hour)
		r.want("crm", 1, 0, 0)
		r.stop()
	})
}

// A filter that cannot be read, however it came into the store, sends nothing,
// loses nothing, and says why.
func TestAnUnreadableFilterHoldsItsWebhook(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		r.start()
		r.save(filtered("n=("))
		r.accept(0, 3)
		pass(time.Hour)
		r.want("crm", 0, 3, 0)
		if r.state("crm").Blocked == "" {
			t.Error("nothing says why")
		}
		r.stop()
		r.target = newTarget()
		r.start()
		pass(time.Hour)
		r.want("crm", 0, 3, 0)
		r.save(filtered("n=[12]"))
		pass(time.Second)
		r.want("crm", 2, 0, 0)
		r.stop()
	})
}
