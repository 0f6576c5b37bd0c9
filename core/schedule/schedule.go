package schedule

import (
	"time"

	"hookbird/core"
)

// MaxTimes is how many set times a day can have.
const MaxTimes = 48

// Turn gives the number of the turn that now belongs to: of Every, how many of
// them have passed since 1970; of At, the Unix second at which it began. It grows
// with the clock, and is 0 if there are no turns.
func Turn(s core.Send, now time.Time) int64 {
	switch {
	case s.Every > 0:
		return turnOf(now, s.Every)
	case len(s.At) > 0:
		at, _ := lastSlot(s, now)
		return at
	}
	return 0
}

// Begin gives when the turn with a number began, as Turn numbers it.
func Begin(s core.Send, turn int64) time.Time {
	if s.Every > 0 {
		return time.Unix(0, turn*int64(s.Every))
	}
	return time.Unix(turn, 0)
}

// Next gives when the turn after the one of now begins, in the location of now;
// zero if there is none.
func Next(s core.Send, now time.Time) time.Time {
	switch {
	case s.Every > 0:
		return time.Unix(0, (turnOf(now, s.Every)+1)*int64(s.Every)).In(now.Location())
	case len(s.At) > 0:
		if at, ok := nextSlot(s, now); ok {
			return time.Unix(at, 0).In(now.Location())
		}
	}
	return time.Time{}
}

// Coming gives the beginnings of the next n turns; none if there are no turns.
func Coming(s core.Send, now time.Time, n int) []time.Time {
	var list []time.Time
	for len(list) < n {
		if now = Next(s, now); now.IsZero() {
			break
		}
		list = append(list, now)
	}
	return list
}

// turnOf divides downwards, also before 1970.
func turnOf(now time.Time, every time.Duration) int64 {
	ns, step := now.UnixNano(), int64(every)
	n := ns / step
	if ns%step < 0 {
		n--
	}
	return n
}
