package private_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"hookbird/core"
	"hookbird/core/private"
)

func TestNobodyElseMayRead(t *testing.T) {
	file := filepath.Join(t.TempDir(), "export.json")
	if err := os.WriteFile(file, bytes.Repeat([]byte("x"), 10_000), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := private.Write(file, []byte("{}")); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "{}" {
		t.Errorf("wrote %.100s, %v", text, err)
	}
}

func TestFolderThatIsNotThere(t *testing.T) {
	err := private.Write(filepath.Join(t.TempDir(), "none", "export.json"), nil)
	if core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("write: %v", err)
	}
}
