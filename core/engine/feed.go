package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/source/form"
	"hookbird/core/source/gate"
)

// SourceInfo is a source and how it is doing.
type SourceInfo struct {
	Row   core.SourceRow
	State core.SourceState
}

// feed runs the sources: a loop for each folder, and one door for all local
// addresses. It is the engine's side of source.Host.
type feed struct {
	e    *Engine
	door *door

	mu   sync.Mutex
	fed  map[string]*fed
	over bool
}

// fed is one source that the feed runs.
type fed struct {
	row    core.SourceRow
	state  core.SourceState
	cancel context.CancelFunc
	done   chan struct{} // closed when its loop has ended
	gate   *gate.Gate
	looker *looker    // nil unless details are looked up
	form   *form.Form // nil for other kinds
}

func newFeed(e *Engine) *feed {
	f := &feed{e: e, fed: map[string]*fed{}}
	f.door = newDoor(f)
	return f
}

// start runs the sources that are stored, and opens the local address.
func (f *feed) start(rows []core.SourceRow) {
	for _, row := range rows {
		f.put(row)
	}
	if !f.e.p.Quiet {
		f.door.open(f.e.p.Local)
	}
}

// stop ends all loops and closes the local address, and waits for both.
func (f *feed) stop() {
	f.mu.Lock()
	f.over = true
	var all []*fed
	for _, s := range f.fed {
		all = append(all, s)
	}
	f.mu.Unlock()
	f.door.close()
	for _, s := range all {
		s.cancel()
	}
	for _, s := range all {
		<-s.done
	}
}

// put takes a new or changed source to work. It never waits: the loop of the old
// settings ends in the background, and the new one begins after it.
func (f *feed) put(row core.SourceRow) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.over {
		return
	}
	id := row.Source.ID
	ctx, cancel := context.WithCancel(context.Background())
	s := &fed{row: row, cancel: cancel, done: make(chan struct{}), gate: f.e.newGate(row.Source)}
	s.state = core.SourceState{SourceID: id, Working: true, Since: time.Now(), Last: row.Last, Events: row.Events}
	old := f.fed[id]
	if old != nil {
		s.state.Last, s.state.Events, s.state.Notes, s.state.LeftOut = old.state.Last, old.state.Events, old.state.Notes, old.state.LeftOut
		old.cancel()
	} else {
		s.state.Notes = f.storedNotes(id)
		s.state.LeftOut = f.storedLeft(id)
	}
	if row.Source.LookUp != nil {
		s.looker = newLooker(f.e, row.Source)
	}
	if row.Source.Kind == core.KindForm {
		s.form = form.New(row.Source, f.e, f.e.sourceEnv(), f.e.log)
	}
	f.fed[id] = s
	f.door.refresh(f.locals())
	f.e.life.spawn(func() {
		defer close(s.done)
		if old != nil {
			<-old.done
		}
		var looking sync.WaitGroup
		if s.looker != nil && !f.e.p.Quiet {
			looking.Go(func() { f.lookUp(ctx, s.looker) })
		}
		f.run(ctx, s)
		looking.Wait()
	})
}

// run is the loop's owner: what panics or ends too early begins again, after
// growing waits.
func (f *feed) run(ctx context.Context, s *fed) {
	src := s.row.Source
	if src.Paused || f.e.p.Quiet || f.e.loop(s) == nil {
		<-ctx.Done()
		return
	}
	for wait := time.Second; ctx.Err() == nil; wait = min(2*wait, time.Minute) {
		if err := f.runOnce(ctx, s); err != nil && ctx.Err() == nil {
			f.e.log.Error("source stopped", "source", src.ID, "error", err)
			f.e.Report(src.ID, core.Sentence(err))
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

func (f *feed) runOnce(ctx context.Context, s *fed) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("source %s: %v\n%s", s.row.Source.ID, p, debug.Stack())
		}
	}()
	return f.e.loop(s)(ctx)
}

// drop ends a source that was deleted.
func (f *feed) drop(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.fed[id]; s != nil {
		s.cancel()
		delete(f.fed, id)
	}
	f.door.refresh(f.locals())
}

// locals are the sources behind the local address. f.mu is held.
func (f *feed) locals() []*core.Source {
	var all []*core.Source
	for _, s := range f.fed {
		if s.row.Source.Kind == core.KindLocal {
			all = append(all, s.row.Source)
		}
	}
	return all
}

// gate is what records of a source pass; nil if there is no such source.
func (f *feed) gate(id string) *gate.Gate {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.fed[id]; s != nil {
		return s.gate
	}
	return nil
}

// lookerOf gives who looks up details about events, nil if nobody does.
func (f *feed) lookerOf(events []*core.Event) *looker {
	if len(events) == 0 {
		return nil
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.fed[events[0].Source]; s != nil {
		return s.looker
	}
	return nil
}

// lookUp is the owner of a looker: one that panics begins again, after a while.
func (f *feed) lookUp(ctx context.Context, l *looker) {
	for ctx.Err() == nil {
		func() {
			defer f.e.life.guard("look-up of " + l.src.ID)
			l.run(ctx)
		}()
		l.pause(ctx, panicAgain)
	}
}

// renew has a source's gate look anew at what is remembered.
func (f *feed) renew(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.fed[id]; s != nil {
		s.gate = f.e.newGate(s.row.Source)
	}
}

// row gives what is stored of a source.
func (f *feed) row(id string) (core.SourceRow, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, ok := f.fed[id]
	if !ok {
		return core.SourceRow{}, false
	}
	return s.row, true
}

// looker gives what looks up details for a source, nil if nothing does.
func (f *feed) looker(id string) *looker {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.fed[id]; s != nil {
		return s.looker
	}
	return nil
}

// accepted counts events that came in.
func (f *feed) accepted(events []*core.Event) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, e := range events {
		if s := f.fed[e.Source]; s != nil {
			s.state.Events++
			s.state.Last = e.Time
			if !s.state.Silent.IsZero() {
				since := s.state.Silent
				s.state.Silent = time.Time{}
				f.e.life.spawn(func() { f.e.heard(e.Source, since) }) // f.mu is held
			}
		}
	}
}

func (f *feed) localProblem() string { return f.door.problem() }

// storedNotes reads a source's notes.
func (f *feed) storedNotes(id string) []core.SourceNote {
	var notes []core.SourceNote
	if b, ok, err := f.e.store.Mark(id, notesKey); err == nil && ok {
		if err := json.Unmarshal(b, &notes); err != nil {
			f.e.log.Warn("notes not readable", "source", id, "error", err)
		}
	}
	return notes
}

// halt ends a source's loop and waits for that. again begins it anew.
func (f *feed) halt(id string) {
	f.mu.Lock()
	s := f.fed[id]
	f.mu.Unlock()
	if s != nil {
		s.cancel()
		<-s.done
	}
}

// storedLeft counts the records that are kept though they were left out.
func (f *feed) storedLeft(id string) (n uint64) {
	err := f.e.store.Marks(id, leftKey, func(string, []byte) error { n++; return nil })
	if err != nil {
		f.e.log.Warn("records that were left out not readable", "source", id, "error", err)
	}
	return n
}

// again has a source begin anew with what it remembers.
func (f *feed) again(id string) {
	if row, ok := f.row(id); ok {
		f.put(row)
	}
}

// Sources gives all sources and how they are doing, by name.
func (e *Engine) Sources() []SourceInfo {
	e.feed.mu.Lock()
	all := make([]SourceInfo, 0, len(e.feed.fed))
	for _, s := range e.feed.fed {
		all = append(all, s.info())
	}
	e.feed.mu.Unlock()
	slices.SortFunc(all, func(a, b SourceInfo) int {
		return strings.Compare(a.Row.Source.Name+a.Row.Source.ID, b.Row.Source.Name+b.Row.Source.ID)
	})
	for i := range all {
		if all[i].Row.Source.Kind == core.KindLocal && all[i].State.Working {
			if p := e.feed.localProblem(); p != "" {
				all[i].State.Working, all[i].State.Cause = false, p
			}
		}
	}
	return all
}

// Source gives one source; ok is false if there is none.
func (e *Engine) Source(id string) (info SourceInfo, ok bool) {
	e.feed.mu.Lock()
	defer e.feed.mu.Unlock()
	s, ok := e.feed.fed[id]
	if !ok {
		return SourceInfo{}, false
	}
	return s.info(), true
}

func (s *fed) info() SourceInfo {
	i := SourceInfo{Row: s.row, State: s.state}
	i.State.Notes = slices.Clone(i.State.Notes)
	return i
}

// Address is where programs post to, like "http://127.0.0.1:8471"; "" while the
// local address is not open.
func (e *Engine) Address() string { return e.feed.door.address() }
