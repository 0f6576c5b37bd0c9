package form

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// Bounds of one commit.
const (
	slice      = 1000    // records
	sliceBytes = 4 << 20 // bytes of records
)

// How long things wait.
const (
	tick      = time.Minute     // the longest time that a timer is trusted: computers sleep
	firstHold = 2 * time.Second // after a commit that failed, then doubling
	lastHold  = time.Minute
)

// Form is one form. There may be one of each source only, whose methods may be called
// from any goroutine, also while it does not run: then what is held waits.
type Form struct {
	src  *core.Source
	host source.Host
	log  *slog.Logger
	wake chan struct{}

	mu     sync.Mutex // is held while something is stored
	loaded bool
	held   []place // in the order in which they go out
}

// New makes a form. Neither src nor what it points to may change afterwards.
func New(src *core.Source, h source.Host, _ source.Env, log *slog.Logger) *Form {
	return &Form{src: src, host: h, log: log.With("source", src.ID), wake: make(chan struct{}, 1)}
}

// Run sends held records once they cannot be taken back any more, until ctx is done,
// and then returns nil. One goroutine may run it at a time.
func (f *Form) Run(ctx context.Context) error {
	if f.src.Paused {
		<-ctx.Done()
		return nil
	}
	for hold := firstHold; ctx.Err() == nil; {
		next, err := f.send(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			f.host.Report(f.src.ID, "")
			hold = firstHold
			f.wait(ctx, next)
		case core.CodeOf(err) == core.CodeConflict: // somebody was asked
			<-ctx.Done()
			return nil
		default:
			f.log.Warn("records of a form not stored", "error", err)
			f.host.Report(f.src.ID, core.Sentence(err))
			f.wait(ctx, hold)
			hold = min(2*hold, lastHold)
		}
	}
	return nil
}

// wait waits for a time, for what is filled in, or for the end of ctx.
func (f *Form) wait(ctx context.Context, left time.Duration) {
	timer := time.NewTimer(min(left, tick))
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-f.wake:
	}
}

// send sends what is due, in slices, and gives how long there will be nothing.
func (f *Form) send(ctx context.Context) (left time.Duration, err error) {
	for {
		left, err = f.sendSlice(ctx)
		if left > 0 || err != nil {
			return left, err
		}
	}
}

// sendSlice sends some of what is due. left is 0 if there may be more.
func (f *Form) sendSlice(ctx context.Context) (left time.Duration, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.load(); err != nil {
		return 0, err
	}
	var events []*core.Event
	var marks []core.Mark
	ids, size := map[string]bool{}, 0
	left = tick
	for _, p := range f.held {
		if wait := time.Until(p.due); wait > 0 {
			left = min(left, wait)
			continue
		}
		if len(ids) == slice || size > sliceBytes {
			break
		}
		s, ok, err := f.stored(p.id)
		if err != nil {
			return 0, err
		}
		ids[p.id] = true
		if ok {
			size += len(s.Data)
			events, marks = append(events, f.event(p.id, s.At, s.Data)), append(marks, f.released(p.id))
		}
	}
	if len(ids) == 0 {
		return left, nil
	}
	if len(events) > 0 {
		if err := f.host.Accept(ctx, events, marks); err != nil {
			return 0, err
		}
	}
	f.forget(ids)
	return 0, nil
}
