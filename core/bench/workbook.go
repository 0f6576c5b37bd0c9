package main

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/source/record"
)

// measureWorkbook has a folder read a large XLSX file, against taking it apart with
// archive/zip and encoding/xml and doing nothing with it.
func measureWorkbook(s settings, r *report) error {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file, rows := filepath.Join(dir, "large.xlsx"), s.rows/10
	if err := writeWorkbook(file, rows); err != nil {
		return err
	}
	var ratios, kept, rates, memory []float64
	for range s.rounds {
		alone, err := readWorkbook(file)
		if err != nil {
			return err
		}
		made, err := makeWorkbookRecords(file, rows)
		if err != nil {
			return err
		}
		took, more, err := s.workbookRound(file, rows)
		if err != nil {
			return err
		}
		rates = append(rates, perSecond(rows, took))
		ratios, kept = append(ratios, alone.Seconds()/made.Seconds()), append(kept, alone.Seconds()/took.Seconds())
		memory = append(memory, more)
	}
	what := fmt.Sprintf("XLSX file of %d rows", rows)
	r.tell(what+": read and on disk as records, rows a second", spread(rates))
	r.atLeast(what+": made into records, rate against zip and xml alone", median(ratios), 0.5, "")
	r.atLeast(what+": on disk as records, rate against zip and xml alone", median(kept), 0.5, "")
	r.atMost(what+": own memory more than when idle", median(memory), 32, "MB")
	return nil
}

// The parts of a workbook, but for its sheet.
var workbookParts = []struct{ name, text string }{
	{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`},
	{"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
	{"xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Members" sheetId="1" r:id="rId1"/></sheets></workbook>`},
	{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
}

const sheetPart = "xl/worksheets/sheet1.xml"

// writeWorkbook makes a workbook of so many rows below headings.
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
	w, err := z.Create(sheetPart)
	if err != nil {
		return err
	}
	if err := writeSheet(w, rows); err != nil {
		return err
	}
	return z.Close()
}

func writeSheet(to io.Writer, rows int) error {
	w := bufio.NewWriterSize(to, 1<<20)
	_, _ = w.WriteString(`<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`) // Flush tells
	row := func(n int, cells ...string) {
		_, _ = fmt.Fprintf(w, `<row r="%d">`, n)
		for i, text := range cells {
			_, _ = fmt.Fprintf(w, `<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>`, 'A'+i, n, text)
		}
		_, _ = w.WriteString(`</row>`)
	}
	row(1, "Number", "First name", "Last name", "Email", "Postcode")
	for i := range rows {
		row(i+2, fmt.Sprint(i), "Ada", fmt.Sprintf("Lovelace %d", i), fmt.Sprintf("ada.%d@example.org", i), fmt.Sprintf("%05d", i%100_000))
	}
	_, _ = w.WriteString(`</sheetData></worksheet>`)
	return w.Flush()
}

// readWorkbook takes the sheet apart with the standard library.
func readWorkbook(path string) (time.Duration, error) {
	began := time.Now()
	z, err := zip.OpenReader(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = z.Close() }() // only read
	f, err := z.Open(sheetPart)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }() // only read
	d := xml.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for {
		if _, err := d.RawToken(); err == io.EOF {
			return time.Since(began), nil
		} else if err != nil {
			return 0, err
		}
	}
}

// opened is a file as package record wants it.
type opened struct {
	*os.File
	size int64
}

func (o opened) Size() int64 { return o.size }

// makeWorkbookRecords makes records of its rows.
func makeWorkbookRecords(path string, rows int) (time.Duration, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	began := time.Now()
	r, err := record.Open(opened{f, info.Size()}, record.Options{Kind: record.XLSX})
	if err != nil {
		return 0, err
	}
	defer func() { _ = r.Close() }() // only read
	n := 0
	for ; err == nil; n++ {
		_, err = r.Next()
	}
	if err != io.EOF || n != rows+1 { // the end
		return 0, fmt.Errorf("%d records were made, not %d: %w", n-1, rows, err)
	}
	return time.Since(began), nil
}

// workbookRound is tableRound for a workbook.
func (s settings) workbookRound(file string, rows int) (took time.Duration, more float64, err error) {
	dir, err := os.MkdirTemp(filepath.Dir(file), "in-")
	if err != nil {
		return 0, 0, err
	}
	set := bird.Settings{Sources: []bird.Part{{"id": "files", "kind": "folder", "name": "Files", "path": dir}}}
	err = s.withBird(set, func(b *bird.Bird) error {
		settle()
		if err := writeWorkbook(filepath.Join(dir, "small.xlsx"), 1); err != nil {
			return err
		}
		wait, err := waitEvents(b, 1)
		if err != nil {
			return err
		}
		idle := b.Process.Own()
		most, err := peak(b.Process, func() (err error) {
			if err = os.Link(file, filepath.Join(dir, "large.xlsx")); err == nil {
				took, err = waitEvents(b, rows+1)
			}
			return err
		})
		took, more = took-wait, most-idle
		return err
	})
	return took, more, err
}

// waitEvents says how long it takes until there are so many records.
func waitEvents(b *bird.Bird, records int) (time.Duration, error) {
	began := time.Now()
	for time.Since(began) < limit {
		st, err := b.Status()
		if err != nil {
			return 0, err
		}
		if st.Events >= uint64(records) {
			return time.Since(began), nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	return 0, fmt.Errorf("%d records have not come in", records)
}
