//go:build e2e

package e2e_test

import (
	"encoding/json"
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core/receiver"
)

// TestAWrongMappingIsFoundAfterDeliveryAndReplayed has two people delivered under a
// wrong field name, with an answer that all was well; puts the name right; and sends
// them once more from the window, as they were delivered with the settings of then.
func TestAWrongMappingIsFoundAfterDeliveryAndReplayed(t *testing.T) {
	w := newWorld(t)
	folder := w.folder("exports")
	w.mapped(folder, "mail_wrong")
	w.must(w.program.Start(w.ctx, "--page", "webhooks"))
	win := w.window()
	w.drop(folder, "Monday.csv", ada, grace)
	w.settled(2, 0)

	w.mapped(folder, "mail")
	w.drop(folder, "Tuesday.csv", person{"Tina", "Turner", "tina@example.org"})
	w.settled(3, 0)

	row, err := win.SeeStill(w.ctx, "Supporter CRM")
	w.must(err)
	w.must(win.Click(image.Pt(1141, row.Center().Y))) // its menu
	w.must(win.ClickOn(w.ctx, "Send earlier records…"))
	w.must(win.ClickOn(w.ctx, "What was delivered"))
	w.must(win.ClickOn(w.ctx, "Count and show"))
	_, err = win.See(w.ctx, "3 records would be sent to Supporter CRM.")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Any"))
	w.must(win.ClickOn(w.ctx, "2 messages"))
	w.must(win.ClickOn(w.ctx, "Count and show"))
	_, err = win.See(w.ctx, "2 records would be sent to Supporter CRM.")
	w.must(err)
	_, err = win.See(w.ctx, "As it was sent")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Send 2"))
	w.must(w.receiver.Wait(w.ctx, func(got []receiver.Request) bool { return len(got) == 5 }))
	for _, r := range w.receiver.Requests()[3:] {
		body := string(r.Body)
		if !strings.Contains(body, `"mail":`) || strings.Contains(body, "tina") {
			t.Errorf("sent once more: %s", body)
		}
	}
	w.stopInTime()
}

// mapped imports a webhook that sends the e-mail address under a name, and a folder.
func (w *world) mapped(folder, name string) {
	w.Helper()
	text, err := json.Marshal(map[string]any{
		"hookbird": 1,
		"sources":  []any{map[string]any{"id": "exports", "kind": "folder", "name": "Exports", "path": folder, "existing": "send"}},
		"webhooks": []any{map[string]any{
			"id": "crm", "name": "Supporter CRM", "address": w.receiver.URL() + "/in",
			"body": map[string]any{"style": "json", "fields": []any{map[string]any{"name": name, "from": "email"}}},
		}},
	})
	w.must(err)
	file := filepath.Join(w.desktop.Home, "settings.json")
	w.must(os.WriteFile(file, text, 0o600))
	_, err = w.program.Run("--import", file)
	w.must(err)
}
