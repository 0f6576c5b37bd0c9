// Package job keeps long work that somebody asked for and can watch and cancel:
// what runs, how far it is, and how it ended. It holds nothing on disk: work that
// goes on after a start is begun anew by whoever does it.
package job

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"slices"
	"sync"
	"time"

	"hookbird/core"
)

// ErrStopping is the cause (context.Cause) that a job's context has ended for if
// nobody cancelled the job: the program ends, and the work may go on after its start.
var ErrStopping = errors.New("the program ends")

// Kind says what a job does, for whoever shows it.
type Kind string

// State is how a job is doing.
type State string

// The states of a job.
const (
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled"
	Failed    State = "failed"
)

// View is a job as it is shown.
type View struct {
	ID      string
	Kind    Kind
	Title   string // what it does, in words: "Sending 400 messages again"
	About   string // id of what it is about, a webhook's for example; "" if nothing
	State   State
	Step    string // what it does just now, "" if the title says all
	Done    uint64 // of Total
	Total   uint64 // 0: not known
	Began   time.Time
	Ended   time.Time // zero while it runs
	Outcome string    // a sentence about what came of it, once it ended
}

// keptJobs is how many finished jobs are remembered, and changeEvery how often
// somebody is told that one has come further.
const (
	keptJobs    = 20
	changeEvery = 250 * time.Millisecond
)

// Manager runs jobs. Any goroutine may call it. Its zero value is not ready: see
// NewManager.
type Manager struct {
	log     *slog.Logger
	changed func()

	ctx  context.Context
	stop context.CancelCauseFunc
	busy sync.WaitGroup

	mu     sync.Mutex
	closed bool
	jobs   []*job // in the order of their beginning
}

// job is one job; its view is guarded by the Manager's mutex.
type job struct {
	view   View
	cancel context.CancelFunc
	told   time.Time // when its progress was last told
}

// NewManager makes a Manager. changed, which may be nil, is called when a job
// begins, has come further or ends, from any goroutine; it must not wait.
func NewManager(log *slog.Logger, changed func()) *Manager {
	if changed == nil {
		changed = func() {}
	}
	m := &Manager{log: log, changed: changed}
	m.ctx, m.stop = context.WithCancelCause(context.Background())
	return m
}

// Spec describes a job that is to begin.
type Spec struct {
	Kind  Kind
	Title string
	About string
	// Alone refuses the job, with CodeConflict, while another of its kind and
	// About runs.
	Alone bool
}

// Start begins a job on a goroutine of its own and returns at once. run gives the
// sentence that says what came of it. Its context ends when somebody cancels the
// job or the Manager is closed; a run that ends with the context's error counts as
// cancelled, and its sentence is kept.
func (m *Manager) Start(spec Spec, run func(ctx context.Context, p *Progress) (outcome string, err error)) (View, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return View{}, core.Errorf(core.CodeUnavailable, "Hookbird is stopping. Try it again when it runs.")
	}
	if spec.Alone {
		for _, j := range m.jobs {
			if j.view.State == Running && j.view.Kind == spec.Kind && j.view.About == spec.About {
				return View{}, core.Errorf(core.CodeConflict, "This is being done already: %s.", j.view.Title)
			}
		}
	}
	ctx, cancel := context.WithCancel(m.ctx)
	j := &job{cancel: cancel, view: View{
		ID: core.NewKey(12), Kind: spec.Kind, Title: spec.Title, About: spec.About, State: Running, Began: time.Now(),
	}}
	m.jobs = append(m.jobs, j)
	m.busy.Go(func() {
		defer cancel()
		outcome, err := m.guarded(j, func() (string, error) { return run(ctx, &Progress{m: m, j: j}) })
		m.end(j, outcome, err)
	})
	m.changed()
	return j.view, nil
}

// guarded turns a panic of a job into its failure: it must not take the engine
// down.
func (m *Manager) guarded(j *job, run func() (string, error)) (outcome string, err error) {
	defer func() {
		if p := recover(); p != nil {
			m.log.Error("job panicked", "kind", j.view.Kind, "panic", p, "stack", string(debug.Stack()))
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	return run()
}

func (m *Manager) end(j *job, outcome string, err error) {
	m.mu.Lock()
	v := &j.view
	v.Ended, v.Step, v.Outcome = time.Now(), "", outcome
	switch {
	case err == nil:
		v.State = Done
	case errors.Is(err, context.Canceled):
		v.State = Cancelled
	default:
		v.State = Failed
		if v.Outcome == "" {
			v.Outcome = core.Sentence(err)
		}
		m.log.Error("job failed", "kind", v.Kind, "error", err)
	}
	m.forgetOld()
	m.mu.Unlock()
	m.changed()
}

// forgetOld keeps the last finished jobs only.
func (m *Manager) forgetOld() {
	ended := 0
	for i := len(m.jobs) - 1; i >= 0; i-- {
		if m.jobs[i].view.State == Running {
			continue
		}
		if ended++; ended > keptJobs {
			m.jobs = slices.Delete(m.jobs, i, i+1)
		}
	}
}

// Jobs gives those that run and the last that ended, the newest first.
func (m *Manager) Jobs() []View {
	m.mu.Lock()
	defer m.mu.Unlock()
	views := make([]View, 0, len(m.jobs))
	for _, j := range slices.Backward(m.jobs) {
		views = append(views, j.view)
	}
	return views
}

// Job gives one job, or CodeNotFound.
func (m *Manager) Job(id string) (View, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if j := m.find(id); j != nil {
		return j.view, nil
	}
	return View{}, gone()
}

func (m *Manager) find(id string) *job {
	for _, j := range m.jobs {
		if j.view.ID == id {
			return j
		}
	}
	return nil
}

func gone() error {
	return core.Errorf(core.CodeNotFound, "Hookbird does not know of this work any more.")
}

// Cancel asks a job to end. It returns at once, and does nothing to one that has
// ended.
func (m *Manager) Cancel(id string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	j := m.find(id)
	if j == nil {
		return gone()
	}
	j.cancel()
	return nil
}

// Forget takes a job that has ended off the list; one that runs stays.
func (m *Manager) Forget(id string) error {
	m.mu.Lock()
	before := len(m.jobs)
	m.jobs = slices.DeleteFunc(m.jobs, func(j *job) bool { return j.view.ID == id && j.view.State != Running })
	forgot := len(m.jobs) < before
	m.mu.Unlock()
	if forgot {
		m.changed()
	}
	return nil
}

// Close cancels what runs, waits until it has ended, and takes no more.
func (m *Manager) Close() {
	m.mu.Lock()
	m.closed = true
	m.mu.Unlock()
	m.stop(ErrStopping)
	m.busy.Wait()
}

// Progress is how a job tells how far it is. Its methods are cheap enough to be
// called for every slice, and may be called from any goroutine.
type Progress struct {
	m *Manager
	j *job
}

// Set says how much is done of all; total 0 means that it is not known.
func (p *Progress) Set(done, total uint64) {
	p.update(func(v *View) { v.Done, v.Total = done, total })
}

// Step says what the job does just now; its count begins anew.
func (p *Progress) Step(sentence string) {
	p.update(func(v *View) { v.Step, v.Done, v.Total = sentence, 0, 0 })
}

// Title says anew what the job does, when it has found out.
func (p *Progress) Title(title string) {
	p.update(func(v *View) { v.Title = title })
}

func (p *Progress) update(change func(*View)) {
	p.m.mu.Lock()
	change(&p.j.view)
	now := time.Now()
	tell := now.Sub(p.j.told) >= changeEvery
	if tell {
		p.j.told = now
	}
	p.m.mu.Unlock()
	if tell {
		p.m.changed()
	}
}
