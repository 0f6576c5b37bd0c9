package engine

import (
	"maps"
	"slices"
	"time"

	"hookbird/core"
)

// WebhookState is a webhook as it is doing now.
type WebhookState struct {
	Webhook   *core.Webhook // not to be changed
	Num       uint32
	Revision  uint64
	Changed   time.Time
	Health    core.Health
	Blocked   string // why its secrets, or what else its settings name, cannot be used; "" if they can
	BlockedBy core.Cause
	Held      time.Time // the target asked for patience until then; zero if not
	Delivered uint64
	Failed    uint64
	Waiting   uint64 // behind the cursor, on their way, and to be tried again
	Behind    uint64 // behind the cursor only
	Retries   uint64
	About     bool // Waiting is still being counted
	Meanwhile uint64
	Next      uint64 // seq of the next event of the log to look at
	First     uint64 // seq of the first one that was not sent yet
	NextTry   time.Time
	NextTries int         // tries that the delivery of NextTry has behind it
	LastGood  time.Time   // since the engine started; zero if never
	Done      time.Time   // about when nothing will wait any more; zero if nobody can tell
	Paced     bool        // its own limits hold it back now
	Brake     core.Braked // what holds it until somebody has answered, if Since is set
	Tries     Tries
}

// Webhooks gives the state of all, in the order in which they were made.
func (e *Engine) Webhooks() []WebhookState {
	lanes := e.allLanes()
	all := make([]WebhookState, len(lanes))
	for i, l := range lanes {
		all[i] = e.state(l)
	}
	return all
}

// WaitCounted returns once the backlogs found at the start are counted, so that
// no number is "about".
func (e *Engine) WaitCounted() { e.env.counts.Wait() }

// Webhook gives the state of one, or CodeNotFound.
func (e *Engine) Webhook(id string) (WebhookState, error) {
	l := e.lane(id)
	if l == nil {
		return WebhookState{}, core.Errorf(core.CodeNotFound, "There is no such webhook any more.")
	}
	return e.state(l), nil
}

func (e *Engine) state(l *lane) WebhookState {
	e.mu.RLock()
	changed := e.changed[l.id]
	e.mu.RUnlock()
	l.mu.Lock()
	defer l.mu.Unlock()
	p := l.onDisk()
	behind, about := l.count.value()
	s := WebhookState{
		Webhook: l.cfg.webhook, Num: l.num, Revision: l.cfg.revision, Changed: changed,
		Health: l.place.Health, Blocked: l.blocked, BlockedBy: l.blockedBy,
		Delivered: p.Delivered, Failed: p.Failed, Retries: p.Retries,
		Behind: behind, About: about, Meanwhile: uint64(max(0, l.count.meanwhile)),
		Next: l.place.Next, LastGood: l.lastGood,
		Tries:   l.tries.clone(),
		Waiting: behind + uint64(len(p.Pending)) + p.Retries,
	}
	if l.holdTill.After(time.Now()) {
		s.Held = l.holdTill
	}
	now := time.Now()
	s.Done = l.doneAt(now, s.Waiting)
	s.Paced = s.Waiting > 0 && !l.limit.Next(now).IsZero()
	s.First = l.lowest()
	if s.Brake = l.place.Brake; s.Waiting == 0 || l.place.Brake.Left > 0 {
		s.Brake.Since = time.Time{}
	}
	for _, seq := range p.Pending {
		s.First = min(s.First, seq)
	}
	s.NextTry = l.nextTry()
	if r, ok := l.wait.next(l.order); ok {
		s.NextTries = r.Tries
	}
	return s
}

// onDisk gives the lane's counts and pending events without what is done but not
// written yet: what nobody could deny after a crash.
func (l *lane) onDisk() core.Lane {
	p := l.place
	p.Pending = slices.Collect(maps.Keys(l.open))
	for _, f := range l.results {
		untally(&p, f)
	}
	for _, f := range l.riding {
		untally(&p, f)
		if f.d.retry == nil {
			p.Pending = append(p.Pending, f.d.seq)
		}
	}
	return p
}

// untally takes back what tally counted.
func untally(p *core.Lane, f finished) {
	if f.d.retry != nil {
		p.Retries++
	}
	switch f.result.State {
	case core.Delivered:
		p.Delivered--
	case core.Failed:
		p.Failed--
	case core.Waiting:
		p.Retries--
	}
}

// nextTry is when something that waits for a time is next tried, zero if
// nothing does.
func (l *lane) nextTry() time.Time {
	h := l.place.Health
	r, ok := l.wait.next(l.order)
	next := time.UnixMilli(r.Due)
	switch {
	case l.cfg.webhook.State != core.StateOn || l.blocked != "":
		return time.Time{}
	case h.State != core.HealthGood:
		return h.ProbeAt
	case !ok && l.count.behind > 0:
		return l.nextTurn(time.Now())
	case !ok:
		return time.Time{}
	case l.holdTill.After(next):
		return l.holdTill
	}
	return next
}
