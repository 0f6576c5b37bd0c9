package sheet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"hookbird/core"
	"hookbird/core/source/gate"
	"hookbird/core/source/record"
)

// table is the rows of a copy of the file.
type table struct {
	file    copied
	done    func() // frees the copy
	o       record.Options
	reader  record.Reader
	columns []string // nil if there is nothing in it
}

// open copies the file and begins to read it.
func (s *Sheet) open(ctx context.Context) (*table, error) {
	if err := s.isTable(); err != nil {
		return nil, err
	}
	c, at, done, err := copyOf(ctx, s.cfg.Path)
	if err != nil {
		return nil, s.broken(ctx, err)
	}
	kind, _ := s.kind()
	t := &table{file: c, done: done, o: record.Options{Kind: kind}.With(s.cfg.Layout)}
	if at != s.seen.stamp {
		err = errChanged
	} else {
		err = t.rewind()
	}
	if err != nil {
		done()
		return nil, s.broken(ctx, err)
	}
	t.columns = t.reader.Columns()
	return t, nil
}

// kind is what the name says that the file is, 0 if what is in it has to say.
func (s *Sheet) kind() (kind record.Kind, table bool) {
	kind, ok := record.KindOf(s.name)
	if !ok {
		return 0, true
	}
	return kind, kind.Table()
}

func (s *Sheet) isTable() error {
	if _, table := s.kind(); !table {
		return &trouble{text: s.name + " is not a spreadsheet. Choose a file of Excel, LibreOffice or CSV: .xlsx, .xlsm, .ods or .csv."}
	}
	return nil
}

// rewind begins anew with the first row.
func (t *table) rewind() (err error) {
	if t.reader != nil {
		_ = t.reader.Close() // it was only read
	}
	t.reader, err = record.Open(t.file, t.o)
	return err
}

func (t *table) close() {
	if t.reader != nil {
		_ = t.reader.Close() // it was only read
	}
	t.done()
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
	if t.columns == nil {
		if _, err := t.next(ctx); err != io.EOF {
			return s.broken(ctx, err)
		}
		return (&reading{s: s, columns: s.memory.Columns}).finish(ctx, t)
	}
	err := s.host.Columns(ctx, s.src.ID, t.columns)
	if core.CodeOf(err) == core.CodeConflict {
		return &trouble{text: core.Sentence(err), asks: true, err: err}
	} else if err != nil {
		return err
	}
	r := &reading{s: s, columns: t.columns, holders: map[hash]holder{}, before: s.told}
	s.told = map[string]bool{}
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
