package presets

import (
	"testing"
	"time"

	"hookbird/assets"
	"hookbird/core"
)

// rules are what a system asks for beside the request itself.
var rules = map[string]struct {
	good, bad []int // answers
	timeout   time.Duration
	send      core.Send
	retry     core.RetryPlan
	parallel  int
}{
	"rally-congress": {
		good: []int{200, 204, 299}, bad: []int{302, 404}, timeout: 15 * time.Second,
		retry: core.RetryPlan{Name: "90-minutes"}, parallel: 4,
	},
	"engagement-rx": {
		good: []int{204}, bad: []int{200, 202}, timeout: 5 * time.Second, send: core.Send{Batch: 50},
		retry: core.RetryPlan{Name: "24-hours"}, parallel: 4,
	},
	"secutix-contact-v1": {
		good: []int{200, 204}, bad: []int{302}, timeout: 15 * time.Second, send: core.Send{Every: 5 * time.Minute, Batch: 60},
		retry: core.RetryPlan{Name: "24-hours"}, parallel: 4,
	},
	"secutix-contact-v2": {
		good: []int{200}, bad: []int{201, 204}, timeout: 15 * time.Second, send: core.Send{Every: 15 * time.Minute, Batch: 100},
		retry: core.RetryPlan{Every: 15 * time.Minute, Times: 12, OnRefusal: true}, parallel: 4,
	},
	"intervengine": {
		good: []int{200, 204}, bad: []int{302}, timeout: 15 * time.Second,
		retry: core.RetryPlan{Name: "standard-webhooks"}, parallel: 4,
	},
	"google-sheets": {
		good: []int{302}, bad: []int{200, 401}, timeout: 30 * time.Second,
		retry: core.RetryPlan{Name: "24-hours"}, parallel: 1,
	},
	"hubspot": {
		good: []int{200, 201}, bad: []int{207, 400}, timeout: 15 * time.Second,
		retry: core.RetryPlan{Name: "24-hours"}, parallel: 4,
	},
	"make": {
		good: []int{200}, bad: []int{400}, timeout: 15 * time.Second,
		retry: core.RetryPlan{Name: "24-hours", OnRefusal: true}, parallel: 4,
	},
	"slack": {
		good: []int{200}, bad: []int{429}, timeout: 15 * time.Second,
		retry: core.RetryPlan{Name: "24-hours"}, parallel: 1,
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
		if w.Limit() != want.timeout || w.Send != want.send || w.Workers() != want.parallel {
			t.Errorf("it waits %v, sends %+v, %d at once", w.Limit(), w.Send, w.Workers())
		}
		if r := w.Retry; r.Name != want.retry.Name || r.Every != want.retry.Every || r.Times != want.retry.Times || r.OnRefusal != want.retry.OnRefusal {
			t.Errorf("it tries again by %+v", r)
		}
	})
	if found != len(rules) {
		t.Errorf("%d of %d are there", found, len(rules))
	}
}
