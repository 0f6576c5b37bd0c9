package schedule_test

import (
	"slices"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"

	"pgregory.net/rapid"
)

var zones = []string{
	"UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo",
	"Pacific/Apia", "America/St_Johns", "Asia/Kathmandu", "Europe/Dublin", "Antarctica/Troll", "Asia/Pyongyang", "America/Caracas",
}

// genNow gives times whose zones have whole minutes, three in four of them within
// some days of a change of the clock.
func genNow() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		loc, err := time.LoadLocation(rapid.SampledFrom(zones).Draw(t, "zone"))
		if err != nil {
			t.Fatal(err)
		}
		first, last := time.Date(1975, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2045, 1, 1, 0, 0, 0, 0, time.UTC)
		if rapid.Bool().Draw(t, "these years") {
			first = time.Date(2005, 1, 1, 0, 0, 0, 0, time.UTC)
		}
		now := time.Unix(rapid.Int64Range(first.Unix(), last.Unix()).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "ns")).In(loc)
		if _, end := now.ZoneBounds(); !end.IsZero() && rapid.IntRange(0, 3).Draw(t, "near a change") > 0 {
			now = end.Add(time.Duration(rapid.Int64Range(int64(-50*time.Hour), int64(50*time.Hour)).Draw(t, "from the change")))
		}
		return now.In(loc)
	})
}

// genAt gives sends at set times, many of them in the night, when clocks change.
func genAt() *rapid.Generator[core.Send] {
	minute := rapid.OneOf(rapid.IntRange(0, 1439), rapid.IntRange(0, 240), rapid.Map(rapid.IntRange(0, 23), func(h int) int { return 60 * h }), rapid.Just(1439))
	return rapid.Custom(func(t *rapid.T) core.Send {
		s := core.Send{At: rapid.SliceOfNDistinct(minute, 1, 6, rapid.ID[int]).Draw(t, "at")}
		slices.Sort(s.At)
		for d := range time.Weekday(7) {
			if rapid.Bool().Draw(t, d.String()) {
				s.Days = append(s.Days, d)
			}
		}
		return s
	})
}

// hand looks at the clock on the wall minute by minute, from one time to another,
// and gives the moments at which a set time comes that the clock has not shown
// before. A clock that jumps shows all that it jumps over.
func hand(s core.Send, from, to time.Time) []int64 {
	minuteOf := func(t time.Time) int64 {
		_, ahead := t.Zone()
		return (t.Unix() + int64(ahead)) / 60
	}
	due := func(minute int64) bool {
		t := time.Unix(60*minute, 0).UTC()
		return slices.Contains(s.At, 60*t.Hour()+t.Minute()) && (s.Days == nil || slices.Contains(s.Days, t.Weekday()))
	}
	var moments []int64
	now := from.Truncate(time.Minute)
	for shown := minuteOf(now); now.Before(to); now = now.Add(time.Minute) {
		comes := false
		for ; shown < minuteOf(now); shown++ {
			comes = comes || due(shown+1)
		}
		if comes {
			moments = append(moments, now.Unix())
		}
	}
	return moments
}

func TestSetTimesComeWhenTheClockFirstShowsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, now := genAt().Draw(t, "send"), genNow().Draw(t, "now")
		moments := hand(s, now.AddDate(0, 0, -11), now.AddDate(0, 0, 10))
		i, found := slices.BinarySearch(moments, now.Unix())
		if found {
			i++
		}
		if got := schedule.Turn(s, now); got != moments[i-1] {
			t.Fatalf("%s: turn of %s, want %s", now, time.Unix(got, 0).In(now.Location()), time.Unix(moments[i-1], 0).In(now.Location()))
		}
		for n, c := range schedule.Coming(s, now, len(moments)-i) {
			if c.Unix() != moments[i+n] || c.Nanosecond() != 0 || c.Location() != now.Location() {
				t.Fatalf("%s: turn %d comes at %s, want %s", now, n, c, time.Unix(moments[i+n], 0).In(now.Location()))
			}
		}
	})
}

// Next is the first time at which Turn gives another number, and numbers grow.
func TestTurnAndNextAgree(t *testing.T) {
	genEvery := rapid.Map(rapid.Int64Range(int64(core.MinEvery), int64(core.MaxEvery)), func(d int64) core.Send {
		return core.Send{Every: time.Duration(d)}
	})
	rapid.Check(t, func(t *rapid.T) {
		s, now := rapid.OneOf(genEvery, genAt()).Draw(t, "send"), genNow().Draw(t, "now")
		for range rapid.IntRange(1, 20).Draw(t, "turns") {
			number, next := schedule.Turn(s, now), schedule.Next(s, now)
			if !next.After(now) || next.Location() != now.Location() {
				t.Fatalf("the turn after %s is at %s", now, next)
			}
			before := now.Add(time.Duration(rapid.Int64Range(0, int64(next.Sub(now))-1).Draw(t, "between")))
			for _, same := range []time.Time{before, next.Add(-1)} {
				if n := schedule.Turn(s, same); n != number {
					t.Fatalf("turn %d at %s and %d at %s, but next is at %s", number, now, n, same, next)
				}
			}
			if n := schedule.Turn(s, next); n <= number {
				t.Fatalf("turn %d at %s and %d at %s", number, now, n, next)
			}
			now = next
		}
	})
}

func TestSetTimesOfTheWholeDayAreOnceADay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := genNow().Draw(t, "now")
		s := core.Send{At: []int{rapid.IntRange(0, 1439).Draw(t, "at")}}
		coming := schedule.Coming(s, now, 8)
		for i, c := range coming[1:] {
			// A clock changes by an hour or two, or where the date line moves by a day.
			if gap := c.Sub(coming[i]); gap < 21*time.Hour && now.Location().String() != "Pacific/Apia" || gap > 27*time.Hour {
				t.Fatalf("%s and then %s", coming[i], c)
			}
		}
	})
}
