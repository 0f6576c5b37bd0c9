package export

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/export/exporttest"
	"hookbird/core/source/record"
)

var columns = []Column{{"When", 20}, {"What", 30}, {"Tries", 8}}

var noon = time.Date(2026, time.November, 22, 12, 3, 4, 0, time.Local)

// write makes a file of rows.
func write(t *testing.T, path string, rows ...[]any) {
	t.Helper()
	f, err := Create(path, false, columns)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if err := f.Row(r...); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) != 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestBothFormatsSayTheSame(t *testing.T) {
	const text = "Zoë, \"Łukasz\"\nand 😀"
	for _, ending := range []string{".xlsx", ".csv", ".XLSX"} {
		path := filepath.Join(t.TempDir(), "Activity"+ending)
		write(t, path, []any{noon, text, 3}, []any{time.Time{}, "=1", 0})
		rows := exporttest.Read(t, path, "")
		if len(rows) != 2 {
			t.Fatalf("%s: %v", ending, rows)
		}
		when := strings.Replace(fmt.Sprint(rows[0]["When"]), "T", " ", 1)
		if when != "2026-11-22 12:03:04" || rows[0]["What"] != text || fmt.Sprint(rows[0]["Tries"]) != "3" {
			t.Errorf("%s: %v", ending, rows)
		}
	}
}

func TestCSVIsHarmlessAndReadByExcel(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	write(t, path, []any{noon, `=HYPERLINK("http://evil.example")`, -5}, []any{noon, "+44 20", 0}, []any{noon, "-1", 0}, []any{noon, "@SUM(A1)", 0}, []any{noon, "\t=1", 0}, []any{noon, "a=b", 0})
	data, err := os.ReadFile(filepath.Clean(path))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.HasPrefix(data, []byte("\xEF\xBB\xBFWhen,What,Tries\n")) {
		t.Errorf("begins with %q", data[:20])
	}
	rows, err := csv.NewReader(bytes.NewReader(data[3:])).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"What", `'=HYPERLINK("http://evil.example")`, "'+44 20", "'-1", "'@SUM(A1)", "'\t=1", "a=b"}
	for i, w := range want {
		if rows[i][1] != w {
			t.Errorf("row %d: %q, want %q", i, rows[i][1], w)
		}
	}
	if rows[1][2] != "-5" {
		t.Errorf("a number became %q", rows[1][2])
	}
}

// A text of any letters comes back from a workbook, but for what XML cannot hold.
func TestAnyTextComesBackFromAWorkbook(t *testing.T) {
	dir := t.TempDir()
	n := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.StringOfN(rapid.Rune(), 1, 60, -1).Draw(rt, "text")
		text = "x" + strings.Map(func(r rune) rune {
			if r < ' ' || r == 0xFFFE || r == 0xFFFF || r == 0xFFFD || r == '_' || r == '\u0085' || r == '\u2028' {
				return -1
			}
			return r
		}, text) + "x"
		n++
		path := filepath.Join(dir, "a.xlsx")
		_ = os.Remove(path)
		write(t, path, []any{noon, text, n})
		rows := exporttest.Read(t, path, "")
		if len(rows) != 1 || rows[0]["What"] != text {
			rt.Fatalf("%q came back as %q", text, rows)
		}
	})
}

func TestAFullSheetGoesOnInTheNext(t *testing.T) {
	var out bytes.Buffer
	b, err := newBook(&out, t.TempDir(), columns)
	if err != nil {
		t.Fatal(err)
	}
	b.most = 4 // with the headings
	for i := range 8 {
		if err := b.row([]any{noon, "row", i}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(b.finish(), b.free()); err != nil {
		t.Fatal(err)
	}
	file := bytes.NewReader(out.Bytes())
	sheets, err := record.Sheets(file)
	if err != nil || len(sheets) != 3 {
		t.Fatalf("sheets %q, %v", sheets, err)
	}
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, out.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	for sheet, want := range map[string]int{"Sheet1": 3, "Sheet2": 3, "Sheet3": 2} {
		if rows := exporttest.Read(t, path, sheet); len(rows) != want {
			t.Errorf("%s has %d rows, want %d", sheet, len(rows), want)
		}
	}
}

func TestLongTextsFitTheCell(t *testing.T) {
	for name, text := range map[string]string{"plain": strings.Repeat("a", 40_000), "wide": strings.Repeat("😀", 20_000), "fits": strings.Repeat("😀", 16_383)} {
		got := fitting(text)
		units := 0
		for _, r := range got {
			if units++; r > 0xFFFF {
				units++
			}
		}
		if units > cellRunes || name == "fits" && got != text || name != "fits" && !strings.HasSuffix(got, "…") {
			t.Errorf("%s: %d units", name, units)
		}
	}
}

func TestNothingIsWrittenOverUnasked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(path, false, columns); core.CodeOf(err) != core.CodeConflict {
		t.Errorf("refused with %v", err)
	}
	f, err := Create(path, true, columns)
	if err != nil {
		t.Fatal(err)
	}
	f.Abandon()
	f.Abandon()
	if data, _ := os.ReadFile(filepath.Clean(path)); string(data) != "theirs" {
		t.Errorf("abandoned, it holds %q", data)
	}
	f, err = Create(path, true, columns)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Finish(t.Context()); err != nil {
		t.Fatal(err)
	}
	if data, _ := os.ReadFile(filepath.Clean(path)); !strings.Contains(string(data), "When") {
		t.Errorf("replaced, it holds %q", data)
	}
}

func TestAFileThatComesMeanwhileStays(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.xlsx")
	f, err := Create(path, false, columns)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("theirs"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Finish(t.Context()); core.CodeOf(err) != core.CodeConflict {
		t.Errorf("finished with %v", err)
	}
	entries, _ := os.ReadDir(filepath.Dir(path))
	if data, _ := os.ReadFile(filepath.Clean(path)); string(data) != "theirs" || len(entries) != 1 {
		t.Errorf("it holds %q beside %v", data, entries)
	}
}

func TestFinishingCanBeCancelled(t *testing.T) {
	for _, name := range []string{"a.csv", "a.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		f, err := Create(path, false, columns)
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := f.Finish(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
		if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 0 {
			t.Errorf("left behind: %v", left)
		}
	}
}

func TestPlacesThatCannotBe(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "f.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	for path, code := range map[string]core.Code{
		"a.csv":                           core.CodeInvalid,
		filepath.Join(dir, "a.txt"):       core.CodeInvalid,
		filepath.Join(dir, "f.csv"):       core.CodeConflict,
		filepath.Join(dir, "no", "a.csv"): core.CodeUnavailable,
	} {
		_, err := Create(path, true, columns)
		if core.CodeOf(err) != code || !strings.HasSuffix(core.Sentence(err), ".") {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// Memory does not grow with the rows, neither while they are written nor while the
// file is put together.
func TestManyRowsTakeLittleMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("writes a large file")
	}
	before := heap()
	f, err := Create(filepath.Join(t.TempDir(), "a.xlsx"), false, columns)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Abandon()
	most := uint64(0)
	for i := range 300_000 {
		sum := sha256.Sum256([]byte{byte(i), byte(i >> 8), byte(i >> 16)})
		if err := f.Row(noon, fmt.Sprintf("%x %x", sum, sum[:9]), i); err != nil {
			t.Fatal(err)
		}
		if i%50_000 == 0 {
			most = max(most, heap())
		}
	}
	done := make(chan error, 1)
	go func() { done <- f.Finish(t.Context()) }()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Fatal(err)
			}
			if most > before+36<<20 {
				t.Errorf("%d MB more than before", (most-before)>>20)
			}
			return
		case <-time.After(20 * time.Millisecond):
			most = max(most, heap())
		}
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
