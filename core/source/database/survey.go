package database

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/source"
)

// Bounds of a survey.
const (
	maxTables      = 5000
	surveyRows     = 1000 // that are looked at to find out about columns
	surveyBytes    = 4 << 20
	columnSamples  = 5
	maxSampleChars = 60
)

// Survey looks at a database: whether it lets somebody in, which tables it has, and,
// once a table or a query is chosen, what its columns are. Nothing is sent or
// remembered. Errors are sentences.
func Survey(ctx context.Context, src *core.Source, env source.Env) (core.Survey, error) {
	d := src.Database
	s, err := newSession(d, env.Vault)
	if err != nil {
		return core.Survey{}, err
	}
	defer s.close()
	if _, err := check(d); err != nil && (chosen(d) || d.Kind == core.SQLite && !filepath.IsAbs(d.File)) {
		return core.Survey{}, err
	}
	v := core.Survey{Records: -1}
	if v.Tables, err = s.tables(ctx); err != nil {
		return core.Survey{}, err
	}
	if n := readOnlyNote(d); n != nil {
		v.Notes = append(v.Notes, *n)
	}
	if !chosen(d) {
		v.Text = "The connection works. " + tablesText(len(v.Tables)) + " can be read."
		return v, nil
	}
	return v, s.look(ctx, &v)
}

// chosen tells whether it is known what to read.
func chosen(d *core.DatabaseSource) bool { return d.Table != "" || d.Query != "" }

// readOnlyNote tells of a server that cannot be told to only read; nil for others.
func readOnlyNote(d *core.DatabaseSource) *core.SourceNote {
	if d.Kind != core.SQLServer {
		return nil
	}
	return &core.SourceNote{Time: time.Now(), Where: titleOf(d), Text: "SQL Server has no connections that can only read. Hookbird never writes; to be sure, use a user who has the right to read and no other, like the role db_datareader."}
}

func tablesText(n int) string {
	if n == 1 {
		return "1 table or view"
	}
	return grouped(int64(n)) + " tables and views"
}

// tables gives the names of tables and views.
func (s *session) tables(ctx context.Context) ([]string, error) {
	var names []string
	err := s.read(ctx, s.dialect.tables(), nil, func(r row) error {
		name := plain(r.values[1])
		if schema := plain(r.values[0]); schema != "" {
			name = schema + "." + name
		}
		names = append(names, name)
		if len(names) >= maxTables {
			return errEnough
		}
		return nil
	})
	return names, err
}

// look surveys the chosen table or query.
func (s *session) look(ctx context.Context, v *core.Survey) error {
	r, err := newReading(ctx, s)
	if err != nil {
		return err
	}
	if s.source.Rising != "" {
		if err := r.find(ctx); err != nil {
			return err
		}
	}
	found, err := r.sample(ctx)
	if err != nil {
		return err
	}
	keys, err := r.keyOf(ctx)
	if err != nil {
		return err
	}
	v.Samples, v.Columns = found.records, found.describe(r, keys)
	if err := r.total(ctx, v, found); err != nil {
		return err
	}
	v.Text = surveyText(r, v)
	if n := len(found.long); n > 0 {
		v.Notes = append(v.Notes, core.SourceNote{Time: time.Now(), Where: titleOf(s.source), Text: fmt.Sprintf("Values that are longer than %d KB are left out: %s.", maxBinary>>10, strings.Join(found.long, ", "))})
	}
	return nil
}

// keyOf gives the column that is the key of a table by itself; "" for none.
func (r *reading) keyOf(ctx context.Context) (string, error) {
	if r.query != nil {
		return "", nil
	}
	names, err := r.primary(ctx)
	if err != nil || len(names) != 1 {
		return "", err
	}
	return names[0], nil
}

// total counts the rows, and those that would never come.
func (r *reading) total(ctx context.Context, v *core.Survey, found *findings) error {
	if r.query != nil {
		if found.all {
			v.Records = int64(found.rows)
		}
		return nil
	}
	n, err := r.count(ctx)
	v.Records = n
	if err != nil || r.rising < 0 || n < 0 {
		return err
	}
	all, err := (&reading{session: r.session, dialect: r.dialect, source: r.source, from: r.from, rising: -1}).count(ctx)
	if err != nil || all <= n {
		return err
	}
	v.Notes = append(v.Notes, core.SourceNote{Time: time.Now(), Where: titleOf(r.source), Text: fmt.Sprintf(
		"%s nothing in %s, and will not come in.", have(all-n), r.rise().name)})
	return nil
}

func have(n int64) string {
	if n == 1 {
		return "1 row has"
	}
	return grouped(n) + " rows have"
}

func surveyText(r *reading, v *core.Survey) string {
	columns := fmt.Sprintf("%d columns", len(v.Columns))
	if len(v.Columns) == 1 {
		columns = "1 column"
	}
	switch {
	case v.Records < 0:
		return fmt.Sprintf("Many rows in %s, with %s.", r.name(), columns)
	case v.Records == 1:
		return fmt.Sprintf("1 row in %s, with %s.", r.name(), columns)
	}
	return fmt.Sprintf("%s rows in %s, with %s.", grouped(v.Records), r.name(), columns)
}

// findings are what the first rows say.
type findings struct {
	rows    int
	bytes   int
	all     bool // there are no more
	records [][]byte
	long    []string // columns with values that are left out
	columns []finding
}

type finding struct {
	values map[string]bool // nil once one came twice, or was empty
	empty  int
	times  int // values that look like a time
	whole  int // values that are whole numbers
	shown  []string
}

// sample reads the first rows.
func (r *reading) sample(ctx context.Context) (*findings, error) {
	f := &findings{all: true, columns: make([]finding, len(r.columns))}
	for i := range f.columns {
		f.columns[i].values = map[string]bool{}
	}
	text, args := r.some()
	err := r.session.read(ctx, text, args, func(one row) error {
		if f.rows == surveyRows || f.bytes > surveyBytes {
			f.all = false
			return errEnough
		}
		if len(one.values) != len(r.columns) {
			return errShape
		}
		f.add(r, one)
		return nil
	})
	if errors.Is(err, errShape) || errors.Is(err, errMoved) {
		err = core.Wrap(core.CodeUnavailable, err, r.session.fill(wordsBusy))
	}
	return f, err
}

// some gives a statement for some rows, the first ones if the rising column is known.
func (r *reading) some() (text string, args []any) {
	switch {
	case r.rising >= 0:
		return r.page(point{}, surveyRows+1)
	case r.query == nil:
		after, end := r.dialect.first(surveyRows + 1)
		return "SELECT " + after + r.list + " FROM " + r.from + end, nil
	}
	return r.query.text(r.dialect), r.query.args(nil)
}

func (f *findings) add(r *reading, one row) {
	f.rows++
	record, ok := appendRow(nil, r.columns, one.values, func(c column) {
		if !slices.Contains(f.long, c.name) {
			f.long = append(f.long, c.name)
		}
	})
	f.bytes += len(record)
	if ok && len(f.records) < core.MaxSurveySamples {
		f.records = append(f.records, record)
	}
	for i, v := range one.values {
		f.columns[i].add(r.columns[i].class, v)
	}
}

func (f *finding) add(c class, v any) {
	cell, _ := appendCell(nil, c, v)
	shown := strings.Trim(string(cell), `"`)
	if v == nil || shown == "" {
		f.empty++
		f.values = nil
		return
	}
	if _, ok := v.(int64); ok {
		f.whole++
	}
	if _, ok := v.(time.Time); ok || looksLikeTime(shown) {
		f.times++
	}
	if f.values != nil && f.values[shown] {
		f.values = nil
	} else if f.values != nil {
		f.values[shown] = true
	}
	if len(f.shown) < columnSamples && !slices.Contains(f.shown, brief(shown)) {
		f.shown = append(f.shown, brief(shown))
	}
}

// looksLikeTime tells whether a text begins with a date, year first.
func looksLikeTime(s string) bool {
	if len(s) < len(time.DateOnly) {
		return false
	}
	_, err := time.Parse(time.DateOnly, s[:len(time.DateOnly)])
	return err == nil
}

func brief(s string) string {
	if utf8.RuneCountInString(s) > maxSampleChars {
		return string([]rune(s)[:maxSampleChars]) + "…"
	}
	return s
}

// describe gives what is known of the columns.
func (f *findings) describe(r *reading, key string) []core.Column {
	list := make([]core.Column, len(r.columns))
	for i, c := range r.columns {
		found := &f.columns[i]
		unique := found.values != nil
		list[i] = core.Column{
			Name: c.name, Samples: found.shown,
			Key:    c.name == key || unique && f.rows > 1 && tells(c.class),
			Rising: rises(c, found, f.rows, unique || c.name == key),
		}
	}
	return list
}

// tells tells whether values of a class can tell rows apart.
func tells(c class) bool {
	switch c {
	case single, double, truth, blob, document, clock, date, wall, oldWall, instant:
		return false
	}
	return true
}

// rises tells whether the values of a column can say what is new: times, and whole
// numbers of which each stands for one row.
func rises(c column, f *finding, rows int, unique bool) bool {
	switch c.class {
	case date, oldWall, instant:
		return f.empty < rows || rows == 0
	case wall, dynamic:
		whole := f.whole == rows && unique && (rows > 0 || strings.Contains(c.typeName, "INT"))
		return whole || rows == 0 && c.class == wall || rows > 0 && f.times > 0 && f.times+f.empty == rows
	case numeric:
		return unique && (f.whole == rows || wholeType(c.typeName))
	case blob:
		return c.typeName == "TIMESTAMP" || c.typeName == "ROWVERSION"
	}
	return false
}

// wholeType tells whether a type holds whole numbers that are large enough to count.
func wholeType(name string) bool {
	switch strings.TrimPrefix(name, "UNSIGNED ") {
	case "INT", "BIGINT", "MEDIUMINT", "INT4", "INT8":
		return true
	}
	return false
}
