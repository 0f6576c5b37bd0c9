package schedule

import (
	"slices"
	"sort"
	"time"

	"hookbird/core"
)

const (
	daySeconds = 24 * 60 * 60
	// maxAhead is more than any place on earth is, or ever was, ahead of UTC.
	maxAhead = 16 * 60 * 60
	// farthest is how many days a set time can be away: a week, and on either
	// side a day that clocks skip or show twice.
	farthest = 9
)

// A wall is what the clock on the wall shows, as the Unix second that would have
// the same date and time in UTC. The moment of a wall never decreases when the
// wall grows.
type wall int64

func wallOf(t time.Time) wall {
	_, offset := t.Zone()
	return wall(t.Unix() + int64(offset))
}

// moment gives the first second at which a clock in loc shows w or later.
func moment(w wall, loc *time.Location) int64 {
	from := int64(w) - maxAhead
	for {
		t := time.Unix(from, 0).In(loc)
		_, offset := t.Zone()
		at := max(from, int64(w)-int64(offset))
		_, end := t.ZoneBounds()
		if end.IsZero() || at < end.Unix() {
			return at
		}
		from = end.Unix()
	}
}

// around gives the last set time that has come at now, and the next one; zero
// where there is none.
func around(s core.Send, now time.Time) (last, next time.Time) {
	loc, sec := now.Location(), now.Unix()
	today := int64(wallOf(now)) / daySeconds
	if wallOf(now) < 0 {
		today--
	}
	for day := today - farthest; day <= today+farthest; day++ {
		if !onDay(s, day) {
			continue
		}
		at := func(i int) int64 { return moment(wall(day*daySeconds+int64(s.At[i])*60), loc) }
		if at(len(s.At)-1) <= sec {
			last = time.Unix(at(len(s.At)-1), 0).In(loc)
			continue
		}
		i := sort.Search(len(s.At), func(i int) bool { return at(i) > sec })
		if i > 0 {
			last = time.Unix(at(i-1), 0).In(loc)
		}
		return last, time.Unix(at(i), 0).In(loc)
	}
	return last, time.Time{}
}

// onDay tells whether there are turns on a day, counted from 1970.
func onDay(s core.Send, day int64) bool {
	if len(s.Days) == 0 {
		return true
	}
	weekday := time.Weekday(((day+int64(time.Thursday))%7 + 7) % 7)
	return slices.Contains(s.Days, weekday)
}
