package mapping

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// grip is what a row is dragged by. Where the pointer is decides, not how far it
// went: a drag that begins with a jump would else overshoot. The keyboard moves
// rows with Alt+Up and Alt+Down.
type grip struct {
	widget.BaseWidget
	to   func(y float32) // puts the row at a height of the window
	done func()
}

var (
	_ fyne.Draggable     = (*grip)(nil)
	_ desktop.Cursorable = (*grip)(nil)
)

func newGrip(to func(y float32), done func()) *grip {
	g := &grip{to: to, done: done}
	g.ExtendBaseWidget(g)
	return g
}

// Dragged puts the row where the pointer is.
func (g *grip) Dragged(e *fyne.DragEvent) { g.to(e.AbsolutePosition.Y) }

// DragEnd leaves the row where it is.
func (g *grip) DragEnd() { g.done() }

// Cursor says that this goes up and down.
func (g *grip) Cursor() desktop.Cursor { return desktop.VResizeCursor }

// AccessibilityLabel says what this is for, and what to press instead.
func (g *grip) AccessibilityLabel() string {
	return "Drag to move this row, or press Alt with Up or Down"
}

// AccessibilityRole says that this is held.
func (g *grip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer draws six dots, as high as a control.
func (g *grip) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(widgets.Fixed(gripWidth, theme.ControlHeight, widgets.NewIcon(icons.Grip, theme.Muted, 16)))
}
