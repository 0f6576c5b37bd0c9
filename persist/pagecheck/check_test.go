package pagecheck

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"go.etcd.io/bbolt"
)

// makeFile makes a bbolt file of several levels, with an inline bucket, a big
// value and free pages, and gives its bytes.
func makeFile(t testing.TB, clean bool) []byte { return makeFileOf(t, clean, 200) }

// makeFileOf makes one with three times so many entries.
func makeFileOf(t testing.TB, clean bool, entries int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "test.db")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{
		FreelistType: bbolt.FreelistMapType, NoFreelistSync: !clean, NoSync: true, PageSize: 4096, NoGrowSync: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	for round := range 3 {
		err := db.Update(func(tx *bbolt.Tx) error {
			big, err := tx.CreateBucketIfNotExists([]byte("big"))
			if err != nil {
				return err
			}
			for i := range entries {
				key := fmt.Appendf(nil, "key %d %06d", round, i)
				if err := big.Put(key, bytes.Repeat([]byte{byte(i)}, 100)); err != nil {
					return err
				}
			}
			if err := big.Put([]byte("overflow"), make([]byte, 20000)); err != nil {
				return err
			}
			small, err := tx.CreateBucketIfNotExists([]byte("small"))
			if err != nil {
				return err
			}
			return small.Put([]byte{byte(round)}, []byte("inline"))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func check(b []byte) (Report, error) {
	return File(context.Background(), bytes.NewReader(b), int64(len(b)), nil)
}

func TestSoundFiles(t *testing.T) {
	for clean, want := range map[bool]Report{
		true:  {Clean: true, Whole: true},
		false: {Clean: false, Whole: true},
	} {
		var last int
		b := makeFile(t, clean)
		got, err := File(t.Context(), bytes.NewReader(b), int64(len(b)), func(percent int) { last = percent })
		if err != nil || got != want {
			t.Errorf("clean %v: %+v, %v; want %+v", clean, got, err, want)
		}
		if last < 0 || last > 100 {
			t.Errorf("progress ended at %d %%", last)
		}
	}
}

// TestProgressNeverFalls goes through a file of many pages.
func TestProgressNeverFalls(t *testing.T) {
	b := makeFileOf(t, false, 30000)
	var told []int
	_, err := File(t.Context(), bytes.NewReader(b), int64(len(b)), func(percent int) { told = append(told, percent) })
	if err != nil || len(told) < 5 || !slices.IsSorted(told) || told[0] != 0 || told[len(told)-1] <= readShare || told[len(told)-1] > 100 {
		t.Errorf("told %v, %v; want it to rise from 0 to nearly 100", told, err)
	}
}

// TestBigFileIsLookedAtInPart is about what opening may cost after a clean end.
func TestBigFileIsLookedAtInPart(t *testing.T) {
	b := makeFileOf(t, true, 30000)
	reads := &countingReader{b: b}
	got, err := File(t.Context(), reads, int64(len(b)), nil)
	if want := (Report{Clean: true}); err != nil || got != want {
		t.Errorf("%+v, %v; want %+v", got, err, want)
	}
	if reads.n > quick+10 {
		t.Errorf("%d reads, want about %d", reads.n, quick)
	}
}

type countingReader struct {
	b []byte
	n int
}

func (r *countingReader) ReadAt(p []byte, at int64) (int, error) {
	r.n++
	return bytes.NewReader(r.b).ReadAt(p, at)
}

func TestDamagedFiles(t *testing.T) {
	sound := makeFile(t, true)
	m, err := readMeta(bytes.NewReader(sound), int64(len(sound)))
	if err != nil {
		t.Fatal(err)
	}
	at := func(page uint64) []byte { return sound[page*4096:] }
	for name, spoil := range map[string]func(b []byte) []byte{
		"empty":               func([]byte) []byte { return nil },
		"cut to nothing":      func(b []byte) []byte { return b[:100] },
		"cut in the metas":    func(b []byte) []byte { return b[:5000] },
		"cut in the middle":   func(b []byte) []byte { return b[:len(b)/2/4096*4096] },
		"all zero":            func(b []byte) []byte { clear(b); return b },
		"no bbolt file":       func(b []byte) []byte { return bytes.Repeat([]byte("hello "), len(b)/6) },
		"root zeroed":         func(b []byte) []byte { clear(b[m.root*4096:][:4096]); return b },
		"free list zeroed":    func(b []byte) []byte { clear(b[m.freelist*4096:][:4096]); return b },
		"root is of a kind":   func(b []byte) []byte { b[m.root*4096+8] = 0x10; return b },
		"root full of garble": func(b []byte) []byte { copy(b[m.root*4096+16:][:4000], bytes.Repeat([]byte{0xA5}, 4000)); return b },
		"count too high":      func(b []byte) []byte { binary.NativeEndian.PutUint16(b[m.root*4096+10:], 0xFFF0); return b },
		"overflow too high":   func(b []byte) []byte { binary.NativeEndian.PutUint32(b[m.root*4096+12:], 1<<30); return b },
		"another page's copy": func(b []byte) []byte { copy(b[m.root*4096:], at(m.freelist)[:4096]); return b },
	} {
		if _, err := check(spoil(bytes.Clone(sound))); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
}

// TestOneSoundMetaIsEnough is about a crash while one of the two was written.
func TestOneSoundMetaIsEnough(t *testing.T) {
	for _, at := range []int{0, 4096} {
		b := makeFile(t, true)
		b[at+headerSize] ^= 1
		_, metaErr := readMeta(bytes.NewReader(b), int64(len(b)))
		if metaErr != nil {
			t.Errorf("without the meta at %d: %v", at, metaErr)
		}
	}
}

// TestWhatIsSoundOpens damages every page in use in several ways and lets bbolt
// itself open and walk what the check let pass: it must not panic where nobody
// can catch it.
func TestWhatIsSoundOpens(t *testing.T) {
	for _, clean := range []bool{true, false} {
		sound := makeFile(t, clean)
		path := filepath.Join(t.TempDir(), "spoilt.db")
		let := 0
		for page := 2; page < len(sound)/4096; page += 2 {
			for _, at := range []int{0, 8, 10, 12, 16, 20, 24, 28, 33, 40} {
				b := bytes.Clone(sound)
				b[page*4096+at] ^= 0x81
				if _, err := check(b); err != nil {
					continue
				}
				let++
				if let%8 != 0 { // opening is slow
					continue
				}
				if err := os.WriteFile(path, b, 0o600); err != nil {
					t.Fatal(err)
				}
				walk(t, path)
			}
		}
		if let == 0 {
			t.Error("nothing passed: the check refuses what is not in use, too")
		}
	}
}

// walk lets bbolt read all of a file.
func walk(t *testing.T, path string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{FreelistType: bbolt.FreelistMapType, NoFreelistSync: true, NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.View(func(tx *bbolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bbolt.Bucket) error {
			if b == nil { // its flag is gone
				return nil
			}
			return b.ForEach(func(_, v []byte) error {
				_ = bytes.Count(v, []byte{1})
				return nil
			})
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := makeFile(t, false)
	if _, err := File(ctx, bytes.NewReader(b), int64(len(b)), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("File: %v, want context.Canceled", err)
	}
}

func FuzzFile(f *testing.F) {
	small := func(clean bool) []byte {
		b := makeFile(f, clean)
		return b[:min(len(b), 1<<16)]
	}
	f.Add([]byte{}, uint32(0), uint64(0))
	f.Add(small(true), uint32(4096*3), uint64(1))
	f.Add(small(false), uint32(4096*5+16), uint64(1<<40))
	f.Fuzz(func(_ *testing.T, b []byte, at uint32, flip uint64) {
		if n := len(b); n >= 8 {
			at := int(at) % (n - 7)
			binary.NativeEndian.PutUint64(b[at:], binary.NativeEndian.Uint64(b[at:])^flip)
		}
		_, _ = check(b)
	})
}

// TestNewborn compares with what bbolt makes.
func TestNewborn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new.db")
	for _, size := range []int{4096, 16384} {
		_ = os.Remove(path)
		db, err := bbolt.Open(path, 0o600, &bbolt.Options{PageSize: size, NoFreelistSync: true})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		torn := bytes.Clone(b)
		clear(torn[512 : size+512])
		other := bytes.Clone(b)
		other[headerSize+48] = 7 // a transaction
		for name, c := range map[string]struct {
			b    []byte
			want bool
		}{
			"whole":       {b, true},
			"cut":         {b[:size+99], true},
			"torn":        {torn, true},
			"all zero":    {make([]byte, NewbornSize(size)), true},
			"empty":       {nil, true},
			"too long":    {append(bytes.Clone(b), 0), false},
			"written to":  {other, false},
			"another's":   {[]byte("hello"), false},
			"of a store":  {makeFile(t, true)[:2*size], false},
			"second half": {b[size:], false},
		} {
			if got := Newborn(c.b, size); got != c.want {
				t.Errorf("%s, pages of %d: %v, want %v", name, size, got, c.want)
			}
		}
	}
}
