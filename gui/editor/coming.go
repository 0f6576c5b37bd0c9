package editor

import (
	"fmt"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/gui/words"
)

// shownTurns is how many turns are named.
const shownTurns = 2

// leastNamed is the shortest time between turns that are worth naming.
const leastNamed = time.Minute

// nextText names the next turns: "Next: tomorrow 9:00, then 17:30."
func nextText(send core.Send, now time.Time) string {
	if send.Every > 0 && send.Every < leastNamed {
		return ""
	}
	coming := schedule.Coming(send, now, shownTurns)
	if len(coming) == 0 {
		return ""
	}
	text, day := "Next: ", ""
	for i, at := range coming {
		if i > 0 {
			text += ", then "
		}
		if d := words.Day(at, now); d != day {
			text += d + " "
			day = d
		}
		text += clock(at)
	}
	return text + "."
}

// clock writes a time of the day as it is typed: "9:00".
func clock(t time.Time) string { return schedule.FormatTimes([]int{t.Hour()*60 + t.Minute()}) }

// clockText tells of the next day on which the clocks change and a turn is not at
// the time that was typed, or at one of two; "" if there is none within a year.
func clockText(send core.Send, now time.Time) string {
	at := now
	for range 5 {
		_, change := at.ZoneBounds()
		if !change.IsZero() && !change.After(at) { // on the last day of a leap year it is said to lie behind
			at = at.Add(day)
			continue
		}
		if change.IsZero() || change.Sub(now) > 366*day {
			return ""
		}
		if text := changeText(send, change.In(now.Location())); text != "" {
			return text
		}
		at = change
	}
	return ""
}

// changeText tells of one change of the clocks.
func changeText(send core.Send, change time.Time) string {
	before, after := wall(change.Add(-time.Second)).Add(time.Second), wall(change)
	first, last := before, after
	if after.Before(before) {
		first, last = after, before
	}
	for _, minutes := range send.At {
		turn := midnight(first).Add(time.Duration(minutes) * time.Minute)
		if turn.Before(first) {
			turn = turn.Add(day)
		}
		if !turn.Before(last) || len(send.Days) > 0 && !slices.Contains(send.Days, turn.Weekday()) {
			continue
		}
		date := turn.Format("Monday 2 January")
		if after.After(before) {
			return fmt.Sprintf("On %s the clocks skip %s. That turn comes at %s.", date, clock(turn), clock(after))
		}
		return fmt.Sprintf("On %s the clocks show %s twice. The turn comes at the first of them.", date, clock(turn))
	}
	return ""
}

// wall gives what the clock on the wall shows as if it never changed.
func wall(t time.Time) time.Time {
	_, offset := t.Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

func midnight(t time.Time) time.Time { return t.Truncate(day) }
