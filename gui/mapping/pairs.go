package mapping

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// NewFixed shows the rows of a list that are the same every time.
func NewFixed(p Page, list *Rows) *Table {
	t := newTable(p, list, func(r *Row) bool { return r.Group() == Fixed })
	t.make = func(row *Row) *line {
		l := newLine(row)
		name := t.named(l, "Their field name")
		l.add(BoxName, name)
		value := widgets.NewEntry()
		value.SetText(row.Value)
		value.SetPlaceHolder("Value")
		t.bind(value, l, BoxValue, row.SetValue)
		l.add(BoxValue, value)
		return l.put(cells(pairColumns, t.grip(l), name, arrow(), value, t.tools(l, func() []*fyne.MenuItem { return t.fixedExtras(l) })))
	}
	return t
}

func (t *Table) fixedExtras(l *line) []*fyne.MenuItem {
	copied := fyne.NewMenuItem("Make a copy", func() { t.copyOf(l.row) })
	if l.row.Value != "" {
		return []*fyne.MenuItem{copied}
	}
	blank := fyne.NewMenuItem("Send it empty", func() {
		l.row.Blank = !l.row.Blank
		t.hint(l)
		t.page.Changed()
		t.page.Resized()
	})
	blank.Checked = l.row.Blank
	return []*fyne.MenuItem{blank, copied}
}

// NewHidden shows the rows of a list that nobody may see.
func NewHidden(p Page, list *Rows) *Table {
	t := newTable(p, list, func(r *Row) bool { return r.Group() == Hidden })
	t.make = func(row *Row) *line { return t.keyLine(row, "Their field name", noItems) }
	return t
}

// NewKeys shows secrets that texts read by their names.
func NewKeys(p Page, list *Rows) *Table {
	t := newTable(p, list, all)
	t.make = func(row *Row) *line { return t.keyLine(row, "Name, as in [secret:key]", noItems) }
	return t
}

// NewHeaders shows header lines: secret ones, and texts with fields.
func NewHeaders(p Page, list *Rows) *Table {
	t := newTable(p, list, all)
	t.make = func(row *Row) *line {
		if row.Kind == core.FieldValue && (row.Value == "" || hasFields(row.Value)) {
			return t.textLine(row)
		}
		return t.keyLine(row, "Authorization", func() []*fyne.MenuItem {
			return []*fyne.MenuItem{fyne.NewMenuItem("Show it, to put fields into it", func() { t.unveil(row) })}
		})
	}
	return t
}

func all(*Row) bool             { return true }
func noItems() []*fyne.MenuItem { return nil }

// hasFields tells whether a text looks as if it had fields in it.
func hasFields(text string) bool { return strings.Contains(text, "[") || strings.Contains(text, "${") }

// keyLine makes a line of a name and a masked value.
func (t *Table) keyLine(row *Row, placeholder string, extra func() []*fyne.MenuItem) *line {
	l := newLine(row)
	name := t.named(l, placeholder)
	l.add(BoxName, name)
	lock := widgets.NewIcon(icons.Lock, theme.Muted, 16)
	value := t.masked(l)
	l.add(BoxValue, value.Entry())
	return l.put(cells(keyColumns, t.grip(l), lock, name, arrow(), value, t.tools(l, extra)))
}

// textLine makes a line of a name and a value that everybody may see.
func (t *Table) textLine(row *Row) *line {
	l := newLine(row)
	name := t.named(l, "X-Source")
	l.add(BoxName, name)
	l.text = t.newText(l, row.Value, BoxValue, row.SetValue)
	l.text.SetPlace(merge.Header)
	l.text.SetLabel("Value")
	l.text.Entry().SetPlaceHolder("Bearer [secret:key]")
	open := widgets.NewIcon(icons.Eye, theme.Muted, 16)
	return l.put(cells(keyColumns, t.grip(l), open, name, arrow(), l.text, t.tools(l, func() []*fyne.MenuItem {
		return []*fyne.MenuItem{fyne.NewMenuItem("Hide it, as a secret value", func() { t.veil(row) })}
	})))
}

// unveil makes a text of a header line that was hidden. A secret that only the
// store knows has to be typed anew.
func (t *Table) unveil(row *Row) {
	if text, typed := row.Secret.Text(); typed {
		row.Value = text
	}
	row.Kind, row.Secret = core.FieldValue, core.Secret{}
	delete(t.lines, row)
	t.lines[row] = t.textLine(row)
	t.changed()
	t.focus(row)
}

// veil makes a secret of a header line.
func (t *Table) veil(row *Row) {
	row.Type(row.Value)
	row.Kind, row.Value = core.FieldSecret, ""
	t.renew(row)
}
