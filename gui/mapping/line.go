package mapping

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// line is what stands on screen for a row.
type line struct {
	row      *Row
	ground   *widgets.Surface
	order    []fyne.Focusable // its boxes, the first one first
	boxes    map[Box]fyne.Focusable
	problems map[Box]string
	hint     *widgets.Hint
	said     widgets.Status       // of the hint
	now      *widgets.Text        // what the example has of a field to send
	sent     *widgets.Text        // what goes out of it
	below    *fyne.Container      // the hint's room
	secret   *widgets.SecretEntry // of a secret value
	text     *Text                // of a text with fields
}

func newLine(row *Row) *line {
	return &line{row: row, hint: widgets.NewHint(widgets.Neutral, ""), boxes: map[Box]fyne.Focusable{}, problems: map[Box]string{}}
}

// put lays the line out: its controls, and what is said about them below.
func (l *line) put(controls fyne.CanvasObject) *line {
	l.below = widgets.Padded(0, 0, 0, gripWidth+cellGap, l.hint)
	l.below.Hidden = l.hint.Text() == ""
	l.ground = widgets.NewSurface(widgets.Ground{Radius: theme.Radius}, widgets.VBox(3, controls, l.below))
	return l
}

// lift shows the line as held, or no longer.
func (l *line) lift(on bool) {
	ground := widgets.Ground{Radius: theme.Radius}
	if on {
		ground.Fill = theme.PrimarySoft
	}
	l.ground.SetGround(ground)
}

// add notes a box of the line.
func (l *line) add(box Box, focus fyne.Focusable) {
	l.order = append(l.order, focus)
	l.boxes[box] = focus
}

func (l *line) setProblem(box Box, text string) (changed bool) {
	if l.problems[box] == text {
		return false
	}
	l.problems[box] = text
	if marked, ok := l.boxes[box].(widgets.Problematic); ok {
		marked.SetProblem(text != "")
	}
	return true
}

// hint says what is wrong with a line, else what to know about it, and tells
// whether that is something else than before.
func (t *Table) hint(l *line) (changed bool) {
	status, text := t.hintOf(l)
	if text == l.hint.Text() && status == l.said {
		return false
	}
	l.said = status
	l.hint.Set(status, text)
	if l.ground != nil {
		l.below.Hidden = text == ""
		l.ground.Refresh()
	}
	return true
}

func (t *Table) hintOf(l *line) (widgets.Status, string) {
	if l.text != nil && l.text.Typing() {
		return widgets.Neutral, "" // it cannot be whole yet
	}
	for _, box := range boxes {
		if text := l.problems[box]; text != "" {
			return widgets.Bad, text
		}
	}
	if _, err := t.page.Examples().Sent(l.row); err != nil && l.row.Group() == Taken && !l.row.IsBlank() {
		return widgets.Waiting, "The example cannot be sent so: " + core.Sentence(err)
	}
	if l.row.Secret.Missing() {
		return widgets.Waiting, "This secret value was never typed here. Ask the other system for it."
	}
	if text := t.page.Remark(l.row); text != "" {
		return widgets.Waiting, text
	}
	if text := l.row.Does(); text != "" {
		return widgets.Info, text
	}
	return widgets.Neutral, ""
}

// Does says what becomes of the row's value on its way: "Converted: Small letters.
// Left out when empty."
func (r *Row) Does() string {
	var parts []string
	if r.Group() == Taken && len(r.Convert) > 0 {
		steps := make([]string, len(r.Convert))
		for i, step := range r.Convert {
			steps[i] = shortened(convert.Describe(step))
		}
		parts = append(parts, "Converted: "+strings.Join(steps, " → ")+".")
	}
	if r.OmitEmpty {
		parts = append(parts, "Left out when empty.")
	}
	if r.Kind == core.FieldValue && r.Blank {
		parts = append(parts, "Sent empty on purpose.")
	}
	return strings.Join(parts, " ")
}

// shortened leaves out the end of what would take more than a line.
func shortened(text string) string {
	const most = 60
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return text
}

// grip makes what a row is dragged by.
func (t *Table) grip(l *line) fyne.CanvasObject {
	return newGrip(func(y float32) { t.dragTo(l.row, y) }, func() { l.lift(false) })
}

// tools are what stands at the end of a line: what is special to it, more, and
// remove.
func (t *Table) tools(l *line, extra func() []*fyne.MenuItem, first ...fyne.CanvasObject) fyne.CanvasObject {
	row := l.row
	var more *widgets.Button
	more = widgets.NewIconButton(icons.Dots, "More for this row", func() {
		widgets.OpenMenu(more, append(t.moves(row), extra()...)...)
	})
	tools := widgets.HBox(0, first...)
	tools.Add(more)
	tools.Add(widgets.NewIconButton(icons.Bin, "Remove this row", func() { t.remove(row) }))
	return tools
}

// moves are the ways that a row can go.
func (t *Table) moves(row *Row) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	rows := t.Rows()
	if at := rows.Index(row); at > 0 {
		items = append(items, fyne.NewMenuItem("Move up", func() { t.move(row, -1) }))
	}
	if at := rows.Index(row); at < len(rows)-1 {
		items = append(items, fyne.NewMenuItem("Move down", func() { t.move(row, 1) }))
	}
	return items
}

// named makes the box for the other system's name.
func (t *Table) named(l *line, placeholder string) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(l.row.Name)
	e.SetPlaceHolder(placeholder)
	t.bind(e, l, BoxName, l.row.SetName)
	return e
}

// bind lets a box write into its row.
func (t *Table) bind(e *widgets.Entry, l *line, box Box, set func(string)) {
	e.OnChanged = func(text string) {
		set(text)
		t.showExample(l)
		t.page.Changed()
	}
	e.OnFocus = func(on bool) {
		if !on {
			t.page.Left(l.row, box)
		}
	}
}

// masked makes the box for a secret value, or for another that is hidden.
func (t *Table) masked(l *line) *widgets.SecretEntry {
	row := l.row
	e := widgets.NewSecretEntry()
	l.secret = e
	switch text, typed := row.Secret.Text(); {
	case row.Kind == core.FieldValue:
		e.SetText(row.Value)
	case typed:
		e.SetText(text)
	default:
		e.SetStored(row.Place() != "")
	}
	e.SetLabel("Secret value")
	e.OnChanged = func(text string) {
		if row.Kind == core.FieldValue {
			row.SetValue(text)
		} else {
			row.Type(text)
		}
		t.page.Changed()
	}
	e.Entry().OnFocus = func(on bool) {
		if !on {
			t.page.Left(row, BoxValue)
		}
	}
	e.OnReveal = func(show func(string)) { t.page.Reveal(row, show) }
	return e
}

func arrow() fyne.CanvasObject { return widgets.NewIcon(icons.ArrowRight, theme.Muted, 16) }
