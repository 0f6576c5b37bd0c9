// Package instance decides which process is the engine of a data folder: the one
// that holds its lock. Whoever comes later asks the first for its window.
//
// It must not know what an engine does.
package instance

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"hookbird/core"
)

const (
	lockName = "engine.lock"
	lockTry  = 50 * time.Millisecond // between two looks at the lock
	deadline = 5 * time.Second
)

// ErrTaken says that another process is the engine, and that it was asked for
// what this one wanted.
var ErrTaken = errors.New("another process is the engine")

// Lock is held by the engine of a data folder until it ends, however it ends.
type Lock struct{ f *flock.Flock }

// Release gives the lock back.
func (l *Lock) Release() { _ = l.f.Unlock() }

// Acquire takes the lock of dir, or has ask put the wish of this process to the
// engine that holds it: ErrTaken then. As an engine that was killed may still be
// on its way out, and one that starts may not answer yet, both are tried in turn
// for 5 seconds.
func Acquire(ctx context.Context, dir string, ask func(context.Context) error) (*Lock, error) {
	f := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(ctx, deadline)
	defer cancel()
	for {
		got, err := f.TryLock()
		if err != nil {
			return nil, core.Wrap(core.CodeUnavailable, err, "The data folder "+dir+" cannot be written. Check its rights and free space, or choose another with --data.")
		}
		if got {
			return &Lock{f}, nil
		}
		if ask(ctx) == nil {
			return nil, ErrTaken
		}
		select {
		case <-ctx.Done():
			return nil, core.Wrap(core.CodeUnavailable, ctx.Err(),
				"Hookbird is running already but does not answer. Wait a moment, or end it and start it again.")
		case <-time.After(lockTry):
		}
	}
}
