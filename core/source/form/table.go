package form

import (
	"slices"
	"strings"
	"unicode"

	"hookbird/core"
)

// Table is what a table that was pasted holds for a form.
type Table struct {
	Fields  []string // of each column, the name of the field that it fills; "" for none
	Unknown []string // headings of columns that fill none
	Missing []string // labels of fields that no column fills
	Rows    []Row    // but those that are empty
}

// Row is one row of a table.
type Row struct {
	Line     int // as it is counted in the table, the headings being 1
	Values   map[string]string
	Problems core.Errors // as Check gives them
}

// Ready gives what can be filled in of the rows without problems.
func (t *Table) Ready() []map[string]string {
	var all []map[string]string
	for _, r := range t.Rows {
		if len(r.Problems) == 0 {
			all = append(all, r.Values)
		}
	}
	return all
}

// FromTable reads a table whose first row holds names or labels of fields, in any
// order. Case, spaces and punctuation do not count in them. What is wrong with a row
// stands in it; the error, CodeInvalid, is about the table as a whole.
func FromTable(src *core.Source, rows [][]string) (*Table, error) {
	head := slices.IndexFunc(rows, func(row []string) bool { return !isEmpty(row) })
	switch {
	case head < 0:
		return nil, wrong("There is nothing in this table. Copy it from the spreadsheet again, with the headings.")
	case len(rows)-head-1 > maxRows:
		return nil, tooMany()
	}
	t := newTable(src.Form, rows[head])
	if !slices.ContainsFunc(t.Fields, func(name string) bool { return name != "" }) {
		return nil, wrong("None of the headings is a field of this form. The first row has to hold names of its fields, such as %s.", list(labels(src.Form.Inputs)))
	}
	for i, cells := range rows[head+1:] {
		if isEmpty(cells) {
			continue
		}
		row := t.row(cells)
		row.Line = head + i + 2
		row.Problems = append(row.Problems, Check(src, row.Values)...)
		t.Rows = append(t.Rows, row)
	}
	if len(t.Rows) == 0 {
		return nil, wrong("There is nothing below the headings of this table.")
	}
	return t, nil
}

func isEmpty(row []string) bool {
	return !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" })
}

// newTable finds the field of each heading.
func newTable(f *core.FormSource, headings []string) *Table {
	t := &Table{Fields: make([]string, len(headings))}
	for _, same := range []func(heading string, in core.Input) bool{isName, isLabel, isLike} {
		for i, heading := range headings {
			if t.Fields[i] == "" {
				t.Fields[i] = t.free(f, func(in core.Input) bool { return same(strings.TrimSpace(heading), in) })
			}
		}
	}
	for i, heading := range headings {
		if heading = strings.TrimSpace(heading); t.Fields[i] == "" && heading != "" {
			t.Unknown = append(t.Unknown, heading)
		}
	}
	for _, in := range f.Inputs {
		if !slices.Contains(t.Fields, in.Name) {
			t.Missing = append(t.Missing, label(in))
		}
	}
	return t
}

// free gives the name of the first field that no column fills yet and that is the
// one; "" for none.
func (t *Table) free(f *core.FormSource, is func(core.Input) bool) string {
	for _, in := range f.Inputs {
		if is(in) && !slices.Contains(t.Fields, in.Name) {
			return in.Name
		}
	}
	return ""
}

// A heading is a field's if it is its name, else its label, else like either.
func isName(heading string, in core.Input) bool  { return heading == in.Name }
func isLabel(heading string, in core.Input) bool { return heading != "" && heading == in.Label }
func isLike(heading string, in core.Input) bool {
	plain := letters(heading)
	return plain != "" && (plain == letters(in.Name) || plain == letters(in.Label))
}

// letters leaves the letters and digits of a name, in lower case.
func letters(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

func label(in core.Input) string {
	if in.Label != "" {
		return in.Label
	}
	return in.Name
}

func labels(inputs []core.Input) []string {
	var all []string
	for _, in := range inputs {
		all = append(all, label(in))
	}
	return all
}

// row gives the cells of a row to their fields. A field that no column fills has its
// default, as in a form that was left as it is; one whose cell is empty is empty.
func (t *Table) row(cells []string) Row {
	row := Row{Values: map[string]string{}}
	for i, name := range t.Fields {
		if name != "" {
			row.Values[name] = ""
			if i < len(cells) {
				row.Values[name] = cells[i]
			}
		}
	}
	if len(cells) > len(t.Fields) && !isEmpty(cells[len(t.Fields):]) {
		row.Problems = core.Errors{wrong("There are more cells here than headings.")}
	}
	return row
}
