package engine

import (
	"time"

	"hookbird/core"
)

// turn is the current turn of a webhook that sends every so often. Turns are
// numbered by the clock: number n begins n times Every after 1970, so that they
// stay where they are over a restart. What comes in during a turn waits for the
// next one; after a time in which the computer was off, one turn is caught up.
type turn struct {
	left int    // first tries that may still go out
	end  uint64 // seq of the last event that belongs to it
}

func turnAt(now time.Time, every time.Duration) int64 { return now.UnixNano() / int64(every) }

// keepTurn begins the turn of now, if it has not begun.
func (l *lane) keepTurn(now time.Time) {
	every := l.cfg.webhook.Send.Every
	if every == 0 {
		return
	}
	if n := turnAt(now, every); n != l.place.Turn {
		l.place.Turn = n
		l.turn = turn{left: l.cfg.webhook.PerTurn(), end: l.head}
		l.dirty = true
	}
}

// endTurn has what waits wait for the next turn.
func (l *lane) endTurn(now time.Time) {
	if every := l.cfg.webhook.Send.Every; every > 0 {
		l.place.Turn, l.turn = turnAt(now, every), turn{}
	}
}

// nextTurn is when the next turn begins; zero if the webhook has none.
func (l *lane) nextTurn(now time.Time) time.Time {
	every := l.cfg.webhook.Send.Every
	if every == 0 {
		return time.Time{}
	}
	return time.Unix(0, (turnAt(now, every)+1)*int64(every))
}

// handy counts the events read ahead that may be handed out now. Where there are
// some that may not, the clock wakes the lane at the next turn.
func (l *lane) handy(now time.Time) int {
	if l.cfg.webhook.Send.Every == 0 || len(l.buf) == 0 {
		return len(l.buf)
	}
	l.keepTurn(now)
	n := 0
	for n < len(l.buf) && n < l.turn.left && n < core.MaxBatch && l.buf[n].Seq <= l.turn.end {
		n++
	}
	if n == 0 {
		l.env.clock.at(l.nextTurn(now))
	}
	return n
}
