package folder

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"hookbird/core"
)

func (b *bench) want(want ...string) {
	b.t.Helper()
	if diff := cmp.Diff(want, b.host.got()); diff != "" {
		b.t.Error(diff)
	}
}

func (b *bench) wantNotes(want ...string) {
	b.t.Helper()
	if diff := cmp.Diff(want, b.host.noted()); diff != "" {
		b.t.Error(diff)
	}
}

func TestFilesAreRead(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.write("before.csv", "firstname,lastname,zip\nAda,Lovelace,01067\n") // there before the source ran
		b.start()
		b.pass(3 * time.Second)
		e := b.host.event(0)
		if e.Title != "" || e.Type != core.DefaultEventType || e.Source != "s1" || len(e.ID) != 36 {
			t.Errorf("%+v", e)
		}
		b.want(`before.csv, row 2: {"firstname":"Ada","lastname":"Lovelace","zip":"01067"}`)
		b.write("one.json", `{"a": 1.0}`)
		b.pass(3 * time.Second)
		b.write("two.json", `[{"a":1}, {"a":2}]`)
		b.pass(3 * time.Second)
		b.write("three.NDJSON", "{\"a\":3}\n\n{\"a\":4}\n")
		b.pass(3 * time.Second)
		b.want(`one.json: {"a": 1.0}`, `two.json, record 1: {"a":1}`, `two.json, record 2: {"a":2}`,
			`three.NDJSON, line 1: {"a":3}`, `three.NDJSON, line 3: {"a":4}`)
		b.wantNotes()
		b.start()
		b.pass(time.Minute)
		b.want()
	})
}

func TestNames(t *testing.T) {
	tests := []struct {
		match string
		yes   []string
		no    []string
	}{
		{"", []string{"a.csv", "A.CSV", "b.json", "c.ndjson", "d.jsonl", "e.tsv", "f.xlsx", "g.ods"}, []string{"a.txt", "a.pdf", ".a.csv", "~$a.csv", "a.csv.part", "a.csv.tmp", "a.csv.crdownload", "a"}},
		{" *.json ; *.CSV;", []string{"x.csv", "X.Csv", "y.JSON"}, []string{"x.tsv", ""}},
		{"*.CSV", []string{"x.csv", "X.Csv"}, []string{"x.json", ".x.csv"}},
		{"Report ??.txt", []string{"report 07.TXT"}, []string{"report 7.txt"}},
	}
	for _, tt := range tests {
		f := New(&core.Source{Folder: &core.FolderSource{Match: tt.match}}, newHost(), slog.New(slog.DiscardHandler))
		for _, name := range tt.yes {
			if !f.wanted(name) {
				t.Errorf("%q: %s is left out", tt.match, name)
			}
		}
		for _, name := range tt.no {
			if f.wanted(name) {
				t.Errorf("%q: %s is read", tt.match, name)
			}
		}
	}
}

func TestGrowingFileIsWaitedFor(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		for i := range 20 {
			b.write("big.csv", rows(1, i+1))
			b.pass(900 * time.Millisecond)
		}
		b.want()
		b.pass(2 * time.Second) // 2.9 s after it stopped growing
		if got := len(b.host.got()); got != 20 {
			t.Errorf("%d records", got)
		}
	})
}

func TestFileThatIsStillOpenIsWaitedFor(t *testing.T) {
	if runtime.GOOS == "darwin" {
		t.Skip("this system does not tell who writes a file")
	}
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		w, err := os.Create(filepath.Join(b.dir, "slow.csv"))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.WriteString("a\n1\n")
		b.pass(8 * time.Second)
		b.want()
		_, _ = w.WriteString("2\n")
		_ = w.Close()
		b.pass(3 * time.Second)
		b.want(`slow.csv, row 2: {"a":"1"}`, `slow.csv, row 3: {"a":"2"}`)
		b.wantNotes()
	})
}

func TestFileThatStaysOpenIsReadAtLast(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		w, err := os.Create(filepath.Join(b.dir, "slow.csv"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = w.Close() }()
		_, _ = w.WriteString("a\n1\n")
		b.pass(patience + 5*time.Second)
		b.want(`slow.csv, row 2: {"a":"1"}`)
	})
}

func TestRenameIntoPlace(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.write("a.csv.part", "a\n1\n")
		b.pass(10 * time.Second)
		b.want()
		if err := os.Rename(filepath.Join(b.dir, "a.csv.part"), filepath.Join(b.dir, "a.csv")); err != nil {
			t.Fatal(err)
		}
		b.pass(3 * time.Second)
		b.want(`a.csv, row 2: {"a":"1"}`)
	})
}

func TestContentIsSentOnce(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.write("a.csv", "a\n1\n")
		b.pass(3 * time.Second)
		b.want(`a.csv, row 2: {"a":"1"}`)
		b.write("b.csv", "a\n1\n")
		b.pass(3 * time.Second)
		b.want()
		b.wantNotes("b.csv: This file holds the same as a.csv, which was read before. It was not sent again.")
		later := time.Now().Add(time.Hour)
		if err := os.Chtimes(filepath.Join(b.dir, "a.csv"), later, later); err != nil { // touched, not changed
			t.Fatal(err)
		}
		b.pass(3 * time.Second)
		b.want()
		b.wantNotes()
		b.write("a.csv", "a\n1\n2\n") // changed: read as new
		b.pass(3 * time.Second)
		b.want(`a.csv, row 2: {"a":"1"}`, `a.csv, row 3: {"a":"2"}`)
		b.start()
		b.pass(time.Minute)
		b.want()
		b.wantNotes()
	})
}

func TestSkipExisting(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.src.Existing.Do = core.ExistingSkip
		b.write("old.csv", "a\n1\n")
		b.start()
		b.pass(3 * time.Second)
		b.stop()
		b.write("while-stopped.csv", "a\n2\n")
		b.start()
		b.pass(3 * time.Second)
		b.want(`while-stopped.csv, row 2: {"a":"2"}`)
		away := b.dir + " away" // a share that comes back must not look like new
		for _, step := range []func() error{
			func() error { return os.Rename(b.dir, away) },
			func() error { return os.Mkdir(b.dir, 0o755) },
			func() error { return errors.Join(os.Remove(b.dir), os.Rename(away, b.dir)) },
		} {
			if err := step(); err != nil {
				t.Fatal(err)
			}
			b.pass(time.Minute)
		}
		b.want()
		b.write("old.csv", "a\n3\n")
		b.pass(3 * time.Second)
		b.want(`old.csv, row 2: {"a":"3"}`)
	})
}

func TestSkipExistingInAnotherFolder(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.src.Existing.Do = core.ExistingSkip
		b.start()
		b.pass(time.Second)
		b.stop()
		b.dir += " 2" // the source was changed to watch another folder
		if err := os.Mkdir(b.dir, 0o755); err != nil {
			t.Fatal(err)
		}
		folder := *b.src.Folder
		folder.Path = b.dir
		b.src.Folder = &folder
		b.write("old.csv", "a\n1\n")
		b.start()
		b.pass(3 * time.Second)
		b.want()
		b.write("new.csv", "a\n2\n")
		b.pass(3 * time.Second)
		b.want(`new.csv, row 2: {"a":"2"}`)
	})
}

// A crash between any two commits loses and repeats nothing.
func TestRestartInTheMiddleOfALargeFile(t *testing.T) {
	for _, after := range []core.After{core.AfterRemember, core.AfterMove, core.AfterDelete} {
		for crash := 1; crash <= 7; crash++ {
			inBubble(t, core.FolderSource{After: after}, func(b *bench) {
				b.write("big.csv", rows(1, 4500))
				b.host.refuse(func(commit int) error {
					if commit >= crash {
						return errors.New("the power is out")
					}
					return nil
				})
				b.start()
				b.pass(3 * time.Second)
				b.stop()
				b.host.refuse(nil)
				b.start()
				b.pass(3 * time.Second)
				if got := b.host.total(); got != 4500 {
					t.Fatalf("%s, crash at commit %d: %d events", after, crash, got)
				}
				b.stop()
				for i, e := range b.host.events {
					if want := fmt.Sprintf("big.csv, row %d", i+2); e.Origin != want {
						t.Fatalf("event %d is from %s", i, e.Origin)
					}
				}
				if here := slices.Contains(b.files(), "big.csv"); here != (after == core.AfterRemember) {
					t.Errorf("%s: %q", after, b.files())
				}
			})
		}
	}
}

func TestSlicesAreSmall(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		wide := "a,b\n" + strings.Repeat("1,"+strings.Repeat("x", 500_000)+"\n", 20)
		b.write("wide.csv", wide)
		b.start()
		b.pass(3 * time.Second)
		b.stop()
		if b.host.total() != 20 || b.host.commits < 3 {
			t.Errorf("%d events in %d commits", b.host.total(), b.host.commits)
		}
	})
}

func TestStoreTakesNothing(t *testing.T) {
	inBubble(t, core.FolderSource{After: core.AfterMove}, func(b *bench) {
		b.start()
		b.pass(time.Second)
		full := "The disk is full."
		asked := 0
		b.host.refuse(func(int) error {
			asked++
			return core.Errorf(core.CodeUnavailable, "%s", full)
		})
		b.write("a.csv", rows(1, 10))
		b.pass(10 * time.Minute)
		if got := b.host.reported(); got != full {
			t.Errorf("reported %q", got)
		}
		b.host.refuse(nil)
		if asked < 5 || asked > 20 {
			t.Errorf("asked %d times in ten minutes", asked)
		}
		if diff := cmp.Diff([]string{"a.csv"}, b.files()); diff != "" {
			t.Error(diff)
		}
		b.pass(lastHold + 3*time.Second)
		if b.host.total() != 10 || b.host.reported() != "" {
			t.Errorf("%d events, %q", b.host.total(), b.host.reported())
		}
	})
}

func TestMove(t *testing.T) {
	inBubble(t, core.FolderSource{After: core.AfterMove}, func(b *bench) {
		b.start()
		for i := range 3 {
			b.write("a.csv", fmt.Sprintf("a\n%d\n", i))
			b.pass(3 * time.Second)
		}
		b.write("same.csv", "a\n0\n")
		b.pass(3 * time.Second)
		want := []string{Sent + "/a (2).csv", Sent + "/a (3).csv", Sent + "/a.csv", Sent + "/same.csv"}
		if diff := cmp.Diff(want, b.files()); diff != "" {
			t.Error(diff)
		}
		b.want(`a.csv, row 2: {"a":"0"}`, `a.csv, row 2: {"a":"1"}`, `a.csv, row 2: {"a":"2"}`)
	})
}

func TestMoveThatFailsIsTriedAgain(t *testing.T) {
	inBubble(t, core.FolderSource{After: core.AfterMove}, func(b *bench) {
		b.write(Sent, "a file stands where the subfolder must be")
		b.start()
		b.write("a.csv", "a\n0\n")
		b.pass(time.Minute)
		b.want(`a.csv, row 2: {"a":"0"}`)
		b.wantNotes("a.csv: All of this file was read, but it could not be put away. Hookbird tries again by itself.")
		if err := os.Remove(filepath.Join(b.dir, Sent)); err != nil {
			t.Fatal(err)
		}
		b.pass(2 * time.Minute)
		if diff := cmp.Diff([]string{Sent + "/a.csv"}, b.files()); diff != "" {
			t.Error(diff)
		}
		b.want()
	})
}

func TestDelete(t *testing.T) {
	inBubble(t, core.FolderSource{After: core.AfterDelete}, func(b *bench) {
		b.start()
		b.write("good.csv", "a\n1\n")
		b.write("bad.csv", "a,b\n2\n3,4,5\n")
		b.pass(5 * time.Second)
		if diff := cmp.Diff([]string{"bad.csv"}, b.files()); diff != "" {
			t.Error(diff)
		}
		if got := len(b.host.got()); got != 2 {
			t.Errorf("%d events", got)
		}
		b.wantNotes("bad.csv, line 3: This row has 3 cells, but there are only 2 headings, so it was left out.",
			"bad.csv: This file was not deleted, because some of its records could not be read.")
		b.start()
		b.pass(5 * time.Second)
		b.want()
	})
}

// A file that changes while its last records are being stored is not put away
// with records that nobody has read.
func TestFileThatChangesLate(t *testing.T) {
	for _, after := range []core.After{core.AfterMove, core.AfterDelete} {
		inBubble(t, core.FolderSource{After: after}, func(b *bench) {
			b.write("a.csv", "a\n1\n")
			b.host.refuse(func(commit int) error {
				if commit == 2 { // the first tells that the folder was listed
					b.write("a.csv", "a\n1\n2\n")
				}
				return nil
			})
			b.start()
			b.pass(10 * time.Second)
			got := b.host.got()
			if len(got) == 0 || got[len(got)-1] != `a.csv, row 3: {"a":"2"}` {
				t.Errorf("%s: %q", after, got)
			}
			if slices.Contains(b.files(), "a.csv") {
				t.Errorf("%s: %q", after, b.files())
			}
		})
	}
}

func TestUnevenRows(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.write("a.csv", "a,b\n1,2,3\n4\n\"5\nx\",6\n7,8,9\n")
		b.pass(3 * time.Second)
		b.want(`a.csv, row 3: {"a":"4"}`, `a.csv, row 4: {"a":"5\nx","b":"6"}`)
		long := "This row has 3 cells, but there are only 2 headings, so it was left out."
		b.wantNotes("a.csv, line 2: "+long, "a.csv, line 6: "+long)
	})
}

func TestManyBadRowsAreToldOfInFew(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.write("a.csv", "a,b\n"+strings.Repeat("1,2,3\n", 5000)+"ok\n")
		b.pass(3 * time.Second)
		b.want(`a.csv, row 5002: {"a":"ok"}`)
		notes := b.host.noted()
		if len(notes) != maxNotes+1 || notes[maxNotes] != "a.csv: 4980 more records of this file could not be read." {
			t.Errorf("%d notes, the last %q", len(notes), notes[len(notes)-1])
		}
	})
}

func TestRefusedFilesStay(t *testing.T) {
	stays := " The file was left in place and nothing of it was sent."
	tests := map[string]struct{ name, text, want string }{
		"no headings": {"a.csv", "Ada,ada@example.org\n", "Its first row looks like a record and not like headings: cell 2 holds an e-mail address. Put a row with the name of each column at the top and save the file again."},
		"cut off":     {"a.json", `[{"a":1},{"a":`, "The record that begins in line 1 never ends: the file is cut off or a bracket is missing."},
		"no JSON":     {"a.json", `hello`, `It is not JSON: it begins with "h" in line 1, where a curly or square bracket must stand.`},
		"a workbook":  {"a.csv", "PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x01", "This is not a text file. Save it as CSV, JSON, XLSX or ODS."},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			inBubble(t, core.FolderSource{After: core.AfterDelete}, func(b *bench) {
				b.start()
				b.write(tt.name, tt.text)
				b.pass(time.Minute)
				b.want()
				b.wantNotes(tt.name + ": " + tt.want + stays)
				if diff := cmp.Diff([]string{tt.name}, b.files()); diff != "" {
					t.Error(diff)
				}
				good := map[string]string{"a.csv": "name,mail\nAda,a@b.c\n", "a.json": `[{"a":1},{"a":2}]`}[tt.name]
				b.write(tt.name, good)
				b.pass(3 * time.Second)
				if b.host.total() == 0 || len(b.files()) != 0 {
					t.Errorf("put right: %d events, %q", b.host.total(), b.files())
				}
			})
		})
	}
}

func TestEncodings(t *testing.T) {
	text := "name;city\nJosé;Zürich\n"
	le := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	files := map[string][]byte{"utf8": []byte(text), "bom": []byte("\ufeff" + text)}
	files["utf16"], _ = le.NewEncoder().Bytes([]byte(text))
	files["utf16be"], _ = be.NewEncoder().Bytes([]byte(text))
	files["windows"], _ = charmap.Windows1252.NewEncoder().Bytes([]byte(text))
	for name, file := range files {
		inBubble(t, core.FolderSource{}, func(b *bench) {
			b.start()
			b.write("a.csv", string(file))
			b.pass(3 * time.Second)
			if diff := cmp.Diff([]string{`a.csv, row 2: {"name":"José","city":"Zürich"}`}, b.host.got()); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		})
	}
	inBubble(t, core.FolderSource{Layout: core.Layout{Encoding: "iso-8859-15", Delimiter: "#"}}, func(b *bench) {
		b.start()
		b.write("a.csv", "a,b#c\n\xa4#1\n")
		b.pass(3 * time.Second)
		b.want(`a.csv, row 2: {"a,b":"€","c":"1"}`)
	})
}

func TestFolderComesAndGoes(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		if err := os.Remove(b.dir); err != nil {
			t.Fatal(err)
		}
		b.start()
		b.pass(3 * time.Second)
		if want := "The folder " + b.dir + " is not there. Hookbird goes on by itself once it is back."; b.host.reported() != want {
			t.Errorf("reported %q", b.host.reported())
		}
		if err := os.Mkdir(b.dir, 0o755); err != nil {
			t.Fatal(err)
		}
		b.write("a.csv", "a\n1\n")
		b.pass(3 * time.Second)
		b.want(`a.csv, row 2: {"a":"1"}`)
		if got := b.host.reported(); got != "" {
			t.Errorf("reported %q", got)
		}
	})
}

func TestUnreadable(t *testing.T) {
	if os.Geteuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("nothing is unreadable here")
	}
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.write("a.csv", "a\n1\n")
		path := filepath.Join(b.dir, "a.csv")
		if err := os.Chmod(path, 0); err != nil {
			t.Fatal(err)
		}
		b.pass(10 * time.Minute)
		b.wantNotes("a.csv: Hookbird is not allowed to read this file. Give your user the right to read it.")
		if err := os.Chmod(path, 0o644); err != nil {
			t.Fatal(err)
		}
		b.pass(lastRetry + 3*time.Second)
		b.want(`a.csv, row 2: {"a":"1"}`)
		if err := os.Chmod(b.dir, 0); err != nil {
			t.Fatal(err)
		}
		b.pass(3 * time.Second)
		if want := "Hookbird is not allowed to read the folder " + b.dir + ". Give your user the right to read it."; b.host.reported() != want {
			t.Errorf("reported %q", b.host.reported())
		}
		_ = os.Chmod(b.dir, 0o755)
	})
}

func TestFileInPlaceOfTheFolder(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		if err := errors.Join(os.Remove(b.dir), os.WriteFile(b.dir, nil, 0o644)); err != nil {
			t.Fatal(err)
		}
		b.start()
		b.pass(time.Second)
		if want := b.dir + " is a file and not a folder. Choose the folder that it lies in."; runtime.GOOS != "windows" && b.host.reported() != want {
			t.Errorf("reported %q", b.host.reported())
		}
	})
}

func TestWrongPattern(t *testing.T) {
	inBubble(t, core.FolderSource{Match: "[a"}, func(b *bench) {
		b.start()
		b.pass(time.Second)
		if want := `The file name pattern "[a" cannot be used. Write one like *.csv.`; b.host.reported() != want {
			t.Errorf("reported %q", b.host.reported())
		}
	})
}

func TestMarksOfGoneFilesAreForgotten(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.write("a.csv", "a\n1\n")
		b.pass(3 * time.Second)
		if _, ok, _ := b.host.Mark("", keySeen+"a.csv"); !ok {
			t.Fatal("not remembered")
		}
		_ = os.Remove(filepath.Join(b.dir, "a.csv"))
		b.pass(3 * time.Second)
		b.stop()
		for key, value := range b.host.All() {
			var p progress
			if key == keySeen+"a.csv" || key[:5] == keyFile && (json.Unmarshal([]byte(value), &p) != nil || !p.Done) {
				t.Errorf("%s = %s", key, value)
			}
		}
	})
}

func TestHundredThousandRows(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.write("big.csv", rows(1, 100_000))
		b.start()
		b.pass(3 * time.Second)
		if b.host.total() != 100_000 {
			t.Fatalf("%d events", b.host.total())
		}
		if last := b.host.event(99_999); last.Origin != "big.csv, row 100001" || string(last.Data) != `{"id":"100000","name":"Person 100000"}` {
			t.Errorf("%s %s", last.Origin, last.Data)
		}
	})
}

// Workbooks are read like any table, and what is odd about a row is told.
func TestWorkbooksAreRead(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		data, err := os.ReadFile("../record/testdata/office/club.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		b.write("members.xlsx", string(data))
		b.start()
		b.pass(3 * time.Second)
		if got := b.host.got(); len(got) == 0 || !strings.HasPrefix(got[0], "members.xlsx, row 5: {\"Name\":\"Ada Lovelace\"") {
			t.Errorf("%q", got)
		}
		if names := b.host.Table(); len(names) == 0 {
			t.Error("nobody was told of its columns")
		}
		b.wantNotes("members.xlsx, row 6: Cell J6 holds #DIV/0!: its formula has come to nothing.")
	})
}

// Files that are there when a folder is first watched wait until a person has said
// what is to become of them; nothing is sent meanwhile.
func TestFilesThatAreThereAreAskedAbout(t *testing.T) {
	for answer, want := range map[string][]string{
		"skip":             nil,
		"send":             {`old.csv, row 2: {"a":"1"}`, `new.csv, row 2: {"a":"2"}`},
		"since:2000-01-01": {`new.csv, row 2: {"a":"2"}`},
	} {
		inBubble(t, core.FolderSource{}, func(b *bench) {
			b.src.Existing.Do = core.ExistingAsk
			b.write("old.csv", "a\n1\n")
			old := time.Date(1999, 12, 1, 0, 0, 0, 0, time.Local)
			if err := os.Chtimes(filepath.Join(b.dir, "old.csv"), old, old); err != nil {
				t.Fatal(err)
			}
			b.write("new.csv", "a\n2\n")
			b.start()
			b.pass(time.Minute)
			b.want()
			asked := b.host.Asked()
			if len(asked) == 0 || asked[0].Text != "2 files are already there, with 2 records." {
				t.Fatalf("asked %+v", asked)
			}
			b.stop()
			b.host.Answer(asked[0].ID, answer)
			b.start()
			b.pass(time.Minute)
			b.want(want...)
			b.write("later.csv", "a\n3\n")
			b.pass(3 * time.Second)
			b.want(`later.csv, row 2: {"a":"3"}`)
		})
	}
}

func TestSurvey(t *testing.T) {
	dir := t.TempDir()
	src := &core.Source{Kind: core.KindFolder, Folder: &core.FolderSource{Path: dir}}
	survey := func() core.Survey {
		t.Helper()
		s, err := Survey(t.Context(), src)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if s := survey(); s.Files != 0 || s.Text != "There is no file in it that would be read." {
		t.Errorf("%+v", s)
	}
	for i, text := range []string{"old\n1\n", "Name;Email\nAda;ada@example.org\nBob;bob@example.org\n"} {
		path := filepath.Join(dir, fmt.Sprintf("%d.csv", i))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.Local)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	s := survey()
	if s.Files != 2 || s.Records != 2 || len(s.Columns) != 2 || s.Layout.Delimiter != ";" || !strings.HasPrefix(s.Text, "2 files. The newest is 1.csv: ") {
		t.Errorf("%+v", s)
	}
	src.Folder.Path = filepath.Join(dir, "gone")
	if _, err := Survey(t.Context(), src); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("a folder that is not there: %v", err)
	}
}
