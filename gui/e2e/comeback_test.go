//go:build e2e

package e2e_test

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
)

// TestATargetComesBack goes through a bad day of a receiver: Home says what needs a
// person, and "Try now" delivers what has waited once the receiver is well again.
func TestATargetComesBack(t *testing.T) {
	w := newWorld(t)
	w.must(w.program.Start(w.ctx))
	win := w.window()
	_, err := win.See(w.ctx, "Where should records go?")
	w.must(err)

	folder := w.folder("exports")
	file := filepath.Join(w.desktop.Home, "office.json")
	w.must(os.WriteFile(file, fmt.Appendf(nil, `{"hookbird": 1,
		"sources": [{"id": "exports", "kind": "folder", "name": "Exports", "path": %q}],
		"webhooks": [{"id": "db", "name": "Our database", "address": %q, "retry": {"every": "1h", "times": 3}}]}`,
		folder, w.receiver.URL()+"/people"), 0o600))
	_, err = w.program.Run("--import", file)
	w.must(err)

	w.receiver.SetAnswer(func(context.Context, receiver.Request) (int, string) {
		return http.StatusInternalServerError, "Something went wrong.\n"
	})
	people := crowd(12)
	w.drop(folder, "Monday.csv", people...)
	_, err = win.See(w.ctx, "What needs you")
	w.must(err)
	_, err = win.See(w.ctx, "Our database has a problem of its own")
	w.must(err)

	w.receiver.SetAnswer(receiver.OK)
	w.must(win.ClickOn(w.ctx, "Try now"))
	w.waitFor(people...)
	_, err = win.See(w.ctx, "Everything is being delivered")
	w.must(err)
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		st, err := w.program.Status(w.ctx)
		return err == nil && st.Delivered == uint64(len(people)) && st.Waiting == 0, err
	}))
	w.stopInTime()
}
