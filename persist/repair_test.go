package persist

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.etcd.io/bbolt"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/persist/pagecheck"
)

// wholeStore makes a store with something in every bucket, most of them of more
// than one page, and gives its file's bytes and all its records.
func wholeStore(t *testing.T) (file []byte, events []*core.Event) {
	t.Helper()
	dir := t.TempDir()
	s := mustOpen(t, dir)
	crm := addWebhook(t, s, newWebhook("crm")).Num
	mail := addWebhook(t, s, newWebhook("mail")).Num
	addWebhook(t, s, newWebhook("gone"))
	events = newEvents(1, 300)
	for i, e := range events {
		if i%40 == 7 {
			e.Data = fmt.Appendf(nil, `{"note":%q}`, strings.Repeat("long ", 2000))
		}
	}
	mustCommit(t, s, &core.Batch{Events: events})
	b := &core.Batch{
		Config: []core.Change{{Source: &core.Source{ID: "files", Name: "Files"}, Now: noon}, {Settings: &core.Settings{Port: 8471}, Now: noon}, {DropWebhook: "gone", Now: noon}},
		Works:  []core.Work{{ID: "again/1", Data: []byte("{}")}},
	}
	for n := range uint64(150) {
		state := []core.DeliveryState{core.Delivered, core.Delivered, core.Waiting, core.Failed}[n%4]
		b.Results = append(b.Results, try(crm, n+1, time.Duration(n)*time.Second, state))
	}
	for n := range 200 {
		b.Marks = append(b.Marks, core.Mark{Source: "files", Key: fmt.Sprintf("file %03d", n), Value: []byte("read already")})
	}
	b.Lanes = []core.LaneRow{{Webhook: crm, Lane: core.Lane{Next: 151}}, {Webhook: mail, Lane: core.Lane{Next: 301}}}
	mustCommit(t, s, b)
	mustCommit(t, s, &core.Batch{Results: []core.Result{again(try(crm, 3, 2*time.Second, core.Waiting), time.Hour, core.Delivered)}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	file = readFile(t, path)
	size, err := pagecheck.Size(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	return file[:size], events // the rest was never used
}

// repaired opens a damaged file as the program does, and checks all that must hold
// of what comes of it: it is refused untouched, or it is sound and goes on being
// used, holds nothing that was not there, and tells what is missing.
func repaired(t *testing.T, file []byte, events []*core.Event) (s *Store, note core.Repair) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	writeFile(t, path, file)
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring, Repair: true})
	if err != nil {
		if core.CodeOf(err) != core.CodeInternal && core.CodeOf(err) != core.CodeInvalid {
			t.Fatalf("Open: %v", err)
		}
		if !bytes.Equal(readFile(t, path), file) {
			t.Fatal("a file that was refused was changed")
		}
		return nil, note
	}
	t.Cleanup(func() { _ = s.Close() })
	note, was := s.Repaired()
	if was && !bytes.Equal(readFile(t, filepath.Join(dir, note.Damaged)), file) {
		t.Error("the damaged file was not kept as it was")
	}
	snapshot := mustLoad(t, s)
	kept, err := s.Events(1, 1000, 1<<30)
	if err != nil && was {
		t.Errorf("Events: %v", err)
	}
	for _, e := range kept { // a flipped bit of a key, which has no checksum, is not noticed where the order stays
		i := slices.IndexFunc(events, func(o *core.Event) bool { return o.ID == e.ID })
		if i < 0 || !bytes.Equal(e.Data, events[i].Data) {
			t.Errorf("record %d is another than it was", e.Seq)
		}
	}
	if len(kept) < len(events) && len(note.Lost) == 0 && err == nil {
		t.Errorf("%d records of %d are left, and nothing tells of it: %+v", len(kept), len(events), note)
	}
	if len(note.Lost) > 0 && !snapshot.Settings.Paused {
		t.Error("something was lost, and sending goes on")
	}
	page, err := s.Deliveries(t.Context(), core.DeliveryQuery{Limit: 200})
	if err != nil && was {
		t.Errorf("Deliveries: %v", err)
	}
	seen := map[message]bool{}
	for _, d := range page.Rows {
		m := message{d.Key.Seq, d.Key.Webhook}
		if seen[m] && was {
			t.Errorf("record %d has two messages", d.Key.Seq)
		}
		seen[m] = true
	}
	if len(page.Rows) < 150 && len(note.Lost) == 0 && err == nil {
		t.Errorf("%d messages of 150 are left, and nothing tells of it: %+v", len(page.Rows), note)
	}
	if was {
		checkBooks(t, s)
	}
	for n := range uint64(2) { // after which both pages at the start are new
		mustCommit(t, s, &core.Batch{Events: newEvents(snapshot.Head+n+1, snapshot.Head+n+1)})
	}
	checkTree(t, s)
	return s, note
}

// checkBooks holds that rows, retries and refs of a store say the same.
func checkBooks(t *testing.T, s *Store) {
	t.Helper()
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.Bucket(bucketRetries).ForEach(func(k, v []byte) error {
			num, place, ok := retryPlaceFrom(k)
			if !ok {
				return errors.New("a retry has no place")
			}
			d, err := s.Delivery(core.DeliveryKey{Last: refOf(tx, place.Seq, num), Seq: place.Seq, Webhook: num})
			if err != nil || s.names.has(num) && d.State != core.Waiting {
				t.Errorf("retry of %d: %+v, %v", place.Seq, d, err)
			}
			return nil
		})
	})
	if err != nil {
		t.Error(err)
	}
}

func refOf(tx *bbolt.Tx, seq uint64, num uint32) int64 {
	c := tx.Bucket(bucketHistory).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if key, _ := core.DeliveryKeyFrom(k); key.Seq == seq && key.Webhook == num {
			return key.Last
		}
	}
	return 0
}

func pagesOf(file []byte) int { return len(file) / os.Getpagesize() }

func pageOf(file []byte, n int) []byte {
	size := os.Getpagesize()
	return file[n*size : (n+1)*size]
}

// TestEveryPageDamaged spoils each page of a store in each of several ways.
func TestEveryPageDamaged(t *testing.T) {
	file, events := wholeStore(t)
	random := rand.New(rand.NewPCG(1, 2))
	for name, damage := range map[string]func(page []byte){
		"zeroed":  func(p []byte) { clear(p) },
		"garbage": func(p []byte) { fillRandom(random, p) },
		"head":    func(p []byte) { fillRandom(random, p[:16]) },
		"middle":  func(p []byte) { fillRandom(random, p[len(p)/2:len(p)/2+200]) },
		"entries": func(p []byte) { fillRandom(random, p[16:80]) },
		"count":   func(p []byte) { p[10]++ },
		"id":      func(p []byte) { p[0] ^= 4 },
		"kind":    func(p []byte) { p[8] ^= 3 },
	} {
		t.Run(name, func(t *testing.T) {
			opened := 0
			for n := range pagesOf(file) {
				spoilt := slices.Clone(file)
				damage(pageOf(spoilt, n))
				if s, _ := repaired(t, spoilt, events); s != nil {
					opened++
				}
				if t.Failed() {
					t.Fatalf("page %d of %d", n, pagesOf(file))
				}
			}
			if opened != pagesOf(file) {
				t.Errorf("%d of %d opened", opened, pagesOf(file))
			}
		})
	}
}

func fillRandom(r *rand.Rand, b []byte) {
	for i := range b {
		b[i] = byte(r.Uint32())
	}
}

// TestTruncatedStore cuts a store at every page, and in the middle of some.
func TestTruncatedStore(t *testing.T) {
	file, events := wholeStore(t)
	size := os.Getpagesize()
	for n := range pagesOf(file) {
		for _, at := range []int{n * size, n*size + size/3} {
			if at == 0 || at < 4*size { // shorter: nothing of it is left, or its making was interrupted
				continue
			}
			repaired(t, file[:at], events)
			if t.Failed() {
				t.Fatalf("cut at %d of %d", at, len(file))
			}
		}
	}
}

// TestBothStartsGone zeroes the pages that everything hangs from: all is found all
// the same.
func TestBothStartsGone(t *testing.T) {
	file, events := wholeStore(t)
	clear(pageOf(file, 0))
	clear(pageOf(file, 1))
	s, note := repaired(t, file, events)
	if s == nil {
		t.Fatal("nothing was found")
	}
	if note.Records != 300 || note.Webhooks != 2 || note.Sources != 1 {
		t.Errorf("saved %+v, want all", note)
	}
}

// TestDamagedFreeListCostsNothing spoils the list of free pages, of which nothing
// that matters is in: all is saved, and sending goes on.
func TestDamagedFreeListCostsNothing(t *testing.T) {
	file, events := wholeStore(t)
	done := false
	for n := range pagesOf(file) {
		page := pageOf(file, n)
		if n < 2 || binary.NativeEndian.Uint16(page[8:]) != 0x10 {
			continue
		}
		done = true
		spoilt := slices.Clone(file)
		clear(pageOf(spoilt, n))
		s, note := repaired(t, spoilt, events)
		if s == nil || len(note.Lost) > 0 || note.Paused {
			t.Errorf("page %d: %+v", n, note)
		}
	}
	if !done {
		t.Fatal("there is no free list")
	}
}

// TestFlippedBits flips bits anywhere.
func TestFlippedBits(t *testing.T) {
	file, events := wholeStore(t)
	rapid.Check(t, func(rt *rapid.T) {
		spoilt := slices.Clone(file)
		for range rapid.IntRange(1, 30).Draw(rt, "bits") {
			at := rapid.IntRange(0, len(file)*8-1).Draw(rt, "at")
			spoilt[at/8] ^= 1 << (at % 8)
		}
		repaired(t, spoilt, events)
		if t.Failed() {
			rt.Fatal("see above")
		}
	})
}

// TestWhatIsNoStoreIsRefused: nothing is made of what holds nothing of a store.
func TestWhatIsNoStoreIsRefused(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	garbage := make([]byte, 300<<10)
	fillRandom(random, garbage)
	for name, file := range map[string][]byte{"garbage": garbage, "zeros": make([]byte, 300<<10), "text": bytes.Repeat([]byte("Dear Sir, "), 20_000)} {
		dir := t.TempDir()
		path := filepath.Join(dir, FileName)
		writeFile(t, path, file)
		_, err := Open(t.Context(), dir, Options{Keyring: noKeyring, Repair: true})
		if core.CodeOf(err) != core.CodeInternal || !strings.Contains(core.Sentence(err), "backup") {
			t.Errorf("%s: %v, want the way back", name, err)
		}
		if !bytes.Equal(readFile(t, path), file) {
			t.Errorf("%s: the file was changed", name)
		}
		if left, _ := os.ReadDir(dir); len(left) != 1 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

// TestRepairIsRemembered holds that what was repaired is told until somebody has
// seen it, also after another start.
func TestRepairIsRemembered(t *testing.T) {
	file, events := wholeStore(t)
	spoilt := slices.Clone(file)
	for n := range pagesOf(spoilt) { // a leaf of records
		if page := pageOf(spoilt, n); n > 1 && bytes.Contains(page, []byte("s120@example.org")) {
			clear(page)
		}
	}
	s, note := repaired(t, spoilt, events)
	if s == nil || len(note.Lost) == 0 || !strings.Contains(note.Lost[0], "records could not be read") || !note.Paused {
		t.Fatalf("note = %+v", note)
	}
	dir := s.dir
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	again := mustOpen(t, dir)
	if n, ok := again.Repaired(); !ok || n.Damaged != note.Damaged {
		t.Errorf("after a start: %+v, %v", n, ok)
	}
	if err := again.ForgetRepair(); err != nil {
		t.Fatal(err)
	}
	if _, ok := again.Repaired(); ok {
		t.Error("it is told again")
	}
}

// TestRepairThatDiedIsDoneAgain leaves what a repair leaves that was killed at each
// of its steps.
func TestRepairThatDiedIsDoneAgain(t *testing.T) {
	file, _ := wholeStore(t)
	spoilt := slices.Clone(file)
	clear(pageOf(spoilt, 0))
	clear(pageOf(spoilt, 1))
	half := func(t *testing.T, dir string) {
		writeFile(t, filepath.Join(dir, FileName), spoilt)
		writeFile(t, partOf(filepath.Join(dir, readyName)), file[:len(file)/2])
	}
	ready := func(t *testing.T, dir string) {
		writeFile(t, filepath.Join(dir, FileName), spoilt)
		writeFile(t, filepath.Join(dir, readyName), file)
	}
	moved := func(t *testing.T, dir string) {
		writeFile(t, filepath.Join(dir, damagedPrefix+"2026-01-02-030405.db"), spoilt)
		writeFile(t, filepath.Join(dir, readyName), file)
	}
	for name, leave := range map[string]func(t *testing.T, dir string){"half": half, "ready": ready, "moved": moved} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			leave(t, dir)
			s, err := Open(t.Context(), dir, Options{Keyring: noKeyring, Repair: true})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if got, err := s.Events(1, 1000, 1<<30); len(got) != 300 || err != nil {
				t.Errorf("%d records, %v", len(got), err)
			}
		})
	}
}

// TestDamageMetWhileInUseIsLookedForAtTheNextStart spoils a page that a quick look
// does not reach, and meets it.
func TestDamageMetWhileInUseIsLookedForAtTheNextStart(t *testing.T) {
	file, _ := wholeStore(t)
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, FileName), file)
	s := mustOpen(t, dir)
	if marked(dir) {
		t.Fatal("marked already")
	}
	if err := s.view(func(*bbolt.Tx) error { panic("page 7 is none") }); !errors.Is(err, pagecheck.ErrDamaged) {
		t.Errorf("view: %v", err)
	}
	if !marked(dir) {
		t.Error("not marked")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	mustOpen(t, dir)
	if marked(dir) {
		t.Error("still marked after a look at every page")
	}
}
