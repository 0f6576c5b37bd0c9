package engine

import (
	"context"
	"time"

	"hookbird/core"
)

const (
	houseEvery = time.Hour       // between two looks at what retention no longer keeps
	houseFirst = 5 * time.Minute // after the start, which is busy enough
	logEvery   = 24              // of these looks one is at the log too, which takes a look at every row
)

// keepHouse deletes what is older than the settings keep, in slices between
// which others can write.
func (e *Engine) keepHouse() {
	timer := time.NewTimer(houseFirst)
	defer timer.Stop()
	e.lookAtExpiring()
	for round, kept := 0, (core.Settings{}); ; round++ {
		select {
		case <-e.life.stop:
			return
		case <-timer.C:
		}
		ended := e.expire()
		now := e.Settings()
		rowsOnly := round%logEvery != 0 && ended == 0 && sameClocks(now, kept)
		for e.trim(rowsOnly) && !e.life.ending() {
		}
		kept = now
		e.lookAtExpiring()
		e.tidyRuns()
		e.tidySources()
		if round%logEvery == 0 {
			e.tidyStore()
		}
		timer.Reset(houseEvery)
	}
}

// tidyStore makes the store's file small where that pays.
func (e *Engine) tidyStore() {
	before := e.store.Room()
	if !before.WorthTidying() {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-e.life.stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	if err := e.store.Compact(ctx, func(uint64, uint64) {}); err != nil {
		e.log.Warn("store not tidied up", "error", err)
		return
	}
	e.log.Info("store tidied up", "bytes_before", before.File, "bytes", e.store.Room().File)
}

// sameClocks tells whether two settings keep everything for as long.
func sameClocks(a, b core.Settings) bool {
	return a.ContentDays == b.ContentDays && a.TraceDays == b.TraceDays && a.UnfinishedDays == b.UnfinishedDays
}

// trim deletes one slice and tells whether there is more.
func (e *Engine) trim(rowsOnly bool) (more bool) {
	kept := e.Settings().Kept(time.Now())
	kept.RowsOnly = rowsOnly
	var done core.Trimmed
	err := e.commit.do(&op{plan: func(next uint64) (*core.Batch, moves, error) {
		var err error
		done, err = e.store.Trim(kept, e.floor(next))
		return &core.Batch{}, nil, err
	}})
	if err != nil {
		e.log.Error("old records not removed", "error", err)
		return false
	}
	if !done.More && !rowsOnly {
		e.unwanted.Store(&done)
	}
	return done.More
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
