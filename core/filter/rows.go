package filter

import (
	"fmt"
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

// Row is one condition. Value is the value as it is meant, without quotes; of
// OpPattern it is the pattern, and of OpOneOf a list with commas, in which one
// that holds a comma stands in quotes.
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
			return Rows{}, core.Errorf(core.CodeInvalid, "Too detailed for the simple view. It shows conditions of which all or any must be true, and has no place for %s.", short(string(c.append(nil))))
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

// Filter gives the filter that the rows say, or CodeInvalid with a sentence that
// names the row, whose index Where holds as "/0". A field is written in quotes
// where its name would be taken for something else.
func (rows Rows) Filter() (*Filter, error) {
	texts := make([]string, len(rows.List))
	for i, row := range rows.List {
		text, err := row.text(rows.Any)
		if err != nil {
			return nil, core.Errorf(core.CodeInvalid, "Condition %d: %s", i+1, core.Sentence(err)).At(fmt.Sprintf("/%d", i))
		}
		texts[i] = text
	}
	return Parse(inRows(rows.Any, texts...))
}

// inRows joins conditions.
func inRows(either bool, texts ...string) string {
	text := strings.Join(texts, ";")
	if either && text != "" {
		return "any(" + text + ")"
	}
	return text
}

// text writes the row as a condition that is read as this row.
func (row Row) text(either bool) (string, error) {
	c, err := row.condition()
	if err != nil {
		return "", err
	}
	for range 2 {
		text := string(c.append(nil))
		if f, err := Parse(inRows(either, text)); err == nil && f.says(c) {
			return text, nil
		}
		if c.path, err = value.ParsePath(c.path.Quoted()); err != nil {
			return "", err
		}
	}
	return "", core.Errorf(core.CodeInvalid, "This cannot be written as a condition. Use another way to compare, or the text view.")
}

// condition makes the condition that a row says.
func (row Row) condition() (*plain, error) {
	c := &plain{op: row.Op}
	switch info := row.Op.info(); {
	case info.Op == "":
		return nil, core.Errorf(core.CodeInvalid, "%q is no way to compare.", string(row.Op))
	case strings.TrimSpace(row.Field) == "":
		return nil, core.Errorf(core.CodeInvalid, "Choose a field of the record.")
	}
	var err error
	if c.path, err = value.ParsePath(strings.Trim(row.Field, spaces)); err != nil {
		return nil, err
	}
	switch {
	case row.Op == OpExactly:
		c.op, err = OpPattern, c.setPattern(literalPattern(row.Value), maxPatterns)
	case row.Op == OpNotExactly:
		c.op, err = OpNotPattern, c.setPattern(literalPattern(row.Value), maxPatterns)
	case row.Op.isPattern():
		err = c.setPattern(semicolonsInHex(row.Value), maxPatterns)
	case row.Op.isList():
		err = c.setList(row.Value)
	case row.Op.TakesValue():
		err = c.setValue(row.Value)
	}
	return c, err
}

// semicolonsInHex writes a pattern without semicolons, which would end it.
func semicolonsInHex(pattern string) string {
	var b strings.Builder
	for i := 0; i < len(pattern); i++ {
		switch {
		case pattern[i] == ';', strings.HasPrefix(pattern[i:], `\;`):
			b.WriteString(`\x3b`)
			i += strings.IndexByte(pattern[i:], ';')
		case pattern[i] == '\\' && i+1 < len(pattern):
			b.WriteString(pattern[i : i+2])
			i++
		default:
			b.WriteByte(pattern[i])
		}
	}
	return b.String()
}

// says tells whether the filter is this one condition, alone or as the only one
// of any(…).
func (f *Filter) says(c *plain) bool {
	if len(f.list) != 1 {
		return false
	}
	only := f.list[0]
	if g, ok := only.(*group); ok && len(g.list) == 1 {
		only = g.list[0]
	}
	p, ok := only.(*plain)
	return ok && p.path.String() == c.path.String() && p.op == c.op && p.operand == c.operand
}
