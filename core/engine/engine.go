// Package engine takes events in, keeps them in the log, and carries each to
// every webhook that wants it: the committer (the one writer), a lane a webhook
// with its workers, the loops of the sources, and the housekeeping.
//
// It must not know how anything is shown, how a control API works, or how bytes
// lie on disk.
package engine

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"hookbird/core"
	"hookbird/core/source/gate"
)

// Params are what an Engine is made of.
type Params struct {
	Store   core.Store
	Logger  *slog.Logger
	Tries   *slog.Logger // gets a line a try; nil logs none
	Version string
	// OnChange is called, from any goroutine and often, when something that a
	// window shows may be different. It must return at once.
	OnChange func()
	// Dial, if set, replaces the network of all targets, for tests.
	Dial DialFunc
	// Quiet reads no sources and sends nothing: for whoever only wants to know or
	// change settings while Hookbird does not run.
	Quiet bool
	// Local is the address to take events at: a port of 127.0.0.1. 0 means the
	// one that was chosen before, or a free one the first time. -1 takes none.
	Local int
}

// Engine runs everything. Make it with New, run it with Start; both Start and
// Stop may be called twice.
type Engine struct {
	p      Params
	store  core.Store
	log    *slog.Logger
	commit *committer
	clock  *clock
	life   *life
	env    *env

	started, stopped sync.Once
	paused           atomic.Bool
	quota            quota
	unwanted         atomic.Pointer[core.Trimmed] // what the last look at old records told of them

	mu       sync.RWMutex
	lanes    []*lane // ordered by number; replaced whole, never changed
	changed  map[string]time.Time
	settings core.Settings
	problems []string // found while loading
	expiring []Expiring
	feed     *feed // the sources

	begins  sync.Mutex // held while an errand gets its turn
	hashKey []byte     // of Hash; set once at the start
	never   *gate.Never
}

// grace is how long requests on their way may go on after Stop.
const grace = 5 * time.Second

// New makes an engine over a store. It reads nothing yet.
func New(p Params) *Engine {
	if p.OnChange == nil {
		p.OnChange = func() {}
	}
	if p.Tries == nil {
		p.Tries = slog.New(slog.DiscardHandler)
	}
	e := &Engine{
		p: p, store: p.Store, log: p.Logger,
		clock: newClock(), life: newLife(p.Logger), changed: map[string]time.Time{},
	}
	e.commit = newCommitter(p.Store, p.Logger)
	e.commit.lanes, e.commit.publish, e.commit.changed = e.allLanes, e.publish, p.OnChange
	e.commit.full, e.commit.wrote = e.quota.text, func() { e.lookAtRoom(false) }
	e.env = &env{
		store: p.Store, log: p.Logger, tries: p.Tries, commit: e.commit, clock: e.clock, life: e.life,
		sender: e.newSender(false), paused: e.resting, news: p.OnChange, gone: e.targetGone,
		runs: &runs{}, hosts: newHosts(e.life),
	}
	e.commit.runs = e.env.runs
	e.env.alarm = e.alarm
	e.never = gate.NewNever(e.Hash)
	e.feed = newFeed(e)
	return e
}

// Start loads the store and sets everything going, then returns.
func (e *Engine) Start(ctx context.Context) error {
	var err error
	e.started.Do(func() { err = e.start(ctx) })
	return err
}

func (e *Engine) start(ctx context.Context) error {
	snap, err := e.store.Load(ctx)
	if err != nil {
		return err
	}
	for _, problem := range snap.Problems {
		e.log.Error("stored setting left out", "problem", problem)
	}
	e.commit.head.Store(snap.Head)
	e.commit.headTime = snap.HeadTime
	e.env.holes.Store(snap.Holes)
	e.settings, e.problems = snap.Settings, snap.Problems
	e.paused.Store(snap.Settings.Paused)
	if err := e.env.runs.load(e.store); err != nil {
		e.log.Error("large files not all known", "error", err)
	}
	if err := e.loadHashKey(); err != nil {
		return err
	}
	if err := e.loadNever(); err != nil {
		return err
	}
	for _, row := range snap.Webhooks {
		e.addLane(row, snap.Head)
	}
	e.lookAtRoom(true)
	go e.commit.run()
	e.life.spawn(func() { e.clock.run(e.life.stop, e.due, e.jumped) })
	e.life.spawn(e.keepHouse)
	e.life.spawn(e.listen)
	e.life.spawn(e.settleFiles)
	e.clock.at(snap.Settings.PausedUntil)
	for _, l := range e.allLanes() {
		l.recount()
	}
	e.kickAll()
	poke(e.commit.wake)
	e.feed.start(snap.Sources)
	return nil
}

// Stop takes nothing more in, lets requests on their way end (5 s at most), and
// writes what came of them. The store stays open: whoever opened it closes it.
func (e *Engine) Stop(context.Context) error {
	e.stopped.Do(func() {
		e.feed.stop()
		e.life.end()
		e.life.wait(grace)
		e.commit.close()
		for _, l := range e.allLanes() {
			l.end()
		}
	})
	return nil
}

// due runs when a time that something waits for has come.
func (e *Engine) due() {
	s := e.Settings()
	if s.Paused && !s.PausedUntil.IsZero() {
		if wall(time.Now()).Before(s.PausedUntil) {
			e.clock.at(s.PausedUntil)
		} else if err := e.Resume(core.Author{}); err != nil {
			e.log.Error("sending not resumed", "error", err)
		}
	}
	for _, l := range e.allLanes() {
		e.endPause(l)
	}
	e.kickAll()
}

// endPause turns a webhook on again that was paused until a time which has come.
func (e *Engine) endPause(l *lane) {
	l.mu.Lock()
	w, revision := l.cfg.webhook, l.cfg.revision
	l.mu.Unlock()
	if w.State != core.StatePaused || w.Until.IsZero() {
		return
	}
	if wall(time.Now()).Before(w.Until) {
		e.clock.at(w.Until)
		return
	}
	on := w.Clone()
	on.State, on.Until = core.StateOn, time.Time{}
	if err := e.Apply(Edit{Webhook: on, Revision: revision}); err != nil && core.CodeOf(err) != core.CodeConflict {
		e.log.Error("webhook not turned on", "webhook", w.ID, "error", err)
		e.clock.at(time.Now().Add(panicAgain))
	}
}

// resting tells whether nothing may be sent for any webhook.
func (e *Engine) resting() bool { return e.p.Quiet || e.paused.Load() }

func (e *Engine) kickAll() {
	for _, l := range e.allLanes() {
		l.mu.Lock()
		l.kick()
		l.mu.Unlock()
	}
}

func (e *Engine) publish(events []*core.Event) {
	for _, l := range e.allLanes() {
		l.publish(events)
	}
}

func (e *Engine) allLanes() []*lane {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return e.lanes
}

// lane finds a webhook's lane by its id, nil if there is none.
func (e *Engine) lane(id string) *lane {
	for _, l := range e.allLanes() {
		if l.id == id {
			return l
		}
	}
	return nil
}

func (e *Engine) laneByNum(num uint32) *lane {
	for _, l := range e.allLanes() {
		if l.num == num {
			return l
		}
	}
	return nil
}

// addLane makes a lane for a stored webhook.
func (e *Engine) addLane(row core.WebhookRow, head uint64) *lane {
	l := newLane(row, head, e.env)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lanes = append(slices.Clone(e.lanes), l)
	slices.SortFunc(e.lanes, func(a, b *lane) int { return int(a.num) - int(b.num) })
	e.changed[l.id] = row.Changed
	e.clock.at(row.Webhook.Until)
	return l
}

// dropLane ends and removes the lane of a deleted webhook.
func (e *Engine) dropLane(id string) {
	e.mu.Lock()
	i := slices.IndexFunc(e.lanes, func(l *lane) bool { return l.id == id })
	if i < 0 {
		e.mu.Unlock()
		return
	}
	gone := e.lanes[i]
	e.lanes = slices.Delete(slices.Clone(e.lanes), i, i+1)
	delete(e.changed, id)
	e.mu.Unlock()
	gone.end()
}

// Head is the seq of the newest event in the log.
func (e *Engine) Head() uint64 { return e.commit.head.Load() }

// Problems are sentences about the program itself: its store, its local address.
func (e *Engine) Problems() []string {
	e.mu.RLock()
	all := slices.Clone(e.problems)
	e.mu.RUnlock()
	if t := e.commit.troubleText(); t != "" {
		all = append(all, t)
	}
	if t := e.quota.text(); t != "" {
		all = append(all, t)
	}
	if t := e.feed.localProblem(); t != "" {
		all = append(all, t)
	}
	if t := e.store.Info().KeyError; t != "" {
		all = append(all, t)
	}
	return slices.CompactFunc(all, strings.EqualFold)
}
