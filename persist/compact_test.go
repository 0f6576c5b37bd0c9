package persist

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
)

// dump gives everything in a store, in order.
func dump(t testing.TB, s *Store) string {
	t.Helper()
	var b strings.Builder
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bbolt.Bucket) error {
			fmt.Fprintf(&b, "%s %d\n", name, bucket.Sequence())
			return bucket.ForEach(func(k, v []byte) error {
				fmt.Fprintf(&b, " %x=%x\n", k, v)
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// emptied makes a store of which most was deleted.
func emptied(t testing.TB) *Store {
	t.Helper()
	s := mustOpen(t, t.TempDir())
	addWebhook(t, s, newWebhook("crm"))
	for n := range uint64(40) {
		events := newEvents(n*50+1, n*50+50)
		for _, e := range events {
			e.Data = fmt.Appendf(nil, `{"note":%q}`, strings.Repeat("Ada was here. ", 50))
		}
		mustCommit(t, s, &core.Batch{Events: events})
	}
	for {
		done, err := s.Trim(core.Kept{Content: noon.Add(1950 * time.Second), Trace: noon, Unfinished: noon.Add(1950 * time.Second)}, 1951)
		if err != nil {
			t.Fatal(err)
		}
		if !done.More {
			return s
		}
	}
}

func TestCompact(t *testing.T) {
	s := emptied(t)
	before, room := dump(t, s), s.Room()
	if room.Unused < room.File/2 {
		t.Fatalf("room = %+v: nothing is unused", room)
	}
	var told uint64
	if err := s.Compact(t.Context(), func(done, total uint64) { told = max(told, done); _ = total }); err != nil {
		t.Fatal(err)
	}
	if after := dump(t, s); after != before {
		t.Error("the store is another than before")
	}
	if now := s.Room(); now.File > room.File/4 || told == 0 {
		t.Errorf("room was %+v and is %+v, progress %d", room, now, told)
	}
	checkTree(t, s)
	mustCommit(t, s, &core.Batch{Events: newEvents(2001, 2003)})
	dir := s.dir
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, dir)
	if events, err := again.Events(1951, 100, 1<<30); len(events) != 53 || err != nil {
		t.Errorf("%d records, %v", len(events), err)
	}
}

// TestCompactLeavesNothingOfWhatWasDeleted looks for deleted records in the bytes of
// the data folder.
func TestCompactLeavesNothingOfWhatWasDeleted(t *testing.T) {
	s := emptied(t)
	const gone = "Supporter 77"
	if !bytes.Contains(readFile(t, s.path), []byte(gone)) {
		t.Fatal("nothing is left of it already: the test shows nothing")
	}
	if err := s.Compact(t.Context(), func(uint64, uint64) {}); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(s.dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if bytes.Contains(readFile(t, filepath.Join(s.dir, f.Name())), []byte(gone)) {
			t.Errorf("it is still in %s", f.Name())
		}
	}
}

// TestCompactWhileWriting commits all the time: whatever was confirmed is there
// after it, and after another start.
func TestCompactWhileWriting(t *testing.T) {
	s := emptied(t)
	stop, wrote := make(chan struct{}), uint64(2000)
	var group sync.WaitGroup
	group.Go(func() {
		for {
			select {
			case <-stop:
				return
			default:
			}
			b := &core.Batch{
				Events:  newEvents(wrote+1, wrote+3),
				Results: []core.Result{try(1, wrote+1, time.Duration(wrote)*time.Second, core.Waiting)},
				Marks:   []core.Mark{{Source: "files", Key: "offset", Value: fmt.Append(nil, wrote)}},
			}
			if wrote%5 == 0 {
				b.Marks[0].Value = nil
			}
			if err := s.Commit(b); err != nil {
				t.Errorf("Commit: %v", err)
				return
			}
			wrote += 3
		}
	})
	for range 5 {
		if err := s.Compact(t.Context(), func(uint64, uint64) {}); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	group.Wait()
	if wrote < 2100 {
		t.Errorf("only %d records were written meanwhile", wrote-2000)
	}
	want := dump(t, s)
	checkTree(t, s)
	dir := s.dir
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, dir)
	if got := dump(t, again); got != want {
		t.Error("after a start the store is another")
	}
	if events, err := again.Events(2001, 1<<20, 1<<30); uint64(len(events)) != wrote-2000 || err != nil {
		t.Errorf("%d records, %v, want %d", len(events), err, wrote-2000)
	}
}

func TestCompactIsCancelled(t *testing.T) {
	s := emptied(t)
	before := dump(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Compact(ctx, func(uint64, uint64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Compact: %v", err)
	}
	if dump(t, s) != before {
		t.Error("the store is another than before")
	}
	if _, err := os.Stat(filepath.Join(s.dir, compactName)); err == nil {
		t.Error("a part of it is left")
	}
}

// TestQuotaOfTheDisk holds how much a store may hold.
func TestQuotaOfTheDisk(t *testing.T) {
	for _, c := range []struct {
		mb   int
		room core.Room
		want int64
	}{
		{0, core.Room{Free: 1 << 40}, core.UsualQuota},
		{0, core.Room{Free: 9_000 * core.MB, File: 1_000 * core.MB}, 2_000 * core.MB},
		{0, core.Room{Free: 1 << 20}, core.MinQuotaMB * core.MB},
		{0, core.Room{Free: -1}, core.UsualQuota},
		{700, core.Room{Free: 1 << 40}, 700 * core.MB},
	} {
		if got := (core.Settings{QuotaMB: c.mb}).Quota(c.room); got != c.want {
			t.Errorf("%d MB, %+v: %d, want %d", c.mb, c.room, got, c.want)
		}
	}
}
