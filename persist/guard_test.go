package persist

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"hookbird/core"
)

func TestGuardedTurnsFaultsIntoErrors(t *testing.T) {
	var none []int
	var gone *core.Event
	for name, f := range map[string]func() error{
		"panic":        func() error { panic("page 7 already freed") },
		"out of range": func() error { return errors.New(string(rune(none[len(none)]))) },
		"nil":          func() error { return errors.New(gone.ID) },
	} {
		if err := guarded(f); !errors.Is(err, errPanic) {
			t.Errorf("%s: %v, want errPanic", name, err)
		}
	}
	if err := guarded(func() error { return os.ErrClosed }); !errors.Is(err, os.ErrClosed) {
		t.Errorf("guarded: %v, want the function's own error", err)
	}
}

// TestFaultInTheFileIsCaught cuts the file while it is mapped: reading behind its
// new end is a fault of the memory.
func TestFaultInTheFileIsCaught(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 5000)})
	if err := os.Truncate(filepath.Join(dir, FileName), int64(4*os.Getpagesize())); err != nil {
		t.Skipf("the file cannot be cut while it is open: %v", err)
	}
	if _, err := s.Events(1, 5000, 1<<30); core.CodeOf(err) != core.CodeInternal {
		t.Errorf("Events: %v, want CodeInternal", err)
	}
	if err := s.Commit(&core.Batch{Events: newEvents(5001, 5001)}); core.CodeOf(err) != core.CodeInternal {
		t.Errorf("Commit: %v, want CodeInternal", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// TestDamageFoundWhileCommitting spoils a page that bbolt looks at only when it
// has begun to write. From there nothing can be written, but reading goes on and
// the lock is given back.
func TestDamageFoundWhileCommitting(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 2000)})
	err = s.update(func(tx *bbolt.Tx) error {
		tx.OnCommit(func() { panic("page 7 already freed") })
		return nil
	})
	if core.CodeOf(err) != core.CodeInternal {
		t.Fatalf("update: %v, want CodeInternal", err)
	}
	again := s.Commit(&core.Batch{Events: newEvents(2001, 2001)})
	if core.CodeOf(again) != core.CodeInternal || !strings.Contains(core.Sentence(again), "damaged") {
		t.Errorf("Commit: %v, want a sentence about a damaged file", again)
	}
	if _, _, err := trimOld(s, noon.AddDate(1, 0, 0), 5000); err == nil {
		t.Error("Trim worked on a damaged file")
	}
	if err := s.Settle(); err == nil {
		t.Error("Settle worked on a damaged file")
	}
	if events, err := s.Events(1, 1<<20, 1<<30); len(events) != 2000 || err != nil {
		t.Errorf("%d events, %v; want all 2000 to be read", len(events), err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	s = mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(2001, 2001)})
}

// TestSiblingDamagedWhileOpen lets bbolt come upon a zeroed page in the middle of
// a commit: pages that deletions have left half empty are joined with the next.
func TestSiblingDamagedWhileOpen(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 2000)})
	zeroPageOf(t, path, "supporters.csv, row 200")
	// Deletes the events before that page, and nothing on it.
	_, _, err = trimOld(s, noon.AddDate(1, 0, 0), 150)
	for floor := uint64(151); err == nil && floor < 200; floor++ {
		_, _, err = trimOld(s, noon.AddDate(1, 0, 0), floor)
	}
	if core.CodeOf(err) != core.CodeInternal {
		t.Errorf("Trim: %v, want CodeInternal", err)
	}
	if e, err := s.Event(1999); err != nil || e.Seq != 1999 {
		t.Errorf("Event: %v, want it to be read still", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	wantRefusal(t, dir, path, core.CodeInternal)
}

// zeroPageOf clears the page of the file that holds a text.
func zeroPageOf(t *testing.T, path, text string) {
	t.Helper()
	size := os.Getpagesize()
	at := strings.Index(string(readFile(t, path)), text)
	if at < 0 {
		t.Fatalf("%q is not in the file", text)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteAt(make([]byte, size), int64(at/size*size)); err != nil {
		t.Fatal(err)
	}
}
