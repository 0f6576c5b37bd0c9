package answer_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"hookbird/core/answer"
	"hookbird/core/retry"

	"pgregory.net/rapid"
)

// Retry-After means the same in both of its forms, and is held within bounds.
func TestRetryAfterIsReadInBothForms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Unix(rapid.Int64Range(1_000_000_000, 4_000_000_000).Draw(t, "now"), 0).UTC()
		seconds := rapid.Int64Range(-100_000, 1_000_000).Draw(t, "seconds")
		want := min(max(time.Duration(seconds)*time.Second, retry.MinAfter), retry.MaxAfter)
		if seconds >= 0 {
			if got := retryAfter(strconv.FormatInt(seconds, 10), now); got != want {
				t.Fatalf("%d: %s, want %s", seconds, got, want)
			}
		}
		at := now.Add(time.Duration(seconds) * time.Second)
		for _, form := range []string{http.TimeFormat, time.ANSIC} {
			if got := retryAfter(at.Format(form), now); got != want {
				t.Fatalf("%s at %s: %s, want %s", at.Format(form), now, got, want)
			}
		}
	})
}

func FuzzRetryAfter(f *testing.F) {
	for _, seed := range []string{"", "0", "120", "-1", "1.5", "99999999999999999999", "Wed, 21 Oct 2015 07:28:00 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "soon"} {
		f.Add(seed)
	}
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text string) {
		if d := retryAfter(text, now); d != 0 && (d < retry.MinAfter || d > retry.MaxAfter) {
			t.Fatalf("%q asks for %s", text, d)
		}
	})
}

func retryAfter(text string, now time.Time) time.Duration {
	return answer.RetryAfter(http.Header{"Retry-After": {text}}, now)
}
