package sheet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/record"
)

// Bounds of what a survey keeps in mind of a column.
const (
	surveySamples = 5
	surveyValues  = 100_000 // with more rows, nobody can tell whether a column is a key
)

// Survey says what is in a spreadsheet, without sending or remembering anything. An
// error is a sentence.
func Survey(ctx context.Context, src *core.Source) (core.Survey, error) {
	s := &Sheet{src: src, cfg: src.Sheet, name: filepath.Base(src.Sheet.Path)}
	if why := s.stat(); why != "" {
		return core.Survey{}, core.Errorf(core.CodeUnavailable, "%s", why)
	}
	t, err := s.open(ctx)
	if err != nil {
		return core.Survey{}, s.asError(err)
	}
	defer t.close()
	v := newViewer(t.columns)
	for {
		rec, err := t.next(ctx)
		switch bad, isBad := errors.AsType[*record.Bad](err); {
		case err == io.EOF:
			return v.survey(s), nil
		case isBad:
			v.bad(s.name, bad)
		case err != nil:
			return core.Survey{}, s.asError(err)
		default:
			v.row(rec)
		}
	}
}

func (s *Sheet) asError(err error) error {
	if bad, ok := errors.AsType[*trouble](err); ok {
		return core.Errorf(core.CodeUnavailable, "%s", bad.text)
	}
	return err
}

// viewer gathers what a survey says.
type viewer struct {
	columns []core.Column
	at      map[string]int
	seen    []map[string]bool // values of each column; nil for one that is no key
	rows    int64
	samples [][]byte
	notes   []core.SourceNote
}

func newViewer(names []string) *viewer {
	v := &viewer{at: map[string]int{}}
	for i, name := range names {
		v.columns = append(v.columns, core.Column{Name: name})
		v.seen = append(v.seen, map[string]bool{})
		v.at[name] = i
	}
	return v
}

func (v *viewer) bad(name string, b *record.Bad) {
	if len(v.notes) < maxTold {
		v.notes = append(v.notes, core.SourceNote{Where: fmt.Sprintf("%s, line %d", name, b.Line), Text: b.Text})
	}
}

func (v *viewer) row(rec record.Record) {
	v.rows++
	if len(v.samples) < core.MaxSurveySamples {
		v.samples = append(v.samples, rec.Data)
	}
	cells := make([]string, len(v.columns))
	source.Fields(rec.Data, func(key, val []byte) {
		if i, ok := v.at[textOf(key, true)]; ok {
			cells[i] = strings.TrimSpace(textOf(val, false))
		}
	})
	for i, cell := range cells {
		v.cell(i, cell)
	}
}

// cell takes one cell. A column is a key no more once a value came twice or none did.
func (v *viewer) cell(i int, text string) {
	c := &v.columns[i]
	if text != "" && len(c.Samples) < surveySamples && !slices.Contains(c.Samples, text) {
		c.Samples = append(c.Samples, text)
	}
	switch seen := v.seen[i]; {
	case seen == nil:
	case text == "" || seen[text] || len(seen) >= surveyValues:
		v.seen[i] = nil
	default:
		seen[text] = true
	}
}

func (v *viewer) survey(s *Sheet) core.Survey {
	for i := range v.columns {
		v.columns[i].Key = v.rows > 0 && v.seen[i] != nil
	}
	return core.Survey{
		Text:    number(int(v.rows), "row") + ", with " + number(len(v.columns), "column") + ".",
		Records: v.rows, Columns: v.columns, Samples: v.samples, Notes: v.notes, Layout: s.cfg.Layout,
	}
}
