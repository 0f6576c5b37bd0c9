package words

import (
	"fmt"
	"math"
	"strconv"
	"time"
)

const day = 24 * time.Hour

// Clock prints the local time of day: "10:48".
func Clock(t time.Time) string { return t.Local().Format("15:04") }

// ClockSeconds prints the local time of day to the second: "10:45:02".
func ClockSeconds(t time.Time) string { return t.Local().Format("15:04:05") }

// Today prints a date and time as the head of a page does: "Sunday 22 November, 10:45".
func Today(t time.Time) string { return t.Local().Format("Monday 2 January, 15:04") }

// When prints a time as shortly as it stays clear: "10:38" today, "yesterday
// 10:38", "Friday 10:38" within a week to either side, else "3 November 10:38",
// with the year where that is another one.
func When(t, now time.Time) string {
	d := Day(t, now)
	if d == "today" {
		return Clock(t)
	}
	return d + " " + Clock(t)
}

// Day names a day: "today", "yesterday", "tomorrow", "Friday" within a week to
// either side, else "3 November" or "3 November 2025".
func Day(t, now time.Time) string {
	t, now = t.Local(), now.Local()
	switch n := daysBetween(now, t); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n == -1:
		return "yesterday"
	case n > -7 && n < 7:
		return t.Format("Monday")
	case t.Year() == now.Year():
		return t.Format("2 January")
	default:
		return t.Format("2 January 2006")
	}
}

// daysBetween counts midnights from one time to another.
func daysBetween(from, to time.Time) int {
	midnight := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(midnight(to).Sub(midnight(from)) / day)
}

// Ago prints how long ago t was: "just now", "20 s ago", "2 min ago", "1 hour
// ago"; beyond today as When does.
func Ago(t, now time.Time) string {
	d := now.Sub(t)
	switch {
	case d < 2*time.Second:
		return "just now"
	case d < time.Minute:
		return fmt.Sprintf("%d s ago", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min ago", int(d.Minutes()))
	case Day(t, now) == "today":
		return Count(uint64(d.Hours()), "hour", "hours") + " ago"
	default:
		return When(t, now)
	}
}

// In prints how long it is until t: "now", "in 20 s", "in 3 min", "at 14:30",
// "tomorrow 09:00".
func In(t, now time.Time) string {
	d := t.Sub(now)
	switch {
	case d <= time.Second:
		return "now"
	case d < time.Minute:
		return fmt.Sprintf("in %d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("in %d min", int(d.Minutes()))
	case Day(t, now) == "today":
		return "at " + Clock(t)
	default:
		return When(t, now)
	}
}

// Done says when something that goes on will be done: "done in a moment", "done
// about 14:20", "done about tomorrow 09:00", "done about 3 December"; beyond a year
// that it takes longer.
func Done(t, now time.Time) string {
	switch left := t.Sub(now); {
	case left < time.Minute:
		return "done in a moment"
	case left < 6*day:
		return "done about " + When(rounded(t, left), now)
	case left < 365*day:
		return "done about " + Day(t, now)
	default:
		return "done in more than a year"
	}
}

// rounded gives the end of a guess as exactly as it is worth: to the minute within
// an hour, else to five, and to the hour beyond a day.
func rounded(t time.Time, left time.Duration) time.Time {
	unit := time.Minute
	switch {
	case left > day:
		unit = time.Hour
	case left > time.Hour:
		unit = 5 * time.Minute
	}
	local := t.Local()
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location())
	return midnight.Add(local.Sub(midnight).Round(unit))
}

// Span prints a length of time in words, in the one unit that fits, to the half:
// "15 seconds", "1½ hours", "4 days".
func Span(d time.Duration) string {
	switch {
	case d < time.Second:
		return Count(uint64(d.Milliseconds()), "millisecond", "milliseconds")
	case d < 2*time.Minute && d%time.Minute != 0:
		return halves(d, time.Second, "second")
	case d < 90*time.Minute && d != time.Hour:
		return halves(d, time.Minute, "minute")
	case d < 36*time.Hour && d != day:
		return halves(d, time.Hour, "hour")
	default:
		return halves(d, day, "day")
	}
}

func halves(d, unit time.Duration, name string) string {
	n := int(math.Round(2 * float64(d) / float64(unit)))
	text := strconv.Itoa(n / 2)
	switch {
	case n == 1:
		text = "½"
	case n%2 == 1:
		text += "½"
	}
	if n <= 2 {
		return text + " " + name
	}
	return text + " " + name + "s"
}

// Took prints how long an exchange took: "0.31 seconds", "12 seconds".
func Took(d time.Duration) string {
	if d < 10*time.Millisecond {
		return "under 0.01 seconds"
	}
	if d >= 10*time.Second {
		return Count(uint64(d.Round(time.Second).Seconds()), "second", "seconds")
	}
	return fmt.Sprintf("%.2f seconds", d.Seconds())
}

// NextMorning is 08:00 on the first day after now that is still to come: "until
// tomorrow morning" before midnight, this very morning in the small hours.
func NextMorning(now time.Time) time.Time {
	local := now.Local()
	morning := time.Date(local.Year(), local.Month(), local.Day(), 8, 0, 0, 0, local.Location())
	if local.Hour() >= 4 {
		morning = morning.AddDate(0, 0, 1)
	}
	return morning
}
