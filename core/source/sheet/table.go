package sheet

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/gate"
	"hookbird/core/source/record"
)

// table is the rows of a copy of the file.
type table struct {
	file    copied
	close   func()
	o       record.Options
	reader  record.Reader
	columns []string
}

// open copies the file and begins to read it.
func (s *Sheet) open(ctx context.Context) (*table, error) {
	c, at, done, err := copyOf(ctx, s.cfg.Path)
	if err != nil {
		return nil, s.broken(ctx, err)
	}
	t := &table{file: c, close: done}
	if at != s.seen.stamp {
		err = errChanged
	} else {
		err = t.begin(s.name, s.cfg.Layout)
	}
	if err != nil {
		done()
		return nil, s.broken(ctx, err)
	}
	return t, nil
}

// begin finds out how the file is written, and reads its headings.
func (t *table) begin(name string, l core.Layout) error {
	var d record.Detector
	if _, err := io.Copy(&d, t.file); err != nil {
		return err
	}
	found, text := d.Encoding()
	if !text && l.Encoding == "" {
		return core.Errorf(core.CodeInvalid, "%s is not a text file with columns. Save it as CSV.", name)
	}
	t.o = record.Options{Kind: record.CSV, Encoding: record.Encoding(cmp.Or(l.Encoding, string(found))), Delimiter: l.Delimiter}
	if err := t.rewind(); err != nil {
		return err
	}
	if err := t.headings(); err != nil {
		return err
	}
	return t.rewind()
}

// headingRows is how many rows are looked at for their columns.
const headingRows = 200

// headings takes the columns of the longest of the first rows: shorter ones lack
// those at the end. There are none as long as there is no row.
func (t *table) headings() error {
	for range headingRows {
		rec, err := t.reader.Next()
		if err == io.EOF {
			return nil
		} else if err != nil && !isBad(err) {
			return err
		}
		var names []string
		source.Fields(rec.Data, func(key, _ []byte) { names = append(names, textOf(key, true)) })
		if len(names) > len(t.columns) {
			t.columns = names
		}
	}
	return nil
}

// rewind begins anew with the first row.
func (t *table) rewind() (err error) {
	if _, err := t.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	t.reader, err = record.New(t.file, t.o)
	return err
}

// next gives the next row, until the program ends.
func (t *table) next(ctx context.Context) (record.Record, error) {
	if err := ctx.Err(); err != nil {
		return record.Record{}, err
	}
	return t.reader.Next()
}

func isBad(err error) bool {
	_, ok := errors.AsType[*record.Bad](err)
	return ok
}

// rows has the rows accepted for which it is time.
func (s *Sheet) rows(ctx context.Context, t *table) error {
	if t.columns == nil { // nothing is known of a sheet without rows
		return (&reading{s: s, columns: s.memory.Columns}).finish(ctx, t)
	}
	err := s.host.Columns(ctx, s.src.ID, t.columns)
	if core.CodeOf(err) == core.CodeConflict {
		return &trouble{text: core.Sentence(err), asks: true, err: err}
	} else if err != nil {
		return err
	}
	r := &reading{s: s, columns: t.columns, holders: map[hash]holder{}}
	if r.alias, err = s.alias(); err != nil {
		return err
	}
	if err := r.survey(ctx, t); err != nil {
		return err
	}
	return r.finish(ctx, t)
}

func (r *reading) finish(ctx context.Context, t *table) error {
	if err := r.decide(time.Now()); err != nil {
		return err
	}
	r.s.found = r.summary()
	return r.accept(ctx, t)
}

// alias gives the names by which columns are known here that are called otherwise
// in the file by now.
func (s *Sheet) alias() (names map[string]string, err error) {
	value, ok, err := s.host.Mark(s.src.ID, gate.MarkAlias)
	if err != nil || !ok {
		return nil, err
	}
	if err := json.Unmarshal(value, &names); err != nil {
		return nil, fmt.Errorf("read names of columns of source %s: %w", s.src.ID, err)
	}
	return names, nil
}
