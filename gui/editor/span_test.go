package editor

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/retry"
)

func TestDelaysAreReadAsPeopleTypeThem(t *testing.T) {
	const m, h = time.Minute, time.Hour
	for text, want := range map[string][]time.Duration{
		"1 min, 5 min, 1 h":              {m, 5 * m, h},
		"1m;5m;1h":                       {m, 5 * m, h},
		"1 minute, 5 Minutes and 1 hour": {m, 5 * m, h},
		"1, 5, 30 min":                   {m, 5 * m, 30 * m},
		"1, 5":                           {m, 5 * m},
		"30 s\n1 h 30\n2 d":              {30 * time.Second, h + 30*m, 48 * h},
		"1.5 h, ½ h then 1½ h":           {h + 30*m, 30 * m, h + 30*m},
		"500ms,":                         {500 * time.Millisecond},
		"10 sec., 2 hrs":                 {10 * time.Second, 2 * h},
	} {
		got, err := parseDelays(text)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%q: %v %s", text, err, diff)
		}
	}
}

func TestDelaysThatCannotBeReadSayWhy(t *testing.T) {
	for text, want := range map[string]string{
		" ":           "Type how long to wait before each further try, like 1 min, 5 min, 1 h.",
		"soon":        "“soon” is no length of time. Write it like 30 s, 5 min, 2 h or 1 d.",
		"1 min, 5 mn": "“5 mn” is no length of time. Write it like 30 s, 5 min, 2 h or 1 d.",
		"1 s, 5, 1 h": "Write behind 5 whether it is seconds, minutes or hours.",
		"31 d":        "“31 d” is too long. Between two tries lie at most 30 days.",
		"0 s":         "“0 s” is no time to wait. Leave it away, or write a longer one.",
		"-5 min":      "“-5 min” is no length of time. Write it like 30 s, 5 min, 2 h or 1 d.",
	} {
		if _, err := parseDelays(text); core.Sentence(err) != want {
			t.Errorf("%q: %q", text, core.Sentence(err))
		}
	}
}

func TestDelaysAreTypedAsTheyArePrinted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		delays := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return time.Duration(rapid.Int64Range(1, retry.MaxDelay.Milliseconds()).Draw(t, "ms")) * time.Millisecond
		}), 1, 10).Draw(t, "delays")
		got, err := parseDelays(printDelays(delays))
		if diff := cmp.Diff(delays, got); diff != "" || err != nil {
			t.Fatalf("%q: %v %s", printDelays(delays), err, diff)
		}
	})
}

// FuzzParseDelays wants every list that is read to be one that a plan can have, and
// the reading to end soon.
func FuzzParseDelays(f *testing.F) {
	for _, text := range []string{"1 min, 5 min, 1 h", "1h30, ½ d", "9999999999999999999 h", "1 s, 5, 1 h", "1e9"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 4096 {
			return
		}
		begun := time.Now()
		delays, err := parseDelays(text)
		if took := time.Since(begun); took > time.Second {
			t.Errorf("took %v", took)
		}
		if err != nil {
			return
		}
		if bad := retry.Validate(core.RetryPlan{Delays: delays}); bad != nil {
			t.Errorf("%q is read as %v: %v", text, delays, bad)
		}
	})
}
