//go:build linux

package autostart_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core/autostart"
)

// The library reads where entries lie when a program starts, so each test runs
// in a process of its own, with a folder of its own.
func inFolder(t *testing.T, dir string) bool {
	t.Helper()
	if os.Getenv("AUTOSTART_TEST") == t.Name() {
		return true
	}
	cmd := exec.Command(os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), "AUTOSTART_TEST="+t.Name(), "XDG_CONFIG_HOME="+dir)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
	return false
}

// The switch shows what lies on disk, also when somebody else changes it.
func TestSwitchShowsTheTruth(t *testing.T) {
	if !inFolder(t, t.TempDir()) {
		return
	}
	dir := os.Getenv("XDG_CONFIG_HOME")
	entry := filepath.Join(dir, "autostart", "hookbird.desktop")
	l := autostart.Login{Exe: "/opt/hookbird/hookbird"}
	if l.Enabled() {
		t.Error("on before anything was done")
	}
	for range 2 { // twice is no fault
		if err := l.Set(true); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(entry)
	if err != nil || !strings.Contains(string(text), "/opt/hookbird/hookbird") || strings.Count(string(text), "--hidden") != 1 {
		t.Errorf("entry: %s, %v", text, err)
	}
	if !l.Enabled() {
		t.Error("off after it was switched on")
	}
	if err := os.Remove(entry); err != nil {
		t.Fatal(err)
	}
	if l.Enabled() {
		t.Error("on after somebody removed the entry")
	}
	for range 2 {
		if err := l.Set(false); err != nil {
			t.Fatal(err)
		}
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if !inFolder(t, file) {
		return
	}
	l := autostart.Login{Exe: "/opt/hookbird/hookbird"}
	if l.Set(true) == nil || l.Enabled() {
		t.Error("switched on where nothing can be written")
	}
}
