package retry

import (
	"fmt"
	"strings"
	"time"

	"hookbird/core"
)

// Describe says what a plan does in the words of the screen: "Keep trying for 1½
// hours". It is worked out from the plan's own times.
func Describe(p core.RetryPlan) string {
	w := work(p)
	if len(w.delays) == 0 {
		return "Try only once"
	}
	if !w.jitter {
		return fmt.Sprintf("Try again every %s, %s", strings.TrimPrefix(words(p.Every), "1 "), times(len(w.delays)))
	}
	total := w.limit
	if total == 0 {
		total = sum(w.delays)
	}
	if total == 24*time.Hour {
		return "Keep trying for a day"
	}
	return "Keep trying for " + words(total)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// words says how long a time is, as exactly as a person would: "90 seconds", "1½
// hours", "about 3 days".
func words(d time.Duration) string {
	switch {
	case d < time.Second:
		return "less than a second"
	case d < 2*time.Minute && d%time.Minute != 0:
		return count(d, time.Second, "second")
	case d < 2*time.Hour && d%(30*time.Minute) != 0 || d < time.Hour:
		return count(d, time.Minute, "minute")
	case d < 48*time.Hour && d != 24*time.Hour:
		return count(d, time.Hour, "hour")
	default:
		return count(d, 24*time.Hour, "day")
	}
}

// count says d in a unit, rounded to halves where it is small.
func count(d, unit time.Duration, name string) string {
	step := unit
	if d < 10*unit && unit >= time.Hour {
		step = unit / 2
	}
	rounded := max(d.Round(step), step)
	about := ""
	if rounded != d {
		about = "about "
	}
	number := fmt.Sprint(int(rounded / unit))
	if rounded%unit != 0 {
		number = strings.TrimPrefix(number, "0") + "½"
	}
	if rounded > unit {
		name += "s"
	}
	return about + number + " " + name
}
