package record

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"hookbird/core"
)

// zipPart is a file inside a workbook.
type zipPart struct {
	name string
	text io.Reader
}

// again gives a text so many times.
func again(text string, n int) io.Reader { return &saidAgain{text: text, left: n} }

type saidAgain struct {
	text string
	left int
	rest string
}

func (r *saidAgain) Read(p []byte) (n int, err error) {
	for n < len(p) {
		if r.rest == "" {
			if r.left == 0 {
				break
			}
			r.rest, r.left = r.text, r.left-1
		}
		m := copy(p[n:], r.rest)
		n, r.rest = n+m, r.rest[m:]
	}
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func zipOf(t *testing.T, parts ...zipPart) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err == nil {
			_, err = io.Copy(w, p.text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// xlsxOf makes a workbook with one sheet and other parts.
func xlsxOf(t *testing.T, sheet io.Reader, more ...zipPart) []byte {
	const ns = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	return zipOf(t, append([]zipPart{
		{"[Content_Types].xml", strings.NewReader(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`)},
		{"_rels/.rels", strings.NewReader(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
		{"xl/workbook.xml", strings.NewReader(`<workbook ` + ns + ` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`)},
		{"xl/_rels/workbook.xml.rels", strings.NewReader(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/s.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>`)},
		{"xl/worksheets/s.xml", io.MultiReader(strings.NewReader(`<worksheet `+ns+`><sheetData>`), sheet, strings.NewReader(`</sheetData></worksheet>`))},
	}, more...)...)
}

func xmlRow(n int, cells ...string) string {
	text := fmt.Sprintf(`<row r="%d">`, n)
	for i, c := range cells {
		text += fmt.Sprintf(`<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n, c)
	}
	return text + `</row>`
}

// ole is how a file of the old Excel, or one with a password, begins.
func ole(stream string) []byte {
	b := make([]byte, 4096)
	copy(b, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	b[30], b[48] = 9, 1 // sectors of 512 bytes, the directory in the second
	for i, c := range utf16.Encode([]rune(stream)) {
		b[1024+2*i], b[1025+2*i] = byte(c), byte(c>>8)
	}
	return b
}

// readAll reads a file as a folder does, and gives what ended it.
func readAll(ctx context.Context, name string, data []byte) (records int, err error) {
	f := bytes.NewReader(data)
	var d Detector
	_, _ = d.Write(data)
	kind, named := KindOf(name)
	if !named {
		kind = d.Kind()
	}
	r, err := Open(f, Options{Kind: kind})
	if err != nil {
		return 0, err
	}
	defer func() { _ = r.Close() }() // it was only read
	for ctx.Err() == nil {
		_, err := r.Next()
		if _, bad := err.(*Bad); bad { //nolint:errorlint // readers give it as it is
			continue
		}
		if err == io.EOF {
			return records, nil
		} else if err != nil {
			return records, err
		}
		records++
	}
	return records, ctx.Err()
}

// Files that are not what they seem, or that are made to hurt, are refused with a
// sentence, or read as far as they can be; within bounds of time and memory.
func TestBadFiles(t *testing.T) {
	whole, err := os.ReadFile(filepath.Join("testdata", "office", "club.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := os.ReadFile(filepath.Join("testdata", "office", "club-fr.ods"))
	if err != nil {
		t.Fatal(err)
	}
	head := xmlRow(1, "A", "B")
	shared := head + `<row r="2"><c r="A2" t="s"><v>0</v></c></row>`
	lol := `<!DOCTYPE l [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for name, tt := range map[string]struct {
		file string
		data []byte
		says string // part of the sentence; "" if it can be read
	}{
		"empty":                           {"a.xlsx", nil, "."},
		"binary as workbook":              {"a.xlsx", bytes.Repeat([]byte{0, 1, 2, 0xff}, 5000), "."},
		"truncated workbook":              {"a.xlsx", whole[:len(whole)/2], "."},
		"truncated ODS":                   {"a.ods", sheet[:len(sheet)/3], "."},
		"CSV named XLSX":                  {"a.xlsx", []byte("a,b\n1,2\n"), "."},
		"ODS named XLSX":                  {"a.xlsx", sheet, ""},
		"XLSX named ODS":                  {"a.ods", whole, ""},
		"old Excel":                       {"a.xlsx", ole("Workbook"), "."},
		"with a password":                 {"a.xlsx", ole("EncryptedPackage"), "password"},
		"zip of something else":           {"a.xlsx", zipOf(t, zipPart{"readme.txt", strings.NewReader("hello")}), "."},
		"formulas that failed":            {"a.xlsx", xlsxOf(t, strings.NewReader(head+`<row r="2"><c r="A2" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B2"><v>1</v></c></row>`)), ""},
		"entities in a workbook":          {"a.xlsx", xlsxOf(t, strings.NewReader(lol+head)), "."},
		"a cell of 140 MB":                {"a.xlsx", xlsxOf(t, io.MultiReader(strings.NewReader(head+`<row r="2"><c r="A2" t="inlineStr"><is><t>`), again(strings.Repeat("x", 1<<20), 140), strings.NewReader(`</t></is></c></row>`))), "."},
		"140 MB of spaces":                {"a.xlsx", xlsxOf(t, io.MultiReader(strings.NewReader(head), again(strings.Repeat(" ", 1<<20), 140))), "unpacks to more than"},
		"200,000 shared texts":            {"a.xlsx", xlsxOf(t, strings.NewReader(shared), zipPart{"xl/sharedStrings.xml", io.MultiReader(strings.NewReader(`<sst>`), again(`<si><t>abc</t></si>`, 200_000), strings.NewReader(`</sst>`))}), ""},
		"a shared text of 140 MB":         {"a.xlsx", xlsxOf(t, strings.NewReader(shared), zipPart{"xl/sharedStrings.xml", io.MultiReader(strings.NewReader(`<sst><si><t>`), again(strings.Repeat("x", 1<<20), 140), strings.NewReader(`</t></si></sst>`))}), "."},
		"a shared text that is not there": {"a.xlsx", xlsxOf(t, strings.NewReader(shared), zipPart{"xl/sharedStrings.xml", strings.NewReader(`<sst/>`)}), "."},
		"a million columns in a sheet":    {"a.xlsx", xlsxOf(t, io.MultiReader(strings.NewReader(`<row r="1">`), again(`<c t="inlineStr"><is><t>a</t></is></c>`, 1_000_000), strings.NewReader(`</row>`))), "."},
		"a million columns in CSV":        {"a.csv", []byte(strings.Repeat("a,", 1_000_000) + "a\n" + strings.Repeat("1,", 1_000_000) + "1\n"), "."},
		"entities in XML":                 {"a.xml", []byte(lol + `<l><i>&c;</i><i>&c;</i></l>`), "."},
		"XML cut off":                     {"a.xml", []byte(`<l><i><a>1</a></i><i><a>2</a></i><i><a>3`), "."},
		"XML of something else":           {"a.xml", []byte("a,b\n1,2\n"), "."},
		"JSON cut off":                    {"a.json", []byte(`[{"a":1},{"a":2},{"a"`), "."},
		"a mark of encoding in CSV":       {"a.csv", []byte("a,b\n1,2\n\ufeffa,b\n3,4\n"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			n, err := readAll(ctx, tt.file, tt.data)
			runtime.ReadMemStats(&after)
			t.Logf("%d records, %v", n, err)
			switch {
			case ctx.Err() != nil:
				t.Fatal("it does not end")
			case tt.says == "" && err != nil:
				t.Errorf("it cannot be read: %v", err)
			case tt.says != "" && (core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), tt.says)):
				t.Errorf("%v, want a sentence with %q", err, tt.says)
			}
			if held := int64(after.HeapSys) - int64(before.HeapSys); held > 300<<20 {
				t.Errorf("it took %d MB", held>>20)
			}
		})
	}
}
