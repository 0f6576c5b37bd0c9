package choices

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Sizes of a list.
const (
	minWidth = 320
	height   = 300
)

// Choice is one line of a list.
type Choice struct {
	Text string // what is chosen
	Note string // what to know about it
}

// List is a list that opens over the page below something, and can be searched.
// It belongs to the UI goroutine.
type List struct {
	Title   string          // what is searched: "Search the fields"
	Width   float32         // at least; 0 is as wide as what it opens below
	Choices []Choice        // in the order in which they are shown
	Extra   *widgets.Button // stands above them; nil for nothing
	// OnClose is told when the list is left without a choice. It may be nil.
	OnClose func()

	found  []Choice
	at     int // the line that Enter takes
	chosen func(text string)
	search *search
	list   *widget.List
	popUp  *widget.PopUp
}

// Open shows the list below an object. chosen is told the text, once the list is
// gone. Without a canvas nothing opens.
func (l *List) Open(c fyne.Canvas, below fyne.CanvasObject, chosen func(text string)) {
	if c == nil {
		return
	}
	l.popUp = widget.NewPopUp(l.build(), c)
	l.chosen = func(text string) {
		l.popUp.Hide()
		chosen(text)
	}
	if l.Extra != nil {
		act := l.Extra.OnTapped
		l.Extra.OnTapped = func() {
			l.popUp.Hide()
			act()
		}
		l.Extra.OnKey = func(k fyne.KeyName) {
			if k == fyne.KeyEscape {
				l.leave()
			}
		}
	}
	width := max(minWidth, l.Width, below.Size().Width)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).AddXY(0, below.Size().Height+3)
	at.X = max(4, min(at.X, c.Size().Width-width-8))
	at.Y = max(4, min(at.Y, c.Size().Height-height-8))
	l.popUp.ShowAtPosition(at)
	l.popUp.Resize(fyne.NewSize(width, height))
	c.Focus(l.search)
}

// leave closes the list and chooses nothing.
func (l *List) leave() {
	l.popUp.Hide()
	if l.OnClose != nil {
		l.OnClose()
	}
}

func (l *List) build() fyne.CanvasObject {
	l.found = l.Choices
	l.list = widget.NewList(
		func() int { return len(l.found) },
		func() fyne.CanvasObject { return newLine() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(l.found) {
				o.(*line).set(l.found[i], i == l.at)
			}
		})
	l.list.OnSelected = func(i widget.ListItemID) { l.take(i) }
	l.list.HideSeparators = true
	l.search = newSearch(l)
	top := widgets.VBox(0, widgets.Padded(8, 8, 6, 8, l.search))
	if l.Extra != nil {
		top.Add(widgets.Padded(0, 8, 4, 8, widgets.HBox(0, l.Extra)))
	}
	return widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: 10},
		under(top, widgets.Padded(0, 4, 6, 4, l.list)))
}

// take chooses a line.
func (l *List) take(i int) {
	if i >= 0 && i < len(l.found) {
		l.chosen(l.found[i].Text)
	}
}

// step moves the line that Enter takes.
func (l *List) step(by int) {
	at := l.at + by
	if at < 0 || at >= len(l.found) {
		return
	}
	l.at = at
	l.list.ScrollTo(at)
	l.list.Refresh()
}

func (l *List) filter(text string) {
	l.found, l.at = matching(l.Choices, text), 0
	l.list.UnselectAll()
	l.list.ScrollToTop()
	l.list.Refresh()
}

// matching gives the choices that have a text in them.
func matching(choices []Choice, text string) []Choice {
	text = strings.ToLower(strings.TrimSpace(text))
	var found []Choice
	for _, c := range choices {
		if strings.Contains(strings.ToLower(c.Text+"\n"+c.Note), text) {
			found = append(found, c)
		}
	}
	return found
}

// search is the search box over the list. Up and Down move in the list.
type search struct {
	widgets.Entry
	list *List
}

func newSearch(l *List) *search {
	s := &search{list: l}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	s.PlaceHolder = l.Title
	s.Icon = theme.NewIcon(icons.Search, theme.Muted)
	s.SetLabel(l.Title)
	s.OnChanged = l.filter
	s.OnSubmitted = func(string) { l.take(l.at) }
	s.OnEscape = l.leave
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey moves in the list.
func (s *search) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		s.list.step(1)
	case fyne.KeyUp:
		s.list.step(-1)
	default:
		s.Entry.TypedKey(k)
	}
}

// line is one choice in the list.
type line struct {
	widget.BaseWidget
	text, note *widgets.Text
	ground     *widgets.Surface
}

func newLine() *line {
	l := &line{text: widgets.NewLine("", widgets.Body), note: widgets.NewLine("", widgets.Caption.Aligned(fyne.TextAlignTrailing))}
	l.ground = widgets.NewSurface(widgets.Ground{Radius: theme.Radius},
		widgets.Padded(7, 8, 7, 8, widgets.Columns(10, []float32{3, 2}, l.text, l.note)))
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) set(c Choice, marked bool) {
	l.text.SetText(c.Text)
	l.note.SetText(c.Note)
	ground := widgets.Ground{Radius: theme.Radius}
	if marked {
		ground.Fill = theme.Selection
	}
	l.ground.SetGround(ground)
}

// CreateRenderer draws the line.
func (l *line) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.ground) }

// under puts one object on top, at the height that it needs, and gives the other
// what is left.
func under(top, rest fyne.CanvasObject) *fyne.Container {
	return container.New(underLayout{}, top, rest)
}

type underLayout struct{}

func (underLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	top, rest := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(top.Width, rest.Width), top.Height+rest.Height)
}

func (underLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(fyne.NewSize(size.Width, top))
	o[1].Move(fyne.NewPos(0, top))
	o[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-top)))
}
