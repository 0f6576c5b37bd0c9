package answer

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"hookbird/core/retry"
)

// RetryAfter reads both forms of the header line Retry-After (RFC 9110, section
// 10.2.3). It gives 0 if there is none or it holds anything else, and at least a
// second for what can be read.
func RetryAfter(h http.Header, now time.Time) time.Duration {
	text := h.Get("Retry-After")
	if text == "" {
		return 0
	}
	var after time.Duration
	if seconds, err := strconv.ParseUint(text, 10, 64); err == nil {
		after = time.Duration(min(seconds, uint64(retry.MaxAfter/time.Second))) * time.Second
	} else if errors.Is(err, strconv.ErrRange) {
		after = retry.MaxAfter
	} else if at, err := http.ParseTime(text); err == nil {
		after = at.Sub(now)
	} else {
		return 0
	}
	return min(max(after, retry.MinAfter), retry.MaxAfter)
}
