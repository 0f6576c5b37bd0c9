package engine_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
	"hookbird/core/engine"
)

// measured is a store that takes as much room as a test says.
type measured struct {
	core.Store
	room *atomic.Pointer[core.Room]
}

func (s measured) Room() core.Room { return *s.room.Load() }

// TestFullStoreTakesNothingAndSendsOn fills a store up to its quota: nothing new is
// taken, with a sentence that names who holds it, what is there goes out, and once
// there is room or more is allowed it goes on by itself.
func TestFullStoreTakesNothingAndSendsOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		room := &atomic.Pointer[core.Room]{}
		room.Store(&core.Room{File: 10 << 20, Free: 1 << 40})
		r.wrap = func(s core.Store) core.Store { return measured{s, room} }
		r.start()
		w := hook("crm")
		w.State = core.StatePaused
		r.save(w)
		r.accept(0, 5)
		synctest.Wait()
		if s := r.engine.Room(); s.Near || s.Full || s.Quota != core.UsualQuota {
			t.Errorf("room = %+v", s)
		}

		room.Store(&core.Room{File: core.UsualQuota/10*9 + 1<<20, Unused: 1 << 20, Free: 1 << 40})
		if s := r.engine.Room(); !s.Near || s.Full || s.Holder == nil || s.Holder.ID != "crm" || s.Waiting != 5 {
			t.Errorf("nearly full: %+v", s)
		}
		pass(time.Minute)
		r.accept(5, 1)  // still taken
		synctest.Wait() // until it has been looked how full the store is by then

		room.Store(&core.Room{File: core.UsualQuota + 1<<20, Unused: 1 << 20, Free: 1 << 40})
		pass(time.Minute)
		r.accept(6, 1) // the commit after which it is seen
		synctest.Wait()
		err := r.engine.Accept(context.Background(), numbered(7, 1), nil)
		if core.CodeOf(err) != core.CodeUnavailable || !strings.Contains(core.Sentence(err), "7 messages wait for Supporter CRM") {
			t.Errorf("accept by a full store: %v", err)
		}
		if p := r.engine.Problems(); len(p) != 1 || !strings.Contains(p[0], "takes no new records") {
			t.Errorf("problems: %q", p)
		}
		w.State = core.StateOn
		r.save(w)
		pass(time.Minute)
		r.want("crm", 7, 0, 0)

		if err := r.engine.Apply(engine.Edit{Any: true, Settings: func(s *core.Settings) { s.QuotaMB = 8_000 }}); err != nil {
			t.Fatal(err)
		}
		pass(10 * time.Second)
		r.accept(7, 1)
		pass(time.Minute)
		r.want("crm", 8, 0, 0)
		if p := r.engine.Problems(); len(p) != 0 {
			t.Errorf("problems: %q", p)
		}

		room.Store(&core.Room{File: 9 << 30, Free: 1 << 40})
		pass(time.Minute)
		_ = r.engine.Accept(context.Background(), numbered(8, 1), nil) // whether it is seen before that or by it
		synctest.Wait()
		if err := r.engine.Accept(context.Background(), numbered(9, 1), nil); err == nil {
			t.Error("accepted by a store that is full again")
		}
		room.Store(&core.Room{File: 9 << 30, Unused: 8 << 30, Free: 1 << 40}) // trimmed
		pass(10 * time.Second)
		r.accept(9, 1)
		r.stop()
	})
}

// compacted is a store that counts how often it is made anew.
type compacted struct {
	measured
	times *atomic.Int32
}

func (s compacted) Compact(ctx context.Context, progress func(done, total uint64)) error {
	s.times.Add(1)
	return s.Store.Compact(ctx, progress)
}

// TestStoreIsTidiedUpWhereItPays leaves a store alone that has little unused, and makes
// one anew, once a day, of which most is unused.
func TestStoreIsTidiedUpWhereItPays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		room, times := &atomic.Pointer[core.Room]{}, &atomic.Int32{}
		room.Store(&core.Room{File: 600 << 20, Unused: 250 << 20, Free: 1 << 40})
		r.wrap = func(s core.Store) core.Store { return compacted{measured{s, room}, times} }
		r.start()
		pass(25 * time.Hour)
		if n := times.Load(); n != 0 {
			t.Errorf("made anew %d times for little", n)
		}
		room.Store(&core.Room{File: 600 << 20, Unused: 400 << 20, Free: 1 << 40})
		pass(48 * time.Hour)
		if n := times.Load(); n != 2 {
			t.Errorf("made anew %d times in two days", n)
		}
		r.stop()
	})
}
