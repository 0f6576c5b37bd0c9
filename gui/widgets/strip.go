package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"hookbird/gui/theme"
)

// stripMost is how many columns a Strip has at most.
const stripMost = 60

// Strip is a low chart of a time whose columns can be chosen: with the pointer, or
// with the arrow keys and Enter.
type Strip struct {
	press
	bars bars
	all  []barColumn // of which bars has those that are shown

	// OnChosen is told which column was chosen, from 0.
	OnChosen func(column int)
	// OnAt is told which column the pointer or the keys are at; -1: at none.
	OnAt func(column int)

	at       int // column that the pointer or the keys are at, or -1
	selected int // column that is chosen, or -1
	under    *canvas.Rectangle
	chosen   *canvas.Rectangle
	ring     *canvas.Rectangle
	label    string
}

var _ desktop.Hoverable = (*Strip)(nil)

// NewStrip makes an empty chart. label says to screen readers what it shows.
func NewStrip(label string) *Strip {
	s := &Strip{
		at: -1, selected: -1, label: label, OnChosen: func(int) {}, OnAt: func(int) {},
		under: canvas.NewRectangle(nil), chosen: canvas.NewRectangle(nil), ring: canvas.NewRectangle(nil),
	}
	s.bars.init(stripMost, 3, fyne.NewSize(stripMost*2, 40))
	s.all, s.bars.columns = s.bars.columns, nil
	s.OnTapped = func() { s.choose(s.at) }
	s.OnKey = s.key
	s.ExtendBaseWidget(s)
	return s
}

// Set changes the counts, oldest first, of at most 60 columns; selected is the one
// that is chosen, -1 for none.
func (s *Strip) Set(delivered, failed []int, selected int) {
	s.bars.delivered, s.bars.failed, s.selected = delivered, failed, selected
	s.bars.columns = s.all[:min(len(s.all), max(len(delivered), len(failed)))]
	if s.at >= len(s.bars.columns) {
		s.at = -1
	}
	s.Refresh()
}

// AccessibilityLabel reads what the chart shows.
func (s *Strip) AccessibilityLabel() string { return s.label }

func (s *Strip) choose(column int) {
	if column >= 0 && column < len(s.bars.columns) {
		s.OnChosen(column)
	}
}

func (s *Strip) key(k fyne.KeyName) {
	switch k {
	case fyne.KeyLeft:
		s.move(max(0, s.at-1))
	case fyne.KeyRight:
		s.move(min(len(s.bars.columns)-1, s.at+1))
	default:
		runKey(canvasOf(s.self), k)
	}
}

// move puts pointer or keys at a column.
func (s *Strip) move(column int) {
	if column == s.at {
		return
	}
	s.at = column
	s.Refresh()
	s.OnAt(column)
}

// Tapped chooses the column under the pointer.
func (s *Strip) Tapped(e *fyne.PointEvent) {
	s.move(s.columnAt(e.Position.X))
	s.choose(s.at)
}

// MouseIn and MouseMoved follow the pointer.
func (s *Strip) MouseIn(e *desktop.MouseEvent) { s.move(s.columnAt(e.Position.X)) }

// MouseMoved follows the pointer.
func (s *Strip) MouseMoved(e *desktop.MouseEvent) { s.move(s.columnAt(e.Position.X)) }

// MouseOut forgets the pointer.
func (s *Strip) MouseOut() { s.move(-1) }

// FocusLost forgets where the keys were.
func (s *Strip) FocusLost() {
	s.move(-1)
	s.press.FocusLost()
}

func (s *Strip) columnAt(x float32) int {
	if len(s.bars.columns) == 0 {
		return -1
	}
	step := (s.Size().Width + s.bars.gap) / float32(len(s.bars.columns))
	return max(0, min(len(s.bars.columns)-1, int(x/step)))
}

// CreateRenderer draws the columns.
func (s *Strip) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{s.chosen, s.under}
	for _, c := range s.all {
		objects = append(objects, c.delivered, c.failed)
	}
	return newFace(&face{
		owner: s, objects: append(objects, s.ring),
		min:   func() fyne.Size { return s.bars.size },
		place: s.lay,
		paint: s.draw,
	})
}

func (s *Strip) draw() {
	for i, c := range s.all {
		c.delivered.Hidden, c.failed.Hidden = i >= len(s.bars.columns), i >= len(s.bars.columns)
	}
	s.bars.paint()
	s.chosen.FillColor, s.under.FillColor = theme.Color(theme.Selection), theme.Color(theme.Hover)
	s.chosen.CornerRadius, s.under.CornerRadius, s.ring.CornerRadius = 3, 3, theme.Radius
	s.chosen.Hidden, s.under.Hidden = s.selected < 0 || s.selected >= len(s.bars.columns), s.at < 0
	s.ring.FillColor = nil
	paintRing(s.ring, s.focused)
}

func (s *Strip) lay(size fyne.Size) {
	put(s.ring, -4, -4, size.Width+8, size.Height+8)
	if len(s.bars.columns) == 0 {
		return
	}
	s.bars.place(size, size.Height)
	step := (size.Width + s.bars.gap) / float32(len(s.bars.columns))
	mark := func(r *canvas.Rectangle, column int) {
		x := theme.Floor(float32(column)*step) - 1
		put(r, x, 0, theme.Floor(float32(column+1)*step)-s.bars.gap+1-x, size.Height)
	}
	mark(s.chosen, max(0, s.selected))
	mark(s.under, max(0, s.at))
}
