package engine

import (
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
	Blocked   string    // why its secrets cannot be opened, "" if they can
	Held      time.Time // the target asked for patience until then; zero if not
	Delivered uint64
	Failed    uint64
	Waiting   uint64 // behind the cursor, on their way, and to be tried again
	Behind    uint64 // behind the cursor only
	Retries   uint64
	About     bool // Waiting is still being counted
	Meanwhile uint64
	Next      uint64 // seq of the next event of the log to look at
	NextTry   time.Time
	NextTries int       // tries that the delivery of NextTry has behind it
	LastGood  time.Time // since the engine started; zero if never
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
	behind, about := l.count.value()
	s := WebhookState{
		Webhook: l.cfg.webhook, Num: l.num, Revision: l.cfg.revision, Changed: changed,
		Health: l.place.Health, Blocked: l.blocked,
		Delivered: l.place.Delivered, Failed: l.place.Failed, Retries: l.place.Retries,
		Behind: behind, About: about, Meanwhile: uint64(max(0, l.count.meanwhile)),
		Next: l.place.Next, LastGood: l.lastGood,
	}
	first := 0 // on their way for the first time: neither behind nor retries
	for range l.open {
		first++
	}
	for i := range l.results {
		if l.results[i].d.retry == nil {
			first-- // done, and counted by what came of it
		}
	}
	s.Waiting = behind + uint64(max(0, first)) + l.place.Retries
	if l.holdTill.After(time.Now()) {
		s.Held = l.holdTill
	}
	s.NextTry = l.nextTry()
	if len(l.wait.near) > 0 {
		s.NextTries = l.wait.near[0].Tries
	}
	return s
}

// nextTry is when something that waits for a time is next tried, zero if
// nothing does.
func (l *lane) nextTry() time.Time {
	h := l.place.Health
	next, ok := l.wait.nearest()
	switch {
	case l.cfg.webhook.State != core.StateOn || l.blocked != "":
		return time.Time{}
	case h.State != core.HealthGood:
		return h.ProbeAt
	case !ok:
		return time.Time{}
	case l.holdTill.After(next):
		return l.holdTill
	}
	return next
}
