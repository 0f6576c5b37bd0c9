package sheet

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookbird/core"
)

// tripping is a context that does something the first time it is asked.
type tripping struct {
	context.Context
	trip func()
}

func (c *tripping) Err() error {
	if trip := c.trip; trip != nil {
		c.trip = nil
		trip()
	}
	return nil
}

func TestFileThatChangesWhileItIsRead(t *testing.T) {
	for name, trip := range map[string]func(path string) error{
		"replaced": func(path string) error {
			if err := os.WriteFile(path+".new", []byte("a,b\n1,2\n"), 0o600); err != nil {
				return err
			}
			return os.Rename(path+".new", path)
		},
		"written": func(path string) error { return os.WriteFile(path, []byte("a,b\n1,2\n3,4\n"), 0o600) },
		"cut off": func(path string) error { return os.Truncate(path, 3) },
		"deleted": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a.csv")
			if err := os.WriteFile(path, []byte("a,b\n1,2\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			ctx := &tripping{t.Context(), func() {
				if err := trip(path); err != nil {
					t.Error(err)
				}
			}}
			if _, _, _, err := copyOf(ctx, path); !errors.Is(err, errChanged) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestLargeFileIsCopiedToDisk(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	t.Setenv("TMP", tmp)
	path := filepath.Join(t.TempDir(), "a.csv")
	want := bytes.Repeat([]byte("a,b,c\n"), maxMemory/6+1)
	if err := os.WriteFile(path, want, 0o600); err != nil {
		t.Fatal(err)
	}
	c, _, done, err := copyOf(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := c.(onDisk); !ok || len(names(t, tmp)) != 1 {
		t.Errorf("%T, %q", c, names(t, tmp))
	}
	got, err := io.ReadAll(io.NewSectionReader(c, 0, c.Size()))
	if err != nil || !bytes.Equal(got, want) || c.Size() != int64(len(want)) {
		t.Errorf("%d of %d bytes, %v", len(got), len(want), err)
	}
	done()
	if left := names(t, tmp); len(left) > 0 {
		t.Errorf("left: %q", left)
	}
}

func names(t *testing.T, dir string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

func TestFilesThatAreNoSpreadsheets(t *testing.T) {
	for name, want := range map[string]string{
		"~$members.xlsx":        "is what a program puts beside a spreadsheet",
		".~lock.members.ods#":   "is what a program puts beside a spreadsheet",
		"folder.csv":            "is not a file.",
		"huge.csv":              "is larger than 256 MB",
		"nobody-knows-it.xlsx":  "is not there.",
		"nothing/members.xlsx":  "is not there.",
		"huge.csv/members.xlsx": "cannot be read now.",
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := newDesk(t, core.SheetSource{})
				dir := filepath.Dir(d.path)
				huge, err := os.Create(filepath.Join(dir, "huge.csv"))
				if err == nil {
					err = errors.Join(huge.Truncate(maxBytes+1), huge.Close(), os.Mkdir(filepath.Join(dir, "folder.csv"), 0o700))
				}
				if err != nil {
					t.Fatal(err)
				}
				d.src.Sheet.Path = filepath.Join(dir, filepath.FromSlash(name))
				d.run(5 * patience)
				if cause, _ := d.host.Said(); !strings.Contains(cause, want) {
					t.Errorf("%q", cause)
				}
			})
		})
	}
}

// A poll of a file that is as it was is a look at it from outside and no more.
func TestUnchangedFileCostsNextToNothing(t *testing.T) {
	d := newDesk(t, core.SheetSource{Keys: []string{"No"}, Settle: 1})
	d.src.Existing.Do = core.ExistingSend
	d.save(head, "1,Ada,Ulm")
	s := d.by(t)
	d.got(`members.csv, row 2: {"No":"1","Name":"Ada","Town":"Ulm"}`)
	if n := testing.AllocsPerRun(100, func() {
		if _, err := s.look(t.Context()); err != nil {
			t.Fatal(err)
		}
	}); n > 10 {
		t.Errorf("a poll takes %v allocations", n)
	}
}

func BenchmarkPoll(b *testing.B) {
	d := newDesk(b, core.SheetSource{Keys: []string{"No"}, Settle: 1})
	d.src.Existing.Do = core.ExistingSend
	d.save(head, "1,Ada,Ulm")
	s := d.by(b)
	for b.Loop() {
		if _, err := s.look(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
