package widgets

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// Select chooses one of a list that opens below it. Space, Enter, Up and Down
// open the list; Left and Right change the choice in place.
type Select struct {
	press
	options     []string
	selected    int // -1: none
	placeholder string
	problem     bool
	label       string
	words       *Text
	changed     func(int)
}

// NewSelect makes a choice with nothing chosen; changed is told the index when
// somebody chooses, not by SetSelected.
func NewSelect(options []string, changed func(index int)) *Select {
	s := &Select{options: options, selected: -1, placeholder: "Choose…", words: NewLine("", Body), changed: changed}
	s.OnTapped = s.open
	s.OnKey = s.key
	s.ExtendBaseWidget(s)
	return s
}

// SetOptions changes the list; a choice that is no longer in it is dropped.
func (s *Select) SetOptions(options []string) {
	was := s.SelectedText()
	s.options, s.selected = options, -1
	for i, o := range options {
		if o == was {
			s.selected = i
		}
	}
	s.Refresh()
}

// SetSelected chooses by index without telling anybody; -1 chooses nothing.
func (s *Select) SetSelected(i int) {
	if i >= len(s.options) {
		i = -1
	}
	s.selected = i
	s.Refresh()
}

// Selected gives the index of the choice, -1 for none.
func (s *Select) Selected() int { return s.selected }

// SelectedText gives the words of the choice, empty for none.
func (s *Select) SelectedText() string {
	if s.selected < 0 {
		return ""
	}
	return s.options[s.selected]
}

// SetPlaceHolder changes what stands there while nothing is chosen.
func (s *Select) SetPlaceHolder(text string) { s.placeholder = text; s.Refresh() }

// SetProblem shows the box in the colour of failure, or no longer.
func (s *Select) SetProblem(on bool) { s.problem = on; s.Refresh() }

// SetLabel says to screen readers what is chosen here. A Field does it.
func (s *Select) SetLabel(label string) { s.label = label }

// AccessibilityLabel reads what is chosen here, and the choice.
func (s *Select) AccessibilityLabel() string {
	return strings.TrimSpace(s.label + " " + s.words.Text())
}

func (s *Select) choose(i int) {
	s.SetSelected(i)
	if s.changed != nil {
		s.changed(i)
	}
}

func (s *Select) key(k fyne.KeyName) {
	switch {
	case k == fyne.KeyUp || k == fyne.KeyDown:
		s.act()
	case k == fyne.KeyLeft && s.selected > 0 && !s.Disabled():
		s.choose(s.selected - 1)
	case k == fyne.KeyRight && s.selected < len(s.options)-1 && !s.Disabled():
		s.choose(s.selected + 1)
	}
}

func (s *Select) open() {
	items := make([]*option, len(s.options))
	for i, text := range s.options {
		items[i] = newOption(text, i == s.selected, func() { s.choose(i) })
	}
	openOptions(s, items, max(0, s.selected))
}

// CreateRenderer draws box, words and chevron.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	p := newPlate(theme.Radius, 0)
	chevron := newImage(nil)
	return newFace(&face{
		owner: s, objects: []fyne.CanvasObject{p.fill, p.tint, s.words, chevron, p.ring},
		min: func() fyne.Size { return fyne.NewSize(90, theme.ControlHeight) },
		place: func(size fyne.Size) {
			p.place(size)
			height := s.words.MinSize().Height
			s.words.Move(fyne.NewPos(8, middle(size.Height, height)))
			s.words.Resize(fyne.NewSize(max(0, size.Width-8-34), height))
			chevron.Move(fyne.NewPos(size.Width-26, middle(size.Height, 16)))
			chevron.Resize(fyne.NewSquareSize(16))
		},
		paint: func() { s.paint(p, chevron) },
	})
}

func (s *Select) paint(p *plate, chevron *canvas.Image) {
	fill, line, ink := theme.Input, theme.InputBorder, theme.Foreground
	if s.Disabled() {
		fill, line, ink = theme.DisabledButton, theme.Line, theme.Disabled
	}
	if s.problem {
		line = theme.Error
	}
	p.paint(&s.press, fill, line)
	chevron.Resource = theme.NewIcon(icons.ChevronDown, ink)
	if s.selected < 0 {
		s.words.SetText(s.placeholder)
		s.words.SetColor(theme.Placeholder)
		return
	}
	s.words.SetText(s.options[s.selected])
	s.words.SetColor(ink)
}
