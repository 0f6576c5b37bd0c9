package timer

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/schedule"
	"hookbird/core/source"
	"hookbird/core/source/sourcetest"

	"pgregory.net/rapid"
)

// However the clock is put, and however often it is started anew, no time has two
// records, and what is remembered stays small.
func TestNoTimeTwice(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(r *rapid.T) {
		cfg := &core.TimerSource{Missed: rapid.Bool().Draw(r, "missed")}
		if rapid.Bool().Draw(r, "every") {
			cfg.Every = time.Duration(rapid.IntRange(1, 3).Draw(r, "hours")) * time.Hour
		} else {
			cfg.At = []int{rapid.IntRange(0, 300).Draw(r, "at"), 600}
		}
		host := &sourcetest.Host{}
		src := &core.Source{ID: "s1", Timer: cfg}
		now := time.Date(2026, 3, 28, 0, 0, 0, 0, berlin)
		timer := boot(r, src, host, now)
		seen := map[int64]bool{}
		for i := range rapid.IntRange(1, 150).Draw(r, "steps") {
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				now = now.Add(time.Duration(rapid.IntRange(-200, 300).Draw(r, "put")) * time.Hour)
			case 1:
				timer = boot(r, src, host, now)
			default:
				now = schedule.Next(timer.send, now)
			}
			at, ok := timer.due(now)
			if !ok {
				continue
			}
			if seen[at.UnixNano()] {
				r.Fatalf("step %d: %s has two records", i, at)
			}
			seen[at.UnixNano()] = true
			if err := timer.make(r.Context(), at); err != nil {
				r.Fatal(err)
			}
		}
		if n := len(host.All()[stateKey]); n > 1500 || len(timer.state.Made) > maxSpans {
			r.Fatalf("%d bytes are remembered, %d spans", n, len(timer.state.Made))
		}
	})
}

// A clock that runs forward, with restarts, makes every time once.
func TestEveryTimeOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom([]string{"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC"}).Draw(r, "zone"))
		if err != nil {
			r.Fatal(err)
		}
		cfg := &core.TimerSource{At: []int{rapid.IntRange(0, 240).Draw(r, "first"), rapid.IntRange(241, 1439).Draw(r, "second")}}
		host, src := &sourcetest.Host{}, &core.Source{ID: "s1", Timer: cfg}
		now := time.Date(2026, time.Month(rapid.IntRange(1, 12).Draw(r, "month")), 1, 12, 0, 0, 0, zone)
		timer := boot(r, src, host, now)
		var want, got []string
		for range 70 {
			now = schedule.Next(timer.send, now)
			want = append(want, now.Format(time.RFC3339))
			if rapid.Bool().Draw(r, "restart") {
				timer = boot(r, src, host, now)
			}
			for again := range 2 {
				if at, ok := timer.due(now.Add(time.Duration(again) * time.Minute)); ok {
					got = append(got, at.Format(time.RFC3339))
					if err := timer.make(r.Context(), at); err != nil {
						r.Fatal(err)
					}
				}
			}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			r.Fatalf("got %s\nwant %s", got, want)
		}
		if len(timer.state.Made) != 1 {
			r.Fatalf("%d spans", len(timer.state.Made))
		}
	})
}

func boot(r *rapid.T, src *core.Source, host *sourcetest.Host, now time.Time) *Timer {
	t := New(src, host, source.Env{}, slog.New(slog.DiscardHandler))
	t.now = func() time.Time { return now }
	var err error
	if t.maker, err = newMaker(src); err != nil {
		r.Fatal(err)
	}
	if err := t.load(); err != nil {
		r.Fatal(err)
	}
	if err := t.begin(r.Context(), now); err != nil {
		r.Fatal(err)
	}
	return t
}
