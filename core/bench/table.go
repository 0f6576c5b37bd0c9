package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"

	"hookbird/core/source/record"
)

// measureTable has a folder read a very long CSV file, against encoding/csv.
func measureTable(s settings, r *report) error {
	f := longFile{name: "CSV", rival: "encoding/csv", rows: s.rows, write: writeTable, alone: readTable, records: makeRecords}
	return f.measure(s, r)
}

// writeTable makes a file of so many rows of about 100 bytes, as an office exports
// them.
func writeTable(path string, rows int) (err error) {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriterSize(f, 1<<20)
	_, _ = w.WriteString("Number,First name,Last name,Email,Street,Postcode,City,Joined\n") // Flush tells
	for i := range rows {
		_, _ = fmt.Fprintf(w, "%d,Ada,Lovelace %d,ada.%d@example.org,\"12, Main Street\",%05d,Dresden,2026-11-%02d\n", i, i, i, i%100_000, 1+i%28)
	}
	return w.Flush()
}

// readTable reads it with the standard library in the cheapest way, in which each row
// takes the place of the last one.
func readTable(path string, rows int) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	r := csv.NewReader(bufio.NewReaderSize(f, 1<<20))
	r.ReuseRecord = true
	n := 0
	for ; err == nil; n++ {
		_, err = r.Read()
	}
	if err != io.EOF || n != rows+2 { // the headings, and the end
		return fmt.Errorf("%d rows were read, not %d: %w", n-2, rows, err)
	}
	return nil
}

// makeRecords makes records of the rows of a file, and says how many bytes they have.
func makeRecords(path string, rows int) (size int64, err error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }() // only read
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	kind, _ := record.KindOf(path)
	r, err := record.Open(opened{f, info.Size()}, record.Options{Kind: kind})
	if err != nil {
		return 0, err
	}
	defer func() { _ = r.Close() }() // only read
	n := 0
	for ; err == nil; n++ {
		var rec record.Record
		rec, err = r.Next()
		size += int64(len(rec.Data))
	}
	if err != io.EOF || n != rows+1 { // the end
		return 0, fmt.Errorf("%d records were made, not %d: %w", n-1, rows, err)
	}
	return size, nil
}

// opened is a file as package record wants it.
type opened struct {
	*os.File
	size int64
}

func (o opened) Size() int64 { return o.size }
