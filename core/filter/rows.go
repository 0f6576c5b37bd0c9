package filter

import (
	"regexp"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// Rows is a filter as a screen shows it: plain conditions of which all, or any,
// must hold.
type Rows struct {
	Any  bool
	List []Row
}

// Row is one condition. Value is the value as it is meant, of OpPattern the
// pattern, and of OpOneOf a list with commas.
type Row struct {
	Field string
	Op    Op
	Value string
}

// Rows gives the filter as rows, or CodeInvalid with a sentence that says what
// rows cannot show.
func (f *Filter) Rows() (Rows, error) {
	rows, list := Rows{}, f.list
	if len(list) == 1 {
		if g, ok := list[0].(*group); ok && g.kind == groupAny {
			rows.Any, list = true, g.list
		}
	}
	for _, c := range list {
		p, ok := c.(*plain)
		if !ok {
			return Rows{}, core.Errorf(core.CodeInvalid, "Too detailed for the simple view. It has no way to show %s.", short(string(c.append(nil))))
		}
		rows.List = append(rows.List, p.row())
	}
	return rows, nil
}

// row gives the condition as a row.
func (c *plain) row() Row {
	row := Row{Field: c.path.String(), Op: c.op, Value: c.operand}
	if c.op.isPattern() && c.pattern.plain {
		row.Op, row.Value = OpExactly, c.pattern.literal
		if c.op.negative() {
			row.Op = OpNotExactly
		}
	}
	return row
}

// Filter gives the filter that the rows say, or CodeInvalid with the row that
// cannot be used.
func (rows Rows) Filter() (*Filter, error) {
	texts := make([]string, len(rows.List))
	for i, row := range rows.List {
		text, err := row.text()
		if err != nil {
			return nil, err
		}
		texts[i] = text
	}
	text := strings.Join(texts, ";")
	if rows.Any && len(texts) > 0 {
		text = "any(" + text + ")"
	}
	return Parse(text)
}

// text writes the row as a condition.
func (row Row) text() (string, error) {
	c := &plain{op: row.Op, operand: row.Value}
	if row.Op == OpExactly || row.Op == OpNotExactly {
		c.operand = literalPattern(row.Value)
	}
	var err error
	if c.path, err = value.ParsePath(row.Field); err != nil {
		return "", err
	}
	return string(c.append(nil)), nil
}

// literalPattern writes a text as the pattern for it alone.
func literalPattern(text string) string { return regexp.QuoteMeta(text) }
