package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"hookbird/core/bench/bird"
	"hookbird/core/bench/process"
)

// longFile is a file of many rows, and what is to be done with it.
type longFile struct {
	name    string // "CSV"
	rival   string // that does nothing but read it
	rows    int
	write   func(path string, rows int) error
	alone   func(path string, rows int) error                   // reads it with the rival
	records func(path string, rows int) (size int64, err error) // makes records of it, of so many bytes in all
}

// readings are what came of the rounds of one file.
type readings struct {
	alone, made, kept []cost    // read by the rival, made into records, on disk as records
	written           []cost    // the bytes of the records appended to a plain file
	memory            []float64 // of the engine meanwhile, in MB more than when idle
}

// measure has a folder read the file, against reading it with the rival and doing
// nothing with it.
func (f *longFile) measure(s settings, r *report) error {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, "long"+f.ending())
	if err := f.write(path, f.rows); err != nil {
		return err
	}
	var got readings
	for range s.rounds {
		if err := f.round(s, path, &got); err != nil {
			return err
		}
	}
	f.tell(r, &got)
	return nil
}

// ending is what the name of such a file ends with.
func (f *longFile) ending() string { return "." + strings.ToLower(f.name) }

func (f *longFile) round(s settings, path string, got *readings) error {
	alone, err := costHere(func() error { return f.alone(path, f.rows) })
	if err != nil {
		return err
	}
	var size int64
	made, err := costHere(func() error {
		size, err = f.records(path, f.rows)
		return err
	})
	if err != nil {
		return err
	}
	written, err := costHere(func() error { return appendAlone(filepath.Dir(path), f.rows, size) })
	if err != nil {
		return err
	}
	kept, more, err := f.commit(s, path)
	if err != nil {
		return err
	}
	got.alone, got.made, got.kept = append(got.alone, alone), append(got.made, made), append(got.kept, kept)
	got.written, got.memory = append(got.written, written), append(got.memory, more)
	return nil
}

// tell says what came of it. The bars are those of the whole way to the disk; how much
// of it is making the records is the part that has a bar of its own.
func (f *longFile) tell(r *report, got *readings) {
	what := fmt.Sprintf("%s of %d rows", f.name, f.rows)
	for _, side := range []struct {
		name string
		all  []cost
	}{{f.rival + " alone", got.alone}, {"made into records", got.made}, {"their bytes in a plain file", got.written}, {"read and committed", got.kept}} {
		rate, cpu := make([]float64, len(side.all)), make([]float64, len(side.all))
		for i, c := range side.all {
			rate[i], cpu[i] = perSecond(f.rows, c.wall), float64(c.cpu.Nanoseconds())/1000/float64(f.rows)
		}
		r.tell(what+", "+side.name+": rows a second; µs of CPU a row", spread(rate)+"; "+spread(cpu))
	}
	against := " at the rate of " + f.rival
	wall, cpu := ratios(got.alone, got.made)
	r.tell(what+", made into records"+against+": wall", spread(wall))
	r.atLeast(what+", made into records"+against+": CPU", median(cpu), 0.5, "")
	wall, _ = ratios(got.alone, got.written)
	r.tell(what+", their bytes in a plain file"+against+": wall", spread(wall))
	wall, cpu = ratios(got.alone, got.kept)
	r.aim(what+", committed"+against+": wall", median(wall), 0.5)
	r.aim(what+", committed"+against+": CPU", median(cpu), 0.5)
	r.atMost(what+": own memory more than when idle", median(got.memory), 32, " MB")
}

// rowsASync is how many rows a folder hands on at once, to be on disk together.
const rowsASync = 1000

// appendAlone appends so many bytes of so many rows to a file, and has the disk take
// them as often as the engine does: what keeping them costs at least, without a store.
func appendAlone(dir string, rows int, size int64) (err error) {
	f, err := os.CreateTemp(dir, "plain-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(f.Name())) }()
	slice := bytes.Repeat([]byte("x"), int(size/int64(rows))*rowsASync)
	for range rows / rowsASync {
		if _, err := f.Write(slice); err != nil {
			return err
		}
		if err := syncData(f); err != nil {
			return err
		}
	}
	return nil
}

// ratios are the rates of b against those of a, round by round.
func ratios(a, b []cost) (wall, cpu []float64) {
	for i := range a {
		wall, cpu = append(wall, ratio(a[i].wall, b[i].wall)), append(cpu, ratio(a[i].cpu, b[i].cpu))
	}
	return wall, cpu
}

// costHere is what something costs that this program does itself.
func costHere(do func() error) (cost, error) {
	runtime.GC() // what was done before pays for itself
	cpu, began := process.Mine(), time.Now()
	err := do()
	return cost{wall: time.Since(began), cpu: process.Mine() - cpu}, err
}

// commit gives what it costs an engine until the rows are on disk as records, counted
// from when the file has been left alone for long enough, and the memory that it takes
// meanwhile, in MB.
func (f *longFile) commit(s settings, path string) (c cost, more float64, err error) {
	dir, err := os.MkdirTemp(filepath.Dir(path), "in-")
	if err != nil {
		return c, 0, err
	}
	set := bird.Settings{Sources: []bird.Part{{"id": "files", "kind": "folder", "name": "Files", "path": dir}}}
	err = s.withBird(set, func(b *bird.Bird) error {
		settle()
		if err := f.write(filepath.Join(dir, "short"+f.ending()), 1); err != nil {
			return err
		}
		wait, err := waitEvents(b, 1)
		if err != nil {
			return err
		}
		settle()
		idle, cpu := b.Own(), b.CPU()
		most, err := peak(b.Process, func() (err error) {
			if err = os.Link(path, filepath.Join(dir, "long"+f.ending())); err == nil {
				c.wall, err = waitEvents(b, f.rows+1)
			}
			return err
		})
		settle()
		c.wall, c.cpu, more = max(c.wall-wait, time.Millisecond), b.CPU()-cpu, most-idle
		return err
	})
	return c, more, errors.Join(err, os.RemoveAll(dir))
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
		time.Sleep(20 * time.Millisecond)
	}
	return 0, fmt.Errorf("%d records have not come in", records)
}
