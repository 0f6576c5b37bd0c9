package database

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"hookbird/core"
)

// reading is what is read: a table or a query, made ready for its database.
type reading struct {
	session *session
	dialect dialect
	source  *core.DatabaseSource

	query   statement // of a query
	from    string    // what follows FROM, of a table
	list    string    // what is selected
	columns []column
	rising  int   // which of them rises
	keys    []int // which tell rows apart; nil: see identity
}

// check tells what is wrong with settings before a database is asked.
func check(d *core.DatabaseSource) (statement, error) {
	switch {
	case d.Kind == core.SQLite && d.File == "":
		return nil, core.Errorf(core.CodeInvalid, "Choose the file of the database.")
	case d.Kind == core.SQLite && !filepath.IsAbs(d.File):
		return nil, core.Errorf(core.CodeInvalid, "Give the whole path of the file %s.", d.File)
	case d.Table == "" && d.Query == "":
		return nil, core.Errorf(core.CodeInvalid, "Choose a table, or write a query.")
	case d.Table != "" && d.Query != "":
		return nil, core.Errorf(core.CodeInvalid, "Choose either a table or a query.")
	case d.Table != "":
		return nil, nil
	}
	return parseQuery(d.Kind, d.Query)
}

// newReading looks at the columns, and finds those that the settings name.
func newReading(ctx context.Context, s *session) (*reading, error) {
	query, err := check(s.source)
	if err != nil {
		return nil, err
	}
	r := &reading{session: s, dialect: s.dialect, source: s.source, query: query, list: "*", rising: -1}
	if query == nil {
		r.from = tableName(s.dialect, s.source.Table)
	}
	if err := r.describe(ctx); err != nil {
		return nil, err
	}
	return r, nil
}

// describe asks for the columns.
func (r *reading) describe(ctx context.Context) error {
	after, end := r.dialect.first(0)
	text, args := "SELECT "+after+"* FROM "+r.from+end, []any(nil)
	if r.query != nil {
		text, args = r.query.text(r.dialect), r.query.args(nil)
	}
	columns, err := r.session.describe(ctx, text, args)
	if err != nil {
		return err
	}
	r.columns = columns
	if err := distinct(columns); err != nil {
		return err
	}
	r.bare()
	return nil
}

// bare has SQLite give values as they are: of columns that were declared to hold
// times the driver makes times, and what is written there would be lost.
func (r *reading) bare() {
	if r.source.Kind != core.SQLite {
		return
	}
	list := make([]string, len(r.columns))
	for i, c := range r.columns {
		name := r.dialect.quote(c.name)
		list[i] = "+" + name + " AS " + name
	}
	r.list = strings.Join(list, ", ")
}

// distinct refuses columns that cannot be told apart by name.
func distinct(columns []column) error {
	seen := map[string]bool{}
	for i, c := range columns {
		switch {
		case c.name == "" || c.name == "?column?":
			return core.Errorf(core.CodeInvalid, "Column %d of the query has no name. Give it one: … AS name", i+1)
		case seen[c.name]:
			return core.Errorf(core.CodeInvalid, "Two columns of the query are called %s. Give one of them another name: … AS name", c.name)
		}
		seen[c.name] = true
	}
	return nil
}

// find finds the columns that the settings name.
func (r *reading) find(ctx context.Context) error {
	d := r.source
	if d.Rising == "" {
		return core.Errorf(core.CodeInvalid, "Choose the column whose values rise, a number or a time, by which what is new is told.")
	}
	var err error
	if r.rising, err = r.column(d.Rising); err != nil {
		return err
	}
	names := d.Keys
	if len(names) == 0 && r.query == nil {
		if names, err = r.primary(ctx); err != nil {
			return err
		}
	}
	if len(names) == 0 && d.Changed {
		return core.Errorf(core.CodeInvalid, "Choose the columns that tell rows apart: without them a row that has changed is not known again.")
	}
	r.keys = nil
	for _, name := range names {
		i, err := r.column(name)
		if err != nil {
			return err
		}
		r.keys = append(r.keys, i)
	}
	return nil
}

// column gives where a column stands.
func (r *reading) column(name string) (int, error) {
	is := func(c column) bool { return c.name == name }
	if i := slices.IndexFunc(r.columns, is); i >= 0 {
		return i, nil
	}
	is = func(c column) bool { return strings.EqualFold(c.name, name) }
	if i := slices.IndexFunc(r.columns, is); i >= 0 {
		return i, nil
	}
	return 0, core.Errorf(core.CodeInvalid, "There is no column %s in %s. Choose another one.", name, r.name())
}

// name is what to call the table or query.
func (r *reading) name() string {
	if r.source.Table != "" {
		return r.source.Table
	}
	return "the query"
}

// primary gives the columns of the table's key. Views have none, and not everybody
// may ask.
func (r *reading) primary(ctx context.Context) ([]string, error) {
	query, args := r.dialect.keys(r.source.Table)
	lines, err := r.session.texts(ctx, query, args...)
	if core.CodeOf(err) == core.CodeInvalid {
		return nil, nil
	}
	var names []string
	for _, line := range lines {
		names = append(names, line[0])
	}
	return names, err
}

// names are those of the columns.
func (r *reading) names() []string {
	names := make([]string, len(r.columns))
	for i, c := range r.columns {
		names[i] = c.name
	}
	return names
}

// rise is the rising column.
func (r *reading) rise() column { return r.columns[r.rising] }

// page gives the statement for up to n rows of a table from a point on, in order; or
// for all that a query gives after a point.
func (r *reading) page(from point, n int) (text string, args []any) {
	if r.query != nil {
		return r.whole(from)
	}
	column := r.dialect.quote(r.rise().name)
	where := column + " IS NOT NULL"
	if from.kind != noPoint {
		where, args = column+" >= "+r.dialect.place(1), []any{r.bind(from)}
	}
	after, end := r.dialect.first(n)
	return "SELECT " + after + r.list + " FROM " + r.from + " WHERE " + where + " ORDER BY " + column + end, args
}

// whole gives the query.
func (r *reading) whole(from point) (text string, args []any) {
	if from.kind == noPoint {
		from = r.dialect.lowest(r.rise().class, r.rise().typeName)
	}
	text = r.query.text(r.dialect)
	if r.source.Kind == core.SQLite {
		text = "SELECT " + r.list + " FROM (" + text + ")"
	}
	return text, r.query.args(r.bind(from))
}

// bind gives what the driver takes for a value of the rising column.
func (r *reading) bind(p point) any { return r.dialect.bind(r.rise().class, p) }

// greatest gives the greatest value of the rising column of a table; false if there is
// none.
func (r *reading) greatest(ctx context.Context) (point, bool, error) {
	return r.ordered(ctx, "")
}

// back gives the value that n rows of a table follow, at most; false if there are
// no more than n.
func (r *reading) back(ctx context.Context, n int) (point, bool, error) {
	return r.ordered(ctx, r.dialect.nth(n))
}

func (r *reading) ordered(ctx context.Context, nth string) (p point, ok bool, err error) {
	column := r.dialect.quote(r.rise().name)
	after, end := "", nth
	if nth == "" {
		after, end = r.dialect.first(1)
	}
	what := column
	if r.source.Kind == core.SQLite {
		what = "+" + column
	}
	text := "SELECT " + after + what + " FROM " + r.from + " WHERE " + column + " IS NOT NULL ORDER BY " + column + " DESC" + end
	v, _, err := r.session.one(ctx, text)
	if err != nil || v == nil {
		return point{}, false, err
	}
	p, ok = pointOf(r.rise().class, v)
	return p, ok, nil
}

// count counts the rows of a table that have a value in the rising column; -1 if that
// takes too long.
func (r *reading) count(ctx context.Context) (int64, error) {
	text := "SELECT COUNT(*) FROM " + r.from
	if r.rising >= 0 {
		text += " WHERE " + r.dialect.quote(r.rise().name) + " IS NOT NULL"
	}
	v, _, err := r.session.one(ctx, text)
	if errors.Is(err, errSlow) {
		return -1, nil
	}
	n, _ := v.(int64)
	return n, err
}
