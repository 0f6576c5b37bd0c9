package persist

import (
	"encoding/hex"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/vault"
)

// life is what came of the script on a disk that does what it is told.
type life struct {
	steps []step
	ops   []op     // all that was done to the file, from the first byte on
	ends  []int    // how many ops there were after the store was made, and after each step
	held  []string // what the store held then, as a checksum
	told  []string // the same in words, which are the same for each run of the script
	key   []byte   // the file of the master key
}

// live runs the script once, and closes the store, which is the last step.
func live(t *testing.T) *life {
	t.Helper()
	l := &life{steps: script()}
	dir := quickDir(t)
	s, d := makeOn(t, dir)
	l.note(t, s, d)
	for _, step := range l.steps {
		if err := step.do(s); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		l.note(t, s, d)
	}
	l.steps = append(l.steps, step{"close", func(s *Store) error { return s.Close() }})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	l.ends = append(l.ends, len(d.ops))
	l.held, l.told = append(l.held, l.held[len(l.held)-1]), append(l.told, l.told[len(l.told)-1])
	l.ops = d.ops
	l.key = readFile(t, filepath.Join(dir, vault.FileName))
	return l
}

// quickDir is a folder for files that are synced very often: in the computer's
// memory where there is such a folder.
func quickDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "hookbird")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// writesOf is how many writes a step made.
func (l *life) writesOf(step int) (n int) {
	for _, o := range l.ops[l.ends[step]:l.ends[step+1]] {
		if o.isWrite() {
			n++
		}
	}
	return n
}

// makeOn makes a store on a disk, as Open does.
func makeOn(t *testing.T, dir string) (*Store, *disk) {
	t.Helper()
	o := Options{Keyring: noKeyring}.withDefaults()
	s := &Store{path: filepath.Join(dir, FileName), dir: dir, log: o.Logger}
	if err := s.inspect(t.Context(), o, formats, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := s.open(time.Now()); err != nil {
		t.Fatal(err)
	}
	d := attach(t, s)
	d.ops = []op{{data: readFile(t, s.path)}, {sync: true}} // bbolt's first write
	if err := s.begin(t.Context(), o, formats); err != nil {
		t.Fatal(err)
	}
	return s, d
}

func (l *life) note(t *testing.T, s *Store, d *disk) {
	t.Helper()
	l.ends = append(l.ends, len(d.ops))
	l.held = append(l.held, held(t, s))
	l.told = append(l.told, content(t, s))
}

// held gives a checksum of all that a store holds.
func held(t *testing.T, s *Store) string {
	t.Helper()
	sum := fnv.New128a()
	add := func(b []byte) { _, _ = sum.Write(append(seqKey(uint64(len(b))), b...)) }
	err := s.view(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(name []byte, b *bbolt.Bucket) error {
			add(name)
			add(seqKey(b.Sequence()))
			return b.ForEach(func(k, v []byte) error { add(k); add(v); return nil })
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// image is a file as it may lie on the disk.
type image struct {
	b    []byte // its bytes up to the last that is not zero, or more
	size int64
}

// apply does an op. Of a write only those sectors are done that are kept; nil
// keeps all.
func (i *image) apply(o op, kept func(sector int) bool) {
	if o.size != 0 {
		i.size = o.size
	}
	const sector = 512
	for from := 0; from < len(o.data); from += sector {
		if kept == nil || kept(from/sector) {
			i.put(o.at+int64(from), o.data[from:min(from+sector, len(o.data))])
		}
	}
}

// put writes bytes at a place.
func (i *image) put(at int64, b []byte) {
	end := at + int64(len(b))
	if n := end - int64(len(i.b)); n > 0 {
		i.b = append(i.b, make([]byte, n)...)
	}
	copy(i.b[at:], b)
	i.size = max(i.size, end)
}

func (i *image) clone() *image { return &image{b: append([]byte{}, i.b...), size: i.size} }

// after is the file after a number of ops, all of which reached it.
func (l *life) after(ops int) *image {
	i := &image{}
	for _, o := range l.ops[:ops] {
		i.apply(o, nil)
	}
	return i
}

// lay puts an image and the master key into a folder.
func (l *life) lay(t *testing.T, dir string, i *image) {
	t.Helper()
	writeFile(t, filepath.Join(dir, vault.FileName), l.key)
	path := filepath.Join(dir, FileName)
	writeFile(t, path, i.b[:min(int64(len(i.b)), i.size)])
	if err := os.Truncate(path, i.size); err != nil {
		t.Fatal(err)
	}
}

// openHeld opens what is laid, and gives what it holds.
func openHeld(t *testing.T, dir string) (sum string, err error) {
	t.Helper()
	s, err := Open(t.Context(), dir, Options{Keyring: noKeyring})
	if err != nil {
		return "", err
	}
	s.db.NoSync = true // it is not needed any more
	defer func() { _ = s.Close() }()
	return held(t, s), nil
}

// refusal tells whether an error is one that a person can do something with.
func refusal(err error) bool {
	return core.CodeOf(err) == core.CodeInternal && core.Sentence(err) != ""
}
