package pace

import (
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

// Describe says what a pace allows in the words of the screen: "At most 5 a second
// and 1,000 a day".
func Describe(p core.Pace) string {
	var parts []string
	for _, l := range p.Limits() {
		parts = append(parts, number(l.Most)+" "+each(l.Span))
	}
	switch n := len(parts); n {
	case 0:
		return "No limit"
	case 1:
		return "At most " + parts[0]
	default:
		return "At most " + strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
}

func each(span time.Duration) string {
	switch span {
	case time.Second:
		return "a second"
	case time.Minute:
		return "a minute"
	case time.Hour:
		return "an hour"
	default:
		return "a day"
	}
}

// number writes n with a comma before each three digits.
func number(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
