package wizard

import (
	"strconv"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

var stepNames = [steps]string{"System", "Address", "Key", "Data", "Fields", "Test"}

// Stepper shows the steps, which are done and which one is at hand. Those that are
// done can be pressed.
type Stepper struct {
	box *fyne.Container
	to  func(step)
}

// NewStepper makes a stepper at its first step; to is told the one that was
// pressed, and may be nil where none is done.
func NewStepper(to func(step)) *Stepper {
	s := &Stepper{box: widgets.HBox(10), to: to}
	s.Set(0)
	return s
}

// Object is the stepper, to be laid out.
func (s *Stepper) Object() fyne.CanvasObject { return s.box }

// Set says which step is at hand, counted from 0.
func (s *Stepper) Set(now int) {
	s.box.Objects = nil
	for i, name := range stepNames {
		if i > 0 {
			s.box.Add(widgets.Grow(widgets.NewDivider()))
		}
		s.box.Add(s.item(i, now, name))
	}
	s.box.Refresh()
}

func (s *Stepper) item(i, now int, name string) fyne.CanvasObject {
	switch {
	case i < now:
		done := dot(theme.SuccessSoft, widgets.NewIcon(icons.Check, theme.Success, 14))
		return widgets.NewRow("Step "+strconv.Itoa(i+1)+", "+name+", done",
			widgets.HBox(8, done, widgets.NewText(name, widgets.Small)), func() { s.to(step(i)) })
	case i == now:
		return widgets.HBox(8, dot(theme.Primary, number(i, theme.OnPrimary)), widgets.NewText(name, widgets.Label.In(theme.Primary)))
	default:
		return widgets.HBox(8, dot(theme.NeutralSoft, number(i, theme.Muted)), widgets.NewText(name, widgets.Quiet13))
	}
}

func number(i int, colour fyne.ThemeColorName) fyne.CanvasObject {
	return widgets.NewText(strconv.Itoa(i+1), widgets.Style{Size: 12, Bold: true, Color: colour, Align: fyne.TextAlignCenter})
}

// dot is the round of a step.
func dot(fill fyne.ThemeColorName, inner fyne.CanvasObject) fyne.CanvasObject {
	return widgets.Centered(widgets.NewSurface(widgets.Ground{Fill: fill, Radius: 13}, widgets.Fixed(26, 26, widgets.Centered(inner))))
}
