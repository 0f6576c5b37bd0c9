package value

import "strings"

// Compare puts two texts in order by what they mean: -1, 0 or 1. Numbers are
// compared exactly, digit by digit, if they are written as in JSON (so 01067 and
// +33 are none); dates and times if they are written as in ISO 8601:
//
//	2026-11-22    2026-11-22 19:30    2026-11-22T19:30:00.5+01:00    19:30
//
// A date stands for its whole day: a time on that day is neither before nor
// after it. Of two times of which one has no zone, what the clock showed is
// compared. ok is false for everything else, also for a number and a date.
func Compare(a, b string) (order int, ok bool) {
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if x, isNumber := readDecimal(a); isNumber {
		y, bothNumbers := readDecimal(b)
		if !bothNumbers {
			return 0, false
		}
		return x.compare(y), true
	}
	x, first := readMoment(a)
	y, second := readMoment(b)
	if !first || !second || x.hasDate != y.hasDate {
		return 0, false
	}
	return x.compare(y), true
}
