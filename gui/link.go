package gui

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
)

// Link is how the window hears of its engine. *control.Client is one.
type Link interface {
	// Changes registers the window and tells of every change until the engine
	// ends (nil), is gone (control.ErrNobody) or has another window
	// (control.ErrWindowOpen).
	Changes(ctx context.Context, told func(control.Change)) error
	// Shown acknowledges that the window came forward.
	Shown(ctx context.Context, show uint64) error
	// Reconnect looks for an engine for some seconds.
	Reconnect(ctx context.Context) error
	// Quit asks Hookbird to end, the engine as well.
	Quit(ctx context.Context) error
}

// firstLook is how long a lost engine is looked for before another is started.
const firstLook = 2 * time.Second

// follower stands between the link and the window: it keeps the latest change
// only, and hops to the UI goroutine once however many came.
type follower struct {
	link  Link
	start func() error // starts an engine; may be nil
	log   interface{ Warn(msg string, args ...any) }

	// What the window does about it, all on the UI goroutine.
	onChange func(control.Change)
	onLost   func()          // the engine is gone, and looked for
	onFound  func()          // and there again
	onEnd    func(err error) // nothing more will come; nil: the engine was asked to quit

	latest  atomic.Pointer[control.Change]
	pending atomic.Bool
}

// follow runs until ctx ends or there is nothing more to follow.
func (f *follower) follow(ctx context.Context) {
	for {
		err := f.link.Changes(ctx, f.told)
		if ctx.Err() != nil {
			return
		}
		if err == nil || errors.Is(err, control.ErrWindowOpen) {
			background.Hop(func() { f.onEnd(nil) })
			return
		}
		f.log.Warn("engine is gone", "error", err)
		background.Hop(f.onLost)
		if err := f.find(ctx); err != nil {
			background.Hop(func() { f.onEnd(err) })
			return
		}
		background.Hop(f.onFound)
	}
}

// find waits for the engine to come back, and starts one if it does not.
func (f *follower) find(ctx context.Context) error {
	look, cancel := context.WithTimeout(ctx, firstLook)
	err := f.link.Reconnect(look)
	cancel()
	if err == nil || f.start == nil || !errors.Is(err, control.ErrNobody) && !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if err := f.start(); err != nil {
		return core.Wrap(core.CodeUnavailable, err, "Hookbird stopped and could not be started again. Start it from the menu of this computer.")
	}
	return f.link.Reconnect(ctx)
}

// told may be called from any goroutine.
func (f *follower) told(c control.Change) {
	f.latest.Store(&c)
	if !f.pending.CompareAndSwap(false, true) {
		return
	}
	background.Hop(func() {
		f.pending.Store(false)
		f.onChange(*f.latest.Load())
	})
}
