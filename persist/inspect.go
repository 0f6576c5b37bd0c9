package persist

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/pagecheck"
)

// inspect looks at the file before it is opened for writing, under a shared
// lock, and refuses what is damaged or too new. A file that is not there or
// empty is fine.
func (s *Store) inspect(ctx context.Context, o Options, f ladder, deadline time.Time) error {
	info, err := os.Stat(s.path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Mode().IsRegular() && info.Size() == 0 {
		return nil
	}
	if err == nil && !info.Mode().IsRegular() {
		return core.Errorf(core.CodeInvalid, "%s is not a file. Move it away, or choose another data folder.", s.path)
	}
	if clearNewborn(s.path, info.Size()) {
		return nil
	}
	options := s.boltOptions(deadline)
	options.ReadOnly = true
	err = guarded(func() (err error) {
		s.db, err = bbolt.Open(s.path, 0, options)
		return err
	})
	if err != nil {
		s.giveUpFile()
		return s.openError(err)
	}
	defer func() { s.file, s.db = nil, nil }()
	err = s.checkPages(ctx, o.Progress)
	if err == nil {
		err = s.checkFormat(f)
	}
	if closeErr := s.db.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("close store after inspection: %w", closeErr)
	}
	return err
}

// checkPages looks at the file's pages, at all of them if it was not closed well.
func (s *Store) checkPages(ctx context.Context, progress func(string)) error {
	file, err := os.Open(s.path)
	if err != nil {
		return s.openError(err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return s.openError(err)
	}
	if marked(s.dir) {
		err = pagecheck.All(ctx, file, info.Size(), looksThrough(progress))
	} else {
		_, err = pagecheck.File(ctx, file, info.Size(), looksThrough(progress))
	}
	switch {
	case err == nil:
		clearMark(s.dir)
	case errors.Is(err, pagecheck.ErrDamaged):
		return damagedFile(s.path, err)
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return core.Wrap(core.CodeUnavailable, err,
			"The file "+s.path+" cannot be read to its end. The disk may be failing: make a copy of the file now.")
	}
	return nil
}

// markName is the file in the data folder that says that damage was met while the
// store was in use: the next start looks at every page.
const markName = "hookbird-damaged"

func markDamaged(dir string) { _ = os.WriteFile(filepath.Join(dir, markName), nil, 0o600) }

func marked(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, markName))
	return err == nil
}

func clearMark(dir string) { _ = os.Remove(filepath.Join(dir, markName)) }

// tellEvery is how often a person is told how far something is.
const tellEvery = 500 * time.Millisecond

// looksThrough makes sentences of percents, not too many of them.
func looksThrough(progress func(string)) func(percent int) {
	var last time.Time
	return func(percent int) {
		now := time.Now()
		if !last.IsZero() && now.Sub(last) < tellEvery {
			return
		}
		last = now
		progress(fmt.Sprintf("Hookbird did not end well the last time and looks through its records: %d %%.", percent))
	}
}

// checkFormat refuses a store that a newer version has written.
func (s *Store) checkFormat(f ladder) error {
	return s.view(func(tx *bbolt.Tx) error {
		_, err := s.formatOf(tx, f)
		return err
	})
}
