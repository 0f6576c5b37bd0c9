package persist

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/core/people"
	"hookbird/core/source"
	"hookbird/persist/codec"
)

// ErasedName is the file in the data folder that tells of people who were erased. It
// is not in the store, so that a store of before, brought back from a backup, can
// have them erased again. It knows people by keyed hashes of their values alone.
const ErasedName = "erased.json"

// erasedList is what stands in it.
type erasedList struct {
	Key    []byte // of the hashes
	People []erasedPerson
}

type erasedPerson struct {
	core.Erased
	Sums [][]byte
}

// readErased reads the list of a data folder; one that is not there is empty.
func readErased(dir string) (l erasedList, err error) {
	data, err := os.ReadFile(filepath.Join(dir, ErasedName))
	if errors.Is(err, fs.ErrNotExist) {
		return l, nil
	}
	if err == nil {
		err = json.Unmarshal(data, &l)
	}
	if err != nil {
		return l, core.Wrap(core.CodeUnavailable, err, "The list of people who were erased, "+filepath.Join(dir, ErasedName)+", cannot be read.")
	}
	return l, nil
}

// write puts the list in its place, whole or not at all.
func (l *erasedList) write(dir string) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, ErasedName)
	f, err := makePart(partOf(path))
	if err != nil {
		return erasedError(path, err)
	}
	_, err = f.Write(data)
	if err := keepPart(f, partOf(path), path, err); err != nil {
		return erasedError(path, err)
	}
	return nil
}

func erasedError(path string, err error) error {
	return core.Wrap(core.CodeUnavailable, err, "The list of people who were erased, "+path+", cannot be written. Make room on the disk, or make sure that you may write there.")
}

// hash is the keyed hash of a value as people.Plain gives it.
func (l *erasedList) hash(value string) (sum [16]byte) {
	h := hmac.New(sha256.New, l.Key)
	h.Write([]byte(value))
	copy(sum[:], h.Sum(nil))
	return sum
}

// NoteErased remembers that somebody was erased: the receipt, and hashes of the values
// that they were known by.
func (s *Store) NoteErased(e core.Erased, values []string) error {
	s.erasing.Lock()
	defer s.erasing.Unlock()
	l, err := readErased(s.dir)
	if err != nil {
		return err
	}
	if len(l.Key) == 0 {
		l.Key = make([]byte, 32)
		_, _ = rand.Read(l.Key) // never fails
	}
	p := erasedPerson{Erased: e}
	for _, v := range values {
		sum := l.hash(v)
		p.Sums = append(p.Sums, sum[:])
	}
	l.People = append(l.People, p)
	return l.write(s.dir)
}

// Erased gives the receipts of people who were erased, the newest first.
func (s *Store) Erased() ([]core.Erased, error) {
	s.erasing.Lock()
	defer s.erasing.Unlock()
	l, err := readErased(s.dir)
	all := make([]core.Erased, 0, len(l.People))
	for _, p := range slices.Backward(l.People) {
		all = append(all, p.Erased)
	}
	return all, err
}

// eraseAgain removes from a store that was made then who was erased since, and tells
// whether it removed anything. Only what came before they were erased is theirs to
// have gone.
func eraseAgain(dir string, tx *bbolt.Tx, made time.Time) (removed bool, err error) {
	l, err := readErased(dir)
	if err != nil || len(l.People) == 0 {
		return false, err
	}
	events := tx.Bucket(bucketEvents)
	gone := map[uint64]bool{}
	var keys, marks [][]byte
	for _, p := range l.People {
		var sums [][16]byte
		for _, sum := range p.Sums {
			if len(sum) == 16 {
				sums = append(sums, [16]byte(sum))
			}
		}
		who := people.NewHashed(sums, l.hash)
		c := events.Cursor()
		for k, v := c.First(); k != nil; k, v = c.Next() {
			e, err := readEvent(k, v)
			if err != nil || gone[e.Seq] || e.Time.After(p.At) || !who.Has(e.Data) {
				continue
			}
			gone[e.Seq] = true
			keys = append(keys, slices.Clone(k))
		}
		if err := eraseRowsAgain(tx, who, p.At, gone, &keys); err != nil {
			return false, err
		}
		if p.At.After(made) {
			marks = append(marks, marksOf(tx, who)...)
		}
	}
	if len(keys) > 0 {
		err = tx.Bucket(bucketMeta).Put(keyHoles, []byte{1})
	}
	if len(keys)+len(marks) > 0 {
		err = errors.Join(err, dropComplaints(tx))
	}
	return len(keys)+len(marks) > 0, errors.Join(err, deleteAll(events, keys), deleteAll(tx.Bucket(bucketMarks), marks))
}

// marksOf gives the keys of what sources remember of somebody: records on their way in,
// records that they left out, and rows that they know by values of the person. Sources
// of a store that was put back ask what becomes of what is there, so that no row need be
// remembered.
func marksOf(tx *bbolt.Tx, who *people.Hashed) (keys [][]byte) {
	c := tx.Bucket(bucketMarks).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		value, err := codec.ReadBytes(v)
		mine := false
		source.Kept(value, func(record []byte) { mine = mine || who.Has(record) })
		if err == nil && mine {
			keys = append(keys, slices.Clone(k))
		}
	}
	return keys
}

// dropComplaints empties what targets said last. Whom it names cannot be told.
func dropComplaints(tx *bbolt.Tx) error {
	lanes := tx.Bucket(bucketLanes)
	anew := map[uint32]*core.Lane{}
	err := lanes.ForEach(func(k, _ []byte) error {
		if len(k) != 4 {
			return nil
		}
		num := binary.BigEndian.Uint32(k)
		lane, err := readLane(tx, num)
		if err == nil && lane.Health.Detail != "" {
			lane.Health.Detail = ""
			anew[num] = &lane
		}
		return nil // what cannot be read is told of when the store is opened
	})
	w := &batchWriter{tx: tx}
	for num, lane := range anew {
		err = errors.Join(err, w.putLane(num, lane))
	}
	return err
}

// eraseRowsAgain removes the rows of records that are gone, and those with a record
// of their own about the person. Anything removed is added to keys.
func eraseRowsAgain(tx *bbolt.Tx, who *people.Hashed, at time.Time, gone map[uint64]bool, keys *[][]byte) error {
	ids, live := readNames(tx)
	names := &webhookNames{}
	names.set(ids, live)
	w := &batchWriter{tx: tx, names: names, counts: map[hourOf]codec.Count{}, books: newBooks(), named: secretUses{}}
	var rows []core.DeliveryKey
	var look codec.RowLook
	c := tx.Bucket(bucketHistory).Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		key, ok := core.DeliveryKeyFrom(k)
		if !ok || codec.LookAtRow(v, &look) != nil {
			continue
		}
		own := look.HasOwn && !codec.FromMilli(key.Last).After(at) && who.Has(look.Event.Data)
		if gone[key.Seq] || own {
			rows = append(rows, key)
		}
	}
	for _, key := range rows {
		*keys = append(*keys, seqKey(key.Seq)) // which is gone already, or was never in the log
		if err := w.eraseRow(key); err != nil {
			return err
		}
	}
	return w.books.put(tx)
}

// Copies gives the files that hold what the store held at some time: those beside it
// that were kept from a repair, a restore or another format, and the backups in some
// folders, the newest first.
func (s *Store) Copies(folders ...string) []core.Backup {
	var all []core.Backup
	entries, _ := os.ReadDir(s.dir)
	for _, e := range entries {
		if name := e.Name(); !e.IsDir() && isCopyName(name) {
			if info, err := e.Info(); err == nil {
				all = append(all, core.Backup{Path: filepath.Join(s.dir, name), Made: info.ModTime()})
			}
		}
	}
	for _, folder := range folders {
		list, _ := Backups(folder)
		for _, b := range list {
			made := b.Made
			if info, err := os.Stat(b.Path); made.IsZero() && err == nil {
				made = info.ModTime()
			}
			all = append(all, core.Backup{Path: b.Path, Made: made})
		}
	}
	slices.SortFunc(all, func(a, b core.Backup) int { return b.Made.Compare(a.Made) })
	return all
}

func isCopyName(name string) bool {
	for _, prefix := range []string{asidePrefix, damagedPrefix, "hookbird-format-"} {
		if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, asideExt) {
			return true
		}
	}
	return false
}

// DropCopy deletes one of the files that Copies gives for the same folders.
func (s *Store) DropCopy(path string, folders ...string) error {
	if !slices.ContainsFunc(s.Copies(folders...), func(b core.Backup) bool { return b.Path == path }) {
		return core.Errorf(core.CodeNotFound, "There is no such backup any more.")
	}
	if err := os.Remove(path); err != nil {
		return core.Wrap(core.CodeUnavailable, err, "The file "+path+" cannot be deleted. Delete it yourself, where you may.")
	}
	return nil
}
