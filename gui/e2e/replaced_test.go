//go:build e2e

package e2e_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hookbird/core/control"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// TestAComputerReplaced moves an office to a new computer: a backup is made on the old
// one while messages wait, restored from the first page on the new one, which says what
// it lacks and does nothing before the old one is off, and then sends each message once.
func TestAComputerReplaced(t *testing.T) {
	w := newWorld(t)
	people, file := crowd(7), filepath.Join(w.desktop.Home, "moving.hookbird-portable")
	folder := w.folder("exports")
	w.oldOffice(folder, people, file)
	w.must(os.RemoveAll(folder)) // it was a drive of the old computer

	w.program = program.New(w.desktop, binary, w.program.Data+"-new")
	t.Cleanup(w.program.Kill)
	w.must(w.program.Start(w.ctx))
	win := w.window()
	w.must(win.ClickOn(w.ctx, "Restore from a backup"))
	w.must(win.ClickOn(w.ctx, "moving.hookbird-portable"))
	w.must(win.ClickOn(w.ctx, "Look into it"))
	w.unlock(win, "correct horse battery")
	_, err := win.See(w.ctx, "7 messages were still to be sent then.")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Restore it"))

	for _, words := range []string{"Is the old computer off?", "What this computer lacks", "is not here"} {
		_, err := win.See(w.ctx, words)
		w.must(err)
	}
	st, err := w.program.Status(w.ctx)
	w.must(err)
	if !st.Paused || st.Waiting != uint64(len(people)) || st.Address != "" {
		t.Errorf("before the answer: %+v", st)
	}
	w.must(win.ClickOn(w.ctx, "Yes, the old one is off"))
	_, err = win.See(w.ctx, "Resume sending")
	w.must(err)
	if got := w.receiver.Requests(); len(got) != 0 {
		t.Fatalf("%d requests came before sending was resumed", len(got))
	}
	w.must(win.ClickOn(w.ctx, "Resume sending"))
	w.waitFor(people...)
	w.allSettled(len(people))
	w.eachOnce(people)
	if got := w.receiver.Requests(); len(got) != len(people) {
		t.Errorf("%d requests for %d messages", len(got), len(people))
	}
	w.stopInTime()
}

// unlock types a passphrase, which cannot be seen, until it opens the backup: on a busy
// computer the keys may arrive before the click has moved the focus.
func (w *world) unlock(win *desktop.Window, passphrase string) {
	w.Helper()
	for {
		label, err := win.SeeStill(w.ctx, "Passphrase")
		w.must(err)
		w.must(win.Click(image.Pt(label.Rect.Min.X+20, label.Center().Y+28)))
		w.must(errors.Join(win.Key("ctrl+a"), win.Type(passphrase)))
		w.must(win.ClickOn(w.ctx, "Open"))
		soon, cancel := context.WithTimeout(w.ctx, 5*time.Second)
		_, err = win.See(soon, "Restore it")
		cancel()
		if err == nil {
			return
		}
		w.must(w.ctx.Err())
	}
}

// oldOffice sets up an office in which messages wait, makes a backup of it for another
// computer, and ends it.
func (w *world) oldOffice(folder string, people []person, file string) {
	w.Helper()
	w.must(w.program.Start(w.ctx, "--hidden"))
	settings := filepath.Join(w.desktop.Home, "office.json")
	w.must(os.WriteFile(settings, fmt.Appendf(nil, `{"hookbird": 1,
		"sources": [{"id": "exports", "kind": "folder", "name": "Exports", "path": %q, "existing": "send"}],
		"webhooks": [{"id": "db", "name": "Our database", "address": %q, "headers": [{"name": "X-Key", "secret": "open sesame"}]}]}`,
		folder, w.receiver.URL()+"/people"), 0o600))
	_, err := w.program.Run("--import", settings)
	w.must(err)
	c, err := control.Dial(w.program.Data)
	w.must(err)
	defer c.Close()
	w.must(c.Pause(w.ctx, time.Time{}))
	w.drop(folder, "Monday.csv", people...)
	w.must(desktop.Until(w.ctx, func() (bool, error) {
		st, err := w.program.Status(w.ctx)
		return err == nil && st.Waiting == uint64(len(people)), err
	}))
	pass := filepath.Join(w.desktop.Home, "passphrase.txt")
	w.must(os.WriteFile(pass, []byte("correct horse battery\n"), 0o600))
	_, err = w.program.Run("--backup", file, "--passphrase-file", pass)
	w.must(err)
	w.stopInTime()
}
