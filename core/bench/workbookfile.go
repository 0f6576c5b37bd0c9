package main

import (
	"archive/zip"
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
)

// The parts of a workbook that grow with its rows.
const (
	textsPart = "xl/sharedStrings.xml"
	sheetPart = "xl/worksheets/sheet1.xml"
)

const (
	kinds     = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	meaning   = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
)

// workbookParts are the others. The second style of its cells is a day.
var workbookParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + kinds + `sheet.main+xml"/><Override PartName="/` + sheetPart + `" ContentType="` + kinds + `worksheet+xml"/>` +
		`<Override PartName="/` + textsPart + `" ContentType="` + kinds + `sharedStrings+xml"/><Override PartName="/xl/styles.xml" ContentType="` + kinds + `styles+xml"/></Types>`},
	{"_rels/.rels", related("officeDocument", "xl/workbook.xml")},
	{"xl/workbook.xml", `<workbook` + meaning + ` xmlns:r="` + relations + `"><sheets><sheet name="Members" sheetId="1" r:id="rId0"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", related("worksheet", "worksheets/sheet1.xml", "sharedStrings", "sharedStrings.xml", "styles", "styles.xml")},
	{"xl/styles.xml", `<styleSheet` + meaning + `><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`},
}

// related says what a part refers to: pairs of a kind and a target.
func related(pairs ...string) string {
	text := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	for i := 0; i < len(pairs); i += 2 {
		text += fmt.Sprintf(`<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>`, i/2, relations, pairs[i], pairs[i+1])
	}
	return text + `</Relationships>`
}

// writeWorkbook makes a workbook of so many rows below headings, in the way of Excel:
// texts in a table of their own, numbers and days as numbers.
func writeWorkbook(path string, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := zip.NewWriter(f)
	for _, part := range workbookParts {
		w, err := z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, part.text); err != nil {
			return err
		}
	}
	for _, part := range []struct {
		name  string
		write func(w *bufio.Writer, rows int)
	}{{textsPart, writeTexts}, {sheetPart, writeSheet}} {
		to, err := z.Create(part.name)
		if err != nil {
			return err
		}
		w := bufio.NewWriterSize(to, 1<<20)
		part.write(w, rows)
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return z.Close()
}

// sameTexts are the texts that every row has, and the headings.
var sameTexts = []string{"Number", "First name", "Last name", "Email", "Street", "Postcode", "City", "Joined", "Ada", "12, Main Street", "Dresden"}

// ownTexts is how many texts a row has for itself.
const ownTexts = 3

// writeTexts writes the table of texts. What goes wrong shows when w is flushed.
func writeTexts(w *bufio.Writer, rows int) {
	_, _ = w.WriteString(`<sst` + meaning + `>`)
	for _, text := range sameTexts {
		_, _ = fmt.Fprintf(w, "<si><t>%s</t></si>", text)
	}
	for i := range rows {
		_, _ = fmt.Fprintf(w, "<si><t>Lovelace %d</t></si><si><t>ada.%d@example.org</t></si><si><t>%05d</t></si>", i, i, i%100_000)
	}
	_, _ = w.WriteString(`</sst>`)
}

// writeSheet writes the rows. What goes wrong shows when w is flushed.
func writeSheet(w *bufio.Writer, rows int) {
	_, _ = w.WriteString(`<worksheet` + meaning + `><sheetData><row r="1">`)
	for i := range 8 {
		_, _ = fmt.Fprintf(w, `<c r="%c1" t="s"><v>%d</v></c>`, 'A'+i, i)
	}
	_, _ = w.WriteString(`</row>`)
	for i := range rows {
		n, own := i+2, len(sameTexts)+ownTexts*i
		_, _ = fmt.Fprintf(w, `<row r="%d"><c r="A%d"><v>%d</v></c>`, n, n, i)
		for at, text := range []int{8, own, own + 1, 9, own + 2, 10} {
			_, _ = fmt.Fprintf(w, `<c r="%c%d" t="s"><v>%d</v></c>`, 'B'+at, n, text)
		}
		_, _ = fmt.Fprintf(w, `<c r="H%d" s="1"><v>%d</v></c></row>`, n, 46327+i%28)
	}
	_, _ = w.WriteString(`</sheetData></worksheet>`)
}
