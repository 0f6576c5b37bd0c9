package conditions

import (
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/filter"
)

// condition is one line of the card. Its pointer is its identity: it stays the
// same while others are added, moved and removed.
type condition struct {
	filter.Row
	left bool // somebody was at it and went on: what is wrong may be said
}

// blank tells whether nothing was filled in yet: such a line is left out and is
// nobody's mistake.
func (c *condition) blank() bool {
	return strings.TrimSpace(c.Field) == "" && c.Value == ""
}

// row is the condition as it is meant; a way to compare that takes no value has
// none, whatever was typed before.
func (c *condition) row() filter.Row {
	row := c.Row
	if !row.Op.TakesValue() {
		row.Value = ""
	}
	return row
}

// problem says what is wrong with the condition alone, "" for nothing.
func (c *condition) problem() string {
	if c.blank() {
		return ""
	}
	_, err := filter.Rows{List: []filter.Row{c.row()}}.Filter()
	switch {
	case err == nil:
		return ""
	case strings.TrimSpace(c.Field) == "":
		return "Choose a field, or remove this condition."
	case strings.TrimSpace(c.Value) == "" && c.Op.TakesValue():
		return "Type a value, or remove this condition."
	default:
		return strings.TrimPrefix(core.Sentence(err), "Condition 1: ")
	}
}

// doubts says what was probably meant otherwise in the condition.
func (c *condition) doubts() []string {
	if c.blank() {
		return nil
	}
	f, err := filter.Rows{List: []filter.Row{c.row()}}.Filter()
	if err != nil {
		return nil
	}
	return f.Doubts()
}

// draft is a filter as somebody edits it: its text, and its conditions as long
// as they can say what the text says.
type draft struct {
	text   string // what is stored, as far as it can be
	either bool   // any of the conditions is enough
	list   []*condition

	wrong    string // why the text cannot be read
	detailed string // why conditions cannot say what the text says
}

// newDraft reads a stored filter.
func newDraft(text string) *draft {
	d := &draft{}
	d.setText(text)
	return d
}

// setText takes a text. While it cannot be read the conditions stay those that
// were there before.
func (d *draft) setText(text string) {
	d.text, d.wrong = text, ""
	f, err := filter.Parse(text)
	if err != nil {
		d.wrong = core.Sentence(err)
		return
	}
	rows, err := f.Rows()
	if err != nil {
		d.list, d.detailed = nil, core.Sentence(err)
		return
	}
	d.detailed = ""
	d.either = rows.Any || d.either && len(rows.List) < 2
	d.setRows(rows.List)
}

// setRows keeps a condition that says the same as before, at its place.
func (d *draft) setRows(rows []filter.Row) {
	list := make([]*condition, len(rows))
	for i, row := range rows {
		list[i] = &condition{Row: row, left: true}
		if i < len(d.list) && d.list[i].row() == row {
			list[i] = d.list[i]
		}
	}
	d.list = list
}

// changed writes the text anew after a condition was changed. One that cannot be
// written yet is left out of it; problem says so.
func (d *draft) changed() {
	rows := filter.Rows{Any: d.either}
	for _, c := range d.list {
		if !c.blank() && c.problem() == "" {
			rows.List = append(rows.List, c.row())
		}
	}
	d.text, d.wrong = "", ""
	f, err := rows.Filter()
	if err != nil {
		d.wrong = core.Sentence(err)
		return
	}
	d.text = f.String()
}

// problem is what stands in the way of saving, "" for nothing.
func (d *draft) problem() string {
	if d.wrong != "" {
		return d.wrong
	}
	for _, c := range d.list {
		if text := c.problem(); text != "" {
			return text
		}
	}
	return ""
}

// fields lists the fields that the filter reads.
func (d *draft) fields() []string {
	f, err := filter.Parse(d.text)
	if err != nil {
		return nil
	}
	return f.Fields()
}

// doubts says what was probably meant otherwise in the text.
func (d *draft) doubts() []string {
	f, err := filter.Parse(d.text)
	if err != nil {
		return nil
	}
	return f.Doubts()
}

// add adds an empty condition.
func (d *draft) add() *condition {
	c := &condition{Row: filter.Row{Op: filter.OpIs}}
	d.list = append(d.list, c)
	return c
}

// remove takes a condition out, and gives its neighbour, nil if there is none.
func (d *draft) remove(c *condition) *condition {
	at := slices.Index(d.list, c)
	d.list = slices.Delete(slices.Clone(d.list), at, at+1)
	d.changed()
	if len(d.list) == 0 {
		return nil
	}
	return d.list[min(at, len(d.list)-1)]
}

// move puts a condition before (by -1) or behind (by 1) its neighbour, and tells
// whether there was one.
func (d *draft) move(c *condition, by int) bool {
	at := slices.Index(d.list, c)
	to := at + by
	if at < 0 || to < 0 || to >= len(d.list) {
		return false
	}
	d.list[at], d.list[to] = d.list[to], d.list[at]
	d.changed()
	return true
}
