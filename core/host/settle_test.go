package host

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/persist"
)

// TestSourcesAskAfterTheirMemoryWasDamaged spoils what a source remembers: once the
// store is repaired, the source is to ask what becomes of what is there, once.
func TestSourcesAskAfterTheirMemoryWasDamaged(t *testing.T) {
	dir := t.TempDir()
	s, err := persist.Open(t.Context(), dir, persist.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b := &core.Batch{Config: []core.Change{{Now: time.Now(), Source: &core.Source{
		ID: "files", Name: "Files", Kind: core.KindFolder, Folder: &core.FolderSource{Path: dir},
	}}}}
	for n := range 600 {
		b.Marks = append(b.Marks, core.Mark{Source: "files", Key: fmt.Sprintf("seen:%04d", n), Value: []byte("read already")})
	}
	if err := s.Commit(b); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, persist.FileName)
	file, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := os.Getpagesize()
	for at := 2 * size; at < len(file); at += size {
		if page := file[at : at+size]; bytes.Contains(page, []byte("seen:0300")) {
			clear(page)
		}
	}
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}

	s, err = persist.Open(t.Context(), dir, persist.Options{Repair: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if r, ok := s.Repaired(); !ok || !r.Forgot || !r.Paused {
		t.Fatalf("repair %+v, %v", r, ok)
	}
	asks := func() string {
		t.Helper()
		wish, _, err := source.RereadOf(s.Mark, "files")
		if err != nil {
			t.Fatal(err)
		}
		return wish.Asked
	}
	if quiet, err := settle(t.Context(), s); quiet || err != nil {
		t.Errorf("settle: %v, %v", quiet, err)
	}
	first := asks()
	if first == "" {
		t.Error("the source does not ask")
	}
	if _, err := settle(t.Context(), s); err != nil || asks() != first {
		t.Errorf("it is asked once more: %v", err)
	}
	if r, ok := s.Repaired(); !ok || r.Forgot || len(r.Lost) == 0 {
		t.Errorf("somebody has still to see it: %+v, %v", r, ok)
	}
}
