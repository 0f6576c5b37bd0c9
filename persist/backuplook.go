package persist

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/pagecheck"
)

// LookAtBackup tells what a backup says of itself: one made here, a portable one,
// for which it needs the passphrase, or a store's own file. It changes nothing,
// and looks at the beginning and the end only: RestoreBackup looks at all of it.
func LookAtBackup(path, passphrase string) (core.BackupInfo, error) {
	f, size, err := openBackup(path)
	if err != nil {
		return core.BackupInfo{}, err
	}
	defer func() { _ = f.Close() }()
	var info core.BackupInfo
	if isPortable(f) {
		info, err = lookAtPortable(f, path, passphrase)
	} else {
		info, err = lookAtPlain(f, size, path)
	}
	info.Path, info.Bytes = path, size
	if err == nil && info.Format > Format {
		err = newerBackup(path)
	}
	return info, err
}

func newerBackup(path string) error {
	return core.Errorf(core.CodeInvalid, "The backup %s was made by a newer Hookbird than this one. Install that version here first, then restore it.", filepath.Base(path))
}

func openBackup(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, 0, core.Wrap(core.CodeNotFound, err, "The backup "+path+" cannot be read. Make sure that the file is there and that the drive or share is connected.")
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a file")
	}
	if err != nil {
		_ = f.Close()
		return nil, 0, core.Wrap(core.CodeInvalid, err, path+" is not a file. Choose the file of a backup.")
	}
	return f, info.Size(), nil
}

// noBackup refuses a file that is none, or is no longer whole.
func noBackup(path string, cause error) error {
	return core.Wrap(core.CodeInvalid, cause, "The file "+filepath.Base(path)+" is no backup of Hookbird, or it is not whole any more. Nothing was changed. Choose another backup.")
}

// lookAtPlain reads what stands at the end of a backup, or looks into a store's
// file that says nothing of itself.
func lookAtPlain(f *os.File, size int64, path string) (core.BackupInfo, error) {
	info, pages, ok := readTrailer(f, size)
	if !ok {
		return lookIntoStore(f, size, path)
	}
	if n, err := pagecheck.Size(f, pages); err != nil || n > pages {
		return info, noBackup(path, errors.Join(err, errors.New("its pages are missing")))
	}
	info.Kind = core.BackupUsual
	return info, nil
}

// lookIntoStore looks into a file that nobody has described: the store that was
// there before a restore, a copy that somebody made, or a backup that was cut off.
func lookIntoStore(f *os.File, size int64, path string) (core.BackupInfo, error) {
	info := core.BackupInfo{Kind: core.BackupAside}
	if _, err := pagecheck.File(context.Background(), f, size, nil); err != nil {
		return info, noBackup(path, err)
	}
	if stat, err := f.Stat(); err == nil {
		info.Made = stat.ModTime()
	}
	var db *bbolt.DB
	err := guarded(func() (err error) {
		db, err = bbolt.Open(path, 0, &bbolt.Options{ReadOnly: true, Timeout: time.Second})
		if err != nil {
			return err
		}
		return db.View(func(tx *bbolt.Tx) error {
			if tx.Bucket(bucketMeta) == nil || tx.Bucket(bucketEvents) == nil {
				return errors.New("it is no store of Hookbird")
			}
			return describe(tx, &info)
		})
	})
	if db != nil {
		_ = db.Close()
	}
	if err != nil {
		return info, noBackup(path, err)
	}
	return info, nil
}

// Backups lists the backups in a folder, the newest first; those that cannot be
// used have their Problem.
func Backups(folder string) ([]core.BackupInfo, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, core.Wrap(core.CodeUnavailable, err, "The folder for backups, "+folder+", cannot be reached.")
	}
	var list []core.BackupInfo
	for _, e := range entries {
		if isBackupName(e.Name()) {
			list = append(list, listed(filepath.Join(folder, e.Name())))
		}
	}
	sortBackups(list)
	return list, nil
}

// sortBackups puts the newest first.
func sortBackups(list []core.BackupInfo) {
	slices.SortFunc(list, func(a, b core.BackupInfo) int {
		return cmp.Or(b.Made.Compare(a.Made), cmp.Compare(b.Path, a.Path))
	})
}

// listed looks at one for a list. A portable one keeps to itself what is in it.
func listed(path string) core.BackupInfo {
	f, size, err := openBackup(path)
	info := core.BackupInfo{Path: path, Bytes: size}
	if err != nil {
		info.Problem = core.Sentence(err)
		return info
	}
	defer func() { _ = f.Close() }()
	if stat, err := f.Stat(); err == nil {
		info.Made = stat.ModTime()
	}
	if isPortable(f) {
		info.Kind = core.BackupPortable
		return info
	}
	found, err := lookAtPlain(f, size, path)
	if err != nil {
		info.Problem = core.Sentence(err)
		return info
	}
	found.Path, found.Bytes = path, size
	return found
}

func isBackupName(name string) bool {
	return strings.HasSuffix(name, BackupExt) || strings.HasSuffix(name, PortableExt) ||
		strings.HasPrefix(name, asidePrefix) && strings.HasSuffix(name, asideExt)
}

// ThinBackups removes the oldest backups of a store that this program made by
// itself, so that keep of them are left, and what an interrupted one left behind.
func ThinBackups(folder, storeID string, keep int) error {
	list, err := Backups(folder)
	if err != nil {
		return err
	}
	var errs []error
	kept := 0
	for _, b := range list {
		if b.Kind != core.BackupUsual || b.Problem != "" || b.StoreID != storeID || filepath.Base(b.Path) != BackupName(b.Made, storeID) {
			continue
		}
		if kept++; kept > keep {
			errs = append(errs, os.Remove(b.Path))
		}
	}
	left, err := filepath.Glob(filepath.Join(folder, "hookbird-*-"+shortID(storeID)+BackupExt+".part"))
	for _, path := range left {
		errs = append(errs, os.Remove(path))
	}
	if err := errors.Join(append(errs, err)...); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove old backups: %w", err)
	}
	return nil
}
