package main

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/source/record"
)

// measureTable has a folder read a very long CSV file, against reading it with
// encoding/csv and doing nothing with it. The bar is for making records of the rows;
// each record then has a place of its own in the store, which is the larger part.
func measureTable(s settings, r *report) error {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "long.csv")
	if err := writeTable(file, s.rows); err != nil {
		return err
	}
	var ratios, kept, rates, raw, memory []float64
	for range s.rounds {
		alone, err := readTable(file, s.rows)
		if err != nil {
			return err
		}
		made, err := makeRecords(file, s.rows)
		if err != nil {
			return err
		}
		took, more, err := s.tableRound(file)
		if err != nil {
			return err
		}
		raw, rates = append(raw, perSecond(s.rows, alone)), append(rates, perSecond(s.rows, took))
		ratios, kept = append(ratios, alone.Seconds()/made.Seconds()), append(kept, alone.Seconds()/took.Seconds())
		memory = append(memory, more)
	}
	what := fmt.Sprintf("CSV file of %d rows", s.rows)
	r.tell(what+": read with encoding/csv alone, rows a second", spread(raw))
	r.tell(what+": read and on disk as records, rows a second", spread(rates))
	r.tell(what+": the same against encoding/csv alone", spread(kept))
	r.tell(what+": own memory at most, more than when idle, MB", spread(memory))
	r.atLeast(what+": made into records, rate against encoding/csv alone", median(ratios), 0.5, "")
	r.atMost(what+": own memory more than when idle", median(memory), 32, "MB")
	return nil
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

// readTable reads it with the standard library.
func readTable(path string, rows int) (time.Duration, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }() // only read
	began := time.Now()
	r := csv.NewReader(bufio.NewReaderSize(f, 1<<20))
	r.ReuseRecord = true
	n := 0
	for ; err == nil; n++ {
		_, err = r.Read()
	}
	if err != io.EOF || n != rows+2 { // the headings, and the end
		return 0, fmt.Errorf("%d rows were read, not %d: %w", n-2, rows, err)
	}
	return time.Since(began), nil
}

// makeRecords makes records of its rows.
func makeRecords(path string, rows int) (time.Duration, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer func() { _ = f.Close() }() // only read
	began := time.Now()
	r, err := record.New(f, record.Options{Kind: record.CSV})
	n := 0
	for ; err == nil; n++ {
		_, err = r.Next()
	}
	if err != io.EOF || n != rows+1 { // the end
		return 0, fmt.Errorf("%d records were made, not %d: %w", n-1, rows, err)
	}
	return time.Since(began), nil
}

// tableRound gives how long it takes until the rows of a file are on disk as records,
// counted from when the file has been left alone for long enough, and the memory that
// it takes meanwhile, in MB.
func (s settings) tableRound(file string) (took time.Duration, more float64, err error) {
	dir, err := os.MkdirTemp(filepath.Dir(file), "in-")
	if err != nil {
		return 0, 0, err
	}
	set := bird.Settings{Sources: []bird.Part{{"id": "files", "kind": "folder", "name": "Files", "path": dir}}}
	err = s.withBird(set, func(b *bird.Bird) error {
		settle()
		idle := b.Process.Own()
		wait, err := s.drop(b, file, dir, 1, 1)
		if err != nil {
			return err
		}
		most, err := peak(b.Process, func() (err error) {
			took, err = s.drop(b, file, dir, s.rows, s.rows+1)
			return err
		})
		took, more = took-wait, most-idle
		return err
	})
	return took, more, err
}

// drop puts a file with the first rows of another into a folder, and says how long it
// takes until there are so many records.
func (s settings) drop(b *bird.Bird, file, dir string, rows, records int) (time.Duration, error) {
	target := filepath.Join(dir, fmt.Sprintf("%d.csv", rows))
	if rows == s.rows {
		if err := os.Link(file, target); err != nil {
			return 0, err
		}
	} else if err := writeTable(target, rows); err != nil {
		return 0, err
	}
	return waitEvents(b, records)
}
