package engine

import (
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
)

// turn is the current turn of a webhook that sends in turns. Turns are numbered
// by the clock, so that they stay where they are over a restart. What comes in
// during a turn waits for the next one; after a time in which the computer was off
// or asleep, one turn is caught up. When the clock was set back by up to turnsAgain,
// the turns that it shows again are not taken again; when by more, it was wrong
// before, and the turns are those that it shows now.
type turn struct {
	left int    // first tries that may still go out
	end  uint64 // seq of the last event that belongs to it
}

const turnsAgain = 2 * time.Hour

// keepTurn begins the turn of now, if it has not begun.
func (l *lane) keepTurn(now time.Time) {
	send := l.cfg.webhook.Send
	if !send.Turns() {
		return
	}
	switch n := schedule.Turn(send, now.Local()); {
	case n > l.place.Turn:
		l.turn = turn{left: l.cfg.webhook.PerTurn(), end: l.head}
		l.place.Turn, l.dirty = n, true
	case n < l.place.Turn && schedule.Begin(send, l.place.Turn).Sub(now) > turnsAgain:
		l.place.Turn, l.dirty = n, true
	}
}

// endTurn has what waits wait for the next turn.
func (l *lane) endTurn(now time.Time) {
	if send := l.cfg.webhook.Send; send.Turns() {
		l.place.Turn, l.turn = schedule.Turn(send, now.Local()), turn{}
	}
}

// nextTurn is when the next turn begins; zero if the webhook has none.
func (l *lane) nextTurn(now time.Time) time.Time {
	return schedule.Next(l.cfg.webhook.Send, now.Local())
}

// handy counts the events read ahead that may be handed out now.
func (l *lane) handy(now time.Time) int { return l.inTurn(l.buf, now) }

// inTurn counts those at the beginning of what was read ahead that may be handed
// out now. Where there are some that may not, the clock wakes the lane at the next
// turn.
func (l *lane) inTurn(buf []item, now time.Time) int {
	if !l.cfg.webhook.Send.Turns() || len(buf) == 0 {
		return len(buf)
	}
	l.keepTurn(now)
	n := 0
	for n < len(buf) && n < l.turn.left && n < core.MaxBatch && buf[n].event.Seq <= l.turn.end {
		n++
	}
	if n == 0 {
		l.env.clock.at(l.nextTurn(now))
	}
	return n
}
