package mapping

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Fields is the table of what is taken from the record, with its titles and its
// buttons.
type Fields struct {
	*Table
	root     *fyne.Container
	titles   *fyne.Container
	everyone *widgets.Text // what is sent while no field is chosen
	addAll   *widgets.Button
	dropAll  *widgets.Button // the rows that found none of our fields
	choose   *widgets.Button
}

// NewFields shows the rows of a list that are taken from the record.
func NewFields(p Page, list *Rows) *Fields {
	f := &Fields{Table: newTable(p, list, func(r *Row) bool { return r.Group() == Taken })}
	f.make = f.fieldLine
	title := widgets.Style{Size: 12, Bold: true, Color: theme.Muted}
	f.titles = cells(fieldColumns, widgets.Spacer(), widgets.NewLine("Our field", title),
		widgets.NewLine("Now → as sent", title), widgets.Spacer(), widgets.NewLine("Their field name", title), widgets.Spacer())
	f.everyone = widgets.NewParagraph("", widgets.Body)
	f.addAll = widgets.NewButton(widgets.Quiet, "", icons.None, f.addLeft)
	f.dropAll = widgets.NewButton(widgets.Quiet, "", icons.None, f.dropBare)
	f.choose = widgets.NewButton(widgets.Secondary, "Choose fields", icons.Sliders, f.addLeft)
	add := f.Adder("Add a field", func() *Row { return &Row{Kind: core.FieldFrom} })
	buttons := widgets.Padded(4, 0, 0, 0, widgets.HBox(8, f.choose, add, f.addAll, f.dropAll))
	f.root = widgets.VBox(7, f.everyone, f.titles, f.box, buttons)
	f.OnRows = f.showLeft
	return f
}

// Object is the table with its titles and buttons, to be laid out.
func (f *Fields) Object() fyne.CanvasObject { return f.root }

// Sync shows the rows as they are now.
func (f *Fields) Sync() {
	f.Table.Sync()
	f.showLeft()
}

// ShowExamples says in every line what the example has, and how many of its
// fields are left to add. It tells whether heights are different now.
func (f *Fields) ShowExamples() (changed bool) {
	changed = f.Table.ShowExamples()
	f.showLeft()
	return changed
}

// showLeft says what is sent while no field is chosen, and how many are left.
func (f *Fields) showLeft() {
	none := len(f.Rows()) == 0
	f.titles.Hidden, f.everyone.Hidden = none, !none
	if len(*f.list) == 0 {
		f.everyone.SetText("Everything in the record is sent, under its own names.")
	} else {
		f.everyone.SetText("Nothing of the record itself is sent now, only the values below. Choose the fields to send.")
	}
	left := len(f.left())
	f.choose.Hidden = left == 0 || !none
	f.addAll.Hidden = left == 0 || none
	f.addAll.SetText("Add all " + words.Number(uint64(left)) + " that are left")
	if left == 1 {
		f.addAll.SetText("Add the one that is left")
	}
	bare := len(f.bare())
	f.dropAll.Hidden = bare < 2 // one has its own bin
	f.dropAll.SetText("Remove the " + words.Number(uint64(bare)) + " without a field of ours")
	f.root.Refresh()
}

// left lists the example's fields that no row takes.
func (f *Fields) left() []control.SampleField {
	taken := map[string]bool{}
	for _, row := range f.Rows() {
		taken[row.From] = true
		for _, path := range fieldsOf(row.Template) {
			taken[path] = true
		}
	}
	var left []control.SampleField
	for _, field := range f.page.Examples().Fields() {
		if !taken[field.Path] {
			left = append(left, field)
		}
	}
	return left
}

// bare lists the rows that have a name over there and no field of ours.
func (f *Fields) bare() Rows {
	return f.Rows().where(func(r *Row) bool { return r.Kind == core.FieldFrom && r.From == "" && strings.TrimSpace(r.Name) != "" })
}

// dropBare removes the rows that have no field of ours.
func (f *Fields) dropBare() {
	for _, row := range f.bare() {
		*f.list = f.list.Remove(row)
	}
	f.changed()
}

// addLeft adds what is left, each under its own name.
func (f *Fields) addLeft() {
	for _, field := range f.left() {
		*f.list = f.list.Add(&Row{Kind: core.FieldFrom, From: field.Path, Name: field.Path, typed: true}, f.with)
	}
	f.changed()
}

// fieldLine makes the line of one field to send, or of a text with fields.
func (f *Fields) fieldLine(row *Row) *line {
	l := newLine(row)
	l.now, l.sent = widgets.NewLine("", widgets.Caption), widgets.NewLine("", widgets.Caption.In(theme.Foreground))
	columns, from := fieldColumns, []fyne.CanvasObject{f.grip(l)}
	if row.Kind == core.FieldTemplate {
		columns = textColumns
		from = append(from, widgets.VBox(3, f.template(l), l.sent))
	} else {
		from = append(from, f.chooser(l), widgets.VBox(1, l.now, l.sent))
	}
	name := f.named(l, "Their field name")
	l.add(BoxName, name)
	steps := widgets.NewIconButton(icons.Sliders, "Convert this value", func() { f.openSteps(l) })
	l.add(BoxSteps, steps)
	l.put(cells(columns, append(from, arrow(), name, f.tools(l, func() []*fyne.MenuItem { return f.extras(l) }, steps))...))
	f.showExample(l)
	return l
}

func (f *Fields) chooser(l *line) fyne.CanvasObject {
	c := newChooser(f.page, l.row.From, func() { f.toText(l.row) })
	f.bind(&c.Entry, l, BoxFrom, l.row.SetFrom)
	l.add(BoxFrom, c)
	return c
}

func (f *Fields) template(l *line) fyne.CanvasObject {
	l.text = f.newText(l, l.row.Template, BoxFrom, l.row.SetTemplate)
	l.text.SetLabel("Text with fields")
	return l.text
}

// newText makes a box of a row for a text with fields.
func (t *Table) newText(l *line, text string, box Box, set func(string)) *Text {
	x := NewText(t.page, merge.Plain, func() []string {
		if t.Keys == nil {
			return nil
		}
		return t.Keys()
	})
	x.SetText(text)
	t.bind(x.Entry(), l, box, set)
	l.add(box, x.Focus())
	return x
}

// toText makes a text with fields of a row.
func (f *Fields) toText(row *Row) {
	row.AsText()
	f.renew(row)
}

// extras are what else can be done with a field to send.
func (f *Fields) extras(l *line) []*fyne.MenuItem {
	row := l.row
	omit := fyne.NewMenuItem("Leave out when empty", func() { f.setOmit(l, !row.OmitEmpty) })
	omit.Checked = row.OmitEmpty
	turn := fyne.NewMenuItem("Put several fields into one text", func() { f.toText(row) })
	if row.Kind == core.FieldTemplate {
		turn = fyne.NewMenuItem("Take one field instead", func() {
			row.AsField()
			f.renew(row)
		})
	}
	return []*fyne.MenuItem{
		fyne.NewMenuItem("Convert…", func() { f.openSteps(l) }), omit, turn,
		fyne.NewMenuItem("Make a copy", func() { f.copyOf(row) }),
	}
}

// setOmit leaves a field out of messages in which it would be empty, or not.
func (f *Fields) setOmit(l *line, on bool) {
	l.row.OmitEmpty = on
	f.hint(l)
	f.page.Changed()
	f.page.Resized()
}

// showExample says what the row holds now and, where that differs, what is sent of
// it. It tells whether the line has another height now.
func (t *Table) showExample(l *line) (changed bool) {
	if l.now != nil {
		now, sent := t.exampleOf(l.row)
		changed = l.sent.Hidden != (sent == "")
		l.now.SetText(now)
		l.sent.SetText("→ " + sent)
		l.sent.Hidden = sent == ""
	}
	return t.hint(l) || changed
}

// exampleOf is what the example has, and what is sent of it if that is something
// else.
func (t *Table) exampleOf(row *Row) (now, sent string) {
	if row.From+row.Template == "" {
		return "", ""
	}
	sent, err := t.page.Examples().Sent(row)
	if row.Kind == core.FieldTemplate {
		if said, ok := t.page.SentAs(row); ok && hasBuiltIn(row.Template) {
			return "", said // what is no field of the record only the engine knows
		}
		if err != nil {
			return "", ""
		}
		return "", shown(sent)
	}
	now, known := t.page.Examples().Now(row.From)
	switch {
	case !known:
		now = "not in this example"
	case sent == now:
		return shown(now), ""
	}
	if err != nil {
		return shown(now), "cannot be sent so"
	}
	if !known && sent == "" {
		return now, ""
	}
	return shown(now), shown(sent)
}

// hasBuiltIn tells whether a text names more than fields of the record.
func hasBuiltIn(text string) bool {
	return strings.Contains(text, "[@") || strings.Contains(text, "${@")
}
