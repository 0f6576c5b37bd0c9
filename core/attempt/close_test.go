package attempt_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/attempt"
)

// TestCloseBreaksNothingOff closes the connections that are kept open again and again
// while messages are sent: no message fails of it.
func TestCloseBreaksNothingOff(t *testing.T) {
	server := answer(t, func(http.ResponseWriter, *http.Request) {}) // an answer without a body is where it is closest
	c, m := line(t, &core.Webhook{Address: server.URL, Parallel: 4}, attempt.Options{})
	ctx, stop := context.WithTimeout(context.Background(), time.Second)
	defer stop()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				if a, _ := c.Do(context.Background(), m); a.Cause != core.CauseNone {
					t.Errorf("%s: %s", a.Cause, a.Detail)
				}
			}
		})
	}
	all.Go(func() {
		for ctx.Err() == nil {
			c.Close()
		}
	})
	all.Wait()
}
