package engine

import (
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

// What it takes to think ill of a target.
const (
	downAfter      = 5               // failed exchanges in a row
	attentionAfter = 5               // different events in a row, refused for the settings' sake
	probeTurn      = 3               // failed answers after which another delivery probes
	probeHourly    = time.Hour       // between probes, once a probe has used up its plan
	probeGrace     = 5 * time.Second // beyond the time limit of a probe, before another may go
	probeAtMost    = 25 * time.Hour  // until the next probe; what is later comes of a clock that was set back
	mostPatience   = time.Minute     // with a target that asks to slow down and does not say for how long
)

// judge brings the target's health up to date with the outcome of a try:
//
//	good ──5 failed exchanges──> down ──a success──> good, one at a time, then 2, 4, …
//	good ──5 events refused────> attention ──saved, one accepted──> good, likewise
func (l *lane) judge(f *finished, records int, hold time.Duration) {
	a := *f.result.Attempt
	h := &l.place.Health
	class := attempt.ClassOf(a.Cause)
	if class == attempt.Local {
		return // nothing was sent: it says nothing of the target
	}
	l.dirty = true
	l.host.saw(l, a, class)
	if class == attempt.Good {
		l.recover(h)
		return
	}
	before := h.State
	if records > 1 && divisible(a) {
		return // which of them it was refused for is still to be found
	}
	*h = blame(*h, class, f.result.Seq, a)
	l.careful(*h)
	if h.State != before {
		h.Since = a.At
		if h.State != core.HealthGood {
			l.heldAlarm()
		}
		l.env.log.Warn("webhook held", "webhook", l.id, "state", string(h.State), "cause", string(h.Cause))
	}
	switch {
	case class == attempt.Gone && !l.gone:
		l.gone, h.Since = true, a.At
		l.env.gone(l)
	case class == attempt.Busy:
		l.busy++
		l.hold(time.Now(), max(hold, patience(l.busy)))
		l.allowed = 1
	case (class == attempt.Trouble || class == attempt.Portal) && h.State != core.HealthGood:
		h.ProbeAt = l.wait.probed(f, h.Failing%probeTurn == 0)
	}
}

// patience is how long nothing is sent to a target that asked us to slow down and
// did not say for how long: longer each time.
func patience(times int) time.Duration {
	return min(time.Second<<min(times-1, 10), mostPatience)
}

// careful lets fewer requests out the nearer the target is to being held, so
// that those on their way when it is are few.
func (l *lane) careful(h core.Health) {
	if h.State != core.HealthGood {
		l.allowed = 1
		return
	}
	left := min(downAfter-h.Failing, attentionAfter-len(h.Refused))
	l.allowed = max(1, min(l.allowed, left))
}

// recover notes a success: what was held goes on, carefully at first.
func (l *lane) recover(h *core.Health) {
	l.busy = 0
	if h.State != core.HealthGood {
		l.env.log.Info("webhook delivers again", "webhook", l.id)
		l.wait.calm()
		l.allowed = 1
	} else if workers := l.cfg.workers(); l.allowed < workers {
		l.allowed = min(2*l.allowed, workers)
	}
	if h.State != core.HealthGood || h.Cause != core.CauseNone {
		*h = core.Health{Since: time.Now()}
	}
}

// blame counts a failure against a target and says how it is now doing.
func blame(h core.Health, class attempt.Class, seq uint64, a core.Attempt) core.Health {
	same := h.Cause == a.Cause && h.Code == a.Code
	text := h.Detail
	h.Cause, h.Code, h.Detail = a.Cause, a.Code, a.Detail
	h.ProbeAt = time.Time{}
	switch class {
	case attempt.Settings, attempt.Data:
		h.Failing = 0
		if class == attempt.Data {
			h.Detail = a.Answer
			if !same || text != a.Answer {
				h.Refused = nil // another complaint: about the data, not the settings
			}
		}
		if !slices.Contains(h.Refused, seq) {
			h.Refused = append(slices.Clone(h.Refused), seq)
		}
		if h.State == core.HealthDown {
			h.State = core.HealthGood // it answers
		}
		if len(h.Refused) >= attentionAfter {
			h.State = core.HealthAttention
			h.Refused = h.Refused[len(h.Refused)-attentionAfter:]
		}
	case attempt.Trouble:
		h.Refused = nil
		h.Failing++
		if h.Failing >= downAfter && h.State == core.HealthGood {
			h.State = core.HealthDown
		}
	case attempt.Portal:
		h.Refused = nil
		h.Failing++
		h.State = core.HealthDown
	}
	return h
}
