package schedule_test

import (
	"testing"
	"time"
	_ "time/tzdata" // the same zones wherever the tests run

	"hookbird/core"
	"hookbird/core/schedule"

	"github.com/google/go-cmp/cmp"
)

// clock makes minutes after midnight.
func clock(hour, minute int) int { return hour*60 + minute }

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// turns follows the clock minute by minute and gives when each turn began, in the
// words of the clock on the wall.
func turns(s core.Send, from, to time.Time) []string {
	var list []string
	number := schedule.Turn(s, from)
	for now := from; !now.After(to); now = now.Add(time.Minute) {
		if n := schedule.Turn(s, now); n != number {
			list, number = append(list, now.Format("Mon 2 15:04 -0700")), n
		}
	}
	return list
}

func TestSetTimesComeOnceADay(t *testing.T) {
	night := []int{clock(2, 0), clock(2, 30), clock(3, 0)}
	tests := []struct {
		name, zone string
		day        string // the first of two days
		at         []int
		want       []string
	}{
		{"a usual day", "Europe/Berlin", "2026-03-27", night, []string{
			"Fri 27 02:00 +0100", "Fri 27 02:30 +0100", "Fri 27 03:00 +0100", "Sat 28 02:00 +0100", "Sat 28 02:30 +0100", "Sat 28 03:00 +0100",
		}},
		{"forward", "Europe/Berlin", "2026-03-29", night, []string{
			"Sun 29 03:00 +0200", "Mon 30 02:00 +0200", "Mon 30 02:30 +0200", "Mon 30 03:00 +0200",
		}},
		{"forward, behind the gap", "Europe/Berlin", "2026-03-29", []int{clock(2, 30), clock(3, 1)}, []string{
			"Sun 29 03:00 +0200", "Sun 29 03:01 +0200", "Mon 30 02:30 +0200", "Mon 30 03:01 +0200",
		}},
		{"back", "Europe/Berlin", "2026-10-25", night, []string{
			"Sun 25 02:00 +0200", "Sun 25 02:30 +0200", "Sun 25 03:00 +0100", "Mon 26 02:00 +0100", "Mon 26 02:30 +0100", "Mon 26 03:00 +0100",
		}},
		{"New York forward", "America/New_York", "2026-03-08", []int{clock(2, 59)}, []string{"Sun 8 03:00 -0400", "Mon 9 02:59 -0400"}},
		{"New York back", "America/New_York", "2026-11-01", []int{clock(1, 0), clock(1, 59)}, []string{
			"Sun 1 01:00 -0400", "Sun 1 01:59 -0400", "Mon 2 01:00 -0500", "Mon 2 01:59 -0500",
		}},
		{"half an hour forward", "Australia/Lord_Howe", "2026-10-04", []int{clock(2, 15), clock(2, 30)}, []string{
			"Sun 4 02:30 +1100", "Mon 5 02:15 +1100", "Mon 5 02:30 +1100",
		}},
		{"half an hour back", "Australia/Lord_Howe", "2026-04-05", []int{clock(1, 30), clock(1, 45), clock(2, 0)}, []string{
			"Sun 5 01:30 +1100", "Sun 5 01:45 +1100", "Sun 5 02:00 +1030", "Mon 6 01:30 +1030", "Mon 6 01:45 +1030", "Mon 6 02:00 +1030",
		}},
		{"before Ramadan", "Africa/Casablanca", "2026-02-15", []int{clock(2, 30)}, []string{"Sun 15 02:30 +0100", "Mon 16 02:30 +0000"}},
		{"after Ramadan", "Africa/Casablanca", "2026-03-22", []int{clock(2, 30)}, []string{"Sun 22 03:00 +0100", "Mon 23 02:30 +0100"}},
		{"no midnight", "America/Sao_Paulo", "2018-11-04", []int{0, clock(0, 30), clock(1, 0)}, []string{
			"Sun 4 01:00 -0200", "Mon 5 00:00 -0200", "Mon 5 00:30 -0200", "Mon 5 01:00 -0200",
		}},
		{"back to the day before", "America/Sao_Paulo", "2018-02-17", []int{0, clock(23, 30)}, []string{
			"Sat 17 00:00 -0200", "Sat 17 23:30 -0200", "Sun 18 00:00 -0300", "Sun 18 23:30 -0300",
		}},
		{"back over midnight", "America/St_Johns", "2010-11-06", []int{0, clock(23, 30)}, []string{
			"Sat 6 00:00 -0230", "Sat 6 23:30 -0230", "Sun 7 00:00 -0230", "Sun 7 23:30 -0330",
		}},
		{"the last day of a leap year", "Europe/Berlin", "2028-12-31", []int{clock(9, 0)}, []string{"Sun 31 09:00 +0100", "Mon 1 09:00 +0100"}},
		{"a day that was none", "Pacific/Apia", "2011-12-29", []int{clock(9, 0), clock(17, 30)}, []string{
			"Thu 29 09:00 -1000", "Thu 29 17:30 -1000", "Sat 31 00:00 +1400", "Sat 31 09:00 +1400", "Sat 31 17:30 +1400",
		}},
		{"a day that came twice", "Kwajalein", "1969-09-29", []int{clock(9, 0)}, []string{"Mon 29 09:00 +1100", "Tue 30 09:00 +1100"}},
	}
	for _, tt := range tests {
		from, err := time.ParseInLocation(time.DateOnly, tt.day, zone(t, tt.zone))
		if err != nil {
			t.Fatal(err)
		}
		from = from.Add(-time.Minute)
		got := turns(core.Send{At: tt.at}, from, from.AddDate(0, 0, 2))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}

func TestSetTimesOnDaysOfTheWeek(t *testing.T) {
	s := core.Send{At: []int{clock(9, 0), clock(17, 30)}, Days: []time.Weekday{time.Monday, time.Friday}}
	now := time.Date(2026, 7, 16, 12, 0, 0, 0, zone(t, "Europe/Berlin")) // a Thursday
	var got []string
	for _, c := range schedule.Coming(s, now, 5) {
		got = append(got, c.Format("Mon 2 15:04"))
	}
	want := []string{"Fri 17 09:00", "Fri 17 17:30", "Mon 20 09:00", "Mon 20 17:30", "Fri 24 09:00"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if last := schedule.Turn(s, now); last != time.Date(2026, 7, 13, 17, 30, 0, 0, now.Location()).Unix() {
		t.Errorf("the last turn was at %s", time.Unix(last, 0))
	}
}

func TestEveryIsCountedFrom1970(t *testing.T) {
	s := core.Send{Every: 15 * time.Minute}
	now := time.Date(2026, 7, 16, 12, 7, 0, 0, time.UTC)
	if n := schedule.Turn(s, now); n != now.UnixNano()/int64(s.Every) {
		t.Errorf("turn %d", n)
	}
	if next := schedule.Next(s, now); !next.Equal(now.Add(8 * time.Minute)) {
		t.Errorf("next at %s", next)
	}
	if n := schedule.Turn(s, time.Unix(-1, 0)); n != -1 {
		t.Errorf("turn %d before 1970", n)
	}
}

func TestWithoutTurns(t *testing.T) {
	now := time.Now()
	for name, s := range map[string]core.Send{
		"at once":      {},
		"a list":       {Batch: 50},
		"days alone":   {Days: []time.Weekday{time.Monday}},
		"no such days": {At: []int{60}, Days: []time.Weekday{9}},
	} {
		if n, next, list := schedule.Turn(s, now), schedule.Next(s, now), schedule.Coming(s, now, 3); n != 0 || !next.IsZero() || list != nil {
			t.Errorf("%s: turn %d, next %s, coming %v", name, n, next, list)
		}
	}
}

func TestDescribe(t *testing.T) {
	week := []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}
	nine := []int{clock(9, 0)}
	tests := []struct {
		send core.Send
		want string
	}{
		{core.Send{}, "At once"},
		{core.Send{Batch: 1}, "At once"},
		{core.Send{Batch: 50}, "At once, up to 50 records at a time"},
		{core.Send{Every: time.Minute}, "Every minute"},
		{core.Send{Every: 15 * time.Minute, Batch: 60}, "Every 15 minutes, up to 60 records at a time"},
		{core.Send{Every: time.Minute, Batch: core.MaxBatch}, "Every minute, up to 1,000 records at a time"},
		{core.Send{Every: time.Hour, Batch: 1}, "Every hour, one record at a time"},
		{core.Send{Every: 90 * time.Second}, "Every 1 minute and 30 seconds"},
		{core.Send{Every: 90 * time.Minute}, "Every 1 hour and 30 minutes"},
		{core.Send{Every: 48 * time.Hour}, "Every 2 days"},
		{core.Send{Every: 24*time.Hour + time.Hour + time.Second}, "Every 1 day, 1 hour and 1 second"},
		{core.Send{Every: 1500 * time.Millisecond}, "Every 1 second and 500 milliseconds"},
		{core.Send{At: nine}, "Every day at 9:00"},
		{core.Send{At: []int{clock(9, 0), clock(17, 30)}, Days: week, Batch: 60}, "Monday to Friday at 9:00 and 17:30, up to 60 records at a time"},
		{core.Send{At: []int{0, clock(12, 5), clock(23, 59)}}, "Every day at 0:00, 12:05 and 23:59"},
		{core.Send{At: []int{0, 1, 2, 3, 4, 5, 6, 7, 8}}, "Every day at 9 times from 0:00 to 0:08"},
		{core.Send{At: nine, Days: append(week, time.Saturday, time.Sunday)}, "Every day at 9:00"},
		{core.Send{At: nine, Days: []time.Weekday{time.Sunday}}, "Every Sunday at 9:00"},
		{core.Send{At: nine, Days: []time.Weekday{time.Sunday, time.Saturday}}, "Saturday and Sunday at 9:00"},
		{core.Send{At: nine, Days: []time.Weekday{time.Friday, time.Monday, time.Wednesday}}, "Monday, Wednesday and Friday at 9:00"},
		{core.Send{At: nine, Days: []time.Weekday{time.Saturday, time.Sunday, time.Monday}}, "Saturday to Monday at 9:00"},
		{core.Send{At: nine, Days: []time.Weekday{time.Monday, time.Tuesday, time.Friday}}, "Monday, Tuesday and Friday at 9:00"},
	}
	for _, tt := range tests {
		if got := schedule.Describe(tt.send); got != tt.want {
			t.Errorf("Describe(%+v) = %q, want %q", tt.send, got, tt.want)
		}
	}
}

func TestValidate(t *testing.T) {
	many := make([]int, schedule.MaxTimes+1)
	for i := range many {
		many[i] = i
	}
	tests := []struct {
		name string
		send core.Send
		want []string // places
	}{
		{"at once", core.Send{}, nil},
		{"a list", core.Send{Batch: core.MaxBatch}, nil},
		{"every", core.Send{Every: core.MaxEvery, Batch: 60}, nil},
		{"times", core.Send{At: []int{0, 1439}, Days: []time.Weekday{time.Saturday, time.Sunday}}, nil},
		{"many times", core.Send{At: many[:schedule.MaxTimes]}, nil},
		{"too often", core.Send{Every: core.MinEvery - 1}, []string{"/every"}},
		{"too rarely", core.Send{Every: core.MaxEvery + 1}, []string{"/every"}},
		{"backwards", core.Send{Every: -time.Hour}, []string{"/every"}},
		{"both", core.Send{Every: time.Hour, At: []int{5}}, []string{"/at"}},
		{"too many times", core.Send{At: many}, []string{"/at"}},
		{"out of the day", core.Send{At: []int{-1, 1440}}, []string{"/at/0", "/at/1"}},
		{"not in order", core.Send{At: []int{5, 7, 6}}, []string{"/at/2"}},
		{"a time twice", core.Send{At: []int{5, 5}}, []string{"/at/1"}},
		{"days of nothing", core.Send{Days: []time.Weekday{time.Monday}}, []string{"/days"}},
		{"a day twice", core.Send{At: []int{5}, Days: []time.Weekday{1, 2, 1}}, []string{"/days/2"}},
		{"an eighth day", core.Send{At: []int{5}, Days: []time.Weekday{7}}, []string{"/days/0"}},
		{"a day before Sunday", core.Send{At: []int{5}, Days: []time.Weekday{0, -1}}, []string{"/days/1"}},
		{"too many records", core.Send{Batch: core.MaxBatch + 1}, []string{"/batch"}},
		{"less than no records", core.Send{Batch: -1}, []string{"/batch"}},
		{"all at once", core.Send{Every: 1, At: []int{9999}, Days: []time.Weekday{8}, Batch: -1}, []string{"/every", "/at", "/at/0", "/days/0", "/batch"}},
	}
	for _, tt := range tests {
		var got []string
		for _, err := range schedule.Validate(tt.send) {
			got = append(got, err.Where)
			if err.Code != core.CodeInvalid {
				t.Errorf("%s: %+v", tt.name, err)
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", tt.name, diff)
		}
	}
}

var sink int64

func BenchmarkTurnAtSetTimes(b *testing.B) {
	s := core.Send{Days: []time.Weekday{time.Monday}}
	for i := range schedule.MaxTimes {
		s.At = append(s.At, 30*i)
	}
	now := time.Date(2026, 7, 19, 12, 0, 0, 0, zone(b, "Europe/Berlin"))
	b.ReportAllocs()
	for b.Loop() {
		sink = schedule.Turn(s, now)
	}
}

func BenchmarkNextOfSetTimes(b *testing.B) {
	s := core.Send{At: []int{clock(9, 0), clock(17, 30)}}
	now := time.Date(2026, 7, 19, 12, 0, 0, 0, zone(b, "Europe/Berlin"))
	b.ReportAllocs()
	for b.Loop() {
		sink = schedule.Next(s, now).Unix()
	}
}

func TestATurnBeginsWhereTheOneBeforeEnds(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 7, 0, 0, time.UTC)
	for _, send := range []core.Send{{Every: 15 * time.Minute}, {At: []int{9 * 60, 18 * 60}}} {
		next := schedule.Next(send, now)
		if got := schedule.Begin(send, schedule.Turn(send, next)); !got.Equal(next) {
			t.Errorf("%+v: the next turn begins at %v, its number says %v", send, next, got)
		}
	}
}
