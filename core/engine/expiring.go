package engine

import (
	"slices"
	"time"

	"hookbird/core"
)

// Expiring is what goes soon although it was never delivered.
type Expiring struct {
	Webhook  *core.Webhook // not to be changed; nil: no webhook wanted it
	Failed   uint64        // messages
	Held     uint64        // messages that wait
	Unwanted uint64        // records that no webhook wanted
	About    bool          // Held may be a little too large
	First    time.Time     // when the first of them go
	Last     time.Time     // by when all of them have gone
}

// Expiring gives what goes soon, a webhook after the other. It is looked at now and
// then, not with each call.
func (e *Engine) Expiring() []Expiring {
	e.mu.RLock()
	defer e.mu.RUnlock()
	return slices.Clone(e.expiring)
}

// lookAtExpiring finds out what goes soon.
func (e *Engine) lookAtExpiring() {
	now := time.Now()
	settings := e.Settings()
	kept := settings.Kept(now)
	var all []Expiring
	if !kept.Unfinished.IsZero() {
		all = e.expiringAt(kept, now)
	}
	e.mu.Lock()
	changed := len(all) > 0 || len(e.expiring) > 0
	e.expiring = all
	e.mu.Unlock()
	if changed {
		e.p.OnChange()
	}
}

func (e *Engine) expiringAt(kept core.Kept, now time.Time) []Expiring {
	keeps := now.Sub(kept.Unfinished)
	found := map[uint32]*Expiring{}
	of := func(l *lane, at time.Time) *Expiring {
		x := found[l.num]
		if x == nil {
			x = &Expiring{Last: kept.Soon.Add(keeps)}
			found[l.num] = x
		}
		if goes := at.Add(keeps); x.First.IsZero() || goes.Before(x.First) {
			x.First = goes
		}
		return x
	}
	e.eachUnfinished(kept.Soon, func(l *lane, u core.Unfinished) {
		if x := of(l, time.UnixMilli(u.Key.Last)); u.Due != 0 {
			x.Held++
		} else {
			x.Failed++
		}
	})
	limit, err := e.store.SeqAt(kept.Soon)
	if err != nil {
		e.log.Error("what goes soon is not all known", "error", err)
	}
	var all []Expiring
	for _, l := range e.allLanes() {
		if n, about, at := l.heldBelow(limit); n > 0 {
			x := of(l, at)
			x.Held, x.About = x.Held+n, about
		}
		if x := found[l.num]; x != nil {
			x.Webhook = l.webhook()
			all = append(all, *x)
		}
	}
	if u := e.unwanted.Load(); u != nil && u.Unwanted > 0 {
		all = append(all, Expiring{Unwanted: u.Unwanted, First: u.Oldest.Add(keeps), Last: kept.Soon.Add(keeps)})
	}
	return all
}

// eachUnfinished visits what failed or waits and was last tried before a time.
func (e *Engine) eachUnfinished(before time.Time, visit func(l *lane, u core.Unfinished)) {
	for place := (core.UnfinishedPlace{}); !e.life.ending(); {
		list, next, err := e.store.Unfinished(before, place, bufEvents)
		if err != nil {
			e.log.Error("what goes soon is not all readable", "error", err)
		}
		for _, u := range list {
			if l := e.laneByNum(u.Key.Webhook); l != nil {
				visit(l, u)
			}
		}
		if next == (core.UnfinishedPlace{}) {
			return
		}
		place = next
	}
}

// heldBelow counts what waits below a seq and was never tried, and tells when the
// oldest of it came in.
func (l *lane) heldBelow(limit uint64) (n uint64, about bool, at time.Time) {
	l.mu.Lock()
	next, cfg := l.place.Next, l.cfg
	if l.off() {
		limit = min(limit, l.place.Gaps[len(l.place.Gaps)-1].From)
	}
	behind, counting := l.count.value()
	l.mu.Unlock()
	if next >= limit || behind == 0 && !counting {
		return 0, false, at
	}
	if events, err := l.env.store.Events(next, 1, 1); err == nil && len(events) == 1 {
		at = events[0].Time
	}
	w := cfg.webhook
	about = counting || len(w.Events) > 0 || len(w.Sources) > 0 || cfg.looksInside()
	return min(limit-next, behind), about, at
}

func (l *lane) webhook() *core.Webhook {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.cfg.webhook
}
