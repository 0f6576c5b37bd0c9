//go:build e2e && linux

package e2e_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"hookbird/gui/e2e/desktop"
)

// TestADiskFilledAndFreed fills the disk that the data folder is on, and makes room
// again: Hookbird says so in its window, leaves what cannot be kept where it is, and
// goes on by itself, with nothing lost and nothing twice.
func TestADiskFilledAndFreed(t *testing.T) {
	w := newWorld(t)
	disk := w.program.Data
	w.must(os.MkdirAll(disk, 0o700))
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=24m,mode=0700"); err != nil {
		t.Skipf("this user cannot mount a disk: %v", err)
	}
	t.Cleanup(func() {
		w.program.Kill()
		if err := syscall.Unmount(disk, syscall.MNT_DETACH); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	folder := w.folder("exports")
	w.settings(map[string]any{"id": "exports", "kind": "folder", "name": "Exports", "path": folder})
	w.must(w.program.Start(w.ctx, "--page", "home"))
	win := w.window()
	w.drop(folder, "Monday.csv", ada, grace)
	w.waitFor(ada, grace)

	ballast := filepath.Join(disk, "ballast")
	w.fill(ballast)
	people := crowd(12_000)
	w.drop(folder, "Tuesday.csv", people...)
	_, err := win.See(w.ctx, "is full, so nothing more can be kept")
	w.must(err)
	if _, err := os.Stat(filepath.Join(folder, "Tuesday.csv")); err != nil {
		t.Errorf("the file that could not be kept is gone: %v", err)
	}

	w.must(os.Remove(ballast))
	w.waitFor(people[len(people)-1])
	w.allSettled(2 + len(people))
	w.eachOnce(append([]person{ada, grace}, people...))
	w.must(desktop.Until(w.ctx, func() (bool, error) { return !win.Shows("is full, so nothing more can be kept"), nil }))
	w.stopInTime()
}

// fill takes what room there is on a disk.
func (w *world) fill(path string) {
	w.Helper()
	f, err := os.Create(filepath.Clean(path))
	w.must(err)
	for chunk := make([]byte, 64<<10); err == nil; {
		_, err = f.Write(chunk)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		w.Fatalf("filling the disk: %v", err)
	}
	_ = f.Close() // which may tell of the full disk again
}
