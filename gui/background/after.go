package background

import (
	"context"
	"time"
)

// After calls f on the UI goroutine once d has passed, unless stop is called
// before, as when somebody types the next letter.
func After(d time.Duration, f func()) (stop context.CancelFunc) {
	ctx, stop := context.WithCancel(context.Background())
	go func() {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		}
		Hop(func() {
			if ctx.Err() == nil {
				f()
			}
			stop()
		})
	}()
	return stop
}
