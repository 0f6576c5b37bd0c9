package persist

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"sync"
	"syscall"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/vault"
)

// Store is the core.Store on disk. Open makes one.
type Store struct {
	dir, path string
	log       *slog.Logger
	db        *bbolt.DB
	file      *os.File // bbolt's own
	vault     *vault.Vault

	writing sync.Mutex // held by whoever writes; guards what follows
	broken  error      // why nothing can be written any more
	closed  bool
	settled bool // the free list is on disk

	trim  trimPlace  // the committer's
	uses  secretUses // the committer's; nil until it has counted
	names webhookNames
}

var _ core.Store = (*Store)(nil)

// begin gets an opened store ready for use.
func (s *Store) begin(ctx context.Context, o Options, f ladder) error {
	if err := s.upgrade(ctx, o, f); err != nil {
		return fmt.Errorf("prepare store: %w", err)
	}
	var id string
	var record vault.Record
	err := s.view(func(tx *bbolt.Tx) error {
		for _, name := range allBuckets {
			if tx.Bucket(name) == nil {
				return damagedFile(s.path, fmt.Errorf("bucket %s is missing", name))
			}
		}
		meta := tx.Bucket(bucketMeta)
		id = string(meta.Get(keyID))
		s.names.set(readNames(tx))
		if v := meta.Get(keyVault); v != nil {
			if err := codec.ReadJSON(v, &record); err != nil {
				s.log.Error("record of the key is damaged", "error", err)
				record = vault.Damaged
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	s.vault = vault.New(vault.Params{Dir: s.dir, StoreID: id, Record: record, Keyring: o.Keyring})
	if record.Place != core.KeyUnset {
		go func() { _ = s.vault.Check() }() // its outcome is State's
	}
	return nil
}

// view runs f in a read transaction. What f reads is valid only inside.
func (s *Store) view(f func(tx *bbolt.Tx) error) error {
	return s.readError(guarded(func() error { return s.db.View(f) }))
}

func (s *Store) readError(err error) error {
	switch {
	case errors.Is(err, errPanic):
		s.log.Error("store cannot be read", "error", err)
		return damagedFile(s.path, err)
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen):
		return errClosed(err)
	}
	return err
}

func errClosed(cause error) error {
	return core.Wrap(core.CodeUnavailable, cause, "Hookbird is stopping, so its records cannot be reached any more.")
}

// update runs f in a write transaction and commits it. After an error nothing
// was written.
func (s *Store) update(f func(tx *bbolt.Tx) error) error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.broken != nil {
		return s.broken
	}
	if s.closed {
		return errClosed(bolterrors.ErrDatabaseNotOpen)
	}
	s.settled = false
	return s.write(f)
}

// write is update for those who hold the lock. bbolt's own Update is not used:
// after a panic it would look through the whole file in a goroutine of its own,
// where the same damage ends the program.
func (s *Store) write(f func(tx *bbolt.Tx) error) error {
	tx, err := s.db.Begin(true)
	if err != nil {
		return s.unwritable(err)
	}
	id := tx.ID()
	if err := guarded(func() error { return f(tx) }); err != nil {
		if rollback := guarded(tx.Rollback); rollback != nil {
			s.broken = s.readError(rollback)
		}
		return s.readError(err)
	}
	err = guarded(tx.Commit)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errPanic):
		// bbolt's books are half changed and its locks held: nothing can follow.
		s.broken = s.readError(err)
		return s.broken
	case s.shows(id):
		return s.confirm(err)
	default:
		return s.unwritable(err)
	}
}

// shows tells whether a transaction whose Commit failed can be read all the
// same: the disk took its last page and then did not confirm it.
func (s *Store) shows(id int) bool {
	shown := false
	_ = s.view(func(tx *bbolt.Tx) error {
		shown = tx.ID() >= id
		return nil
	})
	return shown
}

// confirm asks the disk once more for what is already written. If it cannot,
// what is on the disk is not known, and nothing more is written.
func (s *Store) confirm(cause error) error {
	if err := s.db.Sync(); err != nil {
		s.broken = core.Wrap(core.CodeUnavailable, errors.Join(cause, err),
			"The disk does not confirm what is written to "+s.path+". Check the disk and start Hookbird again.")
		return s.broken
	}
	return nil
}

// unwritable says why a commit failed; the same may work later.
func (s *Store) unwritable(err error) error {
	if isFull(err) {
		return core.Wrap(core.CodeUnavailable, err,
			"The disk that holds "+s.dir+" is full, so nothing more can be kept. Make room on it; Hookbird then goes on by itself.")
	}
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return errClosed(err)
	}
	return core.Wrap(core.CodeUnavailable, err,
		"Hookbird cannot write to "+s.path+" now. Check the disk and its permissions; Hookbird tries again.")
}

// Error numbers of Windows for a full disk.
const (
	windowsHandleDiskFull = syscall.Errno(39)
	windowsDiskFull       = syscall.Errno(112)
)

// isFull tells whether a disk or a quota is full.
func isFull(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, bolterrors.ErrMaxSizeReached) {
		return true
	}
	if runtime.GOOS == "windows" && (errors.Is(err, windowsDiskFull) || errors.Is(err, windowsHandleDiskFull)) {
		return true
	}
	// bbolt drops the cause when the file cannot grow.
	return err != nil && strings.Contains(err.Error(), syscall.ENOSPC.Error())
}

// Info tells how the store is doing. It does not wait for the key store.
func (s *Store) Info() core.StoreInfo {
	info := core.StoreInfo{Path: s.path, Format: Format}
	if file, err := os.Stat(s.path); err == nil {
		info.Bytes = file.Size()
	}
	place, err := s.vault.State()
	info.KeyPlace = place
	if err != nil {
		info.KeyError = core.Sentence(err)
	}
	return info
}

// Settle leaves the store quick to open even if the program is killed, as Close
// does, until the next commit. It is worth one commit when nothing has been
// written for some seconds; called again before anything was, it does nothing.
// Like Commit it is for the committer.
func (s *Store) Settle() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.broken != nil || s.closed || s.settled {
		return s.broken
	}
	return s.settle()
}

// settle writes the free list, which other commits leave out, with a commit of
// its own.
func (s *Store) settle() error {
	s.db.NoFreelistSync = false
	defer func() { s.db.NoFreelistSync = true }()
	err := s.write(func(*bbolt.Tx) error { return nil })
	s.settled = err == nil
	return err
}

// Close leaves the store quick to open and gives the lock back. It waits for
// what runs. Closing again does nothing.
func (s *Store) Close() error {
	s.writing.Lock()
	defer s.writing.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	if s.broken == nil && !s.settled {
		if err := s.settle(); err != nil {
			s.log.Warn("store was not settled", "error", err)
		}
	}
	if s.broken != nil { // bbolt would wait for ever
		s.giveUpFile()
		return nil
	}
	if err := s.db.Close(); err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	return nil
}
