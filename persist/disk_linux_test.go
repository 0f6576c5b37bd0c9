package persist

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"hookbird/core"
)

// mountDisk mounts a disk of its own for a test, or skips the test where that is
// not allowed.
func mountDisk(t *testing.T, options string) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, options); err != nil {
		t.Skipf("this user cannot mount a disk: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, 0); err != nil {
			t.Errorf("unmount: %v", err)
		}
	})
	return dir
}

// TestFullDisk fills a small disk with a store and with a file beside it, and
// makes room again.
func TestFullDisk(t *testing.T) {
	disk := mountDisk(t, "size=8m")
	dir := filepath.Join(disk, "data")
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 100)})
	ballast := filepath.Join(disk, "ballast")
	fillDisk(t, ballast)

	head, full := fillStore(t, s, num, 100)
	if !strings.Contains(core.Sentence(full), "full") {
		t.Errorf("Commit: %q, want a sentence about a full disk", core.Sentence(full))
	}
	checkHead(t, s, head)
	if err := s.Commit(&core.Batch{Events: newEvents(head+1, head+500)}); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("Commit again: %v, want CodeUnavailable", err)
	}
	checkTree(t, s)

	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(head+1, head+500)})
	checkHead(t, s, head+500)
	checkTree(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	checkHead(t, s, head+500)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// fillDisk takes what room there is on a disk.
func fillDisk(t *testing.T, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for chunk := make([]byte, 4096); err == nil; {
		_, err = f.Write(chunk)
	}
	if !isFull(err) {
		t.Fatalf("fill disk: %v", err)
	}
}

// fillStore commits until it fails, and gives the last seq that was kept.
func fillStore(t *testing.T, s *Store, num uint32, head uint64) (uint64, error) {
	t.Helper()
	for range 1000 {
		b := &core.Batch{Events: newEvents(head+1, head+500)}
		for _, e := range b.Events {
			b.Results = append(b.Results, try(num, e.Seq, 0, core.Waiting))
		}
		if err := s.Commit(b); err != nil {
			if core.CodeOf(err) != core.CodeUnavailable {
				t.Fatalf("Commit: %v, want CodeUnavailable", err)
			}
			return head, err
		}
		head += 500
	}
	t.Fatal("the disk did not get full")
	return 0, nil
}

// checkHead checks that events up to a seq are there, and nothing of any more.
func checkHead(t *testing.T, s *Store, head uint64) {
	t.Helper()
	if got := mustLoad(t, s); got.Head != head {
		t.Errorf("head = %d, want %d", got.Head, head)
	}
	events, err := s.Events(1, 1<<20, 1<<30)
	if err != nil || uint64(len(events)) != head {
		t.Errorf("%d events, %v; want %d", len(events), err, head)
	}
	page, err := s.Deliveries(t.Context(), core.DeliveryQuery{Limit: 1})
	if err != nil || len(page.Rows) == 1 && page.Rows[0].Key.Seq > head {
		t.Errorf("rows = %+v, %v; want none after %d", page.Rows, err, head)
	}
}

func TestDiskFullFromTheStart(t *testing.T) {
	disk := mountDisk(t, "size=64k")
	fillDisk(t, filepath.Join(disk, "ballast"))
	err := wantRefusal(t, disk, disk, core.CodeUnavailable)
	if !strings.Contains(core.Sentence(err), "full") {
		t.Errorf("Open: %q, want a sentence about a full disk", core.Sentence(err))
	}
	if err := os.Remove(filepath.Join(disk, "ballast")); err != nil {
		t.Fatal(err)
	}
	s, err := Open(t.Context(), disk, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatalf("Open with room: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyDisk(t *testing.T) {
	disk := mountDisk(t, "size=8m")
	dir := filepath.Join(disk, "data")
	path := storeFile(t, dir)
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Skipf("this user cannot remount a disk: %v", err)
	}
	wantRefusal(t, dir, path, core.CodeUnavailable)
	wantRefusal(t, filepath.Join(disk, "other"), "other", core.CodeUnavailable)
}
