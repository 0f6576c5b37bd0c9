package engine

import (
	"testing"
	"time"

	"hookbird/core"
)

// A clock that is set back takes no turn twice; one that was wrong for long is
// believed again.
func TestTurnsWhenTheClockIsSet(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.Local)
	for _, send := range []core.Send{{Every: 15 * time.Minute}, {At: []int{9 * 60, 12 * 60, 18 * 60}}} {
		l := &lane{cfg: &config{webhook: &core.Webhook{Send: send}}}
		taken := func(now time.Time) bool {
			l.turn = turn{}
			l.keepTurn(now)
			return l.turn.left > 0
		}
		for _, step := range []struct {
			what string
			now  time.Time
			want bool
		}{
			{"the first turn", noon, true},
			{"the same turn", noon.Add(time.Minute), false},
			{"set back by an hour and a half", noon.Add(-90 * time.Minute), false},
			{"the same turn, shown again", noon.Add(2 * time.Minute), false},
			{"the next one", noon.Add(6 * time.Hour), true},
			{"set forward by a year", noon.AddDate(1, 0, 0), true},
			{"set right again", noon.Add(7 * time.Hour), false},
			{"the next day", noon.Add(24 * time.Hour), true},
		} {
			if got := taken(step.now); got != step.want {
				t.Errorf("%+v, %s: taken is %v", send, step.what, got)
			}
		}
	}
}

// A retry that lies further off than its plan says is due, because the clock was
// set back since.
func TestRetryIsDueAfterTheClockWasSetBack(t *testing.T) {
	now := time.Now().UnixMilli()
	for _, tt := range []struct {
		in   time.Duration
		want bool
	}{{-time.Second, true}, {time.Minute, false}, {11 * time.Minute, false}, {12 * time.Minute, true}, {time.Hour, true}} {
		r := core.Retry{RetryPlace: core.RetryPlace{Due: now + tt.in.Milliseconds()}, LastDelay: 10 * time.Minute}
		if got := isDue(r, now); got != tt.want {
			t.Errorf("due in %v after a delay of 10 minutes: %v", tt.in, got)
		}
	}
}
