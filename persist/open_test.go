package persist

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
)

// wantRefusal checks Open's error: its code, and a sentence that names a path and
// says what to do.
func wantRefusal(t *testing.T, dir, named string, code core.Code) error {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err == nil {
		_ = s.Close()
		t.Fatal("Open: no error")
	}
	if core.CodeOf(err) != code {
		t.Errorf("Open: code %q, want %q (%v; %v)", core.CodeOf(err), code, err, errors.Unwrap(err))
	}
	if text := core.Sentence(err); !strings.Contains(text, named) || !strings.HasSuffix(text, ".") || strings.Count(text, ". ") < 1 && code != core.CodeConflict {
		t.Errorf("Open: %q, want sentences that name %s", text, named)
	}
	return err
}

// storeFile makes a store with some of everything in it, closes it, and gives the
// path of its file.
func storeFile(t testing.TB, dir string) string {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		t.Fatal(err)
	}
	num := addWebhook(t, s, newWebhook("crm")).Num
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 200)})
	var results []core.Result
	for seq := uint64(1); seq <= 200; seq++ {
		state := []core.DeliveryState{core.Delivered, core.Waiting, core.Failed}[seq%3]
		results = append(results, try(num, seq, time.Duration(seq)*time.Second, state))
	}
	mustCommit(t, s, &core.Batch{Results: results})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, FileName)
}

func readFile(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func writeFile(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestFolderAndFileAreTheOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no permission bits")
	}
	dir := filepath.Join(t.TempDir(), "data")
	mustOpen(t, dir)
	for path, want := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, FileName): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != want {
			t.Errorf("%s has mode %v, want %v", path, info.Mode().Perm(), want)
		}
	}
}

func TestFoldersThatCannotBe(t *testing.T) {
	root := t.TempDir()
	file := filepath.Join(root, "file")
	writeFile(t, file, []byte("mine"))
	taken := filepath.Join(root, "taken")
	if err := os.MkdirAll(filepath.Join(taken, FileName), 0o700); err != nil {
		t.Fatal(err)
	}

	wantRefusal(t, file, file, core.CodeInvalid)
	wantRefusal(t, filepath.Join(file, "data"), file, core.CodeUnavailable)
	wantRefusal(t, filepath.Join(root, "missing", "data"), "missing", core.CodeInvalid)
	wantRefusal(t, taken, FileName, core.CodeInvalid)
	if string(readFile(t, file)) != "mine" {
		t.Error("the file was changed")
	}
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("permission bits do not keep this user out; see the test with a read-only disk")
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, dir, dir, core.CodeUnavailable)
}

func TestNewerStoreIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	path := storeFile(t, dir)
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bbolt.Tx) error { return putFormat(tx, Format+1) }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	before := readFile(t, path)
	err = wantRefusal(t, dir, path, core.CodeInvalid)
	if !strings.Contains(err.Error(), "newer Hookbird") || !strings.Contains(err.Error(), "nothing was changed") {
		t.Errorf("Open: %q, want a sentence about a newer Hookbird", err)
	}
	if !bytes.Equal(before, readFile(t, path)) {
		t.Error("the file was changed")
	}
}

func TestDamagedFileIsRefusedAndLeftAlone(t *testing.T) {
	sound := readFile(t, storeFile(t, t.TempDir()))
	size := os.Getpagesize()
	for name, spoil := range map[string]func(b []byte) []byte{
		"truncated":        func(b []byte) []byte { return b[:size*7] },
		"a little left":    func(b []byte) []byte { return b[:100] },
		"first page":       func(b []byte) []byte { clear(b[:2*size]); return b },
		"all zero":         func(b []byte) []byte { clear(b); return b },
		"another's format": func(b []byte) []byte { copy(b, "SQLite format 3\x00"); clear(b[16 : 2*size]); return b },
		"zeroed pages":     func(b []byte) []byte { clear(b[2*size : 12*size]); return b },
		"garbage pages":    func(b []byte) []byte { copy(b[2*size:], bytes.Repeat([]byte{0xD5}, 30*size)); return b },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, FileName)
			b := spoil(bytes.Clone(sound))
			writeFile(t, path, b)
			err := wantRefusal(t, dir, path, core.CodeInternal)
			if !strings.Contains(core.Sentence(err), "damaged") {
				t.Errorf("Open: %q", err)
			}
			if !bytes.Equal(b, readFile(t, path)) {
				t.Error("the file was changed")
			}
			// The lock was given back, so a backup can be put in its place.
			writeFile(t, path, sound)
			mustOpen(t, dir)
		})
	}
}

// TestFlippedBitsNeverPanic flips bits all over a store and uses what opens: each
// value is right, or missing with an error.
func TestFlippedBitsNeverPanic(t *testing.T) {
	sound := readFile(t, storeFile(t, t.TempDir()))
	used := len(bytes.TrimRight(sound, "\x00"))
	dir := t.TempDir()
	path := filepath.Join(dir, FileName)
	refused := 0
	for i := range 40 {
		b := bytes.Clone(sound)
		b[(i*used/40+i*31)%used] ^= 1 << (i % 8)
		writeFile(t, path, b)
		s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
		if err != nil {
			refused++
			continue
		}
		s.db.NoSync = true
		useAll(t, s)
		_ = s.Close()
	}
	if refused == 0 || refused == 40 {
		t.Errorf("%d of 40 were refused", refused)
	}
}

// useAll reads and writes in every bucket. Only panics and wrong events matter.
func useAll(t *testing.T, s *Store) {
	t.Helper()
	events, _ := s.Events(1, 1000, 1<<30)
	for _, e := range events {
		if e.Seq >= 1 && e.Seq <= 200 && string(e.Data) != string(newEvent(e.Seq).Data) {
			t.Errorf("event %d came back as %s", e.Seq, e.Data)
		}
	}
	_, _ = s.EventsBack(0, 1000)
	_, _ = s.Retries(1, core.RetryPlace{}, 1000)
	_, _ = s.Hours(noon, noon.Add(time.Hour))
	_, _ = s.Load(t.Context())
	_, _ = s.WebhookAt(1, 1)
	page, _ := s.Deliveries(t.Context(), core.DeliveryQuery{Limit: 500, Text: "ada"})
	for _, d := range page.Rows[:min(len(page.Rows), 20)] {
		_ = s.Commit(&core.Batch{Results: []core.Result{{
			Webhook: 1, Seq: d.Key.Seq, Prev: d.Key, State: core.Waiting, Due: noon,
		}}})
	}
	_ = s.Commit(&core.Batch{Events: newEvents(1000, 1010)})
	_, _, _ = trimOld(s, noon.AddDate(1, 0, 0), 1<<40)
}

// TestDamageBehindTheFirstLook is about a file so big that not all of it is
// looked at before it is opened.
func TestDamageBehindTheFirstLook(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	s.db.NoSync = true
	num := addWebhook(t, s, newWebhook("crm")).Num
	for from := uint64(1); from < 16000; from += 1000 {
		events := newEvents(from, from+999)
		for _, e := range events {
			e.Title = strings.Repeat("Ada ", 400)
		}
		mustCommit(t, s, &core.Batch{Events: events})
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, FileName)
	b := readFile(t, path)
	at := bytes.Index(b, []byte("supporters.csv, row 14321"))
	if at < 0 {
		t.Fatal("the event is not in the file")
	}
	size := os.Getpagesize()
	clear(b[at/size*size:][:size])
	writeFile(t, path, b)

	s = mustOpen(t, dir)
	if _, err := s.Event(14321); core.CodeOf(err) != core.CodeInternal || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("Event: %v, want a damaged file", err)
	}
	if e, err := s.Event(100); err != nil || e.Seq != 100 {
		t.Errorf("Event(100) = %v, %v", e, err)
	}
	row := core.Result{Webhook: num, Seq: 14321, Prev: core.DeliveryKey{Last: 1, Seq: 14321, Webhook: num}, State: core.Waiting}
	if err := s.Commit(&core.Batch{Results: []core.Result{row}}); core.CodeOf(err) != core.CodeInternal {
		t.Errorf("Commit: %v, want CodeInternal", err)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(20000, 20010)})
}

func TestEmptyFileIsANewStore(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, FileName), nil)
	s := mustOpen(t, dir)
	if got := mustLoad(t, s); got.Head != 0 {
		t.Errorf("head = %d", got.Head)
	}
	if info := s.Info(); info.Format != Format || info.Bytes == 0 || info.KeyPlace != core.KeyUnset || info.KeyError != "" {
		t.Errorf("Info = %+v", info)
	}
}

func TestOpenIsQuickAfterCloseAndAfterSettle(t *testing.T) {
	dir := t.TempDir()
	path := storeFile(t, dir)
	if told := progressOf(t, dir); told != 0 {
		t.Errorf("after Close, Open told %d times that it takes long", told)
	}
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1000, 1100)})
	killed := t.TempDir()
	writeFile(t, filepath.Join(killed, FileName), readFile(t, path))
	if told := progressOf(t, killed); told == 0 {
		t.Error("after a kill, Open did not tell that it takes long")
	}
	for range 2 {
		if err := s.Settle(); err != nil {
			t.Fatal(err)
		}
	}
	writeFile(t, filepath.Join(killed, FileName), readFile(t, path))
	if told := progressOf(t, killed); told != 0 {
		t.Errorf("after Settle and a kill, Open told %d times that it takes long", told)
	}
	mustCommit(t, s, &core.Batch{Events: newEvents(1101, 1200)})
	checkTree(t, s)
}

// TestProgressIsToldNowAndThen holds that a person can follow it, and that it
// costs nothing.
func TestProgressIsToldNowAndThen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told []string
		tell := looksThrough(func(sentence string) { told = append(told, sentence) })
		for percent := range 101 { // five a second
			tell(percent)
			time.Sleep(200 * time.Millisecond)
		}
		if len(told) != 34 { // every third
			t.Fatalf("told %d times, want 34", len(told))
		}
		if want := "Hookbird did not end well the last time and looks through its records: 3 %."; told[1] != want {
			t.Errorf("told %q, want %q", told[1], want)
		}
	})
}

// progressOf opens and closes a store and counts what it told.
func progressOf(t *testing.T, dir string) (told int) {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring, Progress: func(string) { told++ }})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return told
}
