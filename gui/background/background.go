// Package background keeps work that may take long off the UI goroutine: pages
// read and command through it. It must not hold a widget, nor know what it runs.
package background

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// Limit is how long one piece of work may take before its context ends. Sending
// a test is the longest: the exchange has a limit of its own, up to ten minutes.
const Limit = 11 * time.Minute

// turn lets one done run at a time. Fyne's event loop does that anyway; its test
// driver runs fyne.Do on whichever goroutine calls, and there this is the loop.
var turn sync.Mutex

// Hop runs f on the UI goroutine, in turn with everything else that comes here
// from other goroutines. It may return before f has run.
func Hop(f func()) {
	fyne.Do(func() {
		turn.Lock()
		defer turn.Unlock()
		f()
	})
}

// Run calls work on a goroutine of its own and then, on the UI goroutine, done
// with what came of it. It returns at once; stop cancels the work's context, and
// done is called all the same.
func Run[T any](work func(context.Context) (T, error), done func(T, error)) (stop context.CancelFunc) {
	ctx, stop := context.WithTimeout(context.Background(), Limit)
	go func() {
		defer stop()
		v, err := work(ctx)
		Hop(func() { done(v, err) })
	}()
	return stop
}

// Do is Run for work that has no result but its error.
func Do(work func(context.Context) error, done func(error)) (stop context.CancelFunc) {
	return Run(
		func(ctx context.Context) (struct{}, error) { return struct{}{}, work(ctx) },
		func(_ struct{}, err error) { done(err) },
	)
}

// Loader reads something again and again, one read at a time: asked for while a
// read runs, it reads once more afterwards, so that what is shown last was read
// last. Its methods belong to the UI goroutine.
type Loader[T any] struct {
	fetch   func(context.Context) (T, error)
	show    func(T, error)
	running bool
	again   bool
	stopped bool
}

// NewLoader makes a loader of a fetch, which touches no widget, and a show,
// which runs on the UI goroutine.
func NewLoader[T any](fetch func(context.Context) (T, error), show func(T, error)) *Loader[T] {
	return &Loader[T]{fetch: fetch, show: show}
}

// Load reads and shows. It returns at once.
func (l *Loader[T]) Load() {
	l.stopped = false
	if l.running {
		l.again = true
		return
	}
	l.running = true
	Run(l.fetch, l.done)
}

// Stop lets a read that still runs end unseen, for a page that is left.
func (l *Loader[T]) Stop() { l.stopped, l.again = true, false }

func (l *Loader[T]) done(v T, err error) {
	l.running = false
	if !l.stopped {
		l.show(v, err)
	}
	if l.again {
		l.again = false
		l.Load()
	}
}
