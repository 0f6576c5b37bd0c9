package engine

import (
	"context"
	"log/slog"
	"maps"
	"time"

	"hookbird/core"
)

// tryBounds are the upper bounds of the classes that tries are counted in by how
// long they took.
var tryBounds = [...]time.Duration{
	50 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond,
	time.Second, 2500 * time.Millisecond, 5 * time.Second, 15 * time.Second, time.Minute,
}

// Tries counts the tries of a webhook since the engine started. Those that did not
// count, for lack of a network for example, are not in it.
type Tries struct {
	ByCause map[core.Cause]uint64
	Within  [len(tryBounds)]uint64 // how many took at most TryBounds()[i]
	Took    time.Duration          // all together
}

// TryBounds are the bounds of Tries.Within, rising.
func TryBounds() []time.Duration { return tryBounds[:] }

// Count is how many tries there were.
func (t *Tries) Count() (n uint64) {
	for _, c := range t.ByCause {
		n += c
	}
	return n
}

// clone gives what nothing is added to.
func (t *Tries) clone() Tries {
	c := *t
	c.ByCause = maps.Clone(t.ByCause)
	return c
}

func (t *Tries) add(a *core.Attempt) {
	if t.ByCause == nil {
		t.ByCause = map[core.Cause]uint64{}
	}
	t.ByCause[a.Cause]++
	t.Took += a.Took
	for i, bound := range tryBounds {
		if a.Took <= bound {
			t.Within[i]++
		}
	}
}

// logTry writes the one log line of a try. It names the message by its id, which
// the target got too, and nothing that is in it.
func (l *lane) logTry(cfg *config, group []*delivery, a *core.Attempt) {
	level, outcome := slog.LevelInfo, "delivered"
	if a.Cause != core.CauseNone {
		level, outcome = slog.LevelWarn, string(a.Cause)
	}
	tries := l.env.tries
	if !tries.Enabled(context.Background(), level) {
		return
	}
	first := group[0]
	n := 1
	if first.retry != nil {
		n += first.retry.Tries
	}
	tries.LogAttrs(context.Background(), level, "try",
		slog.String("webhook", l.id), slog.String("host", cfg.host),
		slog.String("message", core.DeliveryID(first.event.ID, l.id)), slog.Int("records", len(group)),
		slog.Int("try", n), slog.String("outcome", outcome), slog.Int("code", a.Code), slog.Duration("took", a.Took))
}
