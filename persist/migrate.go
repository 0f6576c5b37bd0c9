package persist

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"go.etcd.io/bbolt"

	"hookbird/core"
)

// Format is the number of the format that this version writes.
const Format = 2

// migration changes a store of the format before To into one of To. It runs in
// the transaction of all that are needed, and must not assume that this version's
// code can read what it finds: codecs it needs are to be kept with it.
type migration struct {
	To  int
	Run func(tx *bbolt.Tx) error
}

// ladder is a newest format and the migrations up to it, in order.
type ladder struct {
	newest int
	steps  []migration
}

// formats is the program's own ladder. A new format number gets its migration
// here and a database of it in testdata.
var formats = ladder{newest: Format, steps: []migration{{To: 2, Run: toFormat2}}}

// from gives the migrations that a store of a format needs, or an error if one
// of them does not exist.
func (f ladder) from(format int) ([]migration, error) {
	var needed []migration
	for to := format + 1; to <= f.newest; to++ {
		i := to - 2 // the first leads to format 2
		if i < 0 || i >= len(f.steps) || f.steps[i].To != to {
			return nil, fmt.Errorf("no migration leads to format %d", to)
		}
		needed = append(needed, f.steps[i])
	}
	return needed, nil
}

// formatOf gives a store's format, 0 for one that nothing was written to yet.
func (s *Store) formatOf(tx *bbolt.Tx, f ladder) (int, error) {
	meta := tx.Bucket(bucketMeta)
	if meta == nil {
		if name, _ := tx.Cursor().First(); name != nil {
			return 0, damagedFile(s.path, errors.New("bucket meta is missing"))
		}
		return 0, nil
	}
	number := meta.Get(keyFormat)
	if len(number) != 4 {
		return 0, damagedFile(s.path, errors.New("format number is missing"))
	}
	format := int(binary.BigEndian.Uint32(number))
	if format > f.newest {
		return 0, core.Errorf(core.CodeInvalid,
			"The file %s was made by a newer Hookbird than this one, so nothing was changed in it. Start the newer Hookbird, or install its version.", s.path)
	}
	if format < 1 {
		return 0, damagedFile(s.path, fmt.Errorf("format number is %d", format))
	}
	return format, nil
}

// upgrade makes the buckets of a new store, or brings an old one to the newest
// format after copying it.
func (s *Store) upgrade(ctx context.Context, o Options, f ladder) error {
	var format int
	err := s.view(func(tx *bbolt.Tx) (err error) {
		format, err = s.formatOf(tx, f)
		return err
	})
	if err != nil || format == f.newest {
		return err
	}
	if format == 0 {
		return s.update(func(tx *bbolt.Tx) error { return create(tx, f.newest) })
	}
	steps, err := f.from(format)
	if err != nil {
		return err
	}
	o.Progress("Hookbird brings its records to the form of the new version.")
	if err := s.copyBefore(ctx, format); err != nil {
		return err
	}
	return s.update(func(tx *bbolt.Tx) error { return migrate(tx, steps) })
}

// create writes the empty store.
func create(tx *bbolt.Tx, format int) error {
	for _, name := range allBuckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}
	meta := tx.Bucket(bucketMeta)
	if err := meta.Put(keyID, []byte(core.NewKey(26))); err != nil {
		return err
	}
	return putFormat(tx, format)
}

func migrate(tx *bbolt.Tx, steps []migration) error {
	for _, step := range steps {
		if err := step.Run(tx); err != nil {
			return fmt.Errorf("migrate to format %d: %w", step.To, err)
		}
		if err := putFormat(tx, step.To); err != nil {
			return err
		}
	}
	return nil
}

func putFormat(tx *bbolt.Tx, format int) error {
	return tx.Bucket(bucketMeta).Put(keyFormat, binary.BigEndian.AppendUint32(nil, uint32(format)))
}

// copyBefore copies the store as it is into "hookbird-format-N.db" beside it,
// whole or not at all. A copy that is there already is left alone.
func (s *Store) copyBefore(ctx context.Context, format int) error {
	path := filepath.Join(s.dir, fmt.Sprintf("hookbird-format-%d.db", format))
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	part := path + ".part"
	err := s.view(func(tx *bbolt.Tx) error { return tx.CopyFile(part, 0o600) })
	if err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		_ = os.Remove(part)
		return core.Wrap(core.CodeUnavailable, err,
			"Before it changes its records to the form of the new version, Hookbird copies them, and "+path+" cannot be written. Make room on the disk and start Hookbird again.")
	}
	return nil
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
