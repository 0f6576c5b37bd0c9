package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"hookbird/gui/theme"
)

// Tabs chooses one of several pages by a row of words; it does not hold the
// pages. Left and Right move between tabs.
type Tabs struct {
	composed
	tabs     []*tab
	selected int
	changed  func(int)
}

// NewTabs makes tabs with the first one chosen; changed is told when somebody
// chooses another.
func NewTabs(titles []string, changed func(int)) *Tabs {
	t := &Tabs{changed: changed}
	row := HBox(2)
	for i, title := range titles {
		one := newTab(title, i == 0)
		one.OnTapped = func() { t.choose(i) }
		one.OnKey = func(k fyne.KeyName) { t.step(i, k) }
		t.tabs = append(t.tabs, one)
		row.Add(one)
	}
	t.body = Stack(VBox(0, Spacer(), NewDivider()), row)
	t.ExtendBaseWidget(t)
	return t
}

func (t *Tabs) choose(i int) {
	if i == t.selected {
		return
	}
	t.Select(i)
	if t.changed != nil {
		t.changed(i)
	}
}

func (t *Tabs) step(i int, key fyne.KeyName) { stepFocus(t.tabs, i, key) }

// Select chooses a tab without telling anybody.
func (t *Tabs) Select(i int) {
	t.selected = i
	for j, one := range t.tabs {
		one.selected = j == i
		one.Refresh()
	}
}

// Selected tells which tab is chosen.
func (t *Tabs) Selected() int { return t.selected }

// SetProblems shows how many things must be mended behind a tab; zero hides it.
func (t *Tabs) SetProblems(i, n int) {
	t.tabs[i].pill.SetCount(n)
	t.tabs[i].Refresh()
	t.body.Refresh()
}

type tab struct {
	press
	selected bool
	words    *Text
	pill     *CountPill
}

func newTab(title string, selected bool) *tab {
	t := &tab{words: NewText(title, Label), pill: newCountPill(0, true), selected: selected}
	t.ExtendBaseWidget(t)
	return t
}

// AccessibilityLabel reads the tab.
func (t *tab) AccessibilityLabel() string { return t.words.Text() }

func (t *tab) CreateRenderer() fyne.WidgetRenderer {
	p := newPlate(theme.Radius, -2)
	line := canvas.NewRectangle(nil)
	line.CornerRadius = 1.5
	inner := Padded(0, 10, 0, 10, HBox(7, t.words, t.pill))
	return newFace(&face{
		owner: t, objects: []fyne.CanvasObject{p.tint, inner, line, p.ring},
		min: func() fyne.Size { return fyne.NewSize(inner.MinSize().Width, 36) },
		place: func(size fyne.Size) {
			p.place(size.SubtractWidthHeight(0, 3))
			inner.Resize(size.SubtractWidthHeight(0, 2))
			line.Move(fyne.NewPos(0, size.Height-3))
			line.Resize(fyne.NewSize(size.Width, 3))
		},
		paint: func() {
			p.paint(&t.press, "", "")
			line.Hidden = !t.selected
			line.FillColor = theme.Color(theme.Primary)
			t.words.SetColor(theme.Muted)
			if t.selected {
				t.words.SetColor(theme.Primary)
			}
		},
	})
}

// Segmented chooses one of a few words that stand in one box.
type Segmented struct {
	composed
	parts    []*segment
	selected int
	changed  func(int)
}

// NewSegmented makes a choice with the first one chosen; changed is told when
// somebody chooses another.
func NewSegmented(options []string, changed func(int)) *Segmented {
	s := &Segmented{changed: changed}
	row := Grid(len(options), 2)
	for i, option := range options {
		part := newSegment(option, i == 0)
		part.OnTapped = func() { s.choose(i) }
		part.OnKey = func(k fyne.KeyName) { stepFocus(s.parts, i, k) }
		s.parts = append(s.parts, part)
		row.Add(part)
	}
	s.body = NewSurface(Ground{theme.Subtle, "", theme.Radius, 3, false}, row)
	s.ExtendBaseWidget(s)
	return s
}

func (s *Segmented) choose(i int) {
	if i == s.selected {
		return
	}
	s.Select(i)
	if s.changed != nil {
		s.changed(i)
	}
}

// Select chooses without telling anybody.
func (s *Segmented) Select(i int) {
	s.selected = i
	for j, part := range s.parts {
		part.selected = j == i
		part.Refresh()
	}
}

// Selected tells which one is chosen.
func (s *Segmented) Selected() int { return s.selected }

type segment struct {
	press
	selected bool
	words    *Text
}

func newSegment(text string, selected bool) *segment {
	s := &segment{words: NewText(text, Label.Aligned(fyne.TextAlignCenter)), selected: selected}
	s.ExtendBaseWidget(s)
	return s
}

// AccessibilityLabel reads the choice.
func (s *segment) AccessibilityLabel() string { return s.words.Text() }

func (s *segment) CreateRenderer() fyne.WidgetRenderer {
	p := newPlate(6, 1)
	return newFace(&face{
		owner: s, objects: []fyne.CanvasObject{p.fill, p.tint, s.words, p.ring},
		min: func() fyne.Size { return fyne.NewSize(s.words.MinSize().Width+24, theme.ControlHeight-6) },
		place: func(size fyne.Size) {
			p.place(size)
			s.words.Resize(size)
		},
		paint: func() {
			p.paint(&s.press, "", "")
			s.words.SetColor(theme.Muted)
			if s.selected {
				p.paint(&s.press, theme.Card, theme.Line)
				s.words.SetColor(theme.Foreground)
			}
		},
	})
}

// stepFocus moves the focus to a neighbour on the arrow keys.
func stepFocus[W fyne.Focusable](row []W, i int, key fyne.KeyName) {
	switch key {
	case fyne.KeyLeft:
		i--
	case fyne.KeyRight:
		i++
	default:
		return
	}
	if i < 0 || i >= len(row) {
		return
	}
	if c := canvasOf(row[i]); c != nil {
		c.Focus(row[i])
	}
}

func canvasOf(o any) fyne.Canvas {
	object, ok := o.(fyne.CanvasObject)
	if !ok {
		return nil
	}
	return fyne.CurrentApp().Driver().CanvasForObject(object)
}
