//go:build e2e

package e2e_test

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"hookbird/core/receiver"
)

// TestAPersonIsErasedFromTheDisk finds and erases somebody in the window, and then
// looks for them in the bytes of every file of the data folder.
func TestAPersonIsErasedFromTheDisk(t *testing.T) {
	w := newWorld(t)
	gone := person{"Ada", "Quxlovelace", "ada.quxlovelace@example.org"}
	folder := w.folder("exports")
	w.settings(map[string]any{"id": "exports", "kind": "folder", "name": "Exports", "path": folder})
	w.receiver.SetAnswer(func(_ context.Context, r receiver.Request) (int, string) {
		return http.StatusOK, fmt.Sprintf("Welcome, %s\n", emailOf(r))
	})
	w.must(w.program.Start(w.ctx, "--page", "people"))
	win := w.window()
	w.drop(folder, "Monday.csv", grace, gone)
	w.waitFor(grace, gone)
	w.allSettled(2)
	if in := w.filesWith(gone); len(in) == 0 {
		t.Fatal("nobody is in the data folder who could be erased")
	}

	w.must(win.FillIn(w.ctx, "E-mail address, number or name, one a line", gone.email))
	w.must(win.ClickOn(w.ctx, "Find"))
	_, err := win.See(w.ctx, "1 record and 1 message")
	w.must(err)
	w.must(win.ClickOn(w.ctx, "Erase…"))
	w.must(win.ClickOn(w.ctx, "Erase 1 record and 1 message"))
	_, err = win.See(w.ctx, "1 record and 1 message were erased.")
	w.must(err)
	w.isNowhere(gone)

	w.must(win.ClickOn(w.ctx, "Show the receipt"))
	_, err = win.See(w.ctx, "Nothing of the person is in a receipt.")
	w.must(err)
	w.must(win.Key("Escape"))
	w.must(win.Key("ctrl+3"))
	_, err = win.See(w.ctx, "Grace Hopper")
	w.must(err)
	if win.Shows(gone.last) {
		t.Error("Activity still shows who was erased")
	}
	w.stopInTime()
	w.isNowhere(gone)

	tina := person{"Tina", "Turner", "tina@example.org"}
	w.must(w.program.Start(w.ctx, "--hidden"))
	w.drop(folder, "Tuesday.csv", tina)
	w.waitFor(tina)
	w.eachOnce([]person{grace, gone, tina})
	w.isNowhere(gone)
	if in := w.filesWith(grace); len(in) == 0 {
		t.Error("somebody else was erased too")
	}
	w.stopInTime()
}

// isNowhere fails the test if anything of a person is in the data folder.
func (w *world) isNowhere(p person) {
	w.Helper()
	if in := w.filesWith(p); len(in) > 0 {
		w.Errorf("%s is still in %v", p.email, in)
	}
}

// filesWith gives the files of the data folder in whose bytes somebody is.
func (w *world) filesWith(p person) (in []string) {
	w.Helper()
	read := 0
	err := filepath.WalkDir(w.program.Data, func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(filepath.Clean(path))
		if err != nil {
			return err
		}
		read++
		data = bytes.ToLower(data)
		for _, text := range []string{p.email, p.last} {
			if bytes.Contains(data, bytes.ToLower([]byte(text))) {
				in = append(in, fmt.Sprintf("%s (%q)", e.Name(), text))
			}
		}
		return nil
	})
	w.must(err)
	if read == 0 {
		w.Fatal("the data folder is empty")
	}
	return in
}
