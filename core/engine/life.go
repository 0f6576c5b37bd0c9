package engine

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

// life is the engine's goroutines and how they end: first no new work, then a
// while for requests on their way, then those are cancelled.
type life struct {
	log     *slog.Logger
	sending context.Context // of requests
	cancel  context.CancelFunc
	wg      sync.WaitGroup
	stop    chan struct{} // closed when no new work may begin

	stopped atomic.Bool
}

func newLife(log *slog.Logger) *life {
	ctx, cancel := context.WithCancel(context.Background())
	return &life{log: log, sending: ctx, cancel: cancel, stop: make(chan struct{})}
}

// spawn runs f in a goroutine that the end waits for. After the end has begun it
// still runs f, which must see for itself that there is nothing to do.
func (l *life) spawn(f func()) {
	l.wg.Add(1)
	go func() {
		defer l.wg.Done()
		defer l.guard("goroutine")
		f()
	}()
}

// guard, deferred, turns a panic into a line in the log.
func (l *life) guard(what string) {
	if p := recover(); p != nil {
		l.log.Error("stopped by a fault", "what", what, "error", fmt.Sprint(p), "stack", string(debug.Stack()))
	}
}

// after runs f in a while, unless the end begins before.
func (l *life) after(d time.Duration, f func()) {
	time.AfterFunc(d, func() {
		if !l.ending() {
			f()
		}
	})
}

// every runs f every so often until the end begins, never twice at once.
func (l *life) every(d time.Duration, f func()) {
	tick := time.NewTicker(d)
	defer tick.Stop()
	for {
		select {
		case <-l.stop:
			return
		case <-tick.C:
		}
		f()
	}
}

// ending tells whether no new work may begin.
func (l *life) ending() bool { return l.stopped.Load() }

// end closes stop; twice is the same as once.
func (l *life) end() {
	if l.stopped.CompareAndSwap(false, true) {
		close(l.stop)
	}
}

// wait waits for all goroutines; those that send are cancelled after grace.
func (l *life) wait(grace time.Duration) {
	t := time.AfterFunc(grace, l.cancel)
	l.wg.Wait()
	t.Stop()
	l.cancel()
}
