package web

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/retry"
)

// rememberFrom is from when on it is remembered over a start of the program that a
// service wants to be left alone.
const rememberFrom = time.Minute

// leave has a service left alone for as long as it asks for.
func (w *Web) leave(ctx context.Context, after time.Duration) {
	w.after = after
	if after < rememberFrom {
		return
	}
	s := w.state
	s.Wait = time.Now().Add(after)
	if err := w.keep(ctx, s); err != nil {
		w.log.Debug("how long the service wants to be left alone was not kept", "error", err)
	}
}

// left tells of a service that wanted to be left alone, before the program was
// started, and still does. A clock that was put back does not prolong that.
func (w *Web) left(now time.Time) error {
	left := w.state.Wait.Sub(now)
	if left <= 0 || left > retry.MaxAfter {
		return nil
	}
	w.after = left
	return core.Errorf(core.CodeUnavailable, "%s takes no requests for the time being, and wants to be asked again after %s.", w.client.Name(), w.state.Wait.Local().Format("2 January, 15:04"))
}
