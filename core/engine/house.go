package engine

import (
	"time"

	"hookbird/core"
)

const (
	houseEvery = time.Hour       // between two looks at what retention no longer keeps
	houseFirst = 5 * time.Minute // after the start, which is busy enough
)

// keepHouse deletes what is older than the settings keep, in slices between
// which others can write.
func (e *Engine) keepHouse() {
	timer := time.NewTimer(houseFirst)
	defer timer.Stop()
	for {
		select {
		case <-e.life.stop:
			return
		case <-timer.C:
		}
		for e.trim() && !e.life.ending() {
		}
		e.tidyRuns()
		e.tidySources()
		timer.Reset(houseEvery)
	}
}

// trim deletes one slice and tells whether there is more.
func (e *Engine) trim() (more bool) {
	before := time.Now().Add(-e.Settings().Keep())
	err := e.commit.do(&op{plan: func(next uint64) (*core.Batch, moves, error) {
		var err error
		_, more, err = e.store.Trim(before, e.floor(next))
		return &core.Batch{}, nil, err
	}})
	if err != nil {
		e.log.Error("old records not removed", "error", err)
		return false
	}
	return more
}

// floor is the seq below which no webhook has anything left to hand out. One
// that is off waits for nothing that comes after it was turned off.
func (e *Engine) floor(next uint64) uint64 {
	floor := next
	for _, l := range e.allLanes() {
		l.mu.Lock()
		low := l.lowest()
		if g := l.place.Gaps; l.off() && low >= g[len(g)-1].From {
			low = next
		}
		for seq := range l.open {
			low = min(low, seq)
		}
		l.mu.Unlock()
		floor = min(floor, low)
	}
	return floor
}
