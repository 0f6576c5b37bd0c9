package record

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"hookbird/core"
)

// fuzzBook checks that a workbook, whatever is in it, is read to its end or refused
// with a sentence, that every record is a JSON object, and that looking at it first
// finds what reading it finds.
func fuzzBook(t *testing.T, file []byte, k Kind) {
	r, err := Open(bytes.NewReader(file), Options{Kind: k, Limit: 256})
	if err != nil {
		sentence(t, err)
		return
	}
	defer func() { _ = r.Close() }() // only read
	const most = 1 << 20             // rows of a sheet
	for range most + 2 {
		rec, err := r.Next()
		if err == io.EOF {
			survey(t, file, k)
			return
		}
		if err != nil {
			sentence(t, err)
			if _, bad := errors.AsType[*Bad](err); bad {
				continue
			}
			return
		}
		if why := WrongObject(rec.Data); why != "" {
			t.Fatalf("%q: %s", rec.Data, why)
		}
	}
	t.Fatal("it does not end")
}

// survey looks at a file that can be read: its doctor writes conversions, which are
// settings.
func survey(t *testing.T, file []byte, k Kind) {
	name := "book.ods"
	if k == XLSX {
		name = "book.xlsx"
	}
	found, err := Survey(bytes.NewReader(file), name, core.Layout{})
	if err != nil {
		sentence(t, err)
		return
	}
	for _, f := range found.Doctor {
		if f.Count < int64(len(f.Examples)) || len(f.Examples) == 0 {
			t.Fatalf("%+v: examples of what was not found", f)
		}
	}
}

func sentence(t *testing.T, err error) {
	text := err.Error()
	if bad, ok := errors.AsType[*Bad](err); ok {
		text = bad.Text
	}
	if len(text) < 10 || strings.ContainsAny(text[:1], "abcdefghijklmnopqrstuvwxyz") {
		t.Fatalf("%q is no sentence", text)
	}
}

// FuzzXLSX reads sheets and texts of any form.
func FuzzXLSX(f *testing.F) {
	for _, seed := range [][2]string{
		{xmlRow(1, "Name", "Email") + xmlRow(2, "Ada", "ada@example.org"), ""},
		{`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2"><v>1.5E+3</v></c><c r="B2" t="e"><v>#DIV/0!</v></c></row>`, "<si><t>A</t></si><si><r><t>B</t></r><r><t> b</t></r></si>"},
		{`<row><c t="b"><v>1</v></c><c s="9"><f>A1</f></c></row><row r="1048577"/>`, "<si/>"},
		{`</sheetData></worksheet>`, "<si><t>&#0;"},
	} {
		f.Add([]byte(seed[0]), []byte(seed[1]))
	}
	f.Fuzz(func(t *testing.T, sheet, texts []byte) {
		fuzzBook(t, xlsxOf(t, bytes.NewReader(sheet), zipPart{"xl/sharedStrings.xml", io.MultiReader(strings.NewReader("<sst>"), bytes.NewReader(texts), strings.NewReader("</sst>"))}), XLSX)
	})
}

// FuzzODS reads tables of any form.
func FuzzODS(f *testing.F) {
	const cell = `<table:table-cell office:value-type="string"><text:p>%</text:p></table:table-cell>`
	row := func(cells ...string) string {
		return "<table:table-row>" + strings.Join(cells, "") + "</table:table-row>"
	}
	named := func(s string) string { return strings.ReplaceAll(cell, "%", s) }
	f.Add([]byte(row(named("Name"), named("Email")) + row(named("Ada"), named("a<text:s text:c='3'/>b"))))
	f.Add([]byte(`<table:table-row table:number-rows-repeated="3">` + named("x") + `<table:table-cell table:number-columns-repeated="99999999"/></table:table-row>`))
	f.Add([]byte(row(`<table:table-cell office:value-type="date" office:date-value="1899-12-30"/><table:covered-table-cell/>`)))
	f.Fuzz(func(t *testing.T, rows []byte) {
		content := `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">`
		end := `</table:table></office:spreadsheet></office:body></office:document-content>`
		fuzzBook(t, zipOf(t,
			zipPart{"mimetype", strings.NewReader("application/vnd.oasis.opendocument.spreadsheet")},
			zipPart{"content.xml", io.MultiReader(strings.NewReader(content), bytes.NewReader(rows), strings.NewReader(end))},
		), ODS)
	})
}

// FuzzZip reads workbooks of which bytes are others, or are missing.
func FuzzZip(f *testing.F) {
	f.Add(office(f, "club.xlsx"), true)
	f.Add(office(f, "club-fr.ods"), false)
	f.Fuzz(func(t *testing.T, file []byte, excel bool) {
		kind := ODS
		if excel {
			kind = XLSX
		}
		fuzzBook(t, file, kind)
	})
}
