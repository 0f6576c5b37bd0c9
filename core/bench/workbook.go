package main

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
)

// measureWorkbook has a folder read a large XLSX file, against taking its two large
// parts apart with archive/zip and encoding/xml, as a program does that knows nothing
// else.
func measureWorkbook(s settings, r *report) error {
	f := longFile{name: "XLSX", rival: "archive/zip and encoding/xml", rows: s.rows / 10, write: writeWorkbook, alone: readWorkbook, records: makeRecords}
	return f.measure(s, r)
}

// readWorkbook takes the texts and the sheet apart with the standard library.
func readWorkbook(path string, _ int) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer func() { _ = z.Close() }() // only read
	for _, part := range []string{textsPart, sheetPart} {
		if err := readPart(z, part); err != nil {
			return err
		}
	}
	return nil
}

func readPart(z *zip.ReadCloser, name string) error {
	f, err := z.Open(name)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	d := xml.NewDecoder(bufio.NewReaderSize(f, 1<<20))
	for err == nil {
		_, err = d.RawToken()
	}
	if err != io.EOF {
		return err
	}
	return nil
}
