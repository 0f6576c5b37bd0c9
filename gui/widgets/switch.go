package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"hookbird/gui/theme"
)

const (
	switchWidth, switchHeight = 38, 22
	switchKnob                = 16
)

// Switch turns one thing on or off at once.
type Switch struct {
	press
	on        bool
	label     string
	onChanged func(bool)
}

// NewSwitch makes a switch; changed is told when somebody flips it, not by SetOn.
func NewSwitch(on bool, changed func(bool)) *Switch {
	s := &Switch{on: on, onChanged: changed}
	s.OnTapped = s.flip
	s.ExtendBaseWidget(s)
	return s
}

func (s *Switch) flip() {
	s.SetOn(!s.on)
	if s.onChanged != nil {
		s.onChanged(s.on)
	}
}

// On tells the position.
func (s *Switch) On() bool { return s.on }

// SetOn moves the switch without telling anybody.
func (s *Switch) SetOn(on bool) { s.on = on; s.Refresh() }

// SetLabel says to screen readers what is switched.
func (s *Switch) SetLabel(label string) { s.label = label }

// AccessibilityLabel reads what is switched, and its position.
func (s *Switch) AccessibilityLabel() string {
	if s.on {
		return s.label + " on"
	}
	return s.label + " off"
}

// CreateRenderer draws track and knob.
func (s *Switch) CreateRenderer() fyne.WidgetRenderer {
	p := newPlate(switchHeight/2, 3)
	knob := canvas.NewCircle(nil)
	return newFace(&face{
		owner: s, objects: []fyne.CanvasObject{p.fill, p.tint, knob, p.ring},
		min: func() fyne.Size { return fyne.NewSize(switchWidth, switchHeight) },
		place: func(size fyne.Size) {
			p.place(fyne.NewSize(switchWidth, switchHeight))
			x := float32(3)
			if s.on {
				x = switchWidth - switchKnob - 3
			}
			knob.Move(fyne.NewPos(x, 3))
			knob.Resize(fyne.NewSquareSize(switchKnob))
		},
		paint: func() {
			fill, line, ink := s.colours()
			p.paint(&s.press, fill, line)
			knob.FillColor = theme.Color(ink)
		},
	})
}

func (s *Switch) colours() (fill, line, knob fyne.ThemeColorName) {
	switch {
	case s.Disabled():
		return theme.NeutralSoft, theme.Line, theme.Disabled
	case s.on:
		return theme.Primary, "", theme.OnPrimary
	}
	return theme.NeutralSoft, theme.InputBorder, theme.Placeholder
}
