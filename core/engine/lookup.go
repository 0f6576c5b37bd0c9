package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/source/lookup"
)

// Records about which more is to be found out wait on disk, in the order in which they
// came, until it is known; only then do they come into the log.

const (
	lookupKey = "lookup:" // mark of a record that waits, by its number

	lookupSlice  = 100              // records that are read at once
	lookupFirst  = 30 * time.Second // until a look-up that failed is tried again, then doubling
	lookupLast   = 30 * time.Minute
	lookupAtMost = 24 * time.Hour // for so long a record waits for what cannot be found out
)

// joiner finds out more about a record.
type joiner interface {
	Join(ctx context.Context, record []byte, event *core.Event) (joined []byte, found bool, err error)
	Close()
}

// looker looks up details about the records of one source.
type looker struct {
	e    *Engine
	src  *core.Source
	next atomic.Int64 // number of the next record that waits: rises over restarts too
	wake chan struct{}
	turn sync.Mutex // held while details about a record are looked up, and while records are erased
}

func newLooker(e *Engine, src *core.Source) *looker {
	l := &looker{e: e, src: src, wake: make(chan struct{}, 1)}
	l.next.Store(time.Now().UnixNano())
	return l
}

// waiting is a record that waits, as it is kept.
type waiting struct {
	Event *core.Event
	Run   *core.Run // that it is part of; nil for none
	Since time.Time
}

// hold gives the marks by which events wait.
func (l *looker) hold(run *core.Run, events []*core.Event) ([]core.Mark, error) {
	var marks []core.Mark
	for _, ev := range events {
		value, err := json.Marshal(waiting{Event: ev, Run: run, Since: time.Now()})
		if err != nil {
			return nil, err
		}
		key := fmt.Sprintf("%s%016x", lookupKey, l.next.Add(1))
		marks = append(marks, core.Mark{Source: l.src.ID, Key: key, Value: value})
	}
	return marks, nil
}

// run looks up until ctx ends. It belongs to a goroutine of its own.
func (l *looker) run(ctx context.Context) {
	var j joiner
	for failures := 0; ctx.Err() == nil; {
		var more bool
		var err error
		if j == nil {
			j, err = l.e.newJoiner(l.src.LookUp)
		}
		if err == nil {
			more, err = l.slice(ctx, j)
		}
		switch {
		case ctx.Err() != nil:
		case err != nil:
			l.e.log.Warn("details not looked up", "source", l.src.ID, "error", err)
			l.e.Report(l.src.ID, "Details cannot be looked up now. "+core.Sentence(err)+" Records wait here until they can.")
			l.pause(ctx, min(lookupFirst<<min(failures, 10), lookupLast))
			failures++
			continue
		case failures > 0:
			l.e.Report(l.src.ID, "")
			failures = 0
		}
		if !more {
			l.pause(ctx, lookupLast)
		}
	}
	if j != nil {
		j.Close()
	}
}

func (l *looker) pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	case <-l.wake:
	}
}

// errEnough ends reading marks.
var errEnough = errors.New("enough")

// slice looks up details about the first records that wait, and tells whether there
// are more.
func (l *looker) slice(ctx context.Context, j joiner) (more bool, err error) {
	type entry struct {
		key string
		w   waiting
	}
	var list []entry
	err = l.e.store.Marks(l.src.ID, lookupKey, func(key string, value []byte) error {
		if len(list) == lookupSlice {
			return errEnough
		}
		en := entry{key: key}
		if err := json.Unmarshal(value, &en.w); err != nil {
			return err
		}
		list = append(list, en)
		return nil
	})
	if more = errors.Is(err, errEnough); err != nil && !more || len(list) == 0 {
		return false, err
	}
	for _, en := range list {
		if err := l.one(ctx, j, en.key, en.w); err != nil {
			return false, err
		}
	}
	return more, nil
}

// one looks up details about one record, and lets it in, unless it was erased.
func (l *looker) one(ctx context.Context, j joiner, key string, w waiting) error {
	l.turn.Lock()
	defer l.turn.Unlock()
	if _, there, err := l.e.store.Mark(l.src.ID, key); err != nil || !there {
		return err
	}
	joined, found, err := j.Join(ctx, w.Event.Data, w.Event)
	forGood := core.CodeOf(err) == core.CodeInvalid || time.Since(w.Since) > lookupAtMost
	if err != nil && (!forGood || ctx.Err() != nil) {
		return err
	}
	done := []core.Mark{{Source: l.src.ID, Key: key}}
	if (err != nil || !found) && l.src.LookUp.Need {
		why := "Nothing is known about it where details are looked up."
		if err != nil {
			why = "Details about it cannot be looked up. " + core.Sentence(err)
		}
		left := []core.LeftOut{{Origin: w.Event.Origin, Why: why, Data: w.Event.Data}}
		kept, err := l.e.leaveOut(l.src.ID, left)
		if err != nil {
			return err
		}
		return l.e.take(&op{marks: append(done, kept...), left: left, filed: l.e.feed.files(l.src.ID)})
	}
	if err == nil && found {
		w.Event.Data = joined
	}
	return l.e.take(&op{run: w.Run, events: []*core.Event{w.Event}, marks: done, filed: l.e.feed.files(l.src.ID)})
}

// newJoiner opens the way by which details are looked up.
func (e *Engine) newJoiner(l *core.LookUp) (joiner, error) {
	return lookup.New(l, e.sourceEnv())
}
