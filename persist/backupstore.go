package persist

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"hookbird/core"
)

// Backups lists the backups in a folder, and what was kept aside in the data folder.
func (s *Store) Backups(folder string) ([]core.BackupInfo, error) {
	list, err := Backups(folder)
	if sameFolder(folder, s.dir) {
		return list, err
	}
	aside, asideErr := Backups(s.dir)
	for _, b := range aside {
		if strings.HasPrefix(filepath.Base(b.Path), asidePrefix) {
			list = append(list, b)
		}
	}
	sortBackups(list)
	return list, errors.Join(err, asideErr)
}

func sameFolder(a, b string) bool { return filepath.Clean(a) == filepath.Clean(b) }

// ThinBackups removes the oldest backups of this store in a folder that have the
// usual name, so that keep of them are left.
func (s *Store) ThinBackups(folder string, keep int) error {
	return ThinBackups(folder, s.id, keep)
}

// LookAtBackup tells what a backup says of itself.
func (s *Store) LookAtBackup(path, passphrase string) (core.BackupInfo, error) {
	return LookAtBackup(path, passphrase)
}

// PrepareRestore makes a store of a backup beside this one.
func (s *Store) PrepareRestore(ctx context.Context, w core.RestoreWish) (core.BackupInfo, error) {
	return PrepareRestore(ctx, s.dir, RestoreWish{Path: w.Path, Passphrase: w.Passphrase, Progress: w.Progress, Keyring: s.keyring})
}
