package persist

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"syscall"
	"testing"
	"unsafe"

	"go.etcd.io/bbolt"
)

// What follows reaches into bbolt.DB, which offers no way to stand between it and
// its file: its field ops.writeAt, through which every page is written, and its
// field file, which is asked to sync. TestBoltIsWhatTheTortureKnows fails if
// another version of bbolt is made in another way.

// writeFunc is the type of bbolt's ops.writeAt.
type writeFunc = func(b []byte, at int64) (int, error)

// inner gives a pointer to a field of a bbolt.DB, or an error if there is none of
// that name and type.
func inner[T any](db *bbolt.DB, path ...string) (*T, error) {
	p, at := unsafe.Pointer(db), reflect.TypeFor[bbolt.DB]()
	for _, name := range path {
		if at.Kind() != reflect.Struct {
			return nil, fmt.Errorf("%s is not in a struct", name)
		}
		f, ok := at.FieldByName(name)
		if !ok {
			return nil, fmt.Errorf("bbolt.DB has no field %v any more", path)
		}
		p, at = unsafe.Add(p, f.Offset), f.Type
	}
	if want := reflect.TypeFor[T](); at != want {
		return nil, fmt.Errorf("field %v of bbolt.DB is a %v, not a %v", path, at, want)
	}
	return (*T)(p), nil
}

func mustInner[T any](t testing.TB, db *bbolt.DB, path ...string) *T {
	t.Helper()
	field, err := inner[T](db, path...)
	if err != nil {
		t.Fatalf("the tests of failing disks have to learn this bbolt: %v", err)
	}
	return field
}

// op is one thing that was done to the file: a write, or, with no data, the end
// of the file moved; or a sync.
type op struct {
	at   int64
	data []byte
	size int64 // if not 0: the file's new size
	sync bool
}

func (o op) isWrite() bool { return o.data != nil }

// disk stands between bbolt and the file of a store. It notes what is done, and
// can be told to fail.
//
// Where bbolt syncs is not seen but known: before the page at the start of the
// file that completes a commit, and after it. That it does so is tested with a
// file whose sync fails.
type disk struct {
	t     testing.TB
	store *Store
	db    *bbolt.DB // that is attached
	write writeFunc // bbolt's own
	size  int64
	ops   []op

	// fail is asked before each write, n of which came before since it was set. It
	// gives how many bytes of it are written and what is then answered.
	fail   func(n int, o op) (int, error)
	writes int
}

// errIO and errFull are what a disk answers.
var (
	errIO   = syscall.EIO
	errFull = syscall.ENOSPC
)

// attach puts a disk under an open store.
func attach(t testing.TB, s *Store) *disk {
	t.Helper()
	d := &disk{t: t, store: s}
	d.follow()
	return d
}

// follow attaches to the file that the store has open now; it opens it anew
// after a doubt.
func (d *disk) follow() {
	d.t.Helper()
	if d.db == d.store.db {
		return
	}
	d.db = d.store.db
	hook := mustInner[writeFunc](d.t, d.db, "ops", "writeAt")
	d.write = *hook
	d.size = d.length()
	*hook = d.writeAt
}

func (d *disk) length() int64 {
	info, err := os.Stat(d.store.path)
	if err != nil {
		d.t.Fatal(err)
	}
	return info.Size()
}

// isStart tells whether a write completes a commit.
func (d *disk) isStart(at int64) bool { return at < 2*int64(d.db.Info().PageSize) }

func (d *disk) writeAt(b []byte, at int64) (int, error) {
	if size := d.length(); size != d.size {
		d.size = size
		d.ops = append(d.ops, op{size: size}, op{sync: true})
	}
	start := d.isStart(at)
	if start {
		d.ops = append(d.ops, op{sync: true})
	}
	o := op{at: at, data: append([]byte{}, b...)}
	n, answer := len(b), error(nil)
	if d.fail != nil {
		n, answer = d.fail(d.writes, o)
	}
	d.writes++
	d.ops = append(d.ops, o)
	if start {
		d.ops = append(d.ops, op{sync: true})
	}
	wrote, err := d.write(b[:n], at)
	return wrote, errors.Join(answer, err)
}

// failing sets what is asked before each write; nil: nothing fails.
func (d *disk) failing(f func(n int, o op) (int, error)) {
	d.follow()
	d.fail, d.writes = f, 0
}

// swapFile gives bbolt another file to sync and to grow, and gives back the way
// to undo it. Pages go to the real one all the same.
func (d *disk) swapFile(f *os.File) (undo func()) {
	file := mustInner[*os.File](d.t, d.db, "file")
	own := *file
	*file = f
	return func() { *file = own }
}

// swapStoreFile gives the store another file to confirm a commit with.
func (d *disk) swapStoreFile(f *os.File) (undo func()) {
	own := d.store.file
	d.store.file = f
	return func() { d.store.file = own }
}

// unsyncable is a file that cannot be synced, grown or written at a place.
func unsyncable(t testing.TB) *os.File {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _, _ = r.Close(), w.Close() })
	return r
}

// ungrowable is the store's own file, but it cannot be made longer.
func (d *disk) ungrowable() *os.File {
	f, err := os.Open(d.store.path)
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = f.Close() })
	return f
}
