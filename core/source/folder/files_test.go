package folder

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/source/record"
)

// put writes a file into a subfolder, which it makes.
func (b *bench) put(name, text string) {
	b.t.Helper()
	if err := os.MkdirAll(filepath.Join(b.dir, filepath.Dir(name)), 0o755); err != nil {
		b.t.Fatal(err)
	}
	b.write(name, text)
}

func TestSubfolders(t *testing.T) {
	inBubble(t, core.FolderSource{Subfolders: true, After: core.AfterMove}, func(b *bench) {
		b.start()
		b.put("2026/January/a.csv", "a\n1\n")
		b.put(".hidden/b.csv", "a\n2\n")
		b.write("c.csv", "a\n3\n")
		b.pass(5 * time.Second)
		got := b.host.got()
		slices.Sort(got)
		if diff := cmp.Diff([]string{`2026/January/a.csv, row 2: {"a":"1"}`, `c.csv, row 2: {"a":"3"}`}, got); diff != "" {
			t.Error(diff)
		}
		want := []string{".hidden/b.csv", Sent + "/2026/January/a.csv", Sent + "/c.csv"}
		if diff := cmp.Diff(want, b.files()); diff != "" {
			t.Error(diff)
		}
		b.start()
		b.pass(time.Minute)
		b.want()
	})
}

func TestSubfoldersAreLeftAlone(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.put("2026/a.csv", "a\n1\n")
		b.pass(10 * time.Second)
		b.want()
	})
}

func TestWholeFiles(t *testing.T) {
	inBubble(t, core.FolderSource{WholeFile: true, Subfolders: true}, func(b *bench) {
		b.start()
		b.put("in/note.txt", "Z\xfcrich\r\n")
		b.pass(3 * time.Second)
		b.write("scan.pdf", "%PDF-1.7\x00\x01\x02")
		b.pass(3 * time.Second)
		b.write("Thumbs.db", "x\x00")
		b.write("long.txt", strings.Repeat("x", maxText+1))
		b.pass(3 * time.Second)
		var files []wholeFile
		for _, line := range b.host.got() {
			var w wholeFile
			if err := json.Unmarshal([]byte(line[strings.Index(line, ": ")+2:]), &w); err != nil {
				t.Fatal(err)
			}
			if _, err := time.Parse(time.RFC3339, w.Modified); err != nil {
				t.Error(err)
			}
			w.Modified = ""
			files = append(files, w)
		}
		want := []wholeFile{
			{Name: "note.txt", Folder: "in", Size: 8, Text: "Zürich\r\n"},
			{Name: "scan.pdf", Size: 11},
			{Name: "long.txt", Size: maxText + 1},
		}
		if diff := cmp.Diff(want, files); diff != "" {
			t.Error(diff)
		}
		b.wantNotes()
		b.start()
		b.pass(time.Minute)
		b.want()
	})
}

func TestProgressAndFindingsAreTold(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		b.start()
		b.pass(2 * time.Second)
		if _, found := b.host.Said(); found != "There is no file to read." {
			t.Errorf("found %q", found)
		}
		b.write("big.csv", rows(1, 4500))
		b.pass(3 * time.Second)
		all := b.host.Progressed()
		if len(all) < 4 || all[0].What != "big.csv" || all[0].Done == 0 || all[len(all)-1].Done != all[0].Total || all[len(all)-1].Records != 4500 {
			t.Errorf("%+v", all)
		}
		if _, found := b.host.Said(); found != "1 file, none of them new." {
			t.Errorf("found %q", found)
		}
	})
}

// Two computers that watch one folder do not both read it.
func TestTwoComputers(t *testing.T) {
	inBubble(t, core.FolderSource{}, func(b *bench) {
		other := `{"id":"0123456789abcdef","computer":"PC-KASSE2","user":"ada","since":"2026-01-31T10:00:00Z","renewed":"2026-01-31T10:00:00Z"}`
		b.write(".hookbird.json", other)
		b.write("a.csv", "a\n1\n")
		b.start()
		b.pass(time.Minute)
		b.want()
		if got := b.host.reported(); !strings.Contains(got, "PC-KASSE2") {
			t.Errorf("reported %q", got)
		}
	})
}

func TestReceipt(t *testing.T) {
	at := time.Date(2026, 1, 31, 14, 5, 0, 0, time.Local)
	good := Outcome{Place: "row 2", Record: "Ada Lovelace", To: "CRM", Word: "Delivered", ID: "=1+1", At: at, Good: true}
	bad := Outcome{Place: "row 3", Record: "Bo, Test", Word: "Refused", Reason: "It has no e-mail address."}
	tests := map[string]struct {
		after core.After
		list  []Outcome
		want  []string
	}{
		"left":              {core.AfterRemember, []Outcome{good, bad}, []string{"in/a.csv", "in/a.csv – result.csv"}},
		"all well, moved":   {core.AfterMove, []Outcome{good}, []string{"Done/in/a.csv", "Done/in/a.csv – result.csv"}},
		"problems, moved":   {core.AfterMove, []Outcome{good, bad}, []string{"Problems/in/a.csv", "Problems/in/a.csv – result.csv"}},
		"all well, deleted": {core.AfterDelete, []Outcome{good}, []string{"in/a.csv – result.csv"}},
		"problems, kept":    {core.AfterDelete, []Outcome{bad}, []string{"in/a.csv", "in/a.csv – result.csv"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			b := &bench{t: t, dir: t.TempDir()}
			b.put("in/a.csv", "a\n1\n")
			src := &core.Source{ID: "s1", Folder: &core.FolderSource{Path: b.dir, After: tt.after}}
			if err := Settle(src, "in/a.csv", all(tt.list)); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.files()); diff != "" {
				t.Error(diff)
			}
		})
	}
	var text strings.Builder
	if ok, err := writeOutcomes(&text, all([]Outcome{good, bad})); ok || err != nil {
		t.Error(ok, err)
	}
	want := "\ufeffRow,Record,To,Outcome,Their id,Reason,Time\nrow 2,Ada Lovelace,CRM,Delivered,'=1+1,,2026-01-31 14:05:00\nrow 3,\"Bo, Test\",,Refused,,It has no e-mail address.,\n"
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Error(diff)
	}
}

// A receipt that cannot be written leaves the file and the receipt of before.
func TestReceiptIsWholeOrNotThere(t *testing.T) {
	b := &bench{t: t, dir: t.TempDir()}
	path := filepath.Join(b.dir, "a.csv")
	full := errors.New("the disk is full")
	b.write("a.csv – result.csv", "before")
	if _, err := writeOutcomes(failing{full}, all([]Outcome{{Good: true}})); !errors.Is(err, full) {
		t.Error(err)
	}
	if _, err := writeReceipt(filepath.Join(b.dir, "gone", "a.csv"), all(nil)); err == nil {
		t.Error("written into a folder that is not there")
	}
	if _, err := writeReceipt(ReceiptName(path), all([]Outcome{{Place: "row 2", Good: true}})); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff([]string{"a.csv – result.csv"}, b.files()); diff != "" {
		t.Error(diff)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func FuzzDecoded(f *testing.F) {
	f.Add([]byte("Z\xfcrich"), "windows-1252")
	f.Add([]byte("\xff\xfea\x00"), "utf-16")
	f.Add([]byte("\ufeffa"), "utf-8")
	f.Fuzz(func(t *testing.T, b []byte, e string) {
		text := decoded(b, record.Encoding(e))
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) || len(text) > 3*len(b) {
			t.Errorf("%q in %s: %q", b, e, text)
		}
	})
}
