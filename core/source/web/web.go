package web

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hookbird/core"
	"hookbird/core/ask"
	"hookbird/core/schedule"
	"hookbird/core/source"
)

// How long things wait.
const (
	firstRetry = 30 * time.Second // after a look that failed, then doubling,
	lastRetry  = 15 * time.Minute // up to so long, or to Every if that is longer
	firstHold  = 2 * time.Second  // after a commit that failed, then doubling
	lastHold   = time.Minute
	tick       = time.Minute // the longest time that a timer is trusted: computers sleep
)

// Web is one web service that is asked for records.
type Web struct {
	src     *core.Source
	web     *core.WebSource
	host    source.Host
	env     source.Env
	log     *slog.Logger
	options ask.Options // of tests

	client  *ask.Client
	list    list
	fixed   bool // each look asks the same
	since   bool // a look asks for what is newer than the one before
	state   state
	print   string        // of what the last look read, if it was one page
	told    map[hash]bool // records that were left out, which are there each time
	missing map[hash]bool // records that the last look did not find
	fails   int           // looks that failed, one after the other
	after   time.Duration // that the service has asked for
}

// New makes a source of a web service. Neither src nor what it points to may change
// afterwards.
func New(src *core.Source, h source.Host, env source.Env, log *slog.Logger) *Web {
	return &Web{src: src, web: src.Web, host: h, env: env, log: log.With("source", src.ID), told: map[hash]bool{}}
}

// errWait says that nothing more can be done until the source is run anew: a person
// is asked, or the settings are wrong.
var errWait = errors.New("waiting for a person")

// Run asks the service, at its times, until ctx is done, and then returns nil. One
// goroutine may run it at a time.
func (w *Web) Run(ctx context.Context) error {
	if w.src.Paused {
		<-ctx.Done()
		return nil
	}
	for at := time.Now(); w.wait(ctx, at); {
		began := time.Now()
		err := w.look(ctx)
		if ctx.Err() != nil {
			break
		}
		if errors.Is(err, errWait) {
			<-ctx.Done()
			break
		}
		at = w.next(began, err)
	}
	if w.client != nil {
		w.client.Close()
	}
	return nil
}

// wait returns true once it is at, and false if ctx has ended.
func (w *Web) wait(ctx context.Context, at time.Time) bool {
	for ctx.Err() == nil {
		left := at.Round(0).Sub(time.Now().Round(0)) // by the clock on the wall
		if left <= 0 {
			return true
		}
		timer := time.NewTimer(min(left, tick))
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
	}
	return false
}

// times are when the service is asked.
func times(w *core.WebSource) core.Send {
	if len(w.At) > 0 {
		return core.Send{At: w.At, Days: w.Days}
	}
	every := w.Every
	if every == 0 {
		every = core.DefaultWebEvery
	}
	return core.Send{Every: max(every, core.MinAskEvery)}
}

// next gives when to look again after a look that began at a time, and reports how
// it went.
func (w *Web) next(began time.Time, err error) time.Time {
	now := time.Now()
	if err == nil {
		w.fails = 0
		w.host.Report(w.src.ID, "")
		if t := times(w.web); t.Every > 0 {
			return began.Add(t.Every)
		}
		return schedule.Next(times(w.web), now)
	}
	w.log.Debug("web service was not read", "error", err)
	w.host.Report(w.src.ID, core.Sentence(err))
	w.fails++
	return now.Add(max(w.pause(err), w.after))
}

// pause is how long nothing is asked after a look that failed.
func (w *Web) pause(err error) time.Duration {
	first, last := firstRetry, max(lastRetry, times(w.web).Every)
	if _, ours := errors.AsType[*hostError](err); ours {
		first, last = firstHold, lastHold
	}
	return min(first<<min(w.fails-1, 16), last)
}

// hostError is trouble with storing, which passes sooner than that of a service.
type hostError struct{ error }

func (e *hostError) Unwrap() error { return e.error }

// stored gives the error of a commit as look hands it on.
func stored(err error) error {
	switch {
	case err == nil:
		return nil
	case core.CodeOf(err) == core.CodeConflict:
		return errWait // the host has asked a person
	}
	return &hostError{err}
}
