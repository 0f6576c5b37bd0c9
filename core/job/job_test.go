package job

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
)

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func TestJobTellsHowFarItIsAndHowItEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var changes atomic.Int32
		m := NewManager(quiet(), func() { changes.Add(1) })
		defer m.Close()
		half := make(chan struct{})
		v, err := m.Start(Spec{Kind: "backup", Title: "Making a backup", About: "x"}, func(_ context.Context, p *Progress) (string, error) {
			p.Step("Copying")
			for n := range uint64(50) {
				p.Set(n, 100)
			}
			<-half
			return "All is there.", nil
		})
		if err != nil || v.State != Running || v.Title != "Making a backup" || v.About != "x" {
			t.Fatalf("Start = %+v, %v", v, err)
		}
		synctest.Wait()
		if got, _ := m.Job(v.ID); got.Done != 49 || got.Total != 100 || got.Step != "Copying" {
			t.Errorf("half way: %+v", got)
		}
		if n := changes.Load(); n < 1 || n > 3 {
			t.Errorf("told %d times within a moment", n)
		}
		close(half)
		synctest.Wait()
		got, err := m.Job(v.ID)
		if err != nil || got.State != Done || got.Outcome != "All is there." || got.Ended.IsZero() || got.Step != "" {
			t.Errorf("ended: %+v, %v", got, err)
		}
		if list := m.Jobs(); len(list) != 1 || list[0] != got {
			t.Errorf("Jobs = %+v", list)
		}
	})
}

func TestProgressIsToldNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var changes atomic.Int32
		m := NewManager(quiet(), func() { changes.Add(1) })
		defer m.Close()
		if _, err := m.Start(Spec{}, func(_ context.Context, p *Progress) (string, error) {
			for n := range uint64(100) {
				p.Set(n, 0)
				time.Sleep(10 * time.Millisecond)
			}
			return "", nil
		}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if n := changes.Load(); n < 5 || n > 8 {
			t.Errorf("told %d times in a second", n)
		}
	})
}

func TestCancelAndClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewManager(quiet(), nil)
		wait := func(ctx context.Context, _ *Progress) (string, error) {
			<-ctx.Done()
			return "Half of it is done.", ctx.Err()
		}
		first, _ := m.Start(Spec{Kind: "a"}, wait)
		second, _ := m.Start(Spec{Kind: "b"}, wait)
		if err := m.Cancel(first.ID); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if v, _ := m.Job(first.ID); v.State != Cancelled || v.Outcome != "Half of it is done." {
			t.Errorf("cancelled: %+v", v)
		}
		if v, _ := m.Job(second.ID); v.State != Running {
			t.Errorf("the other: %+v", v)
		}
		if err := m.Forget(second.ID); err != nil || len(m.Jobs()) != 2 {
			t.Errorf("one that runs was forgotten: %v", err)
		}
		m.Close()
		if v, _ := m.Job(second.ID); v.State != Cancelled {
			t.Errorf("closed: %+v", v)
		}
		if _, err := m.Start(Spec{}, wait); core.CodeOf(err) != core.CodeUnavailable {
			t.Errorf("Start after Close: %v", err)
		}
		if err := m.Cancel("none"); core.CodeOf(err) != core.CodeNotFound {
			t.Errorf("Cancel of none: %v", err)
		}
	})
}

func TestFailuresAreSentences(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewManager(quiet(), nil)
		defer m.Close()
		end := func(err error, panics bool) View {
			v, _ := m.Start(Spec{}, func(context.Context, *Progress) (string, error) {
				if panics {
					panic("oh")
				}
				return "", err
			})
			synctest.Wait()
			v, _ = m.Job(v.ID)
			return v
		}
		if v := end(core.Errorf(core.CodeUnavailable, "The disk is full."), false); v.State != Failed || v.Outcome != "The disk is full." {
			t.Errorf("failed: %+v", v)
		}
		if v := end(errors.New("open /x: no"), false); v.State != Failed || v.Outcome == "" || v.Outcome == "open /x: no" {
			t.Errorf("foreign: %+v", v)
		}
		if v := end(nil, true); v.State != Failed || v.Outcome == "" {
			t.Errorf("panic: %+v", v)
		}
	})
}

func TestAloneAndTheLastTwenty(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := NewManager(quiet(), nil)
		defer m.Close()
		spec := Spec{Kind: "erase", Title: "Erasing", Alone: true}
		long, err := m.Start(spec, func(ctx context.Context, _ *Progress) (string, error) { <-ctx.Done(); return "", nil })
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Start(spec, nil); core.CodeOf(err) != core.CodeConflict {
			t.Errorf("a second one: %v", err)
		}
		for range 3 * keptJobs {
			if _, err := m.Start(Spec{Kind: "short"}, func(context.Context, *Progress) (string, error) { return "", nil }); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if n := len(m.Jobs()); n != keptJobs+1 {
			t.Errorf("%d jobs are kept", n)
		}
		if v, err := m.Job(long.ID); err != nil || v.State != Running {
			t.Errorf("the long one: %+v, %v", v, err)
		}
		last := m.Jobs()[0].ID
		if err := m.Forget(last); err != nil || len(m.Jobs()) != keptJobs {
			t.Errorf("not forgotten: %v", err)
		}
	})
}
