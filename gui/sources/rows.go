package sources

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// rows are lines of a list that grows and shrinks, each with a bin.
type rows struct {
	setup  *setup
	object fyne.CanvasObject
	lines  *fyne.Container
	len    func() int
	line   func(i int) fyne.CanvasObject
	remove func(i int)
}

// newRows makes a list at a place; add and remove change the draft, line makes what
// stands in a line.
func newRows(s *setup, where, more string, length func() int, add func(), remove func(int), line func(int) fyne.CanvasObject) *rows {
	r := &rows{setup: s, lines: widgets.VBox(8), len: length, line: line, remove: remove}
	button := widgets.NewButton(widgets.Secondary, more, icons.Plus, func() {
		add()
		r.build()
		s.changed()
		r.focusLast()
	})
	hint := widgets.NewHint(widgets.Bad, "")
	s.spots.add(where, func(text string) { hint.Set(widgets.Bad, text) }, button).lines = true
	r.object = widgets.VBox(theme.TileGap, r.lines, hint, widgets.HBox(0, button))
	r.build()
	return r
}

func (r *rows) build() {
	r.lines.Objects = nil
	for i := range r.len() {
		bin := widgets.NewIconButton(icons.Bin, "Remove this line", func() {
			r.remove(i)
			r.build()
			r.setup.changed()
		})
		r.lines.Add(widgets.HBoxTop(4, widgets.Grow(r.line(i)), bin))
	}
	r.lines.Hidden = r.len() == 0
	r.lines.Refresh()
}

// focusLast puts the cursor into the first box of the last line.
func (r *rows) focusLast() {
	c := r.setup.page.canvas()
	if c == nil || len(r.lines.Objects) == 0 {
		return
	}
	if e := firstEntry(r.lines.Objects[len(r.lines.Objects)-1]); e != nil {
		c.Focus(e)
	}
}

func firstEntry(o fyne.CanvasObject) *widgets.Entry {
	switch o := o.(type) {
	case *widgets.Entry:
		return o
	case *fyne.Container:
		for _, child := range o.Objects {
			if e := firstEntry(child); e != nil {
				return e
			}
		}
	}
	return nil
}
