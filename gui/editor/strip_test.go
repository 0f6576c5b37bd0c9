package editor

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/retry"
)

func TestStripFollowsThePlan(t *testing.T) {
	tests := []struct {
		name string
		plan core.RetryPlan
		want []box
	}{
		{"90 minutes", core.RetryPlan{Name: retry.NinetyMinutes}, []box{
			{"Now", "1st"}, {"1 min", "2nd"}, {"3 min", "3rd"}, {"7 min", "4th"}, {"15 min", "5th"}, {"30 min", "6th"}, {"55 min", "7th"}, {"1 h 30", "last"},
		}},
		{"none", core.RetryPlan{Name: retry.None}, []box{{"Now", "only try"}}},
		{"every", core.RetryPlan{Every: 15 * time.Minute, Times: 12}, []box{
			{"Now", "1st"}, {"15 min", "2nd"}, {"30 min", "3rd"}, {"45 min", "4th"}, {"1 h", "5th"}, {"1 h 15", "6th"}, {"…", "6 more"}, {"3 h", "last"},
		}},
		{"days", core.RetryPlan{Name: retry.StandardWebhooks}, []box{
			{"Now", "1st"}, {"5 s", "2nd"}, {"5 min", "3rd"}, {"35 min", "4th"}, {"2 h 35", "5th"}, {"7 h 35", "6th"}, {"…", "3 more"}, {"3 d 3 h", "last"},
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := stripOf(retry.Steps(tt.plan))
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(box{})); diff != "" {
				t.Errorf("boxes (-want +got):\n%s", diff)
			}
		})
	}
}

func TestStripNamesEveryTryOnce(t *testing.T) {
	for n := 1; n < 30; n++ {
		steps := make([]time.Duration, n)
		for i := range steps {
			steps[i] = time.Duration(i) * time.Minute
		}
		boxes := stripOf(steps)
		if len(boxes) > stripBoxes+1 || n <= stripBoxes && len(boxes) != n {
			t.Errorf("%d tries make %d boxes", n, len(boxes))
		}
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th"} {
		if got := ordinal(n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
