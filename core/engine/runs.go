package engine

import (
	"encoding/json"
	"slices"
	"sync/atomic"
	"time"

	"hookbird/core"
)

// runMark is the prefix of the marks under which runs are kept. They belong to
// no source, because a run outlives one that is deleted.
const runMark = "run:"

// runs is what all lanes know of the large files on their way. Only the
// committer's goroutine changes it.
type runs struct{ all atomic.Pointer[[]core.Run] }

// list gives all, by start. It is not to be changed.
func (r *runs) list() []core.Run {
	if p := r.all.Load(); p != nil {
		return *p
	}
	return nil
}

// at gives the run that an event of the log is part of, nil if none.
func (r *runs) at(seq uint64) *core.Run {
	all := r.list()
	for i := range all {
		if inSpans(all[i].Spans, seq) {
			return &all[i]
		}
	}
	return nil
}

// get gives a run by its id, nil if there is none.
func (r *runs) get(id string) *core.Run {
	all := r.list()
	i := slices.IndexFunc(all, func(run core.Run) bool { return run.ID == id })
	if i < 0 {
		return nil
	}
	return &all[i]
}

// spanAt is the first of ascending spans that does not end before seq, -1 if all
// do.
func spanAt(spans []core.Span, seq uint64) int {
	i, _ := slices.BinarySearchFunc(spans, seq, func(s core.Span, seq uint64) int {
		if s.To <= seq {
			return -1
		}
		return 1
	})
	if i == len(spans) {
		return -1
	}
	return i
}

// inSpans tells whether seq lies in one of ascending spans.
func inSpans(spans []core.Span, seq uint64) bool {
	i := spanAt(spans, seq)
	return i >= 0 && spans[i].From <= seq
}

// extended is a list of runs with the events of a span added to one.
func extended(all []core.Run, run *core.Run, span core.Span) []core.Run {
	all = slices.Clone(all)
	i := slices.IndexFunc(all, func(r core.Run) bool { return r.ID == run.ID })
	if i < 0 {
		r := *run
		r.State, r.Spans = core.RunGoing, nil
		all, i = append(all, r), len(all)
	}
	spans := slices.Clone(all[i].Spans)
	if n := len(spans); n > 0 && spans[n-1].To == span.From {
		spans[n-1].To = span.To
	} else {
		spans = append(spans, span)
	}
	all[i].Spans = spans
	return all
}

// markOf is how a run is kept.
func markOf(run *core.Run) (core.Mark, error) {
	value, err := json.Marshal(run)
	return core.Mark{Key: runMark + run.ID, Value: value}, err
}

// load reads the runs that are stored.
func (r *runs) load(store core.Store) error {
	var all []core.Run
	err := store.Marks("", runMark, func(_ string, value []byte) error {
		var run core.Run
		if err := json.Unmarshal(value, &run); err != nil {
			return err
		}
		all = append(all, run)
		return nil
	})
	slices.SortFunc(all, func(a, b core.Run) int { return a.Started.Compare(b.Started) })
	r.all.Store(&all)
	return err
}

// records counts a run's events from seq on.
func records(run *core.Run, from uint64) (n uint64) {
	for _, s := range run.Spans {
		if s.To > from {
			n += s.To - max(s.From, from)
		}
	}
	return n
}

// RunInfo is a run and how far it is.
type RunInfo struct {
	Run  core.Run
	Left uint64    // records that are still to be looked at, over all webhooks that may want them
	Done time.Time // about when none is left; zero if nobody can tell
}

// Runs gives the large files of which something is left, the newest first.
func (e *Engine) Runs() []RunInfo {
	var list []RunInfo
	for _, run := range e.env.runs.list() {
		info := RunInfo{Run: run}
		for _, l := range e.allLanes() {
			n, done := l.leftOf(&run)
			info.Left += n
			if done.After(info.Done) {
				info.Done = done
			}
		}
		if info.Left > 0 && run.State != core.RunEnded {
			list = append(list, info)
		}
	}
	slices.Reverse(list)
	return list
}

// SetRun lets a run go on, pauses it or gives it up.
func (e *Engine) SetRun(id string, state core.RunState) error {
	var next []core.Run
	plan := func(uint64) (*core.Batch, moves, error) {
		all := slices.Clone(e.env.runs.list())
		i := slices.IndexFunc(all, func(r core.Run) bool { return r.ID == id })
		if i < 0 || all[i].State == core.RunEnded {
			return nil, nil, core.Errorf(core.CodeNotFound, "This file has been sent, or was given up before.")
		}
		all[i].State = state
		next = all
		mark, err := markOf(&all[i])
		return &core.Batch{Marks: []core.Mark{mark}}, nil, err
	}
	return e.commit.do(&op{plan: plan, after: func(*core.Batch) {
		e.env.runs.all.Store(&next)
		for _, l := range e.allLanes() {
			l.runsChanged()
		}
	}})
}

// tidyRuns forgets the runs that every webhook has passed. It is housekeeping.
func (e *Engine) tidyRuns() {
	err := e.commit.do(&op{plan: func(next uint64) (*core.Batch, moves, error) {
		b, floor := &core.Batch{}, e.floor(next)
		var kept []core.Run
		for _, run := range e.env.runs.list() {
			if n := len(run.Spans); (n == 0 || run.Spans[n-1].To <= floor) && !e.awaitsReceipt(&run) {
				b.Marks = append(b.Marks, core.Mark{Key: runMark + run.ID})
			} else {
				kept = append(kept, run)
			}
		}
		e.env.runs.all.Store(&kept) // what stays on disk is read again after the next start, and forgotten then
		return b, nil, nil
	}})
	if err != nil {
		e.log.Warn("finished files not forgotten", "error", err)
	}
}
