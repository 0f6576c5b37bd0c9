package attempt

import (
	"net/http"
	"strconv"
	"testing"
	"time"

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
			if got := parseRetryAfter(strconv.FormatInt(seconds, 10), now); got != want {
				t.Fatalf("%d: %s, want %s", seconds, got, want)
			}
		}
		at := now.Add(time.Duration(seconds) * time.Second)
		for _, form := range []string{http.TimeFormat, time.ANSIC} {
			if got := parseRetryAfter(at.Format(form), now); got != want {
				t.Fatalf("%s at %s: %s, want %s", at.Format(form), now, got, want)
			}
		}
	})
}
