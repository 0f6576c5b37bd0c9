package parts

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// List keeps one object a row with hairlines between, and makes new ones only
// when there are more rows than before: focus and pointer stay where they are.
type List[R interface{ Object() fyne.CanvasObject }] struct {
	box  *fyne.Container
	make func() R
	all  []R
	n    int
}

// NewList makes an empty list of rows that make makes.
func NewList[R interface{ Object() fyne.CanvasObject }](make func() R) *List[R] {
	return &List[R]{box: widgets.VBox(0), make: make}
}

// Object is the list, to be laid out.
func (l *List[R]) Object() fyne.CanvasObject { return l.box }

// SetLen makes the list n rows long and gives them.
func (l *List[R]) SetLen(n int) []R {
	for len(l.all) < n {
		l.all = append(l.all, l.make())
	}
	if n != l.n {
		l.n = n
		l.box.Objects = nil
		for i, row := range l.all[:n] {
			if i > 0 {
				l.box.Add(widgets.NewDivider())
			}
			l.box.Add(row.Object())
		}
		l.box.Refresh()
	}
	return l.all[:n]
}

// Rows gives the rows that are shown.
func (l *List[R]) Rows() []R { return l.all[:l.n] }
