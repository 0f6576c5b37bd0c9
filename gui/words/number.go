// Package words puts numbers, times and states into the words that every page
// uses, so that the same thing reads the same everywhere. It is plain functions:
// no widget, no state, no clock of its own (now is always an argument).
package words

import (
	"fmt"
	"strconv"
	"strings"
)

// Number prints n with a comma between thousands: "1,284".
func Number(n uint64) string {
	digits := strconv.FormatUint(n, 10)
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String()
}

// Count prints a number and what it counts: "1 message", "1,284 messages".
func Count(n uint64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}

// About is Number, marked as a guess while it is still being counted.
func About(n uint64, guess bool) string {
	if guess {
		return "about " + Number(n)
	}
	return Number(n)
}

// Messages counts messages: "1 message", "12 messages".
func Messages(n uint64) string { return Count(n, "message", "messages") }

// Records counts records: "1 record", "12 records".
func Records(n uint64) string { return Count(n, "record", "records") }

// List joins names as a sentence does: "A", "A and B", "A, B and C".
func List(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
}

// Bytes prints a size with the unit that fits: "512 bytes", "18 MB".
func Bytes(n int64) string {
	const kilo = 1000
	switch {
	case n < kilo:
		return fmt.Sprintf("%d bytes", n)
	case n < kilo*kilo:
		return fmt.Sprintf("%d kB", n/kilo)
	case n < kilo*kilo*kilo:
		return fmt.Sprintf("%d MB", n/kilo/kilo)
	default:
		return fmt.Sprintf("%.1f GB", float64(n)/kilo/kilo/kilo)
	}
}
