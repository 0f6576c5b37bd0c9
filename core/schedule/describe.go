package schedule

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

// Describe says when messages go out in the words of the screen: "Every 15 minutes,
// up to 60 records at a time", "Monday to Friday at 9:00 and 17:30". How many records
// it is at a time is said only where the settings say it.
func Describe(s core.Send) string {
	text := "At once"
	switch {
	case s.Every > 0:
		text = "Every " + span(s.Every)
	case len(s.At) > 0:
		text = days(s.Days) + " at " + times(s.At)
	}
	switch {
	case s.Batch > 1:
		return text + ", up to " + number(s.Batch) + " records at a time"
	case s.Batch == 1 && s.Turns():
		return text + ", one record at a time"
	default:
		return text
	}
}

// number writes n, which is less than a million, with a comma where it is long.
func number(n int) string {
	if n < 1000 {
		return strconv.Itoa(n)
	}
	return fmt.Sprintf("%d,%03d", n/1000, n%1000)
}

// span says a length of time in the largest units that say it exactly: "minute",
// "15 minutes", "2 hours and 30 minutes".
func span(d time.Duration) string {
	var parts []string
	for _, u := range []struct {
		d    time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}, {time.Millisecond, "millisecond"}} {
		switch n := d / u.d; {
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %ss", n, u.name))
		case n == 1:
			parts = append(parts, "1 "+u.name)
		}
		d %= u.d
	}
	if len(parts) == 1 {
		return strings.TrimPrefix(parts[0], "1 ")
	}
	return and(parts)
}

// days says on which days: "Every day", "Monday to Friday", "Every Monday",
// "Monday, Wednesday and Friday".
func days(list []time.Weekday) string {
	on := func(i int) bool { return slices.Contains(list, weekday(i)) }
	var names []string
	begins, first := 0, 0 // how often a row of days begins, over the end of the week too; and the last that does
	for i := range 7 {
		if !on(i) {
			continue
		}
		names = append(names, weekday(i).String())
		if !on(i + 6) {
			begins, first = begins+1, i
		}
	}
	switch n := len(names); {
	case n == 0 || n == 7:
		return "Every day"
	case n == 1:
		return "Every " + names[0]
	case n > 2 && begins == 1:
		return weekday(first).String() + " to " + weekday(first+n-1).String()
	default:
		return and(names)
	}
}

// weekday counts from Monday.
func weekday(i int) time.Weekday { return time.Weekday((i + int(time.Monday)) % 7) }

// times says set times: "9:00 and 17:30", and only their number where they are many.
func times(at []int) string {
	if len(at) > 8 {
		return fmt.Sprintf("%d times from %s to %s", len(at), clock(at[0]), clock(at[len(at)-1]))
	}
	var list []string
	for _, m := range at {
		list = append(list, clock(m))
	}
	return and(list)
}

func and(list []string) string {
	if n := len(list); n > 1 {
		return strings.Join(list[:n-1], ", ") + " and " + list[n-1]
	}
	return strings.Join(list, "")
}
