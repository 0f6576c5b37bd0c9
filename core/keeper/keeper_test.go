package keeper_test

import (
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"hookbird/core/keeper"
)

// The test binary stands in for windows of several kinds.
func TestMain(m *testing.M) {
	switch os.Getenv("KEEPER_TEST_WINDOW") {
	case "closes":
		os.Exit(0)
	case "crashes":
		os.Exit(3)
	case "stays":
		time.Sleep(time.Minute)
	case "deaf":
		signal.Ignore(syscall.SIGTERM, os.Interrupt)
		time.Sleep(time.Minute)
	}
	os.Exit(m.Run())
}

// rig counts the windows that a keeper starts.
type rig struct {
	started atomic.Int32
	pending atomic.Bool
	window  atomic.Value // what kind the next one is
	begun   chan struct{}
}

func newRig(window string) (*rig, *keeper.Keeper) {
	r := &rig{begun: make(chan struct{}, 100)}
	r.window.Store(window)
	k := keeper.New(keeper.Params{
		Command: func() *exec.Cmd {
			r.started.Add(1)
			r.begun <- struct{}{}
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), "KEEPER_TEST_WINDOW="+r.window.Load().(string))
			return cmd
		},
		Pending: r.pending.Load,
		Logger:  slog.New(slog.DiscardHandler),
	})
	return r, k
}

func (r *rig) await(t *testing.T) {
	t.Helper()
	select {
	case <-r.begun:
	case <-time.After(10 * time.Second):
		t.Fatal("no window was started")
	}
}

func TestClosedWindowStaysClosed(t *testing.T) {
	r, k := newRig("closes")
	k.Open()
	r.await(t)
	k.Stop()
	if n := r.started.Load(); n != 1 {
		t.Errorf("%d windows, want 1", n)
	}
}

func TestOnlyOneWindow(t *testing.T) {
	r, k := newRig("stays")
	k.Open()
	r.await(t)
	k.Open()
	k.Open()
	k.Stop()
	if n := r.started.Load(); n != 1 {
		t.Errorf("%d windows, want 1", n)
	}
}

// A window that ends while somebody waits for it is opened again.
func TestUnmetWishOpensAnother(t *testing.T) {
	r, k := newRig("closes")
	r.pending.Store(true)
	k.Open()
	r.await(t)
	r.await(t)
	r.pending.Store(false)
	k.Stop()
}

func TestWindowThatCrashesAtOnceIsGivenUp(t *testing.T) {
	r, k := newRig("crashes")
	r.pending.Store(true)
	k.Open()
	for range 3 {
		r.await(t)
	}
	select {
	case <-r.begun:
		t.Error("a fourth window was started")
	case <-time.After(time.Second): // four times the wait between two windows
	}
	r.window.Store("closes")
	r.pending.Store(false)
	k.Open() // somebody asks again
	r.await(t)
	k.Stop()
}

func TestStopKillsAWindowThatDoesNotListen(t *testing.T) {
	r, k := newRig("deaf")
	k.Open()
	r.await(t)
	began := time.Now()
	k.Stop()
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("stop took %v", took)
	}
	k.Open() // too late: nothing may start any more
	if n := r.started.Load(); n != 1 {
		t.Errorf("%d windows, want 1", n)
	}
}
