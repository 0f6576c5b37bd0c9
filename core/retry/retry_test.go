package retry_test

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/retry"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const (
	s = time.Second
	m = time.Minute
	h = time.Hour
)

func TestSteps(t *testing.T) {
	tests := []struct {
		name string
		plan core.RetryPlan
		want []time.Duration
	}{
		{"90 minutes", core.RetryPlan{Name: retry.NinetyMinutes}, []time.Duration{0, m, 3 * m, 7 * m, 15 * m, 30 * m, 55 * m, 90 * m}},
		{"none", core.RetryPlan{Name: retry.None}, []time.Duration{0}},
		{"every", core.RetryPlan{Every: 15 * m, Times: 3}, []time.Duration{0, 15 * m, 30 * m, 45 * m}},
		{"own", core.RetryPlan{Delays: []time.Duration{m, s}}, []time.Duration{0, m, m + s}},
		{"standard", core.RetryPlan{Name: retry.StandardWebhooks}, []time.Duration{
			0, 5 * s, 5*m + 5*s, 35*m + 5*s, 2*h + 35*m + 5*s, 7*h + 35*m + 5*s, 17*h + 35*m + 5*s, 31*h + 35*m + 5*s, 51*h + 35*m + 5*s, 75*h + 35*m + 5*s,
		}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, retry.Steps(tt.plan)); diff != "" {
			t.Errorf("%s: %s", tt.name, diff)
		}
	}
}

func TestDayDoublesAndThenGoesOnEveryTwoHours(t *testing.T) {
	for _, plan := range []core.RetryPlan{{}, {Name: retry.Day}, {Name: "not known"}} {
		steps := retry.Steps(plan)
		want := 30 * s
		for i := 1; i < len(steps); i++ {
			if got := steps[i] - steps[i-1]; got != want {
				t.Errorf("delay %d = %s, want %s", i, got, want)
			}
			want = min(2*want, 2*h)
		}
		if last := steps[len(steps)-1]; last > 24*h || last+2*h <= 24*h {
			t.Errorf("the last try is after %s", last)
		}
	}
}

// run follows a plan to its end, each exchange taking took, and gives the delays
// between the tries and the time from the first to the last.
func run(plan core.RetryPlan, took time.Duration, rnd func() float64) (delays []time.Duration, total time.Duration) {
	first := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	state := retry.State{Tries: 1, First: first, Now: first.Add(took)}
	for {
		delay, more := retry.Next(plan, state, rnd())
		if !more || len(delays) > 2*retry.MaxTries {
			return delays, state.Now.Sub(first) - took
		}
		delays = append(delays, delay)
		state.Now = state.Now.Add(delay + took)
		state.LastDelay = delay
		state.Tries++
	}
}

func genPlan() *rapid.Generator[core.RetryPlan] {
	return rapid.OneOf(
		rapid.Map(rapid.SampledFrom([]string{"", retry.Day, retry.NinetyMinutes, retry.StandardWebhooks, retry.None}),
			func(name string) core.RetryPlan { return core.RetryPlan{Name: name} }),
		rapid.Custom(func(t *rapid.T) core.RetryPlan {
			return core.RetryPlan{
				Every: time.Duration(rapid.Int64Range(int64(retry.MinEvery), int64(retry.MaxDelay)).Draw(t, "every")),
				Times: rapid.IntRange(1, 40).Draw(t, "times"),
			}
		}),
		rapid.Map(rapid.SliceOfN(rapid.Int64Range(int64(retry.MinDelay), int64(retry.MaxDelay)), 1, 20),
			func(list []int64) core.RetryPlan {
				var p core.RetryPlan
				for _, d := range list {
					p.Delays = append(p.Delays, time.Duration(d))
				}
				return p
			}),
	)
}

func TestEveryDelayIsThePlansAndUpToATenthMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plan := genPlan().Draw(t, "plan")
		took := time.Duration(rapid.Int64Range(0, int64(time.Minute)).Draw(t, "took"))
		if err := retry.Validate(plan); err != nil {
			t.Fatalf("%+v: %v", plan, err)
		}
		steps := retry.Steps(plan)
		delays, total := run(plan, took, func() float64 { return rapid.Float64Range(0, 1).Draw(t, "rnd") })
		day := plan.Name == retry.Day || plan.Name == "" && plan.Every == 0 && plan.Delays == nil
		switch {
		case day && total > 24*h:
			t.Fatalf("the last try was after %s", total)
		case day && len(delays) < len(steps)-2:
			t.Fatalf("%d tries of %d", len(delays)+1, len(steps))
		case !day && len(delays) != len(steps)-1:
			t.Fatalf("%d tries of %d", len(delays)+1, len(steps))
		}
		for i, delay := range delays {
			base := steps[i+1] - steps[i]
			most := base + base/10
			if plan.Every > 0 {
				most = base
			}
			if delay < base.Truncate(time.Millisecond) || delay > most {
				t.Fatalf("delay %d = %s, not from %s to %s", i, delay, base, most)
			}
			if i > 0 && base >= steps[i]-steps[i-1] && delay < delays[i-1] {
				t.Fatalf("delay %d = %s is shorter than %s before it", i, delay, delays[i-1])
			}
		}
	})
}

func TestLongDelayThatTheTargetAskedForDoesNotLast(t *testing.T) {
	first := time.Now()
	state := retry.State{Tries: 3, First: first, Now: first.Add(time.Hour), LastDelay: 24 * h}
	delay, more := retry.Next(core.RetryPlan{Name: retry.NinetyMinutes}, state, 0)
	if !more || delay != 4*m {
		t.Errorf("delay = %s %v, want 4m", delay, more)
	}
}

func TestNightAsleepDoesNotEndThePlan(t *testing.T) {
	first := time.Now()
	state := retry.State{Tries: 4, First: first, Now: first.Add(72 * h), LastDelay: 2 * m}
	if delay, more := retry.Next(core.RetryPlan{}, state, 0); !more || delay != 4*m {
		t.Errorf("delay = %s %v, want 4m", delay, more)
	}
	state.Now = first.Add(-time.Hour) // the clock was set back
	if delay, more := retry.Next(core.RetryPlan{}, state, 0); !more || delay != 4*m {
		t.Errorf("delay = %s %v, want 4m", delay, more)
	}
}

func TestAfter(t *testing.T) {
	tests := []struct{ delay, asked, want time.Duration }{
		{m, 0, m},
		{m, -s, m},
		{m, 30 * s, m},
		{m, 2 * m, 2 * m},
		{time.Millisecond, time.Millisecond, s},
		{m, 100 * h, 24 * h},
		{48 * h, 100 * h, 48 * h},
	}
	for _, tt := range tests {
		if got := retry.After(tt.delay, tt.asked); got != tt.want {
			t.Errorf("After(%s, %s) = %s, want %s", tt.delay, tt.asked, got, tt.want)
		}
	}
}

func TestValidate(t *testing.T) {
	many := make([]time.Duration, retry.MaxTries+1)
	tests := []struct {
		name  string
		plan  core.RetryPlan
		where string // "-" if nothing is wrong
	}{
		{"zero", core.RetryPlan{}, "-"},
		{"on refusal", core.RetryPlan{OnRefusal: true}, "-"},
		{"named", core.RetryPlan{Name: retry.StandardWebhooks}, "-"},
		{"every", core.RetryPlan{Every: time.Second, Times: 12}, "-"},
		{"delays", core.RetryPlan{Delays: []time.Duration{time.Millisecond, retry.MaxDelay}}, "-"},
		{"unknown", core.RetryPlan{Name: "gentle"}, ""},
		{"two at once", core.RetryPlan{Name: retry.Day, Every: m, Times: 1}, ""},
		{"too often", core.RetryPlan{Every: time.Millisecond, Times: 1}, "/every"},
		{"without every", core.RetryPlan{Times: 1}, "/every"},
		{"never", core.RetryPlan{Every: m}, "/times"},
		{"for ever", core.RetryPlan{Every: m, Times: retry.MaxTries + 1}, "/times"},
		{"no time at all", core.RetryPlan{Delays: []time.Duration{m, 0}}, "/delays/1"},
		{"too long", core.RetryPlan{Delays: []time.Duration{retry.MaxDelay + 1}}, "/delays/0"},
		{"too many", core.RetryPlan{Delays: many}, "/delays"},
	}
	for _, tt := range tests {
		err := retry.Validate(tt.plan)
		switch {
		case tt.where == "-" && err != nil:
			t.Errorf("%s: %v", tt.name, err)
		case tt.where != "-" && (err == nil || err.Where != tt.where || err.Code != core.CodeInvalid):
			t.Errorf("%s: error = %#v, want one at %q", tt.name, err, tt.where)
		}
	}
}

func TestDescribe(t *testing.T) {
	tests := []struct {
		plan core.RetryPlan
		want string
	}{
		{core.RetryPlan{}, "Keep trying for a day"},
		{core.RetryPlan{Name: retry.NinetyMinutes}, "Keep trying for 1½ hours"},
		{core.RetryPlan{Name: retry.StandardWebhooks}, "Keep trying for about 3 days"},
		{core.RetryPlan{Name: retry.None}, "Try only once"},
		{core.RetryPlan{Every: 15 * m, Times: 12}, "Try again every 15 minutes, 12 times"},
		{core.RetryPlan{Every: h, Times: 1}, "Try again every hour, once"},
		{core.RetryPlan{Every: 24 * h, Times: 2}, "Try again every day, 2 times"},
		{core.RetryPlan{Every: 90 * m, Times: 2}, "Try again every 1½ hours, 2 times"},
		{core.RetryPlan{Delays: []time.Duration{10 * s}}, "Keep trying for 10 seconds"},
		{core.RetryPlan{Delays: []time.Duration{m}}, "Keep trying for 1 minute"},
		{core.RetryPlan{Delays: []time.Duration{m, 5 * m}}, "Keep trying for 6 minutes"},
		{core.RetryPlan{Delays: []time.Duration{m, 5*m + s}}, "Keep trying for about 6 minutes"},
		{core.RetryPlan{Delays: []time.Duration{100 * m}}, "Keep trying for 100 minutes"},
		{core.RetryPlan{Delays: []time.Duration{200 * m}}, "Keep trying for about 3½ hours"},
		{core.RetryPlan{Delays: []time.Duration{h}}, "Keep trying for 1 hour"},
		{core.RetryPlan{Delays: []time.Duration{60 * h}}, "Keep trying for 2½ days"},
		{core.RetryPlan{Delays: []time.Duration{30 * 24 * h}}, "Keep trying for 30 days"},
		{core.RetryPlan{Delays: []time.Duration{time.Millisecond}}, "Keep trying for less than a second"},
	}
	for _, tt := range tests {
		if got := retry.Describe(tt.plan); got != tt.want {
			t.Errorf("Describe(%+v) = %q, want %q", tt.plan, got, tt.want)
		}
	}
}

func TestDescribeHasWordsForEveryPlan(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := retry.Describe(genPlan().Draw(t, "plan"))
		if strings.Contains(text, " 0 ") || strings.Contains(text, "  ") || strings.HasSuffix(text, " ") {
			t.Fatal(text)
		}
	})
}
