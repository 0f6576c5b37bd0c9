package persist

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/persist/vault"
)

func backup(t *testing.T, s *Store, path string) core.BackupInfo {
	t.Helper()
	info, err := s.Backup(t.Context(), core.BackupWish{Path: path, Version: "1.2.3"})
	if err != nil {
		t.Fatal(err)
	}
	return info
}

func restore(t *testing.T, dir string, w RestoreWish) (core.BackupInfo, string) {
	t.Helper()
	w.Keyring = noKeyring
	info, err := PrepareRestore(t.Context(), dir, w)
	if err != nil {
		t.Fatal(err)
	}
	aside, err := CommitRestore(dir)
	if err != nil {
		t.Fatal(err)
	}
	return info, aside
}

func closed(t *testing.T, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// A backup holds one moment: what one commit wrote is in it or not.
func TestBackupWhileRunningIsOfOneMoment(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 4000)})
	stop, done := make(chan struct{}), make(chan struct{})
	var seq atomic.Uint64
	seq.Store(4000)
	go func() {
		defer close(done)
		for {
			select {
			case <-stop:
				return
			default:
			}
			n := seq.Add(1)
			err := s.Commit(&core.Batch{
				Events: newEvents(n, n),
				Marks:  []core.Mark{{Source: "s", Key: "a", Value: core.DeliveryKey{Seq: n}.Bytes()}, {Source: "z", Key: "b", Value: core.DeliveryKey{Seq: n}.Bytes()}},
			})
			if err != nil {
				t.Error(err)
				return
			}
		}
	}()
	var infos []core.BackupInfo
	for i := range 3 {
		infos = append(infos, backup(t, s, filepath.Join(dir, "b"+string(rune('0'+i))+BackupExt)))
	}
	close(stop)
	<-done
	for _, info := range infos {
		to := t.TempDir()
		restore(t, to, RestoreWish{Path: info.Path})
		r := mustOpen(t, to)
		head := mustLoad(t, r).Head
		if head != info.Head || head < 4000 || info.Records != head || info.Version != "1.2.3" {
			t.Errorf("head %d, backup says %+v", head, info)
		}
		a, _, _ := r.Mark("s", "a")
		b, _, _ := r.Mark("z", "b")
		if head > 4000 && (!bytes.Equal(a, core.DeliveryKey{Seq: head}.Bytes()) || !bytes.Equal(a, b)) {
			t.Errorf("head %d, marks %x and %x", head, a, b)
		}
		checkTree(t, r)
		closed(t, r)
	}
}

// What changed between two rounds, in whatever place, is in the copy.
func TestBackupTakesWhatChangesMeanwhile(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 3000)})
	key := func(i int) string {
		return string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676))
	}
	value := func(n byte) []byte { return bytes.Repeat([]byte{n}, 300) }
	var marks []core.Mark
	for i := range 2000 {
		marks = append(marks, core.Mark{Source: "s", Key: key(i), Value: value(1)})
	}
	mustCommit(t, s, &core.Batch{Marks: marks})
	rounds := 0
	path := filepath.Join(dir, "b"+BackupExt)
	_, err := s.Backup(t.Context(), core.BackupWish{Path: path, Progress: func(step string, done, _ uint64) {
		if step == "Copying the records" && done < 3<<20 {
			rounds++
			for range 5 {
				mustCommit(t, s, &core.Batch{Marks: []core.Mark{{Source: "s", Key: key(rand.IntN(2000)), Value: value(2)}}})
			}
		}
	}})
	if err != nil || rounds == 0 {
		t.Fatalf("%v, %d rounds", err, rounds)
	}
	want := map[string]string{}
	_ = s.Marks("s", "", func(key string, v []byte) error { want[key] = string(v); return nil })
	to := t.TempDir()
	restore(t, to, RestoreWish{Path: path})
	r := mustOpen(t, to)
	n := 0
	_ = r.Marks("s", "", func(key string, v []byte) error {
		n++
		if want[key] != string(v) {
			t.Errorf("%s is not as it was", key)
		}
		return nil
	})
	if n != 2000 {
		t.Errorf("%d marks", n)
	}
}

func TestBackupIsWholeOrNotThere(t *testing.T) {
	dir, to := t.TempDir(), t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 100)})
	path := filepath.Join(to, "x"+BackupExt)
	for _, step := range []string{"Copying the records", "Checking the copy"} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := s.Backup(ctx, core.BackupWish{Path: path, Progress: func(at string, _, _ uint64) {
			if at == step {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", step, err)
		}
		if left, _ := os.ReadDir(to); len(left) != 0 {
			t.Errorf("%s: %v is left", step, left)
		}
	}
	if _, err := s.Backup(t.Context(), core.BackupWish{Path: filepath.Join(to, "gone", "x")}); core.CodeOf(err) != core.CodeUnavailable || !strings.Contains(core.Sentence(err), "folder") {
		t.Errorf("no folder: %v", err)
	}
	info := backup(t, s, path)
	if stat, err := os.Stat(path); err != nil || stat.Mode().Perm()&0o077 != 0 || stat.Size() != info.Bytes {
		t.Errorf("%v, %v", stat, err)
	}
	if _, err := s.Backup(t.Context(), core.BackupWish{Path: path}); core.CodeOf(err) != core.CodeConflict {
		t.Errorf("over another: %v", err)
	}
}

// A backup is a store itself: by hand in its place it works.
func TestBackupByHand(t *testing.T) {
	dir, to := t.TempDir(), t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 100)})
	info := backup(t, s, filepath.Join(dir, "x"+BackupExt))
	writeFile(t, filepath.Join(to, FileName), readFile(t, info.Path))
	r := mustOpen(t, to)
	mustCommit(t, r, &core.Batch{Events: newEvents(101, 2000)})
	if head := mustLoad(t, r).Head; head != 2000 {
		t.Errorf("head %d", head)
	}
	checkTree(t, r)
}

func TestBackupsAreListedAndThinned(t *testing.T) {
	dir, to := t.TempDir(), t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 10)})
	var id string
	for range 3 {
		info := backup(t, s, filepath.Join(to, "x"))
		id = info.StoreID
		for n := 0; ; n++ {
			at := info.Made.Add(time.Duration(n) * time.Second)
			if _, err := os.Stat(filepath.Join(to, BackupName(at, id))); errors.Is(err, fs.ErrNotExist) {
				renamedBackup(t, info, filepath.Join(to, BackupName(at, id)), at)
				break
			}
		}
	}
	kept := filepath.Join(to, "mine"+BackupExt)
	writeFile(t, kept, readFile(t, backup(t, s, filepath.Join(to, "y")).Path))
	writeFile(t, filepath.Join(to, "bad"+BackupExt), []byte("nothing"))
	writeFile(t, filepath.Join(to, BackupName(time.Now(), id)+".part"), []byte("half"))
	list, err := Backups(to)
	if err != nil || len(list) != 5 {
		t.Fatalf("%d listed, %v", len(list), err)
	}
	if err := ThinBackups(to, id, 2); err != nil {
		t.Fatal(err)
	}
	if list, _ = Backups(to); len(list) != 4 {
		t.Errorf("%d are left, want the two newest, the one with its own name and the bad one", len(list))
	}
	if left, _ := filepath.Glob(filepath.Join(to, "*.part")); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
	problems := 0
	for _, b := range list {
		if b.Problem != "" {
			problems++
		} else if b.Records != 10 || b.StoreID != id || b.Bytes == 0 {
			t.Errorf("%+v", b)
		}
	}
	if problems != 1 {
		t.Errorf("%d cannot be used", problems)
	}
}

// renamedBackup gives a backup another time and name.
func renamedBackup(t *testing.T, info core.BackupInfo, path string, made time.Time) {
	t.Helper()
	f, err := os.OpenFile(info.Path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	stat, _ := f.Stat()
	found, pages, ok := readTrailer(f, stat.Size())
	if !ok {
		t.Fatal("no description")
	}
	found.Made, found.Bytes = made, pages
	if err := errors.Join(f.Truncate(pages), writeTrailer(f, &found), f.Close(), os.Rename(info.Path, path)); err != nil {
		t.Fatal(err)
	}
}

func TestRestoreKeepsWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 10)})
	info := backup(t, s, filepath.Join(dir, "x"+BackupExt))
	mustCommit(t, s, &core.Batch{Events: newEvents(11, 30)})
	closed(t, s)
	_, aside := restore(t, dir, RestoreWish{Path: info.Path})
	r := mustOpen(t, dir)
	snap := mustLoad(t, r)
	note, ok := r.Restored()
	if snap.Head != 10 || !snap.Settings.Paused || !ok || note.Moved || note.Paused || note.From != filepath.Base(info.Path) || note.Made.Unix() != info.Made.Unix() {
		t.Errorf("head %d, %+v, %+v", snap.Head, snap.Settings, note)
	}
	if err := r.SetRestored(nil); err != nil {
		t.Fatal(err)
	}
	if _, ok := r.Restored(); ok {
		t.Error("not forgotten")
	}
	closed(t, r)
	// And back again, from what was kept aside.
	list, err := Backups(dir)
	i := slices.IndexFunc(list, func(b core.BackupInfo) bool { return b.Kind == core.BackupAside })
	if err != nil || len(list) != 2 || i < 0 || filepath.Base(list[i].Path) != aside || list[i].Head != 30 {
		t.Fatalf("%+v, %v", list, err)
	}
	restore(t, dir, RestoreWish{Path: list[i].Path})
	if r = mustOpen(t, dir); mustLoad(t, r).Head != 30 {
		t.Errorf("head %d", mustLoad(t, r).Head)
	}
}

// Wherever a restore is cut off, there is a store: the old one or the backup.
func TestRestoreCutOff(t *testing.T) {
	for _, step := range []string{"copying", "ready", "renamed", "done"} {
		t.Run(step, func(t *testing.T) {
			dir := t.TempDir()
			s := mustOpen(t, dir)
			mustCommit(t, s, &core.Batch{Events: newEvents(1, 10)})
			info := backup(t, s, filepath.Join(dir, "x"+BackupExt))
			mustCommit(t, s, &core.Batch{Events: newEvents(11, 30)})
			closed(t, s)
			want := uint64(30)
			if step == "copying" {
				writeFile(t, filepath.Join(dir, readyName+".part"), readFile(t, info.Path)[:5000])
			} else if _, err := PrepareRestore(t.Context(), dir, RestoreWish{Path: info.Path, Keyring: noKeyring}); err != nil {
				t.Fatal(err)
			}
			switch step {
			case "renamed":
				want = 10
				if err := os.Rename(filepath.Join(dir, FileName), filepath.Join(dir, asidePrefix+"now.db")); err != nil {
					t.Fatal(err)
				}
			case "done":
				want = 10
				if _, err := CommitRestore(dir); err != nil {
					t.Fatal(err)
				}
			}
			r := mustOpen(t, dir)
			if head := mustLoad(t, r).Head; head != want {
				t.Errorf("head %d, want %d", head, want)
			}
			closed(t, r)
			restore(t, dir, RestoreWish{Path: info.Path}) // the next one works
			if r = mustOpen(t, dir); mustLoad(t, r).Head != 10 {
				t.Error("not restored the second time")
			}
		})
	}
}

// A backup that is cut off or has other bytes is refused, and nothing is changed.
func TestDamagedBackupsAreRefused(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	addWebhook(t, s, withSecrets(core.NewSecret("header secret"), core.NewSecret("field secret")))
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 300)})
	plain := readFile(t, backup(t, s, filepath.Join(dir, "x"+BackupExt)).Path)
	portable := readFile(t, portableBackup(t, s, filepath.Join(dir, "x"+PortableExt)))
	to := t.TempDir()
	r := mustOpen(t, to)
	mustCommit(t, r, &core.Batch{Events: newEvents(1, 5)})
	closed(t, r)
	before := readFile(t, filepath.Join(to, FileName))
	rnd := rand.New(rand.NewPCG(1, 2))
	bad := filepath.Join(t.TempDir(), "bad"+BackupExt)
	for i := range 60 {
		whole := plain
		if i%6 == 0 {
			whole = portable
		}
		b := bytes.Clone(whole)
		if i%2 == 0 {
			b[rnd.IntN(len(b))] ^= byte(1 + rnd.IntN(255))
		} else {
			b = b[:rnd.IntN(len(b))]
		}
		writeFile(t, bad, b)
		_, err := PrepareRestore(t.Context(), to, RestoreWish{Path: bad, Passphrase: passphrase, Keyring: noKeyring})
		if code := core.CodeOf(err); code != core.CodeInvalid && !restoredTheSame(t, to, err) {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if !bytes.Equal(before, readFile(t, filepath.Join(to, FileName))) {
		t.Error("the store was changed")
	}
	if left, _ := filepath.Glob(filepath.Join(to, "*.part")); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
}

// restoredTheSame tells whether a change of a backup was one of its description
// only, and all records are there.
func restoredTheSame(t *testing.T, dir string, err error) bool {
	t.Helper()
	if err != nil {
		return false
	}
	to := t.TempDir()
	if err := os.Rename(filepath.Join(dir, readyName), filepath.Join(to, FileName)); err != nil {
		t.Fatal(err)
	}
	r := mustOpen(t, to)
	defer closed(t, r)
	return mustLoad(t, r).Head == 300
}

func init() { work = 8 }

const passphrase = "a long walk by the sea"

func portableBackup(t *testing.T, s *Store, path string) string {
	t.Helper()
	info, err := s.Backup(t.Context(), core.BackupWish{Path: path, Passphrase: passphrase})
	if err != nil || info.Kind != core.BackupPortable {
		t.Fatalf("%+v, %v", info, err)
	}
	return path
}

func TestPortableBackupOnAnotherComputer(t *testing.T) {
	dir, to := t.TempDir(), t.TempDir()
	s := mustOpen(t, dir)
	row := addWebhook(t, s, withSecrets(core.NewSecret(secretText), core.NewSecret("field secret")))
	mustCommit(t, s, &core.Batch{Events: newEvents(1, 300)})
	path := portableBackup(t, s, filepath.Join(dir, "x"+PortableExt))
	if b := readFile(t, path); bytes.Contains(b, []byte("Supporter")) || bytes.Contains(b, readFile(t, filepath.Join(dir, vault.FileName))[:20]) {
		t.Error("the file can be read without the passphrase")
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "*.part")); len(left) != 0 {
		t.Errorf("%v is left", left)
	}
	if _, err := LookAtBackup(path, "another one altogether"); core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), "does not open") {
		t.Errorf("wrong passphrase: %v", err)
	}
	if _, err := LookAtBackup(path, ""); !strings.Contains(core.Sentence(err), "locked") {
		t.Errorf("no passphrase: %v", err)
	}
	info, err := LookAtBackup(path, passphrase)
	if err != nil || info.Records != 300 || info.Webhooks != 1 || info.Kind != core.BackupPortable {
		t.Errorf("%+v, %v", info, err)
	}
	other := mustOpen(t, to) // which has a key of its own
	addWebhook(t, other, withSecrets(core.NewSecret("theirs"), core.NewSecret("theirs too")))
	closed(t, other)
	restore(t, to, RestoreWish{Path: path, Passphrase: passphrase})
	r := mustOpen(t, to)
	note, ok := r.Restored()
	if !ok || !note.Moved || !mustLoad(t, r).Settings.Paused {
		t.Errorf("%+v", note)
	}
	texts := map[string]bool{}
	w := mustLoad(t, r).Webhooks[0].Webhook
	w.Secrets(func(_ string, secret *core.Secret) {
		text, err := r.Reveal(*secret)
		if err != nil {
			t.Error(err)
		}
		texts[text] = true
	})
	if !texts[secretText] || !texts["field secret"] || row == nil {
		t.Errorf("secrets: %v", texts)
	}
	if bytes.Equal(readFile(t, filepath.Join(dir, vault.FileName)), readFile(t, filepath.Join(to, vault.FileName))) {
		t.Error("the key of one computer is that of the other")
	}
	if _, err := s.Backup(t.Context(), core.BackupWish{Path: filepath.Join(dir, "y"), Passphrase: "short"}); core.CodeOf(err) != core.CodeInvalid {
		t.Errorf("short passphrase: %v", err)
	}
}

func FuzzBackup(f *testing.F) {
	f.Add([]byte(portableMark), uint8(0))
	f.Add([]byte("{}\x00\x00\x00\x00\x00\x00\x00\x02"+trailerMark), uint8(1))
	f.Add([]byte("\x00\x00\x00\x02{}rest"), uint8(2))
	f.Fuzz(func(t *testing.T, b []byte, kind uint8) {
		switch kind % 3 {
		case 0:
			path := filepath.Join(t.TempDir(), "x")
			writeFile(t, path, b)
			if _, err := LookAtBackup(path, ""); err == nil {
				t.Error("taken")
			}
		case 1:
			if info, pages, ok := readTrailer(bytes.NewReader(b), int64(len(b))); ok && (pages < 0 || pages > int64(len(b))) {
				t.Errorf("%+v, %d of %d", info, pages, len(b))
			}
		default:
			var head portableHead
			_ = readHead(bytes.NewReader(b), &head)
		}
	})
}
