package database

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"hookbird/core"
	"hookbird/core/source"
)

// How long things wait.
const (
	firstRetry = 10 * time.Second // after a look that failed, then doubling,
	lastRetry  = 15 * time.Minute // up to so long, or to Every if that is longer
	firstHold  = 2 * time.Second  // after a commit that failed, then doubling
	lastHold   = time.Minute
	tick       = time.Minute // the longest time that a timer is trusted: computers sleep
)

// Database is one table, or query, that is read.
type Database struct {
	src  *core.Source
	db   *core.DatabaseSource
	host source.Host
	env  source.Env
	log  *slog.Logger

	session *session
	read    *reading
	state   state
	loaded  bool
	names   []string          // of the columns that were told last
	told    map[[16]byte]bool // rows that were left out, which are there each time
	noted   map[string]bool   // notes that were made
	fails   int               // looks that failed, one after the other
}

// New makes a source of a database. Neither src nor what it points to may change
// afterwards.
func New(src *core.Source, h source.Host, env source.Env, log *slog.Logger) *Database {
	return &Database{
		src: src, db: src.Database, host: h, env: env, log: log.With("source", src.ID),
		told: map[[16]byte]bool{}, noted: map[string]bool{},
	}
}

// errWait says that nothing more can be done until the source is run anew: a person
// is asked, or the settings are wrong.
var errWait = errors.New("waiting for a person")

// Run reads what is new, every now and then, until ctx is done, and then returns nil.
// One goroutine may run it at a time.
func (t *Database) Run(ctx context.Context) error {
	if t.src.Paused {
		<-ctx.Done()
		return nil
	}
	defer t.close()
	for at := time.Now(); wait(ctx, at); {
		began := time.Now()
		err := t.look(ctx)
		if ctx.Err() != nil {
			break
		}
		if errors.Is(err, errWait) {
			t.close()
			<-ctx.Done()
			break
		}
		at = t.next(began, err)
	}
	return nil
}

// close gives the connection back.
func (t *Database) close() {
	if t.session != nil {
		t.session.close()
	}
}

// wait returns true once it is at, and false if ctx has ended.
func wait(ctx context.Context, at time.Time) bool {
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

// every is how often the source looks.
func every(d *core.DatabaseSource) time.Duration {
	if d.Every == 0 {
		return core.DefaultDatabaseEvery
	}
	return max(d.Every, core.MinAskEvery)
}

// overlap is how long a row may be late.
func overlap(d *core.DatabaseSource) time.Duration {
	if d.Overlap == 0 {
		return core.DefaultOverlap
	}
	return d.Overlap
}

// next gives when to look again after a look that began at a time, and reports how it
// went.
func (t *Database) next(began time.Time, err error) time.Time {
	if err == nil {
		t.fails = 0
		t.host.Report(t.src.ID, "")
		return began.Add(every(t.db))
	}
	t.log.Debug("database was not read", "error", err)
	t.host.Report(t.src.ID, core.Sentence(err))
	t.fails++
	first, last := firstRetry, max(lastRetry, every(t.db))
	if _, ours := errors.AsType[*hostError](err); ours {
		first, last = firstHold, lastHold
	} else {
		t.close() // the connection may be what is wrong
	}
	return time.Now().Add(min(first<<min(t.fails-1, 16), last))
}

// hostError is trouble with storing, which passes sooner than that of a database.
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
