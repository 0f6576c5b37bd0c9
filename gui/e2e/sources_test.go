//go:build e2e

package e2e_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
)

// settings imports a settings file with a webhook to the receiver and some sources.
func (w *world) settings(sources ...map[string]any) {
	w.Helper()
	text, err := json.Marshal(map[string]any{
		"hookbird": 1, "sources": sources,
		"webhooks": []any{map[string]any{"id": "crm", "name": "Supporter CRM", "address": w.receiver.URL() + "/in", "body": map[string]any{"style": "json"}}},
	})
	w.must(err)
	file := filepath.Join(w.desktop.Home, "settings.json")
	w.must(os.WriteFile(file, text, 0o600))
	_, err = w.program.Run("--import", file)
	w.must(err)
}

// bodies waits for so many messages, and gives what was in them.
func (w *world) bodies(n int) string {
	w.Helper()
	var all []string
	w.must(w.receiver.Wait(w.ctx, func(got []receiver.Request) bool {
		all = nil
		for _, r := range got {
			all = append(all, string(r.Body))
		}
		return len(got) >= n
	}))
	return strings.Join(all, "\n")
}

// TestSendOneByHand fills in a form with the keyboard: what is wrong is said at its
// field, the first record is taken back, and the second goes out once its time is over.
func TestSendOneByHand(t *testing.T) {
	w := newWorld(t)
	w.settings(map[string]any{
		"id": "desk", "kind": "form", "name": "New supporter", "grace": "6s",
		"fields": []any{map[string]any{"name": "First name", "required": true}, map[string]any{"name": "Email", "kind": "email"}},
	})
	w.must(w.program.Start(w.ctx, "--page", "byhand"))
	win := w.window()
	_, err := win.See(w.ctx, "Goes to Supporter CRM")
	w.must(err)
	w.must(win.FillIn(w.ctx, "First name", "Ada"))
	w.must(win.Key("Tab"))
	w.must(win.Type("ada@example"))
	w.must(win.Key("Return"))
	_, err = win.See(w.ctx, "This is no email address")
	w.must(err)
	w.must(win.Type(".org"))
	w.must(win.Key("Return"))
	_, err = win.See(w.ctx, "Goes out in")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Undo"))
	_, err = win.See(w.ctx, "is taken back and not sent")
	w.must(err)
	w.must(win.FillIn(w.ctx, "First name", "Grace"))
	w.must(win.Key("Return"))
	if got := w.bodies(1); got != `{"First name":"Grace","Email":"ada@example.org"}` {
		t.Errorf("came: %s", got)
	}
	w.stopInTime()
}

// TestWhatIsThereAlreadyIsAskedAbout sends nothing of a folder with files in it until
// somebody has answered.
func TestWhatIsThereAlreadyIsAskedAbout(t *testing.T) {
	w := newWorld(t)
	folder := w.folder("exports")
	w.drop(folder, "Monday.csv", ada, grace)
	w.settings(map[string]any{"id": "exports", "kind": "folder", "name": "Exports", "path": folder, "existing": "ask"})
	w.must(w.program.Start(w.ctx, "--page", "sources"))
	win := w.window()
	_, err := win.See(w.ctx, "1 file is already there, with 2 records.")
	w.must(err)
	if got := w.receiver.Requests(); len(got) != 0 {
		t.Errorf("%d messages before the answer", len(got))
	}
	w.must(win.ClickOn(w.ctx, "All of them"))
	w.waitFor(ada, grace)
	w.must(desktop.Until(w.ctx, func() (bool, error) { return !win.Shows("already there"), nil }))
	w.stopInTime()
}
