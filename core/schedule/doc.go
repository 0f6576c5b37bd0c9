// Package schedule knows the turns of a webhook that does not send at once: which
// turn it is, when the next one begins, and how to say so in words.
//
// There are two kinds. "Every" is a turn every so often, counted from 1970, so that
// turns stay where they are over a restart. "At" is a turn at set times of the day,
// by the clock on the wall: a time stands for the first moment at which the clock
// shows it or a later one. So each time comes once a day, also on the days when
// clocks change:
//
//	clocks go forward  01:59 -> 03:00   2:30 is at 03:00, the first moment after the gap
//	clocks go back     02:59 -> 02:00   2:30 is the first of the two; the second is none
//
// It must not know of stores, webhooks or the present: every time it needs is given
// to it, and the location of that time is the clock on the wall.
package schedule
