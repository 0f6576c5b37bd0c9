package persist

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"hookbird/core"
	"hookbird/persist/pagecheck"
	"hookbird/persist/vault"
)

// FileName is the store's file in the data folder.
const FileName = "hookbird.db"

// ErrLocked is in the chain of Open's error, which has CodeConflict, while
// another process has the store open.
var ErrLocked = errors.New("store is locked by another process")

// Options change how a store is opened. The zero Options are good.
type Options struct {
	// Logger is told what nobody is told otherwise; nil logs nothing.
	Logger *slog.Logger
	// Keyring gives the system's key store, or nil where there is none. It is not
	// called while opening, and from another goroutine. nil means vault.System.
	Keyring func() vault.Keyring
	// Progress is told, in sentences, why opening takes long. It may be nil.
	Progress func(sentence string)
	// Repair makes a sound store of what can be read of a damaged one, keeps the
	// damaged one beside it and has the store tell of it: see Store.Repaired. Without
	// it a damaged store is an error.
	Repair bool
	// LockWait is how long to wait for a store that another process has open; 0
	// tries once.
	LockWait time.Duration
}

// Open opens the store of a data folder and makes folder and store if they are
// not there; the folder's parent has to be. The errors are core.Errors:
// CodeConflict while another process has it open, CodeInvalid if the folder
// cannot be one or the store is of a newer version, CodeUnavailable if it cannot
// be read or written now, CodeInternal if it is damaged. After an error the file
// is as it was before.
func Open(ctx context.Context, dir string, o Options) (*Store, error) {
	return openFormat(ctx, dir, o, formats)
}

// openFormat opens a store and brings it to the newest of some formats. A damaged
// one is repaired first, if that is wanted.
func openFormat(ctx context.Context, dir string, o Options, f ladder) (*Store, error) {
	o = o.withDefaults()
	if err := MakeFolder(dir); err != nil {
		return nil, err
	}
	if err := finishRestore(dir); err != nil {
		return nil, restoreError(ctx, dir, err)
	}
	for _, name := range []string{compactName, partOf(readyName)} { // of a program that died
		_ = os.Remove(filepath.Join(dir, name))
	}
	s, err := openSound(ctx, dir, o, f)
	if !o.Repair || !errors.Is(err, pagecheck.ErrDamaged) {
		return s, err
	}
	if err := repair(ctx, dir, o, f, err); err != nil {
		return nil, err
	}
	return openSound(ctx, dir, o, f)
}

// openSound opens a store that is not damaged.
func openSound(ctx context.Context, dir string, o Options, f ladder) (*Store, error) {
	s := &Store{path: filepath.Join(dir, FileName), dir: dir, log: o.Logger}
	deadline := time.Now().Add(o.LockWait)
	if err := s.inspect(ctx, o, f, deadline); err != nil {
		return nil, err
	}
	if err := s.open(deadline); err != nil {
		return nil, err
	}
	if err := s.begin(ctx, o, f); err != nil {
		s.release()
		return nil, err
	}
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Keyring == nil {
		o.Keyring = vault.System
	}
	if o.Progress == nil {
		o.Progress = func(string) {}
	}
	return o
}

// MakeFolder makes the data folder unless it is there.
func MakeFolder(dir string) error {
	err := os.Mkdir(dir, 0o700)
	if errors.Is(err, fs.ErrExist) {
		if info, statErr := os.Stat(dir); statErr == nil && info.IsDir() {
			return nil
		}
		return core.Wrap(core.CodeInvalid, err,
			"The data folder "+dir+" cannot be used, because a file has that name. Move the file away, or choose another folder.")
	}
	if errors.Is(err, fs.ErrNotExist) {
		return core.Wrap(core.CodeInvalid, err,
			"The data folder "+dir+" cannot be made, because the folder around it does not exist. Make that one first, or choose another folder.")
	}
	if err != nil {
		return core.Wrap(core.CodeUnavailable, err,
			"The data folder "+dir+" cannot be made. Make sure that you may write in the folder around it, or choose another folder.")
	}
	return nil
}

// mapped is how much of the address space is set aside for the file, so that
// readers seldom have to wait while it grows. On Windows it would be taken from
// the disk.
func mapped() int {
	if runtime.GOOS == "windows" {
		return 0
	}
	return 256 << 20
}

// growth is by how much the file grows once it is larger than that.
const growth = 4 << 20

// boltOptions are those that reading and writing share. The file is kept, so
// that its lock can be given back even if bbolt cannot go on.
func (s *Store) boltOptions(deadline time.Time) *bbolt.Options {
	return &bbolt.Options{
		Timeout:        max(time.Until(deadline), 1), // 0 would wait for ever
		FreelistType:   bbolt.FreelistMapType,
		NoFreelistSync: true,
		OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
			f, err := os.OpenFile(name, flag, mode)
			s.file = f
			return f, err
		},
	}
}

// open opens the file for good.
func (s *Store) open(deadline time.Time) error {
	o := s.boltOptions(deadline)
	o.InitialMmapSize = mapped()
	err := guarded(func() (err error) {
		s.db, err = bbolt.Open(s.path, 0o600, o)
		return err
	})
	if err != nil {
		s.giveUpFile()
		return s.openError(err)
	}
	s.db.AllocSize = growth
	return nil
}

// openError says why bbolt could not open the file.
func (s *Store) openError(err error) error {
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return core.Wrap(core.CodeConflict, errors.Join(ErrLocked, err),
			"Another Hookbird is already working with the data folder "+s.dir+".")
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum),
		errors.Is(err, bolterrors.ErrVersionMismatch), errors.Is(err, errPanic):
		return damagedFile(s.path, err)
	case isFull(err):
		return s.unwritable(err)
	default:
		return core.Wrap(core.CodeUnavailable, err,
			"The file "+s.path+" cannot be opened for writing. Make sure that you may write to it and to its folder, or choose another data folder.")
	}
}

// giveUpFile closes the file behind bbolt's back and gives its lock back. What is
// mapped stays so until the program ends.
func (s *Store) giveUpFile() {
	if s.file != nil && unlock(s.file) == nil { // else bbolt has closed it
		_ = s.file.Close()
	}
	s.file = nil
}

// release closes a store that did not come to be.
func (s *Store) release() {
	if s.broken != nil {
		s.giveUpFile()
		return
	}
	if err := s.db.Close(); err != nil {
		s.log.Error("store did not close", "error", err)
	}
}
