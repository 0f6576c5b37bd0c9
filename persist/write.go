package persist

import (
	"errors"
	"runtime"
	"strings"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"hookbird/core"
)

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
	if err := s.resolve(); err != nil {
		return err
	}
	s.settled = false
	s.writeBegan.Store(time.Now().UnixNano())
	defer s.writeBegan.Store(0)
	return s.write(f)
}

// write is update for those who hold the lock. bbolt's own Update is not used:
// after a panic it would look through the whole file in a goroutine of its own,
// where the same damage ends the program.
func (s *Store) write(f func(tx *bbolt.Tx) error) error {
	tx, err := s.db.Begin(true)
	if errors.Is(err, bolterrors.ErrInvalidMapping) { // there was not enough memory for a larger one
		if s.reopen() == nil {
			tx, err = s.db.Begin(true)
		}
	}
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
		return s.confirm(id, err)
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
