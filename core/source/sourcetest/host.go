package sourcetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"sync"

	"hookbird/core"
)

// Host is an engine's intake in memory: all or nothing, like the real one. Any
// goroutine may use it.
type Host struct {
	Memory

	mu       sync.Mutex
	events   []*core.Event
	taken    int // of events, by Events
	notes    []core.SourceNote
	left     []core.LeftOut
	runs     []core.Run
	cause    string
	found    string
	asked    []core.SourceQuestion
	columns  []string
	progress []core.Progress
	commits  int
	answers  map[string]string
	refuse   func(commit int) error
	hold     func(names []string) error
}

// Refuse has f asked before each commit, counted from 1 since the host was made; its
// error is the commit's. nil accepts all.
func (h *Host) Refuse(f func(commit int) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.refuse = f
}

// Answer sets the answer to the question with an id.
func (h *Host) Answer(id, answer string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.answers == nil {
		h.answers = map[string]string{}
	}
	h.answers[id] = answer
}

// Hold has f asked about the columns of each table.
func (h *Host) Hold(f func(names []string) error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hold = f
}

// Accept is that of source.Host.
func (h *Host) Accept(ctx context.Context, events []*core.Event, marks []core.Mark) error {
	return h.AcceptRun(ctx, nil, events, marks)
}

// AcceptRun is that of source.Host.
func (h *Host) AcceptRun(ctx context.Context, run *core.Run, events []*core.Event, marks []core.Mark) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.commits++
	if h.refuse != nil {
		if err := h.refuse(h.commits); err != nil {
			return err
		}
	}
	if run != nil {
		h.runs = append(h.runs, *run)
	}
	h.events = append(h.events, events...)
	h.Keep(marks, events...)
	return nil
}

// Columns is that of source.Host.
func (h *Host) Columns(_ context.Context, _ string, names []string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.columns = names
	if h.hold != nil {
		return h.hold(names)
	}
	return nil
}

// Ask is that of source.Host.
func (h *Host) Ask(_ string, q core.SourceQuestion) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	answer, ok := h.answers[q.ID]
	if !ok {
		h.asked = append(h.asked, q)
	}
	return answer, nil
}

// Hash is that of source.Host.
func (h *Host) Hash(parts ...string) (sum [16]byte) {
	full := sha256.Sum256(fmt.Appendf(nil, "%q", parts))
	copy(sum[:], full[:])
	return sum
}

// Report is that of source.Host.
func (h *Host) Report(_, cause string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.cause = cause
}

// Looked is that of source.Host.
func (h *Host) Looked(_, found string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.found = found
}

// Progress is that of source.Host.
func (h *Host) Progress(_ string, p *core.Progress) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if p != nil {
		h.progress = append(h.progress, *p)
	}
}

// Note is that of source.Host.
func (h *Host) Note(_ string, note core.SourceNote) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.notes = append(h.notes, note)
}

// LeaveOut is that of source.Host.
func (h *Host) LeaveOut(_ string, list []core.LeftOut) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.left = append(h.left, list...)
}

// Got gives the events since it was last asked, each as "ORIGIN: DATA", with its type
// before it where that is not the default one.
func (h *Host) Got() []string {
	var got []string
	for _, e := range h.Events() {
		line := e.Origin + ": " + string(e.Data)
		if e.Type != core.DefaultEventType {
			line = e.Type + " " + line
		}
		got = append(got, line)
	}
	return got
}

// Events gives the events since it was last asked.
func (h *Host) Events() []*core.Event {
	h.mu.Lock()
	defer h.mu.Unlock()
	fresh := h.events[h.taken:]
	h.taken = len(h.events)
	return fresh
}

// Noted gives the notes since it was last asked, each as "WHERE: TEXT".
func (h *Host) Noted() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []string
	for _, n := range h.notes {
		all = append(all, strings.TrimPrefix(n.Where+": "+n.Text, ": "))
	}
	h.notes = nil
	return all
}

// Asked gives the questions since it was last asked.
func (h *Host) Asked() []core.SourceQuestion {
	h.mu.Lock()
	defer h.mu.Unlock()
	asked := h.asked
	h.asked = nil
	return asked
}

// LeftOut gives the records that were left out since it was last asked.
func (h *Host) LeftOut() []core.LeftOut {
	h.mu.Lock()
	defer h.mu.Unlock()
	left := h.left
	h.left = nil
	return left
}

// Said gives the last cause and what was found last.
func (h *Host) Said() (cause, found string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.cause, h.found
}

// Runs gives the runs of all commits that were part of one.
func (h *Host) Runs() []core.Run {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.runs
}

// Progressed gives how far long things were, in order.
func (h *Host) Progressed() []core.Progress {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.progress
}

// Table gives the columns that were told last.
func (h *Host) Table() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.columns
}

// Commits is how many commits were tried.
func (h *Host) Commits() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.commits
}
