package persist

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/pagecheck"
	"hookbird/persist/vault"
)

// How a store is brought back. All slow work is done beside the store that is
// there, in readyName's part; once that is whole it gets readyName, and from then
// on two renames are left. If the program dies between the two, there is no store,
// and the next start does the second:
//
//	hookbird.db   ready   after a crash
//	old           -       the old store
//	old           there   the old store; what was made ready is made anew the next time
//	-             there   the backup: finishRestore gives it its name
//	backup        -       the backup
const (
	readyName   = "hookbird-restored.db"
	asidePrefix = "hookbird-before-"
	asideExt    = ".db"
)

// keyRestored is where meta tells that the store was put back: codec.JSON of
// core.Restored.
var keyRestored = []byte("restored")

// RestoreWish is a backup that is to be brought back.
type RestoreWish struct {
	Path       string
	Passphrase string                                // of a portable one
	Progress   func(step string, done, total uint64) // bytes; may be nil
	Keyring    func() vault.Keyring                  // as in Options
}

// PrepareRestore looks at all of a backup and makes a store of it beside the one
// of the data folder, which may be in use. Nothing happens to that one. CommitRestore
// puts it in its place.
func PrepareRestore(ctx context.Context, dir string, w RestoreWish) (core.BackupInfo, error) {
	if w.Progress == nil {
		w.Progress = func(string, uint64, uint64) {}
	}
	if w.Keyring == nil {
		w.Keyring = vault.System
	}
	info, err := LookAtBackup(w.Path, w.Passphrase)
	if err != nil {
		return info, err
	}
	ready := filepath.Join(dir, readyName)
	part := partOf(ready)
	f, err := makePart(part)
	if err != nil {
		return info, restoreError(ctx, w.Path, err)
	}
	key, err := takeOut(ctx, f, w, &info)
	err = errors.Join(err, f.Close())
	if err == nil {
		err = adjustRestored(dir, part, w, info, key)
	}
	if err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = os.Rename(part, ready)
	}
	if err != nil {
		_ = os.Remove(part)
		return info, restoreError(ctx, w.Path, err)
	}
	syncFolder(dir)
	return info, nil
}

// takeOut writes the store of a backup into an empty file and checks all of it.
// The key is that of a portable one.
func takeOut(ctx context.Context, to *os.File, w RestoreWish, info *core.BackupInfo) (key []byte, err error) {
	f, size, err := openBackup(w.Path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	if room, ok := roomIn(filepath.Dir(to.Name())); ok && room < uint64(size)+spare {
		return nil, core.Errorf(core.CodeUnavailable, "There is not enough room in %s: the backup takes %d MB, and %d MB are free.", filepath.Dir(to.Name()), size>>20, room>>20)
	}
	var pages io.Reader = f
	n := size
	if info.Kind == core.BackupPortable {
		if pages, key, err = openPortable(f, w.Path, w.Passphrase); err != nil {
			return nil, err
		}
		n = -1
	} else if _, described, ok := readTrailer(f, size); ok {
		n = described
	}
	written, err := copyPages(ctx, to, pages, n, size, w.Progress)
	if err != nil {
		return nil, err
	}
	if err := to.Sync(); err != nil {
		return nil, err
	}
	sum, err := checkCopy(ctx, to, written, false, w.Progress)
	if err == nil {
		err = sameSum(*info, sum)
	}
	if err != nil && ctx.Err() == nil {
		err = noBackup(w.Path, err)
	}
	return key, err
}

// copyPages copies n bytes, or all there are if n is -1.
func copyPages(ctx context.Context, to io.Writer, from io.Reader, n, about int64, progress func(string, uint64, uint64)) (written int64, err error) {
	for n < 0 || written < n {
		if err := ctx.Err(); err != nil {
			return written, err
		}
		most := int64(copyBlock)
		if n >= 0 {
			most = min(most, n-written)
		}
		got, err := io.CopyN(to, from, most)
		written += got
		progress("Taking the records out of the backup", uint64(written), uint64(max(about, written)))
		if errors.Is(err, io.EOF) {
			if n >= 0 && written < n {
				return written, io.ErrUnexpectedEOF
			}
			return written, nil
		}
		if err != nil {
			return written, err
		}
	}
	return written, nil
}

// adjustRestored makes a store of a backup ready to be used: sending is paused, and
// it knows where it came from. Secrets of a portable one are sealed for this
// computer.
func adjustRestored(dir, part string, w RestoreWish, info core.BackupInfo, key []byte) error {
	removed := false
	err := withStore(part, func(tx *bbolt.Tx) error {
		settings, err := readSettings(tx)
		if err != nil {
			return err
		}
		note := core.Restored{
			At: time.Now(), Made: info.Made, From: filepath.Base(w.Path),
			Moved: info.Kind == core.BackupPortable, Paused: settings.Paused, Waiting: info.Waiting,
		}
		if old, ok := readRestored(tx); ok && old.Moved {
			note.Moved = true // nobody has answered for that one yet
		}
		settings.Paused, settings.PausedUntil = true, time.Time{}
		if err := put(tx, bucketSettings, keySettings, settings); err != nil {
			return err
		}
		if err := put(tx, bucketMeta, keyRestored, note); err != nil {
			return err
		}
		if key != nil {
			if err := sealAnew(tx, dir, key, w.Keyring); err != nil {
				return err
			}
		}
		removed, err = eraseAgain(dir, tx, info.Made)
		return err
	})
	if err != nil || !removed {
		return err
	}
	return rewrite(part)
}

// rewrite makes a store's file anew, so that nothing of what was removed is left in
// it.
func rewrite(path string) error {
	return guarded(func() error {
		from, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second})
		if err != nil {
			return err
		}
		anew := path + ".anew"
		to, err := bbolt.Open(anew, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
		if err == nil {
			err = errors.Join(bbolt.Compact(to, from, repairBatch), to.Close())
		}
		if err = errors.Join(err, from.Close()); err == nil {
			err = os.Rename(anew, path)
		}
		if err != nil {
			_ = os.Remove(anew)
		}
		return err
	})
}

// withStore changes a store's file that nobody else has open.
func withStore(path string, change func(tx *bbolt.Tx) error) error {
	return guarded(func() error {
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{Timeout: time.Second, FreelistType: bbolt.FreelistMapType})
		if err != nil {
			return err
		}
		return errors.Join(db.Update(change), db.Close())
	})
}

// CommitRestore puts what PrepareRestore made in the place of the store, which
// nobody may have open, and keeps that one beside it. It gives the name that the
// old store is kept under, "" if there was none.
func CommitRestore(dir string) (aside string, err error) {
	path, ready := filepath.Join(dir, FileName), filepath.Join(dir, readyName)
	if _, err := os.Stat(ready); err != nil {
		return "", restoreError(context.Background(), ready, err)
	}
	aside, err = asideFor(dir, path)
	if err != nil {
		return "", err
	}
	err = noteAside(ready, aside)
	if err == nil && aside != "" {
		err = os.Rename(path, filepath.Join(dir, aside))
	}
	if err == nil {
		syncFolder(dir)
		err = finishRestore(dir)
	}
	if err != nil {
		return aside, restoreError(context.Background(), path, err)
	}
	return aside, nil
}

// asideFor is the name under which the store that is there is kept, "" if there is
// none.
func asideFor(dir, path string) (string, error) {
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return freeName(dir, asidePrefix, time.Now())
}

// noteAside has a store that was made ready remember where the one before it is.
func noteAside(ready, aside string) error {
	return withStore(ready, func(tx *bbolt.Tx) error {
		note, ok := readRestored(tx)
		if !ok {
			return nil
		}
		note.Aside = aside
		return put(tx, bucketMeta, keyRestored, note)
	})
}

// freeName finds a name for the store that was there, which begins with prefix.
func freeName(dir, prefix string, now time.Time) (string, error) {
	for n := range 100 {
		name := prefix + now.Format("2006-01-02-150405") + asideExt
		if n > 0 {
			name = fmt.Sprintf("%s%s-%d%s", prefix, now.Format("2006-01-02-150405"), n+1, asideExt)
		}
		if _, err := os.Lstat(filepath.Join(dir, name)); errors.Is(err, fs.ErrNotExist) {
			return name, nil
		}
	}
	return "", core.Errorf(core.CodeConflict, "The folder %s holds too many earlier stores. Remove some of the files that begin with %s.", dir, prefix)
}

// finishRestore gives a store that was made ready its name, where there is none.
func finishRestore(dir string) error {
	path, ready := filepath.Join(dir, FileName), filepath.Join(dir, readyName)
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	err := os.Rename(ready, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // none was being restored
	}
	syncFolder(dir)
	return err
}

// restoreError says why nothing was restored.
func restoreError(ctx context.Context, path string, err error) error {
	var told *core.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &told):
		return err
	case isFull(err):
		return core.Wrap(core.CodeUnavailable, err, "The disk is full, so nothing was restored and nothing was changed. Make room on it, then try again.")
	case errors.Is(err, pagecheck.ErrDamaged), errors.Is(err, errPanic), errors.Is(err, io.ErrUnexpectedEOF):
		return noBackup(path, err)
	}
	return core.Wrap(core.CodeUnavailable, err, "The backup could not be restored, and nothing was changed. Make sure that the data folder can be written to, and that the backup can be read.")
}

func readRestored(tx *bbolt.Tx) (r core.Restored, ok bool) {
	v := tx.Bucket(bucketMeta).Get(keyRestored)
	return r, v != nil && codec.ReadJSON(v, &r) == nil
}

// Restored tells whether the store was put back from a backup and something is
// still to be done about that.
func (s *Store) Restored() (r core.Restored, ok bool) {
	_ = s.view(func(tx *bbolt.Tx) error {
		r, ok = readRestored(tx)
		return nil
	})
	return r, ok
}

// SetRestored remembers how far that is, or nothing any more.
func (s *Store) SetRestored(r *core.Restored) error {
	return s.update(func(tx *bbolt.Tx) error {
		if r == nil {
			return tx.Bucket(bucketMeta).Delete(keyRestored)
		}
		return put(tx, bucketMeta, keyRestored, *r)
	})
}
