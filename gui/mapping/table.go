package mapping

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// Table shows rows as lines of real controls. A line lives as long as its row:
// adding, moving and removing keeps the others, their focus and what is typed in
// them. Its methods belong to the UI goroutine.
type Table struct {
	// OnRows is told when rows were added, removed or moved. It may be nil.
	OnRows func()
	// Keys names the secrets that texts in the table may read. It may be nil.
	Keys func() []string

	page  Page
	list  *Rows           // that the rows are part of
	with  func(*Row) bool // those of the list that stand here
	make  func(*Row) *line
	box   *fyne.Container
	lines map[*Row]*line
	steps *stepsDialog // that is open, or nil
}

func newTable(p Page, list *Rows, with func(*Row) bool) *Table {
	return &Table{page: p, list: list, with: with, box: widgets.VBox(7), lines: map[*Row]*line{}}
}

// Object is the table, to be laid out.
func (t *Table) Object() fyne.CanvasObject { return t.box }

// Rows gives the rows that stand in the table.
func (t *Table) Rows() Rows { return t.list.where(t.with) }

// Sync makes the lines those of the rows, in their order.
func (t *Table) Sync() {
	objects := []fyne.CanvasObject{}
	kept := map[*Row]*line{}
	for _, row := range t.Rows() {
		l := t.lines[row]
		if l == nil {
			l = t.make(row)
		}
		kept[row] = l
		objects = append(objects, l.ground)
	}
	t.lines = kept
	t.box.Objects = objects
	t.box.Hidden = len(objects) == 0
	t.box.Refresh()
}

// Adder makes the button that adds a row and puts the focus into it.
func (t *Table) Adder(words string, row func() *Row) *widgets.Button {
	return widgets.NewButton(widgets.Secondary, words, icons.Plus, func() { t.Add(row()) })
}

// Add adds a row and puts the focus into it.
func (t *Table) Add(row *Row) {
	*t.list = t.list.Add(row, t.with)
	t.changed()
	t.page.ScrollTo(t.lines[row].ground)
	t.focus(row)
}

// focus puts the focus into the first box of a row.
func (t *Table) focus(row *Row) {
	if c := t.page.Canvas(); c != nil {
		c.Focus(t.lines[row].order[0])
	}
}

func (t *Table) remove(row *Row) {
	*t.list = t.list.Remove(row)
	t.changed()
}

// move puts a row before (by -1) or behind (by 1) its neighbour.
func (t *Table) move(row *Row, by int) {
	if t.list.Move(row, t.Rows().Index(row)+by, t.with) {
		t.changed()
		t.page.ScrollTo(t.lines[row].ground)
	}
}

// copyOf adds a row that says the same, behind its model.
func (t *Table) copyOf(row *Row) {
	c := row.Copy()
	*t.list = t.list.Add(c, func(r *Row) bool { return r == row })
	t.changed()
	t.focus(c)
}

// renew makes the line of a row anew, because it has other boxes now.
func (t *Table) renew(row *Row) {
	delete(t.lines, row)
	t.changed()
	t.focus(row)
}

func (t *Table) changed() {
	t.Sync()
	if t.OnRows != nil {
		t.OnRows()
	}
	t.page.Changed()
	t.page.Resized()
}

// dragTo puts a row where a height of the window is among the others.
func (t *Table) dragTo(row *Row, y float32) {
	t.lines[row].lift(true)
	to := 0
	for _, other := range t.Rows() {
		o := t.lines[other].ground
		top := fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y
		if other != row && y > top+o.Size().Height/2 {
			to++
		}
	}
	t.move(row, to-t.Rows().Index(row))
}

// MoveFocused moves the row that has the focus up (by -1) or down (by 1), and
// tells whether it was in this table.
func (t *Table) MoveFocused(by int) bool {
	c := t.page.Canvas()
	if c == nil {
		return false
	}
	focused := c.Focused()
	if t.steps != nil {
		t.steps.moveFocused(focused, by)
		return true
	}
	for row, l := range t.lines {
		for _, f := range l.order {
			if f == focused {
				t.move(row, by)
				c.Focus(focused)
				return true
			}
		}
	}
	return false
}

// Find gives the control of a row's box, nil if the row does not stand here.
func (t *Table) Find(s Spot) fyne.Focusable {
	l := t.lines[s.Row]
	if l == nil {
		return nil
	}
	if f := l.boxes[s.Box]; f != nil {
		return f
	}
	return l.order[0]
}

// ShowProblems says under every line what is wrong with it, and tells whether that
// is something else than before.
func (t *Table) ShowProblems(problems map[Spot]string) (changed bool) {
	for row, l := range t.lines {
		for _, box := range boxes {
			changed = l.setProblem(box, problems[Spot{row, box}]) || changed
		}
		changed = t.hint(l) || changed
	}
	return changed
}

// ShowExamples says in every line what the example has and what goes out of it,
// and tells whether a line has another height now.
func (t *Table) ShowExamples() (changed bool) {
	for _, l := range t.lines {
		changed = t.showExample(l) || changed
	}
	return changed
}

// Mask hides secrets that are on screen.
func (t *Table) Mask() {
	for _, l := range t.lines {
		if l.secret != nil {
			l.secret.Mask()
		}
	}
}

// ShowStored lets dots stand for secrets that were sealed since they were typed.
func (t *Table) ShowStored() {
	for row, l := range t.lines {
		if l.secret != nil && row.Place() != "" && !l.secret.Stored() {
			l.secret.SetStored(true)
		}
	}
}
