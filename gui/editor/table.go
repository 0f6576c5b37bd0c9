package editor

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// table shows rows of the draft as lines of real controls. A line lives as long
// as its row: adding, moving and removing keeps the others, their focus and what
// is typed in them.
type table struct {
	page  *Page
	rows  func() Rows // those it shows
	set   func(Rows)  // replaces the whole list that they are part of
	all   func() Rows // the whole list
	make  func(*Row) *line
	box   *fyne.Container
	fold  *exchange.Fold
	lines map[*Row]*line
}

// line is what stands on screen for a row.
type line struct {
	row      *Row
	object   fyne.CanvasObject
	focuses  []fyne.Focusable // its boxes, the first one first
	hint     *widgets.Hint
	said     widgets.Status // of the hint
	problems map[Part]string
	example  *widgets.Text        // of a field to send
	secret   *widgets.SecretEntry // of a secret value
}

func newLine(row *Row) *line {
	return &line{row: row, hint: widgets.NewHint(widgets.Neutral, ""), problems: map[Part]string{}}
}

func newTable(p *Page, all func() Rows, set func(Rows)) *table {
	t := &table{page: p, rows: all, all: all, set: set, box: widgets.VBox(7), lines: map[*Row]*line{}}
	p.tables = append(p.tables, t)
	return t
}

// newKindTable shows the rows of one kind among the fields.
func newKindTable(p *Page, kind core.FieldKind) *table {
	t := newTable(p, func() Rows { return p.draft.Fields }, func(rows Rows) { p.draft.Fields = rows })
	t.rows = func() Rows { return p.draft.Fields.Of(kind) }
	return t
}

// sync makes the lines those of the rows, in their order.
func (t *table) sync() {
	objects := []fyne.CanvasObject{}
	kept := map[*Row]*line{}
	for _, row := range t.rows() {
		l := t.lines[row]
		if l == nil {
			l = t.make(row)
		}
		kept[row] = l
		objects = append(objects, l.object)
	}
	for row := range t.lines {
		if kept[row] == nil {
			t.forget(row)
		}
	}
	t.lines = kept
	t.box.Objects = objects
	t.box.Hidden = len(objects) == 0
	t.box.Refresh()
}

func (t *table) forget(row *Row) {
	for _, part := range []Part{PartFrom, PartRowName, PartValue} {
		delete(t.page.spots, Place{part, row})
	}
}

// adder is the button that adds a row and puts the focus into it.
func (t *table) adder(words string, row func() *Row) *widgets.Button {
	return widgets.NewButton(widgets.Secondary, words, icons.Plus, func() { t.add(row()) })
}

func (t *table) add(row *Row) {
	t.set(t.all().Add(row))
	t.changed()
	t.page.scrollTo(t.lines[row].object)
	if c := t.page.window(); c != nil {
		c.Focus(t.lines[row].focuses[0])
	}
}

func (t *table) remove(row *Row) {
	t.set(t.all().Remove(row))
	t.changed()
}

func (t *table) move(row *Row, by int) {
	if t.all().Move(row, by) {
		t.changed()
	}
}

func (t *table) changed() {
	t.sync()
	t.page.showFieldCards()
	t.page.changed()
	t.page.relayout()
}

// tools are what stands at the end of a line: more, and remove.
func (t *table) tools(row *Row, extra func() []*fyne.MenuItem) fyne.CanvasObject {
	var more *widgets.Button
	more = widgets.NewIconButton(icons.Dots, "More for this row", func() {
		items := []*fyne.MenuItem{
			fyne.NewMenuItem("Move up", func() { t.move(row, -1) }),
			fyne.NewMenuItem("Move down", func() { t.move(row, 1) }),
		}
		if extra != nil {
			items = append(items, extra()...)
		}
		menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), t.page.window())
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		menu.ShowAtPosition(at.AddXY(more.Size().Width-menu.MinSize().Width, more.Size().Height+2))
	})
	return widgets.HBox(0, more, widgets.NewIconButton(icons.Bin, "Remove this row", func() { t.remove(row) }))
}

// spot registers the places of a line. All of them show under it.
func (t *table) spot(l *line, part Part, focus fyne.Focusable) {
	l.focuses = append(l.focuses, focus)
	t.page.spots[Place{part, l.row}] = &spot{focus: focus, fold: t.fold, show: func(text string) {
		if l.problems[part] == text {
			return
		}
		l.problems[part] = text
		if marked, ok := focus.(widgets.Problematic); ok {
			marked.SetProblem(text != "")
		}
		t.page.showHint(l)
	}}
}

// showHint says what is wrong with a line, else what to know about it, and tells
// whether that is something else than before.
func (p *Page) showHint(l *line) (changed bool) {
	status, text := p.hintOf(l)
	if text == l.hint.Text() && status == l.said {
		return false
	}
	l.said = status
	l.hint.Set(status, text)
	return true
}

func (p *Page) hintOf(l *line) (widgets.Status, string) {
	for _, part := range []Part{PartFrom, PartRowName, PartValue} {
		if text := l.problems[part]; text != "" {
			return widgets.Bad, text
		}
	}
	if text := p.pane.remark(l.row); text != "" {
		return widgets.Waiting, text
	}
	if l.row.OmitEmpty {
		return widgets.Info, "Left out when empty."
	}
	return widgets.Neutral, ""
}

// named makes the box for the other system's name.
func (t *table) named(l *line) *widgets.Entry {
	e := t.page.entry(Place{PartRowName, l.row}, l.row.Name, l.row.SetName)
	e.SetPlaceHolder("Their field name")
	t.spot(l, PartRowName, e)
	return e
}

// masked makes the box for a secret value.
func (t *table) masked(l *line) *widgets.SecretEntry {
	row := l.row
	e := widgets.NewSecretEntry()
	l.secret = e
	switch text, typed := row.Secret.Text(); {
	case row.Kind == core.FieldValue:
		e.SetText(row.Value)
	case typed:
		e.SetText(text)
	default:
		e.SetStored(!row.Secret.IsZero())
	}
	e.OnChanged = func(text string) {
		if row.Kind == core.FieldValue {
			row.Value = text
		} else {
			row.Type(text)
		}
		t.page.changed()
	}
	e.Entry().OnFocus = func(on bool) {
		if !on {
			t.page.draft.Touch(Place{PartValue, row})
			t.page.update()
		}
	}
	e.OnReveal = func(show func(string)) { t.page.reveal(row, show) }
	t.spot(l, PartValue, e.Entry())
	return e
}

// reveal fetches a stored secret, because somebody asked to see it.
func (p *Page) reveal(row *Row, show func(string)) {
	ref := control.SecretRef{Webhook: p.id(), Place: row.Place()}
	background.Run(
		func(ctx context.Context) (string, error) { return p.service.RevealSecret(ctx, ref) },
		func(text string, err error) {
			if err != nil {
				p.notice.Fail(err)
				return
			}
			show(text)
		},
	)
}

func (t *table) mask() {
	for _, l := range t.lines {
		if l.secret != nil {
			l.secret.Mask()
		}
	}
}

func (t *table) headerRow(row *Row) *line {
	l := newLine(row)
	name := t.named(l)
	name.SetPlaceHolder("Authorization")
	t.keyLine(l, name)
	return l
}

// keyLine lays out a name and a masked value.
func (t *table) keyLine(l *line, name fyne.CanvasObject) {
	lock := widgets.NewIcon(icons.Lock, theme.Muted, 16)
	l.object = widgets.VBox(3, cells(keyColumns, lock, name, arrow(), t.masked(l), t.tools(l.row, nil)), l.hint)
}

func arrow() fyne.CanvasObject { return widgets.NewIcon(icons.ArrowRight, theme.Muted, 16) }

// moveFocused moves the row that has the focus.
func (p *Page) moveFocused(by int) {
	c := p.window()
	if c == nil || !p.built {
		return
	}
	focused := c.Focused()
	for _, t := range p.tables {
		for row, l := range t.lines {
			for _, f := range l.focuses {
				if f == focused {
					t.move(row, by)
					c.Focus(focused)
					return
				}
			}
		}
	}
}
