package persist

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"

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
	vault     *vault.Vault
	keyring   func() vault.Keyring
	id        string // of the store, the same in its backups

	opening sync.RWMutex // held while the file is opened anew; guards db for readers
	db      *bbolt.DB
	file    *os.File // bbolt's own

	writing sync.Mutex // held by whoever writes; guards what follows
	broken  error      // why nothing can be written any more
	doubt   *doubt     // a commit that the disk did not confirm, nil if there is none
	closed  bool
	settled bool // the free list is on disk

	copying sync.Mutex // held by whoever copies the whole file
	erasing sync.Mutex // held by whoever uses the list of who was erased

	trim  trimPlace  // the committer's
	uses  secretUses // the committer's; nil until it has counted
	names webhookNames

	writeBegan atomic.Int64 // when the commit began that is under way, Unix ns; 0 if none is
}

var _ core.Store = (*Store)(nil)

// begin gets an opened store ready for use.
func (s *Store) begin(ctx context.Context, o Options, f ladder) error {
	if err := s.upgrade(ctx, o, f); err != nil {
		return fmt.Errorf("prepare store: %w", err)
	}
	var record vault.Record
	err := s.view(func(tx *bbolt.Tx) error {
		for _, name := range allBuckets {
			if tx.Bucket(name) == nil {
				return damagedFile(s.path, fmt.Errorf("bucket %s is missing", name))
			}
		}
		meta := tx.Bucket(bucketMeta)
		s.id = string(meta.Get(keyID))
		s.names.set(readNames(tx))
		s.names.setAside(undoable(tx))
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
	s.keyring = o.Keyring
	s.vault = vault.New(vault.Params{Dir: s.dir, StoreID: s.id, Record: record, Keyring: o.Keyring})
	if record.Place != core.KeyUnset {
		go func() { _ = s.vault.Check() }() // its outcome is State's
	}
	return nil
}

// view runs f in a read transaction. What f reads is valid only inside.
func (s *Store) view(f func(tx *bbolt.Tx) error) error {
	s.opening.RLock()
	defer s.opening.RUnlock()
	return s.readError(guarded(func() error { return s.db.View(f) }))
}

func (s *Store) readError(err error) error {
	switch {
	case errors.Is(err, errPanic):
		s.log.Error("store cannot be read", "error", err)
		markDamaged(s.dir)
		return damagedFile(s.path, err)
	case errors.Is(err, bolterrors.ErrDatabaseNotOpen):
		return errClosed(err)
	case errors.Is(err, bolterrors.ErrInvalidMapping):
		return core.Wrap(core.CodeUnavailable, err,
			"This computer has not enough memory to read "+s.path+" now. Close other programs; Hookbird tries again.")
	}
	return err
}

func errClosed(cause error) error {
	return core.Wrap(core.CodeUnavailable, cause, "Hookbird is stopping, so its records cannot be reached any more.")
}

// Info tells how the store is doing. It does not wait for the key store.
func (s *Store) Info() core.StoreInfo {
	info := core.StoreInfo{ID: s.id, Path: s.path, Format: Format}
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
	if err := s.resolve(); err != nil {
		return err
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
		err := s.resolve()
		if err == nil {
			err = s.settle()
		}
		if err != nil {
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
