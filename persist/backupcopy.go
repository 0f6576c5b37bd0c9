package persist

import (
	"context"
	"encoding/binary"
	"errors"
	"hash/maphash"
	"io"
	"os"
	"time"

	"go.etcd.io/bbolt"
)

// How a store is copied while it is written to. A read transaction that is open
// keeps the pages of its time from being used again, so that the file grows, and
// the committer waits for its end if the file outgrows its mapping: it must be
// short. So the file is copied first without one, while it changes, block by block
// with a rest after each; then what has changed since is copied again, until that
// is little. Only then a read transaction is begun, and what changed since is
// taken into memory: everything that the transaction sees is then in the copy or
// in memory. What changed is found by sums of small parts.
const (
	copyBlock = 1 << 20  // read at once
	copyPart  = 16 << 10 // that a sum is kept of
	copySync  = 2 << 20  // written before the disk is waited for, so that its queue stays short
	copyLate  = 24 << 20 // taken into memory at the end, at most
	copyTries = 6        // rounds before the end that copy again what changed
	copyStays = 8        // times that the end gives way

	// stalled is for how long the committer may be at one commit before the end
	// gives way to it.
	stalled = 40 * time.Millisecond
	// restShare is how long copying the store rests, as a multiple of how long it worked.
	restShare = 2
	restMost  = 250 * time.Millisecond
)

// Why the end of a copy has to begin anew.
var (
	errGiveWay = errors.New("the committer waits")
	errLate    = errors.New("too much has changed")
	errMoved   = errors.New("the file was replaced")
)

// copier copies a store's file into another.
type copier struct {
	ctx      context.Context
	store    *Store
	from, to *os.File
	progress func(done, total uint64)

	seed   maphash.Seed
	part   int64
	sums   []uint64 // of the parts that were copied
	block  []byte
	synced int64 // bytes written since the disk was waited for

	late    map[int64][]byte // what the end has taken, by its place
	pending int              // how many bytes that is
	patient bool             // the end gives way no more
}

func newCopier(ctx context.Context, s *Store, from, to *os.File, progress func(done, total uint64)) *copier {
	return &copier{
		ctx: ctx, store: s, from: from, to: to, progress: progress,
		seed: maphash.MakeSeed(), part: max(copyPart, int64(os.Getpagesize())), block: make([]byte, copyBlock),
	}
}

// run copies, and lets describe look at the store as it is in the copy. It gives
// the copy's size.
func (c *copier) run(describe func(tx *bbolt.Tx) error) (size int64, err error) {
	for range copyTries {
		changed, err := c.round()
		if err != nil {
			return 0, err
		}
		if changed < copyLate/4 {
			break
		}
	}
	for stay := 0; ; stay++ {
		c.patient = stay >= copyStays
		size, err = c.end(describe)
		switch {
		case err == nil:
			return size, c.finish()
		case errors.Is(err, errGiveWay):
			err = c.waitForCommitter()
		case errors.Is(err, errLate):
			err = c.writeLate()
		}
		if err != nil {
			return 0, err
		}
	}
}

// round copies what changed since the last one, and tells how much that was.
func (c *copier) round() (changed int64, err error) {
	var size int64
	if err := c.store.view(func(tx *bbolt.Tx) error { size = tx.Size(); return nil }); err != nil {
		return 0, err
	}
	for at := int64(0); at < size; at += copyBlock {
		if err := c.ctx.Err(); err != nil {
			return 0, err
		}
		began := time.Now()
		n, err := c.copyBlock(at, min(copyBlock, size-at))
		if err != nil {
			return 0, err
		}
		changed += n
		c.progress(uint64(at), uint64(size))
		if err := restFrom(c.ctx, began); err != nil {
			return 0, err
		}
	}
	return changed, nil
}

func (c *copier) copyBlock(at, n int64) (changed int64, err error) {
	err = c.changedParts(at, n, func(at int64, part []byte) error {
		changed += int64(len(part))
		return c.write(at, part)
	})
	return changed, err
}

// changedParts reads a block and visits its parts that are not as they were.
func (c *copier) changedParts(at, n int64, visit func(at int64, part []byte) error) error {
	b := c.block[:n]
	if _, err := c.from.ReadAt(b, at); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for off := int64(0); off < n; off += c.part {
		part := b[off:min(off+c.part, n)]
		i, sum := int((at+off)/c.part), maphash.Bytes(c.seed, part)
		if i < len(c.sums) && c.sums[i] == sum {
			continue
		}
		if err := visit(at+off, part); err != nil {
			return err
		}
		if i == len(c.sums) {
			c.sums = append(c.sums, sum)
		} else {
			c.sums[i] = sum
		}
	}
	return nil
}

func (c *copier) write(at int64, b []byte) error {
	if _, err := c.to.WriteAt(b, at); err != nil {
		return err
	}
	if c.synced += int64(len(b)); c.synced >= copySync {
		c.synced = 0
		return syncData(c.to)
	}
	return nil
}

// restFrom leaves computer and disk to others after work that began then, never for long.
func restFrom(ctx context.Context, began time.Time) error {
	timer := time.NewTimer(min(restShare*time.Since(began), restMost))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// end takes into memory what changed since the last round, under one read
// transaction.
func (c *copier) end(describe func(tx *bbolt.Tx) error) (size int64, err error) {
	c.late = map[int64][]byte{}
	c.pending = 0
	err = c.store.view(func(tx *bbolt.Tx) error {
		meta, err := c.metaOf(tx)
		if err != nil {
			return err
		}
		size = tx.Size()
		for at := int64(0); at < size; at += copyBlock {
			if err := c.mayGoOn(); err != nil {
				return err
			}
			if err := c.changedParts(at, min(copyBlock, size-at), c.takeLate); err != nil {
				return err
			}
		}
		c.takeMeta(meta)
		return describe(tx)
	})
	return size, err
}

func (c *copier) mayGoOn() error {
	if err := c.ctx.Err(); err != nil {
		return err
	}
	if since := c.store.writeBegan.Load(); !c.patient && since != 0 && time.Duration(time.Now().UnixNano()-since) > stalled {
		return errGiveWay
	}
	return nil
}

func (c *copier) takeLate(at int64, part []byte) error {
	if c.pending >= copyLate {
		return errLate
	}
	c.pending += len(part)
	c.late[at] = append([]byte(nil), part...)
	return nil
}

// metaOf reads the page at the file's start that leads to what a transaction
// sees. It has a copy of it in memory only, and no way to give it.
func (c *copier) metaOf(tx *bbolt.Tx) ([]byte, error) {
	own, err := c.from.Stat()
	if err != nil {
		return nil, err
	}
	if there, err := os.Stat(c.store.path); err != nil || !os.SameFile(own, there) {
		return nil, errMoved
	}
	size := tx.DB().Info().PageSize
	for i := range int64(2) {
		page := make([]byte, size)
		if _, err := c.from.ReadAt(page, i*int64(size)); err != nil {
			return nil, err
		}
		if int(binary.NativeEndian.Uint64(page[metaTx:])) == tx.ID() {
			return page, nil
		}
	}
	return nil, errGiveWay // two commits were quicker
}

// metaTx is where a page at the file's start has the number of its transaction.
const metaTx = 16 + 48

// takeMeta has the copy begin with two pages that lead to the same.
func (c *copier) takeMeta(meta []byte) {
	for i := range 2 {
		page := append([]byte(nil), meta...)
		binary.NativeEndian.PutUint64(page, uint64(i))
		c.late[metaPlace-int64(i)] = page
	}
}

// metaPlace and below are the keys in late of the pages at the file's start: they
// are written last.
const metaPlace = -1

// writeLate writes what the end had taken when it became too much.
func (c *copier) writeLate() error {
	for at, part := range c.late {
		if at < 0 {
			continue
		}
		if err := c.write(at, part); err != nil {
			return err
		}
		if err := c.ctx.Err(); err != nil {
			return err
		}
	}
	c.late = nil
	return nil
}

// finish writes what the end has taken.
func (c *copier) finish() error {
	metas := [2][]byte{c.late[metaPlace], c.late[metaPlace-1]}
	if err := c.writeLate(); err != nil {
		return err
	}
	for i, page := range metas {
		if err := c.write(int64(i*len(page)), page); err != nil {
			return err
		}
	}
	return nil
}

// waitForCommitter keeps what the end had taken and waits until the commit is
// through.
func (c *copier) waitForCommitter() error {
	if err := c.writeLate(); err != nil {
		return err
	}
	began := c.store.writeBegan.Load()
	for began != 0 && c.store.writeBegan.Load() == began {
		timer := time.NewTimer(time.Millisecond)
		select {
		case <-c.ctx.Done():
			timer.Stop()
			return c.ctx.Err()
		case <-timer.C:
		}
	}
	return nil
}
