package editor

import (
	"testing"
	"time"
	_ "time/tzdata"

	"hookbird/core"
	"hookbird/core/schedule"
)

func TestNextTurnsAreNamed(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 45, 0, 0, time.UTC) // a Sunday
	tests := []struct {
		name string
		send core.Send
		want string
	}{
		{"later today", core.Send{At: []int{540, 1050}}, "Next: today 17:30, then tomorrow 9:00."},
		{"tomorrow", core.Send{At: []int{540, 1050}, Days: workDays.list()}, "Next: tomorrow 9:00, then 17:30."},
		{"turns", core.Send{Every: 15 * time.Minute}, "Next: today 11:00, then 11:15."},
		{"all the time", core.Send{Every: 2 * time.Second}, ""},
		{"at once", core.Send{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := nextText(tt.send, now); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

func TestClocksThatChangeAreTold(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		send core.Send
		now  time.Time
		want string
	}{
		{"skipped", core.Send{At: []int{150}}, time.Date(2026, 1, 5, 8, 0, 0, 0, berlin), "On Sunday 29 March the clocks skip 2:30. That turn comes at 3:00."},
		{"twice", core.Send{At: []int{150}}, time.Date(2026, 6, 5, 8, 0, 0, 0, berlin), "On Sunday 25 October the clocks show 2:30 twice. The turn comes at the first of them."},
		{"hour after", core.Send{At: []int{180}}, time.Date(2026, 1, 5, 8, 0, 0, 0, berlin), ""},
		{"other day", core.Send{At: []int{150}, Days: workDays.list()}, time.Date(2026, 1, 5, 8, 0, 0, 0, berlin), ""},
		{"no matter", core.Send{At: []int{540}}, time.Date(2026, 1, 5, 8, 0, 0, 0, berlin), ""},
		{"no change", core.Send{At: []int{150}}, time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC), ""},
		{"turns", core.Send{Every: time.Hour}, time.Date(2026, 1, 5, 8, 0, 0, 0, berlin), ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := clockText(tt.send, tt.now); got != tt.want {
				t.Errorf("%q, want %q", got, tt.want)
			}
		})
	}
}

// TestClocksAreToldAsTurnsAre compares the words with what the schedule does.
func TestClocksAreToldAsTurnsAre(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	send := core.Send{At: []int{150}}
	turn := schedule.Next(send, time.Date(2026, 3, 29, 0, 0, 0, 0, berlin))
	if clock(turn) != "3:00" || turn.Day() != 29 {
		t.Errorf("the turn of the skipped hour is %v", turn)
	}
}

// On the last day of a leap year Go says that the time of year ends when that day
// begins: the change in March is told of all the same.
func TestClocksAreToldOnTheLastDayOfALeapYear(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	send := core.Send{At: []int{2*60 + 30}}
	before := clockText(send, time.Date(2028, 12, 30, 12, 0, 0, 0, berlin))
	if got := clockText(send, time.Date(2028, 12, 31, 12, 0, 0, 0, berlin)); got == "" || got != before {
		t.Errorf("%q, the day before %q", got, before)
	}
}
