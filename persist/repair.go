package persist

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/pagecheck"
)

// damagedPrefix begins the name of a damaged store's file, once it was repaired.
const damagedPrefix = "hookbird-damaged-"

// keyRepaired is where meta tells that the store was repaired: codec.JSON of
// core.Repair.
var keyRepaired = []byte("repaired")

// repair makes a sound store of what can be read of a damaged one, and keeps that
// one beside it. It gives cause, which says what is wrong, where nothing of it can
// be read. Whenever it dies, the next start finds the damaged store or the sound one.
func repair(ctx context.Context, dir string, o Options, f ladder, cause error) error {
	path, ready := filepath.Join(dir, FileName), filepath.Join(dir, readyName)
	damaged, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return cause
	}
	defer func() { _ = damaged.Close() }()
	if lock(damaged) != nil {
		return core.Wrap(core.CodeConflict, ErrLocked, "Another Hookbird is already working with the data folder "+dir+".")
	}
	info, err := damaged.Stat()
	if err != nil {
		return cause
	}
	if room, ok := roomIn(dir); ok && room < uint64(info.Size())+spare {
		return core.Wrap(core.CodeUnavailable, cause,
			fmt.Sprintf("The file %s is damaged, and there is not enough room on its disk to repair it: %d MB are needed. Make room and start Hookbird again.", path, (info.Size()+spare)>>20))
	}
	aside, err := freeName(dir, damagedPrefix, time.Now())
	if err != nil {
		return err
	}
	r := &repairer{ctx: ctx, o: o, ladder: f, report: core.Repair{At: time.Now(), Damaged: aside}, lost: map[string]bool{}, bad: map[uint64]bool{}, doubtful: map[message]bool{}}
	if err := r.make(damaged, info.Size(), ready); err != nil {
		return r.failed(path, cause, err)
	}
	_ = unlock(damaged)
	_ = damaged.Close() // some systems rename no open file
	if err := os.Rename(path, filepath.Join(dir, aside)); err != nil {
		return restoreError(ctx, path, err)
	}
	syncFolder(dir)
	o.Logger.Warn("store was repaired", "damaged_file", aside, "records", r.report.Records, "lost", len(r.report.Lost), "error", cause)
	clearMark(dir)
	return finishRestore(dir)
}

// errNothing is why a file is not repaired.
var errNothing = errors.New("nothing of a store can be read in it")

// repairer makes a sound store of a damaged one.
type repairer struct {
	ctx    context.Context
	o      Options
	ladder ladder
	report core.Repair

	db      *bbolt.DB
	waiting []saved // entries that are still to be written
	size    int     // of those, in bytes

	sequences map[string]uint64
	losses    []pagecheck.Loss
	strays    map[string]uint64 // entries that may be old, by bucket
	lost      map[string]bool   // buckets of which something could not be read
	bad       map[uint64]bool   // records whose bytes are damaged
	unread    uint64            // how many those are, with those whose number is damaged too
	highest   uint64            // number of a record
	doubtful  map[message]bool  // messages that may have an older row beside theirs
}

// saved is an entry that could be read.
type saved struct {
	bucket     string
	key, value []byte
}

const repairBatch = 8 << 20 // bytes that are written in one transaction

// failed says why a repair came to nothing.
func (r *repairer) failed(path string, cause, err error) error {
	switch {
	case r.ctx.Err() != nil:
		return r.ctx.Err()
	case errors.Is(err, errNothing):
		return cause
	case isFull(err):
		return core.Wrap(core.CodeUnavailable, err, "The file "+path+" is damaged, and the disk is too full to repair it. Make room and start Hookbird again.")
	}
	r.o.Logger.Error("store was not repaired", "error", err)
	return cause
}

// make writes the sound store into a file of its own and gives it its name once it
// is whole.
func (r *repairer) make(from *os.File, size int64, ready string) error {
	part := partOf(ready)
	if err := os.Remove(part); err != nil && !os.IsNotExist(err) {
		return err
	}
	var err error
	r.db, err = bbolt.Open(part, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoSync: true, NoFreelistSync: true})
	if err != nil {
		return err
	}
	err = guarded(func() error { return r.fill(from, size) })
	if err == nil {
		err = r.db.Sync()
	}
	err = errors.Join(err, r.db.Close())
	if err == nil {
		err = syncFile(part)
	}
	if err == nil {
		err = os.Rename(part, ready)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	syncFolder(filepath.Dir(ready))
	return nil
}

// fill copies what can be read and puts the books of it in order.
func (r *repairer) fill(from *os.File, size int64) error {
	if err := r.db.Update(func(tx *bbolt.Tx) error { return makeBuckets(tx) }); err != nil {
		return err
	}
	r.sequences, r.strays = map[string]uint64{}, map[string]uint64{}
	found := pagecheck.Found{Bucket: r.bucket, Entry: r.entry, Stray: r.stray}
	losses, err := pagecheck.Salvage(r.ctx, from, size, bucketNames(), found, r.progress())
	if err != nil {
		return err
	}
	if err := r.write(); err != nil {
		return err
	}
	r.losses = losses
	for _, l := range losses {
		r.lost[l.Bucket] = true
	}
	return r.db.Update(func(tx *bbolt.Tx) error { return r.books(tx) })
}

func makeBuckets(tx *bbolt.Tx) error {
	for _, name := range allBuckets {
		if _, err := tx.CreateBucketIfNotExists(name); err != nil {
			return err
		}
	}
	return nil
}

// progress makes sentences of percents, not too many of them.
func (r *repairer) progress() func(percent int) {
	var last time.Time
	return func(percent int) {
		if now := time.Now(); now.Sub(last) >= tellEvery {
			last = now
			r.o.Progress(fmt.Sprintf("The records of Hookbird are damaged. It saves what can be read: %d %%.", percent))
		}
	}
}

func (r *repairer) bucket(name []byte, sequence uint64) error {
	r.sequences[string(name)] = sequence
	return nil
}

// entry keeps an entry, if it is what belongs there.
func (r *repairer) entry(bucket, key, value []byte) error {
	k := kinds[string(bucket)]
	if k.anew {
		return nil
	}
	if !k.fits(key, value) {
		r.lost[string(bucket)] = true
		if string(bucket) == "ev" {
			r.unread++
			if len(key) == 8 {
				r.bad[binary.BigEndian.Uint64(key)] = true
			}
		}
		return nil
	}
	return r.keep(saved{string(bucket), append([]byte{}, key...), append([]byte{}, value...)})
}

func (r *repairer) keep(s saved) error {
	r.waiting = append(r.waiting, s)
	if r.size += len(s.key) + len(s.value); r.size < repairBatch {
		return nil
	}
	return r.write()
}

// write writes what was kept so far. What is there already stays: a tree knows
// better than strays, and of those the first.
func (r *repairer) write() error {
	err := r.db.Update(func(tx *bbolt.Tx) error {
		for _, s := range r.waiting {
			bucket := tx.Bucket([]byte(s.bucket))
			bucket.FillPercent = fillHistory
			if bucket.Get(s.key) != nil {
				continue
			}
			if err := bucket.Put(s.key, s.value); err != nil {
				return err
			}
		}
		return nil
	})
	r.waiting, r.size = r.waiting[:0], 0
	return err
}

// stray keeps an entry that no tree leads to, if it is what belongs there.
func (r *repairer) stray(bucket, key, value []byte) error {
	if k := kinds[string(bucket)]; k.anew || k.alone || !k.fits(key, value) {
		return nil
	}
	r.strays[string(bucket)]++
	if row, ok := core.DeliveryKeyFrom(key); ok && string(bucket) == "hist" {
		r.doubtful[message{row.Seq, row.Webhook}] = true
	}
	return r.entry(bucket, key, value)
}

// Repaired tells whether the store was repaired and nobody has said yet that they
// have seen it.
func (s *Store) Repaired() (r core.Repair, ok bool) {
	_ = s.view(func(tx *bbolt.Tx) error {
		v := tx.Bucket(bucketMeta).Get(keyRepaired)
		ok = v != nil && codec.ReadJSON(v, &r) == nil
		return nil
	})
	return r, ok
}

// SourcesAsk notes that every source was told to ask what becomes of what is there.
func (s *Store) SourcesAsk() error {
	r, ok := s.Repaired()
	if !ok {
		return nil
	}
	r.Forgot = false
	return s.update(func(tx *bbolt.Tx) error { return put(tx, bucketMeta, keyRepaired, r) })
}

// ForgetRepair notes that somebody has seen what was repaired.
func (s *Store) ForgetRepair() error {
	return s.update(func(tx *bbolt.Tx) error { return tx.Bucket(bucketMeta).Delete(keyRepaired) })
}

// lastNumber gives the last key of a bucket as a number, 0 if there is none.
func lastNumber(tx *bbolt.Tx, name []byte) uint64 {
	k, _ := tx.Bucket(name).Cursor().Last()
	switch len(k) {
	case 8:
		return binary.BigEndian.Uint64(k)
	case 4:
		return uint64(binary.BigEndian.Uint32(k))
	}
	return 0
}
