package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/job"
)

// ErrandKind says what an errand does.
type ErrandKind string

// The kinds of errands.
const (
	ErrandAgain  ErrandKind = "again"  // finished messages wait for a try now
	ErrandReplay ErrandKind = "replay" // records go to a webhook once more, or for the first time
	ErrandThrow  ErrandKind = "throw"  // what waits for a webhook is not sent any more
	ErrandMove   ErrandKind = "move"   // what waits for a webhook goes to another instead
	ErrandLeave  ErrandKind = "leave"  // what waits for a webhook goes out, then the webhook is turned off or deleted
)

// Errand is long work with messages that a person asked for. It is kept in the
// store with how far it is, in the same commits as what it does, and so goes on
// after a crash where it was, without doing anything twice. Its parts are done one
// after the other; one that is done is nil.
type Errand struct {
	ID    string
	Kind  ErrandKind
	Asked time.Time
	Turn  uint64 // larger than those of all errands that were under way when it was asked for
	Total uint64 // messages there were when it was asked for, or about so many
	Done  uint64 // messages that it has taken care of
	Left  uint64 // messages that it could do nothing about: gone, or on their way already

	Query  *core.DeliveryQuery `json:",omitempty"` // ErrandAgain: which messages; Before is how far it is
	Replay *Replay             `json:",omitempty"`
	Clear  *Clear              `json:",omitempty"`
	Leave  *Leave              `json:",omitempty"`
	TurnOn *TurnOn             `json:",omitempty"`

	waits string     // why nothing is done now, as a sentence
	look  *Replaying // of a replay, while it runs
	first bool       // none that was asked for before is in its way any more
}

// over tells whether all is done.
func (er *Errand) over() bool {
	return er.Query == nil && er.Replay == nil && er.Clear == nil && er.Leave == nil && er.TurnOn == nil
}

// Waits is why nothing is done now, as a sentence; "" while it goes on.
func (er Errand) Waits() string { return er.waits }

const (
	errandSlice = 200                    // messages in one commit, between which others can write
	errandLook  = 20_000                 // rows of the history that are looked at before progress is told
	errandIdle  = 500 * time.Millisecond // until it is looked again whether a webhook takes more
)

// errandPrefix begins the ids of errands among other long work.
const errandPrefix = "errand/"

// Begin keeps an errand in the store, so that Run may go on with it after a start.
func (e *Engine) Begin(er Errand) (Errand, error) {
	e.begins.Lock()
	defer e.begins.Unlock()
	er.ID, er.Asked = errandPrefix+core.NewKey(12), time.Now()
	others, err := e.Errands()
	if err != nil {
		e.log.Error("not all errands readable", "error", err)
	}
	for _, o := range others {
		er.Turn = max(er.Turn, o.Turn+1)
	}
	if q := er.Query; q != nil && (q.Until.IsZero() || q.Until.After(er.Asked)) {
		kept := *q
		kept.Until = er.Asked // what fails from now on was not asked for
		er.Query = &kept
	}
	return er, e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		return &core.Batch{Works: []core.Work{er.work()}}, nil, nil
	}})
}

// Errands gives those that were begun and are not over, in no particular order. A quiet
// engine has none.
func (e *Engine) Errands() ([]Errand, error) {
	if e.p.Quiet {
		return nil, nil
	}
	works, err := e.store.Works()
	var all []Errand
	for _, w := range works {
		if !strings.HasPrefix(w.ID, errandPrefix) {
			continue
		}
		var er Errand
		if bad := json.Unmarshal(w.Data, &er); bad != nil {
			err = errors.Join(err, fmt.Errorf("work %s: %w", w.ID, bad))
			continue
		}
		er.ID = w.ID
		all = append(all, er)
	}
	return all, err
}

// queue says what an errand has to wait for, "" if it may go on: records go to one
// webhook on one errand at a time, and nothing else is replayed while messages move
// from one webhook to another. What an errand looked up about a webhook would else not
// stay true, and two that move the same message to and fro could lose it.
func (e *Engine) queue(er *Errand) (waits string) {
	if er.first {
		return ""
	}
	others, err := e.Errands()
	if err != nil {
		return core.Sentence(core.Wrap(core.CodeUnavailable, err, "What else is under way cannot be read now."))
	}
	for i := range others {
		if o := &others[i]; o.ID != er.ID && o.Turn < er.Turn && o.excludes(er) {
			return "Other earlier records are being sent first."
		}
	}
	er.first = true
	return ""
}

// excludes tells whether two errands must be done one after the other.
func (er *Errand) excludes(o *Errand) bool {
	switch {
	case er.Kind == ErrandMove:
		return o.Replay != nil
	case er.Replay == nil || o.Replay == nil:
		return false
	}
	return o.Kind == ErrandMove || er.Replay.Webhook == o.Replay.Webhook
}

// work is how an errand is kept: as it is now, or not at all once it is over.
func (er *Errand) work() core.Work {
	if er.over() {
		return core.Work{ID: er.ID}
	}
	data, err := json.Marshal(er)
	if err != nil { // there is nothing in it that cannot be written
		data = []byte("{}")
	}
	return core.Work{ID: er.ID, Data: data}
}

// Run does an errand to its end, telling after each slice how far it is. What ends
// its context with the cause job.ErrStopping leaves it to be gone on with; any other end
// gives it up: what it did stays done. It takes a disk that is full or cannot be
// written for a while as a reason to wait.
func (e *Engine) Run(ctx context.Context, er Errand, tell func(Errand)) (Errand, error) {
	for {
		if ctx.Err() != nil {
			return er, e.ended(ctx, &er)
		}
		pause, err := e.step(ctx, &er)
		switch {
		case ctx.Err() != nil:
			continue
		case core.CodeOf(err) == core.CodeUnavailable:
			er.waits, pause = core.Sentence(err), troublePause
		case err != nil:
			return er, errors.Join(err, e.drop(&er))
		}
		tell(er)
		if er.over() {
			return er, nil
		}
		if pause > 0 {
			rest(ctx, pause)
		}
	}
}

// ended gives up what was cancelled, and leaves what is to go on.
func (e *Engine) ended(ctx context.Context, er *Errand) error {
	if errors.Is(context.Cause(ctx), job.ErrStopping) {
		return ctx.Err()
	}
	if err := e.drop(er); err != nil {
		return err
	}
	return ctx.Err()
}

// drop forgets an errand.
func (e *Engine) drop(er *Errand) error {
	return e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		return &core.Batch{Works: []core.Work{{ID: er.ID}}}, nil, nil
	}})
}

// keep writes down how far an errand is.
func (e *Engine) keep(er *Errand) error {
	return e.commit.do(&op{plan: func(uint64) (*core.Batch, moves, error) {
		return &core.Batch{Works: []core.Work{er.work()}}, nil, nil
	}})
}

func rest(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// step does one slice of an errand, and says how long to wait before the next.
func (e *Engine) step(ctx context.Context, er *Errand) (time.Duration, error) {
	switch {
	case er.Query != nil:
		return e.stepAgain(ctx, er)
	case er.Replay != nil:
		return e.stepReplay(ctx, er)
	case er.Clear != nil:
		return e.stepClear(er)
	case er.Leave != nil:
		return e.stepLeave(er)
	case er.TurnOn != nil:
		return e.stepTurnOn(er)
	}
	return 0, e.drop(er) // it says nothing
}

// stepAgain has a slice of the messages of a query wait for a try now. The walk goes
// back in time and a message that is tried moves forward, so none comes twice.
func (e *Engine) stepAgain(ctx context.Context, er *Errand) (time.Duration, error) {
	q := *er.Query
	q.Limit, q.Look, q.Brief, q.Tests = errandSlice, errandLook, true, core.WithoutTests
	page, err := e.store.Deliveries(ctx, q)
	if err := unreadable(e, err, page.Looked); err != nil {
		return 0, err
	}
	next := *er
	q = *er.Query
	q.Before = page.Next
	next.Query, next.waits = &q, ""
	if page.Next.IsZero() {
		next.Query = nil
	}
	_, err = e.sendAgain(func() core.Work { return next.work() }, func(a *again) error {
		next.Done, next.Left = er.Done, er.Left
		for i := range page.Rows {
			if a.add(page.Rows[i].Key) {
				next.Done++
			} else {
				next.Left++
			}
		}
		return nil
	})
	if err == nil {
		*er = next
	}
	return 0, err
}

// unreadable passes over rows that are damaged, which the log tells of; what keeps
// anything from being read stays an error.
func unreadable(e *Engine, err error, looked uint64) error {
	if err == nil || looked == 0 || core.CodeOf(err) == core.CodeUnavailable {
		return err
	}
	e.log.Error("not all messages readable", "error", err)
	return nil
}
