//go:build e2e

package e2e_test

import (
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"hookbird/core/control"
	"hookbird/core/export/exporttest"
	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
)

// picky is a receiver's answer that wants the right key for every second person, so
// that a wrong one fails messages without a webhook being held for it.
func picky(key string, refused *atomic.Int64) receiver.Answer {
	return func(_ context.Context, r receiver.Request) (int, string) {
		if r.Header.Get("X-Key") == key || !odd(emailOf(r)) {
			return http.StatusOK, "ok\n"
		}
		refused.Add(1)
		return http.StatusUnauthorized, `{"error":"invalid_key"}` + "\n"
	}
}

// odd tells whether the number in a made-up address is odd.
func odd(email string) bool {
	name, _, _ := strings.Cut(email, "@")
	return name != "" && (name[len(name)-1]-'0')%2 == 1
}

// TestFourHundredFailuresArePutRightInFourClicks has one wrong key fail 400 messages,
// and puts it right from Home: the key, Save, Send all again, and yes.
func TestFourHundredFailuresArePutRightInFourClicks(t *testing.T) {
	const failures = 400
	w := newWorld(t)
	var refused atomic.Int64
	w.receiver.SetAnswer(picky("the right key", &refused))
	folder := w.folder("exports")
	w.keyed(folder, "a wrong key")
	people := crowd(2 * failures)
	w.drop(folder, "Monday.csv", people...)
	w.must(w.program.Start(w.ctx, "--hidden"))
	w.settled(uint64(len(people)-failures), failures)
	if refused.Load() != failures {
		t.Fatalf("%d were refused, want %d", refused.Load(), failures)
	}

	_, err := w.program.Run("--page", "home") // asks the one that runs to show its window
	w.must(err)
	win := w.window()
	_, err = win.See(w.ctx, "400 × key not accepted")
	w.must(err)
	clicks := 0
	click := func(words string) {
		t.Helper()
		w.must(win.ClickOn(w.ctx, words))
		clicks++
	}
	click("Check the key")
	_, err = win.SeeStill(w.ctx, "Extra header lines")
	w.must(err)
	w.must(win.Type("the right key"))
	_, err = win.See(w.ctx, "Changes not saved yet")
	w.must(err)
	click("Save")
	click("Send all again")
	_, err = win.SeeStill(w.ctx, "Send 400 messages again?")
	w.must(err)
	click("Send 400 again")
	w.settled(uint64(len(people)), 0)
	if clicks != 4 {
		t.Errorf("it took %d clicks", clicks)
	}
	w.eachOnce(people)
	w.stopInTime()
}

// keyed imports a webhook with a key of its own that gives up at once, and a folder.
func (w *world) keyed(folder, key string) {
	w.Helper()
	text, err := json.Marshal(map[string]any{
		"hookbird": 1,
		"sources":  []any{map[string]any{"id": "exports", "kind": "folder", "name": "Exports", "path": folder, "existing": "send"}},
		"webhooks": []any{map[string]any{
			"id": "crm", "name": "Supporter CRM", "address": w.receiver.URL() + "/in", "retry": "none", "parallel": 1,
			"body":    map[string]any{"style": "json"},
			"headers": []any{map[string]any{"name": "X-Key", "secret": key}},
		}},
	})
	w.must(err)
	file := filepath.Join(w.desktop.Home, "settings.json")
	w.must(os.WriteFile(file, text, 0o600))
	_, err = w.program.Run("--import", file)
	w.must(err)
}

// settled waits until so many messages are delivered, so many have failed, and none
// waits.
func (w *world) settled(delivered, failed uint64) {
	w.Helper()
	var last control.Status
	err := desktop.Until(w.ctx, func() (bool, error) {
		st, err := w.program.Status(w.ctx)
		last = st
		return err == nil && st.Waiting == 0 && st.Delivered == delivered && st.Failed == failed, err
	})
	if err != nil {
		w.Fatalf("%d should be delivered and %d failed: %+v: %v", delivered, failed, last, err)
	}
}

// TestExportFromTheWindow writes what Activity lists into a workbook, with the
// window's own dialogs, and reads it back as a source would.
func TestExportFromTheWindow(t *testing.T) {
	w := newWorld(t)
	folder := w.folder("exports")
	w.keyed(folder, "any key")
	w.drop(folder, "Monday.csv", crowd(25)...)
	w.must(w.program.Start(w.ctx, "--hidden"))
	w.settled(25, 0)
	_, err := w.program.Run("--page", "activity")
	w.must(err)
	win := w.window()
	_, err = win.See(w.ctx, "Person Number 25")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Export"))
	w.must(win.ClickOn(w.ctx, "Choose where"))
	_, err = win.SeeStill(w.ctx, "Export messages")
	w.must(err)
	w.must(win.FillIn(w.ctx, "File name", "Everything.xlsx"))
	w.must(win.Key("Return"))
	_, err = win.See(w.ctx, "25 messages are in Everything.xlsx.")
	w.must(err)
	rows := exporttest.Read(t, filepath.Join(w.desktop.Home, "Everything.xlsx"), "")
	if len(rows) != 25 || rows[0]["State"] != "Delivered" || rows[0]["Webhook"] != "Supporter CRM" {
		t.Errorf("rows %v", rows)
	}
	w.stopInTime()
}
