package schedule

import (
	"math"
	"slices"
	"sort"
	"time"

	"hookbird/core"
)

const (
	daySeconds = 24 * 60 * 60
	// maxAhead is more than any place on earth is, or ever was, ahead of UTC, in
	// seconds.
	maxAhead = 16 * 60 * 60
	// farthest is how many days a set time can be away: a week, and days that a
	// clock shows twice or not at all.
	farthest = 9
)

// A wall is what the clock on the wall shows, as the Unix second that would have
// the same date and time in UTC.
type wall int64

func wallOf(t time.Time) wall {
	_, offset := t.Zone()
	return wall(t.Unix() + int64(offset))
}

// day counts from 1970.
func (w wall) day() int64 {
	if w < 0 {
		return (int64(w)+1)/daySeconds - 1
	}
	return int64(w) / daySeconds
}

// moment gives the first Unix second at which a clock in loc shows w or later. It
// never decreases when w grows.
func moment(w wall, loc *time.Location) int64 {
	from := int64(w) - maxAhead
	for {
		offset, until := offsetAt(from, loc)
		if at := max(from, int64(w)-offset); at < until {
			return at
		}
		from = until
	}
}

// offsetAt gives how many seconds a clock in loc is ahead of UTC from a Unix second
// on, and until when at least.
func offsetAt(sec int64, loc *time.Location) (offset, until int64) {
	t := time.Unix(sec, 0).In(loc)
	_, ahead := t.Zone()
	_, end := t.ZoneBounds()
	switch {
	case end.IsZero():
		return int64(ahead), math.MaxInt64
	case end.Unix() <= sec: // on the last day of a leap year it is said to end when that day begins
		return int64(ahead), sec + 60*60
	default:
		return int64(ahead), end.Unix()
	}
}

// slotOn gives the moment of set time i on a day.
func slotOn(s core.Send, day int64, i int, loc *time.Location) int64 {
	return moment(wall(day*daySeconds+int64(s.At[i])*60), loc)
}

// lastSlot gives the last set time that has come at now. A clock that was put back
// may have shown the next day already.
func lastSlot(s core.Send, now time.Time) (at int64, ok bool) {
	today := wallOf(now).day()
	for day := today + 1; day >= today-farthest; day-- {
		if i := passed(s, day, now); i > 0 {
			return slotOn(s, day, i-1, now.Location()), true
		}
	}
	return 0, false
}

// nextSlot gives the first set time after now. It is not before today: what the
// clock shows has come.
func nextSlot(s core.Send, now time.Time) (at int64, ok bool) {
	today := wallOf(now).day()
	for day := today; day <= today+farthest; day++ {
		if i := passed(s, day, now); onDay(s, day) && i < len(s.At) {
			return slotOn(s, day, i, now.Location()), true
		}
	}
	return 0, false
}

// passed counts the set times of a day that have come at now.
func passed(s core.Send, day int64, now time.Time) int {
	if !onDay(s, day) {
		return 0
	}
	return sort.Search(len(s.At), func(i int) bool {
		return slotOn(s, day, i, now.Location()) > now.Unix()
	})
}

// onDay tells whether there are turns on a day.
func onDay(s core.Send, day int64) bool {
	if len(s.Days) == 0 {
		return true
	}
	sinceSunday := (day + int64(time.Thursday)) % 7 // 1 January 1970 was a Thursday
	return slices.Contains(s.Days, time.Weekday((sinceSunday+7)%7))
}
