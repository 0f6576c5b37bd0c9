package persist

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
	"hookbird/persist/pagecheck"
)

// BackupName is the name of a backup's file.
func BackupName(made time.Time, storeID string) string {
	return fmt.Sprintf("hookbird-%s-%s%s", made.Format("2006-01-02-150405"), shortID(storeID), BackupExt)
}

// BackupExt is how the names of backups end, and PortableExt those of portable
// ones.
const (
	BackupExt   = ".hookbird-backup"
	PortableExt = ".hookbird-portable"
)

func shortID(id string) string { return id[:min(len(id), 6)] }

// partOf is the name under which a file is made.
func partOf(path string) string { return path + ".part" }

// Backup copies the store into a file while it is written to: whole or not at
// all. It never holds the committer for long. After an error nothing is left.
func (s *Store) Backup(ctx context.Context, w core.BackupWish) (core.BackupInfo, error) {
	if w.Progress == nil {
		w.Progress = func(string, uint64, uint64) {}
	}
	info := core.BackupInfo{Made: time.Now(), Version: w.Version}
	if w.Path == "" {
		w.Path = filepath.Join(w.Folder, BackupName(info.Made, s.id))
	}
	info.Path = w.Path
	if _, err := os.Lstat(w.Path); !errors.Is(err, fs.ErrNotExist) {
		return core.BackupInfo{}, core.Wrap(core.CodeConflict, err, "There is a file "+w.Path+" already. Choose another name.")
	}
	if !s.copying.TryLock() {
		return core.BackupInfo{}, errCopying
	}
	defer s.copying.Unlock()
	var err error
	if w.Passphrase != "" {
		err = s.portable(ctx, w, &info)
	} else {
		err = s.plainBackup(ctx, w, &info)
	}
	if err != nil {
		return core.BackupInfo{}, backupError(ctx, w.Path, err)
	}
	return info, nil
}

// plainBackup makes a backup for this computer.
func (s *Store) plainBackup(ctx context.Context, w core.BackupWish, info *core.BackupInfo) error {
	part := partOf(w.Path)
	f, err := makePart(part)
	if err != nil {
		return err
	}
	err = s.copyChecked(ctx, f, w, info)
	if err == nil {
		err = writeTrailer(f, info)
	}
	return keepPart(f, part, w.Path, err)
}

// makePart makes the file that is to become another, for its owner alone, and
// removes what an earlier run left.
func makePart(part string) (*os.File, error) {
	if err := os.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	return os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
}

// keepPart gives a file that was made its name, or removes it after an error.
func keepPart(f *os.File, part, path string, err error) error {
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(part))
	}
	syncFolder(filepath.Dir(path))
	return nil
}

// syncFolder has the disk keep the names in a folder, where a system can.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// copyChecked copies the store into an empty file, reads it back and looks at
// every page of it.
func (s *Store) copyChecked(ctx context.Context, to *os.File, w core.BackupWish, info *core.BackupInfo) error {
	from, err := os.Open(s.path)
	if err != nil {
		return err
	}
	defer func() { _ = from.Close() }()
	if err := s.roomFor(from, to); err != nil {
		return err
	}
	c := newCopier(ctx, s, from, to, func(done, total uint64) { w.Progress("Copying the records", done, total) })
	size, err := c.run(func(tx *bbolt.Tx) error { return describe(tx, info) })
	if err != nil {
		return err
	}
	if err := errors.Join(to.Truncate(size), to.Sync()); err != nil {
		return err
	}
	info.Bytes, info.Waiting = size, max(info.Waiting, w.Waiting)
	info.Sum, err = checkCopy(ctx, to, size, true, w.Progress)
	return err
}

// spare is what is left free on a disk that a backup is written to.
const spare = 64 << 20

func (s *Store) roomFor(from, to *os.File) error {
	stat, err := from.Stat()
	if err != nil {
		return err
	}
	need := uint64(stat.Size())
	if room, ok := roomIn(filepath.Dir(to.Name())); ok && room < need+spare {
		return core.Errorf(core.CodeUnavailable, "There is not enough room in %s: the copy takes about %d MB, and %d MB are free.",
			filepath.Dir(to.Name()), need>>20, room>>20)
	}
	return nil
}

// checkCopy reads a copy once through for its sum and looks at all its pages.
// gently leaves the computer to others meanwhile.
func checkCopy(ctx context.Context, f *os.File, size int64, gently bool, progress func(string, uint64, uint64)) ([]byte, error) {
	const step = "Checking the copy"
	sum, block := sha256.New(), make([]byte, copyBlock)
	for at := int64(0); at < size; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		began := time.Now()
		n, err := f.ReadAt(block[:min(copyBlock, size-at)], at)
		if n == 0 && err != nil {
			return nil, err
		}
		_, _ = sum.Write(block[:n])
		at += int64(n)
		progress(step, uint64(at)/2, uint64(size))
		if gently {
			if err := restFrom(ctx, began); err != nil {
				return nil, err
			}
		}
	}
	began := time.Now()
	err := pagecheck.All(ctx, f, size, func(percent int) {
		progress(step, uint64(size)/2+uint64(size)*uint64(percent)/200, uint64(size))
		if gently {
			_ = restFrom(ctx, began)
			began = time.Now()
		}
	})
	return sum.Sum(nil), err
}

// describe says what is in a store.
func describe(tx *bbolt.Tx, info *core.BackupInfo) error {
	meta := tx.Bucket(bucketMeta)
	info.StoreID = string(meta.Get(keyID))
	if format := meta.Get(keyFormat); len(format) == 4 {
		info.Format = int(binary.BigEndian.Uint32(format))
	}
	log := tx.Bucket(bucketEvents)
	info.Head = log.Sequence()
	info.Records = 0
	if first, _ := log.Cursor().First(); len(first) == 8 {
		info.Records = info.Head - binary.BigEndian.Uint64(first) + 1
	}
	info.Webhooks, info.Sources = countKeys(tx, bucketWebhooks), countKeys(tx, bucketSources)
	info.Messages, info.Waiting = countMessages(tx)
	return nil
}

// countMessages counts the rows of the history, and those of them that wait, by
// the store's own books. Books that cannot be read count nothing.
func countMessages(tx *bbolt.Tx) (all, waiting uint64) {
	bucket := tx.Bucket(bucketGroups)
	if bucket == nil {
		return 0, 0
	}
	c, prefix := bucket.Cursor(), []byte{groupTally}
	for k, v := c.Seek(prefix); k != nil && bytes.HasPrefix(k, prefix); k, v = c.Next() {
		t, err := codec.UnmarshalTally(v)
		if err != nil {
			continue
		}
		for state, n := range t.Rows {
			all += n
			if state == core.Waiting {
				waiting += n
			}
		}
	}
	return all, waiting
}

// countKeys counts what is in a small bucket.
func countKeys(tx *bbolt.Tx, name []byte) (n int) {
	if bucket := tx.Bucket(name); bucket != nil {
		c := bucket.Cursor()
		for k, _ := c.First(); k != nil; k, _ = c.Next() {
			n++
		}
	}
	return n
}

// backupError says why a backup was not made.
func backupError(ctx context.Context, path string, err error) error {
	var told *core.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &told):
		return err
	case isFull(err):
		return core.Wrap(core.CodeUnavailable, err, "The disk that holds "+filepath.Dir(path)+" is full, so no backup was made. Make room on it, or choose another folder.")
	case errors.Is(err, pagecheck.ErrDamaged):
		return core.Wrap(core.CodeInternal, err, "The backup could not be read back as it was written, so it was not kept. Check the disk that holds "+filepath.Dir(path)+".")
	case errors.Is(err, fs.ErrNotExist):
		return core.Wrap(core.CodeUnavailable, err, "The folder "+filepath.Dir(path)+" is not there or cannot be reached, so no backup was made. Connect the drive or share, or choose another folder.")
	}
	return core.Wrap(core.CodeUnavailable, err, "The backup could not be written to "+path+". Make sure that the folder can be reached and written to.")
}

// A backup is the store's file, with a description after its pages that bbolt does
// not look at: its JSON, its length (8 bytes, big endian) and trailerMark. Whoever
// has nothing but a backup can put it in the store's place by hand.
const (
	trailerMark = "HOOKBIRD BACKUP1"
	trailerMost = 64 << 10
)

func writeTrailer(f *os.File, info *core.BackupInfo) error {
	text, err := json.Marshal(info)
	if err != nil {
		return err
	}
	b := binary.BigEndian.AppendUint64(text, uint64(len(text)))
	b = append(b, trailerMark...)
	if _, err := f.WriteAt(b, info.Bytes); err != nil {
		return err
	}
	info.Bytes += int64(len(b))
	return nil
}

// readTrailer reads what a backup says of itself; ok is false for a file without.
func readTrailer(f io.ReaderAt, size int64) (info core.BackupInfo, pages int64, ok bool) {
	const tail = 8 + len(trailerMark)
	end := make([]byte, tail)
	if size < int64(tail) {
		return info, 0, false
	}
	if _, err := f.ReadAt(end, size-int64(tail)); err != nil || string(end[8:]) != trailerMark {
		return info, 0, false
	}
	n := binary.BigEndian.Uint64(end)
	pages = size - int64(tail) - int64(min(n, uint64(trailerMost)+1))
	if n > trailerMost || pages < 0 {
		return info, 0, false
	}
	text := make([]byte, n)
	if _, err := f.ReadAt(text, pages); err != nil || json.Unmarshal(text, &info) != nil {
		return core.BackupInfo{}, 0, false
	}
	return info, pages, true
}

// sameSum tells whether what was read is what a backup was made of; one without a
// sum is taken by its pages alone.
func sameSum(info core.BackupInfo, sum []byte) error {
	if len(info.Sum) > 0 && !bytes.Equal(info.Sum, sum) {
		return fmt.Errorf("sum is %s, not %s", hex.EncodeToString(sum), hex.EncodeToString(info.Sum))
	}
	return nil
}
