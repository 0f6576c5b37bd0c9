package presets

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/assets"
	"hookbird/core"
)

// rule is what a webhook says beside its request.
type rule struct {
	Timeout  time.Duration
	Send     core.Send
	Retry    core.RetryPlan
	Parallel int
	Pace     core.Pace
	Answer   core.Answer
}

// rules are what a system asks for beside the request itself.
var rules = map[string]struct {
	good, bad []int // answers
	rule
}{
	"rally-congress": {
		good: []int{200, 204, 299}, bad: []int{302, 404},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "90-minutes"}, Parallel: 4,
		},
	},
	"engagement-rx": {
		good: []int{204}, bad: []int{200, 202},
		rule: rule{
			Timeout: 5 * time.Second, Send: core.Send{Batch: 50},
			Retry: core.RetryPlan{Name: "24-hours"}, Parallel: 4,
		},
	},
	"secutix-contact-v1": {
		good: []int{200, 204}, bad: []int{302},
		rule: rule{
			Timeout: 15 * time.Second, Send: core.Send{Every: 5 * time.Minute, Batch: 60},
			Retry: core.RetryPlan{Name: "24-hours"}, Parallel: 4,
		},
	},
	"secutix-contact-v2": {
		good: []int{200}, bad: []int{201, 204},
		rule: rule{
			Timeout: 15 * time.Second, Send: core.Send{Every: 15 * time.Minute, Batch: 100},
			Retry: core.RetryPlan{Every: 15 * time.Minute, Times: 12, OnRefusal: true}, Parallel: 4,
		},
	},
	"intervengine": {
		good: []int{200, 204}, bad: []int{302},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "standard-webhooks"}, Parallel: 4,
		},
	},
	"google-sheets": {
		good: []int{200}, bad: []int{302, 401},
		rule: rule{
			Timeout: 30 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 1,
			Answer: core.Answer{Need: []core.AnswerRule{{Text: "Row added"}}, Redirects: core.RedirectsRead},
		},
	},
	"hubspot": {
		good: []int{200, 201}, bad: []int{207, 400},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 4, Pace: core.Pace{Second: 10, Day: 250_000},
		},
	},
	"make": {
		good: []int{200}, bad: []int{400},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours", OnRefusal: true}, Parallel: 4,
		},
	},
	"slack": {
		good: []int{200}, bad: []int{429},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 1, Pace: core.Pace{Second: 1},
		},
	},
	"airtable": {
		good: []int{200}, bad: []int{422, 429},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 1, Pace: core.Pace{Second: 5},
		},
	},
	"brevo": {
		good: []int{201, 204}, bad: []int{400},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 4, Pace: core.Pace{Second: 10, Hour: 36_000},
		},
	},
	"nationbuilder": {
		good: []int{200, 201}, bad: []int{401},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 4, Pace: core.Pace{Second: 25},
		},
	},
	"pipedream": {
		good: []int{200}, bad: []int{429},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 4, Pace: core.Pace{Second: 10},
		},
	},
	"zapier": {
		good: []int{200}, bad: []int{429},
		rule: rule{
			Timeout: 15 * time.Second,
			Retry:   core.RetryPlan{Name: "24-hours"}, Parallel: 4, Pace: core.Pace{Second: 30, Minute: 2000},
		},
	},
}

func TestRules(t *testing.T) {
	found := 0
	each(t, func(t *testing.T, p assets.Preset) {
		want, ok := rules[p.ID]
		if !ok {
			return
		}
		found++
		w := filled(t, p, nothing)
		for _, code := range want.good {
			if !w.Accept.Good(code) {
				t.Errorf("the answer %d is not accepted", code)
			}
		}
		for _, code := range want.bad {
			if w.Accept.Good(code) {
				t.Errorf("the answer %d is accepted", code)
			}
		}
		got := rule{w.Limit(), w.Send, w.Retry, w.Workers(), w.Pace, w.Answer}
		if d := cmp.Diff(want.rule, got); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
	if found != len(rules) {
		t.Errorf("%d of %d are there", found, len(rules))
	}
}

// A limit is named where it is explained, so that nobody wonders why it takes long.
func TestLimitsAreExplained(t *testing.T) {
	limited := 0
	each(t, func(t *testing.T, p assets.Preset) {
		if made(t, p).Pace.IsZero() {
			return
		}
		limited++
		if !strings.Contains(strings.Join(p.Traps, " "), "Hookbird sends no more") || p.Checked == "" {
			t.Errorf("nobody says that it has a limit: %q", p.Traps)
		}
	})
	if limited != 7 {
		t.Errorf("%d have a limit", limited)
	}
}

// What the receiving script has to answer is what the steps make it answer.
func TestScriptsAnswerWhatIsNeeded(t *testing.T) {
	each(t, func(t *testing.T, p assets.Preset) {
		for _, rule := range made(t, p).Answer.Need {
			if !strings.Contains(strings.Join(p.Steps, " "), rule.Text) {
				t.Errorf("no step makes it answer %q", rule.Text)
			}
		}
	})
}
