package engine

import (
	"math/rand/v2"
	"time"

	"hookbird/core"
)

const (
	sleptFrom  = 5 * time.Second // by which the clocks differ at least after a sleep
	wakeSpread = 5 * time.Second // over which webhooks begin again after a sleep
	wakeGrace  = time.Minute     // after a sleep, in which a network that is not there yet is nobody's fault
)

// slept tells how far the wall clock has run ahead of the one that stands still
// while this computer sleeps, by how much time has passed on either; negative if it
// was set back. Small differences are 0.
func slept(onWall, awake time.Duration) time.Duration {
	ahead := onWall - awake
	if ahead > -sleptFrom && ahead < sleptFrom {
		return 0
	}
	return ahead
}

// jumped runs when this computer has slept, or its clock was set. Connections from
// before are of no use, and what is due by now goes out little by little.
func (e *Engine) jumped(by time.Duration) {
	e.log.Info("the clock has jumped", "by", by.Round(time.Second))
	e.env.woke.Store(time.Now().UnixMilli())
	for _, l := range e.allLanes() {
		l.restart(rand.N(wakeSpread))
	}
}

// restart begins carefully again, after a while.
func (l *lane) restart(in time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.allowed = 1
	l.hold(time.Now(), in)
	l.cfg.idle()
}

// justWoke tells whether a try failed because the network was not back yet after a
// sleep.
func (l *lane) justWoke(a core.Attempt) bool {
	since := a.At.UnixMilli() - l.env.woke.Load()
	return reachedNobody(a.Cause) && since >= 0 && since < wakeGrace.Milliseconds()
}
