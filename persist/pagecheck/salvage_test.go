package pagecheck

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.etcd.io/bbolt"
)

// salvageable makes a small file with two buckets.
func salvageable(t testing.TB) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.db")
	db, err := bbolt.Open(path, 0o600, &bbolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	for round := range 3 {
		err := db.Update(func(tx *bbolt.Tx) error {
			for _, name := range []string{"large", "small"} {
				b, err := tx.CreateBucketIfNotExists([]byte(name))
				if err != nil {
					return err
				}
				n := 5
				if name == "large" {
					n = 400
				}
				for i := range n {
					if err := b.Put(fmt.Appendf(nil, "%s %04d", name, i), fmt.Appendf(nil, "value %d of round %d", i, round)); err != nil {
						return err
					}
				}
				if err := b.SetSequence(uint64(n)); err != nil {
					return err
				}
			}
			return nil
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

// salvaged is all that was found in a file.
type salvaged struct {
	entries, strays map[string]string
	losses          []Loss
}

func salvage(t testing.TB, file []byte) salvaged {
	t.Helper()
	s := salvaged{entries: map[string]string{}, strays: map[string]string{}}
	losses, err := Salvage(t.Context(), bytes.NewReader(file), int64(len(file)), []string{"large", "small"}, Found{
		Bucket: func([]byte, uint64) error { return nil },
		Entry:  func(_, key, value []byte) error { s.entries[string(key)] = string(value); return nil },
		Stray: func(_, key, value []byte) error {
			if _, ok := s.strays[string(key)]; !ok {
				s.strays[string(key)] = string(value)
			}
			return nil
		},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.losses = losses
	return s
}

func TestSalvageOfASoundFileIsAllOfIt(t *testing.T) {
	s := salvage(t, salvageable(t))
	if len(s.entries) != 405 || len(s.losses) > 0 || len(s.strays) > 0 {
		t.Errorf("%d entries, %d strays, losses %v", len(s.entries), len(s.strays), s.losses)
	}
	if got := s.entries["large 0399"]; got != "value 399 of round 2" {
		t.Errorf("the last is %q", got)
	}
}

// TestSalvageTellsWhatItLost zeroes each page: what is missing among the entries is
// in a part that is told of as lost.
func TestSalvageTellsWhatItLost(t *testing.T) {
	file := salvageable(t)
	size := os.Getpagesize()
	for n := range len(file) / size {
		spoilt := bytes.Clone(file)
		clear(spoilt[n*size : (n+1)*size])
		s := salvage(t, spoilt)
		for i := range 400 {
			key := fmt.Sprintf("large %04d", i)
			if _, ok := s.entries[key]; ok {
				continue
			}
			told := false
			for _, l := range s.losses {
				told = told || l.Bucket == "large" && l.Holds([]byte(key))
			}
			if !told {
				t.Fatalf("page %d: %s is missing, and losses are %v", n, key, s.losses)
			}
		}
	}
}

func TestSalvageEndsWhenItIsTold(t *testing.T) {
	file := salvageable(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Salvage(ctx, bytes.NewReader(file), int64(len(file)), []string{"large"}, Found{}, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	stop := errors.New("enough")
	_, err := Salvage(t.Context(), bytes.NewReader(file), int64(len(file)), []string{"large"}, Found{
		Bucket: func([]byte, uint64) error { return nil },
		Entry:  func(_, _, _ []byte) error { return stop },
	}, nil)
	if !errors.Is(err, stop) {
		t.Errorf("an error of the visitor: %v", err)
	}
}

// FuzzSalvage reads whatever it is given, without panic and without end.
func FuzzSalvage(f *testing.F) {
	file := salvageable(f)
	f.Add(file, 0, byte(0))
	f.Add(file[:len(file)/2], 5000, byte(7))
	f.Add([]byte("no store"), 0, byte(1))
	f.Fuzz(func(t *testing.T, file []byte, at int, to byte) {
		if len(file) > 0 {
			file = bytes.Clone(file)
			file[uint(at)%uint(len(file))] = to
		}
		began := time.Now()
		salvage(t, file)
		if time.Since(began) > 5*time.Second {
			t.Error("it took too long")
		}
	})
}
