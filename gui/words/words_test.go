package words

import (
	"testing"
	"time"

	"hookbird/core"
)

// sunday is 22 November 2026, 10:45.
var sunday = time.Date(2026, time.November, 22, 10, 45, 0, 0, time.Local)

func TestNumber(t *testing.T) {
	for n, want := range map[uint64]string{0: "0", 12: "12", 999: "999", 1000: "1,000", 1284: "1,284", 1234567: "1,234,567"} {
		if got := Number(n); got != want {
			t.Errorf("Number(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestCount(t *testing.T) {
	for n, want := range map[uint64]string{0: "0 messages", 1: "1 message", 2704: "2,704 messages"} {
		if got := Messages(n); got != want {
			t.Errorf("Messages(%d) = %q, want %q", n, got, want)
		}
	}
}

func TestTimes(t *testing.T) {
	tests := []struct {
		name, got, want string
	}{
		{"head of a page", Today(sunday), "Sunday 22 November, 10:45"},
		{"this morning", When(sunday.Add(-7*time.Minute), sunday), "10:38"},
		{"yesterday", When(sunday.Add(-24*time.Hour), sunday), "yesterday 10:45"},
		{"this week", When(sunday.Add(-44*time.Hour), sunday), "Friday 14:45"},
		{"a week ago", When(sunday.Add(-7*24*time.Hour), sunday), "15 November 10:45"},
		{"last year", Day(sunday.AddDate(-1, 0, 0), sunday), "22 November 2025"},
		{"just now", Ago(sunday, sunday), "just now"},
		{"seconds", Ago(sunday.Add(-20*time.Second), sunday), "20 s ago"},
		{"minutes", Ago(sunday.Add(-2*time.Minute), sunday), "2 min ago"},
		{"hours", Ago(sunday.Add(-time.Hour), sunday), "1 hour ago"},
		{"the day before", Ago(sunday.Add(-12*time.Hour), sunday), "yesterday 22:45"},
		{"soon", In(sunday.Add(3*time.Minute), sunday), "in 3 min"},
		{"past", In(sunday.Add(-time.Minute), sunday), "now"},
		{"later", In(sunday.Add(4*time.Hour), sunday), "at 14:45"},
		{"overnight", In(sunday.Add(24*time.Hour), sunday), "tomorrow 10:45"},
		{"took", Took(310 * time.Millisecond), "0.31 seconds"},
		{"took no time", Took(3 * time.Millisecond), "under 0.01 seconds"},
		{"took long", Took(15 * time.Second), "15 seconds"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("%s: %q, want %q", test.name, test.got, test.want)
		}
	}
}

func TestSpan(t *testing.T) {
	tests := map[time.Duration]string{
		500 * time.Millisecond: "500 milliseconds",
		time.Second:            "1 second",
		15 * time.Second:       "15 seconds",
		90 * time.Second:       "90 seconds",
		time.Minute:            "1 minute",
		35 * time.Minute:       "35 minutes",
		time.Hour:              "1 hour",
		90 * time.Minute:       "1½ hours",
		24 * time.Hour:         "1 day",
		96 * time.Hour:         "4 days",
		75 * time.Hour:         "3 days",
	}
	for d, want := range tests {
		if got := Span(d); got != want {
			t.Errorf("Span(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestNextMorning(t *testing.T) {
	morning := time.Date(2026, time.November, 23, 8, 0, 0, 0, time.Local)
	if got := NextMorning(sunday); !got.Equal(morning) {
		t.Errorf("on Sunday morning: %v, want %v", got, morning)
	}
	if got := NextMorning(morning.Add(-7 * time.Hour)); !got.Equal(morning) {
		t.Errorf("at one at night: %v, want %v", got, morning)
	}
}

func TestKeyPlaceIsTold(t *testing.T) {
	for place, want := range map[core.KeyPlace]string{
		core.KeyInSystem: "Locked with your login's key store",
		core.KeyInFile:   "Protected by file rights only",
		core.KeyUnset:    "No secret value is kept yet",
	} {
		if got := Keep(core.StoreInfo{KeyPlace: place}); got != want {
			t.Errorf("%q: %q, want %q", place, got, want)
		}
	}
}
