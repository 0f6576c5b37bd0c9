package mapping

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

const (
	listWidth  = 320
	wideList   = 460 // of what needs more words
	listHeight = 300
)

// fieldList is a list of fields that opens over the page: what matches the
// search, with what the example has there.
type fieldList struct {
	title      string // what is searched
	width      float32
	all, found []control.SampleField
	at         int // the line that Enter takes
	chosen     func(path string)
	search     *listSearch
	list       *widget.List
	close      func()
}

// openFieldList opens a list of the fields below an object. chosen is told the
// path, once the list is gone.
func openFieldList(c fyne.Canvas, below fyne.CanvasObject, fields []control.SampleField, chosen func(path string)) {
	f := &fieldList{title: "Search the fields", width: max(listWidth, below.Size().Width), all: fields}
	f.open(c, below, nil, chosen)
}

// open shows the list. extra stands above it; nil for nothing.
func (f *fieldList) open(c fyne.Canvas, below fyne.CanvasObject, extra *widgets.Button, chosen func(path string)) {
	if c == nil {
		return
	}
	popUp := widget.NewPopUp(f.build(extra), c)
	f.close = popUp.Hide
	f.chosen = func(path string) {
		f.close()
		chosen(path)
	}
	if extra != nil {
		act := extra.OnTapped
		extra.OnTapped = func() {
			f.close()
			act()
		}
		extra.OnKey = f.escape
	}
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(below).AddXY(0, below.Size().Height+3)
	at.X = max(4, min(at.X, c.Size().Width-f.width-8))
	at.Y = max(4, min(at.Y, c.Size().Height-listHeight-8))
	popUp.ShowAtPosition(at)
	popUp.Resize(fyne.NewSize(f.width, listHeight))
	c.Focus(f.search)
}

func (f *fieldList) build(extra *widgets.Button) fyne.CanvasObject {
	f.found = f.all
	f.list = widget.NewList(
		func() int { return len(f.found) },
		func() fyne.CanvasObject { return newFieldLine() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(f.found) {
				o.(*fieldLine).set(f.found[i], i == f.at)
			}
		})
	f.list.OnSelected = func(i widget.ListItemID) { f.take(i) }
	f.list.HideSeparators = true
	f.search = newListSearch(f)
	top := widgets.VBox(0, widgets.Padded(8, 8, 6, 8, f.search))
	if extra != nil {
		top.Add(widgets.Padded(0, 8, 4, 8, widgets.HBox(0, extra)))
	}
	return widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: 10},
		under(top, widgets.Padded(0, 4, 6, 4, f.list)))
}

// take chooses a line.
func (f *fieldList) take(i int) {
	if i >= 0 && i < len(f.found) {
		f.chosen(f.found[i].Path)
	}
}

// step moves the line that Enter takes.
func (f *fieldList) step(by int) {
	at := f.at + by
	if at < 0 || at >= len(f.found) {
		return
	}
	f.at = at
	f.list.ScrollTo(at)
	f.list.Refresh()
}

func (f *fieldList) escape(k fyne.KeyName) {
	if k == fyne.KeyEscape {
		f.close()
	}
}

func (f *fieldList) filter(text string) {
	f.found, f.at = matching(f.all, text), 0
	f.list.UnselectAll()
	f.list.ScrollToTop()
	f.list.Refresh()
}

// matching gives the fields whose name or value has a text in it.
func matching(fields []control.SampleField, text string) []control.SampleField {
	text = strings.ToLower(strings.TrimSpace(text))
	var found []control.SampleField
	for _, f := range fields {
		if strings.Contains(strings.ToLower(f.Path+"\n"+f.Value), text) {
			found = append(found, f)
		}
	}
	return found
}

// listSearch is the search box over the list. Up and Down move in the list.
type listSearch struct {
	widgets.Entry
	list *fieldList
}

func newListSearch(f *fieldList) *listSearch {
	s := &listSearch{list: f}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	s.PlaceHolder = f.title
	s.Icon = theme.NewIcon(icons.Search, theme.Muted)
	s.OnChanged = f.filter
	s.OnSubmitted = func(string) { f.take(f.at) }
	s.OnEscape = func() { f.close() }
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey moves in the list.
func (s *listSearch) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		s.list.step(1)
	case fyne.KeyUp:
		s.list.step(-1)
	default:
		s.Entry.TypedKey(k)
	}
}

// fieldLine is one field in the list: its path, and what the example has.
type fieldLine struct {
	widget.BaseWidget
	path, value *widgets.Text
	ground      *widgets.Surface
}

func newFieldLine() *fieldLine {
	l := &fieldLine{path: widgets.NewLine("", widgets.Body), value: widgets.NewLine("", widgets.Caption.Aligned(fyne.TextAlignTrailing))}
	l.ground = widgets.NewSurface(widgets.Ground{Radius: theme.Radius},
		widgets.Padded(7, 8, 7, 8, widgets.Columns(10, []float32{3, 2}, l.path, l.value)))
	l.ExtendBaseWidget(l)
	return l
}

func (l *fieldLine) set(f control.SampleField, marked bool) {
	l.path.SetText(f.Path)
	l.value.SetText(f.Value)
	ground := widgets.Ground{Radius: theme.Radius}
	if marked {
		ground.Fill = theme.Selection
	}
	l.ground.SetGround(ground)
}

// CreateRenderer draws the line.
func (l *fieldLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.ground) }
