package persist

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"hookbird/core"
)

// compactName is the file in the data folder that a store is made anew in.
const compactName = "hookbird-tidy.db.part"

// How a store is made anew while it is written to: its entries are copied in short
// looks, with a rest after each; then, while nobody writes, what has changed since
// is put right, and the new file takes the place of the old. Whenever the program
// dies, the file is the old or the new one.
const (
	compactSlice = 4 << 20 // bytes that are copied in one look
	compactFlush = 32 << 20
)

// Room tells how much of the disk the store takes.
func (s *Store) Room() core.Room {
	r := core.Room{Free: -1}
	if free, ok := roomIn(s.dir); ok {
		r.Free = int64(min(free, 1<<62))
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return r
	}
	r.File = info.Size()
	_ = s.view(func(tx *bbolt.Tx) error {
		stats := tx.DB().Stats()
		free := int64(stats.FreePageN+stats.PendingPageN) * int64(tx.DB().Info().PageSize)
		r.Unused = max(0, min(r.File, free+r.File-tx.Size()))
		return nil
	})
	return r
}

// Compact makes the file as small as it can be, so that nothing that was deleted is
// left in it. The store is used meanwhile; whoever writes waits at the end, while
// what has changed is put right. It may be called from any goroutine, by one at a
// time. After an error the store is as it was.
func (s *Store) Compact(ctx context.Context, progress func(done, total uint64)) error {
	if !s.copying.TryLock() {
		return errCopying
	}
	defer s.copying.Unlock()
	room := s.Room()
	if room.Free >= 0 && room.Free < room.Used()+spare {
		return core.Errorf(core.CodeUnavailable, "There is not enough room on the disk to tidy up: %d MB are needed, and %d MB are free.",
			(room.Used()+spare)>>20, room.Free>>20)
	}
	c := &compaction{ctx: ctx, store: s, path: filepath.Join(s.dir, compactName), progress: progress, total: uint64(room.Used())}
	err := c.run()
	if err != nil {
		_ = os.Remove(c.path)
	}
	switch {
	case err != nil && ctx.Err() != nil:
		return ctx.Err()
	case isFull(err):
		return core.Wrap(core.CodeUnavailable, err, "The disk is full, so nothing was tidied up. Make room on it, then try again.")
	}
	return err
}

// errCopying is why only one thing at a time is done to the whole file.
var errCopying = core.Errorf(core.CodeConflict, "A backup is being made or the store is being tidied up just now. Try again when that is done.")

// compaction is one Compact.
type compaction struct {
	ctx      context.Context
	store    *Store
	path     string
	to       *bbolt.DB
	progress func(done, total uint64)

	done, total uint64
	unsynced    int
}

func (c *compaction) run() error {
	if err := os.Remove(c.path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	var err error
	c.to, err = bbolt.Open(c.path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoSync: true, NoFreelistSync: true})
	if err != nil {
		return err
	}
	err = c.copyAll()
	if err == nil {
		return c.take()
	}
	return errors.Join(err, c.to.Close())
}

// copyAll copies every bucket while others write.
func (c *compaction) copyAll() error {
	for _, name := range allBuckets {
		for next := []byte{}; next != nil; {
			began := time.Now()
			var err error
			if next, err = c.copySlice(name, next); err != nil {
				return fmt.Errorf("copy %s: %w", name, err)
			}
			c.progress(min(c.done, c.total), c.total)
			if err := restFrom(c.ctx, began); err != nil {
				return err
			}
		}
	}
	return nil
}

// pair is an entry of a bucket.
type pair struct{ key, value []byte }

// copySlice copies some entries of a bucket from a key on, and gives where the
// next ones begin, nil at the end.
func (c *compaction) copySlice(name, from []byte) (next []byte, err error) {
	var slice []pair
	size := 0
	err = c.store.view(func(tx *bbolt.Tx) error {
		cursor := tx.Bucket(name).Cursor()
		k, v := cursor.Seek(from)
		for ; k != nil && size < compactSlice; k, v = cursor.Next() {
			slice = append(slice, pair{bytes.Clone(k), bytes.Clone(v)})
			size += len(k) + len(v)
		}
		next = bytes.Clone(k)
		return nil
	})
	if err != nil {
		return nil, err
	}
	err = c.to.Update(func(tx *bbolt.Tx) error {
		bucket, err := tx.CreateBucketIfNotExists(name)
		if err != nil {
			return err
		}
		bucket.FillPercent = fillHistory
		for _, p := range slice {
			if err := bucket.Put(p.key, p.value); err != nil {
				return err
			}
		}
		return nil
	})
	if c.unsynced += size; err == nil && c.unsynced > compactFlush { // so that the end waits for little
		c.unsynced, err = 0, c.to.Sync()
	}
	c.done += uint64(size)
	return next, err
}

// take puts right what has changed since it was copied, while nobody writes, and
// puts the new file in the place of the old.
func (c *compaction) take() error {
	s := c.store
	s.writing.Lock()
	defer s.writing.Unlock()
	err := c.ready()
	if err == nil {
		err = s.view(func(from *bbolt.Tx) error {
			return c.to.Update(func(to *bbolt.Tx) error { return match(from, to) })
		})
	}
	if err == nil {
		c.to.NoFreelistSync = false
		err = c.to.Update(func(*bbolt.Tx) error { return nil }) // the free list
	}
	if err == nil {
		err = c.to.Sync()
	}
	if err = errors.Join(err, c.to.Close()); err != nil {
		return err
	}
	if err := s.replace(c.path); err != nil {
		return err
	}
	s.settled = true
	return nil
}

// ready tells whether the store can be replaced now.
func (c *compaction) ready() error {
	switch s := c.store; {
	case c.ctx.Err() != nil:
		return c.ctx.Err()
	case s.broken != nil:
		return s.broken
	case s.closed:
		return errClosed(bolterrors.ErrDatabaseNotOpen)
	default:
		return s.resolve()
	}
}

// match makes all buckets of one store those of another.
func match(from, to *bbolt.Tx) error {
	for _, name := range allBuckets {
		if err := matchBucket(from.Bucket(name), to.Bucket(name)); err != nil {
			return fmt.Errorf("match %s: %w", name, err)
		}
	}
	return nil
}

func matchBucket(from, to *bbolt.Bucket) error {
	var puts []pair
	var gone [][]byte
	f, t := from.Cursor(), to.Cursor()
	fk, fv := f.First()
	tk, tv := t.First()
	for fk != nil || tk != nil {
		order := bytes.Compare(fk, tk)
		switch {
		case tk == nil || fk != nil && order < 0:
			puts = append(puts, pair{fk, fv})
			fk, fv = f.Next()
		case fk == nil || order > 0:
			gone = append(gone, bytes.Clone(tk))
			tk, tv = t.Next()
		default:
			if !bytes.Equal(fv, tv) {
				puts = append(puts, pair{fk, fv})
			}
			fk, fv = f.Next()
			tk, tv = t.Next()
		}
	}
	if err := deleteAll(to, gone); err != nil {
		return err
	}
	for _, p := range puts {
		if err := to.Put(p.key, p.value); err != nil {
			return err
		}
	}
	return to.SetSequence(from.Sequence())
}

// replace puts another file in the place of the store's and opens it. Whoever has
// the lock for writing may call it.
func (s *Store) replace(with string) error {
	s.opening.Lock()
	defer s.opening.Unlock()
	if err := s.db.Close(); err != nil {
		return err
	}
	moved := os.Rename(with, s.path)
	if moved == nil {
		syncFolder(s.dir)
	}
	if err := s.open(time.Now().Add(10 * time.Second)); err != nil {
		s.broken = err
		return err
	}
	return moved
}
