package editor

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// chooser is a box for one of the record's fields: typed as a path, or chosen
// from a list that can be searched.
type chooser struct {
	widgets.Entry
	page *Page
}

func newChooser(p *Page, path string) *chooser {
	c := &chooser{page: p}
	c.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	c.Text = path
	c.PlaceHolder = "Choose a field"
	c.ActionItem = widgets.NewIconButton(icons.ChevronDown, "Choose a field", c.open)
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey opens the list on Down.
func (c *chooser) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown {
		c.open()
		return
	}
	c.Entry.TypedKey(k)
}

const (
	chooserWidth  = 320
	chooserHeight = 300
)

// open shows the list below the box.
func (c *chooser) open() {
	canvas := c.page.window()
	if canvas == nil {
		return
	}
	list := &fieldList{all: c.page.sample().Fields}
	popUp := widget.NewPopUp(list.build(func(path string) {
		list.close()
		c.SetText(path)
		canvas.Focus(c)
	}), canvas)
	list.close = popUp.Hide
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c).AddXY(0, c.Size().Height+3)
	size := fyne.NewSize(max(chooserWidth, c.Size().Width), chooserHeight)
	at.X = max(4, min(at.X, canvas.Size().Width-size.Width-8))
	at.Y = max(4, min(at.Y, canvas.Size().Height-size.Height-8))
	popUp.ShowAtPosition(at)
	popUp.Resize(size)
	canvas.Focus(list.search)
}

// fieldList is the list that a chooser opens: what matches the search, with what
// the example has there.
type fieldList struct {
	all, found []control.SampleField
	search     *listSearch
	list       *widget.List
	close      func()
}

func (f *fieldList) build(chosen func(path string)) fyne.CanvasObject {
	f.found = f.all
	f.list = widget.NewList(
		func() int { return len(f.found) },
		func() fyne.CanvasObject { return newFieldLine() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(f.found) {
				o.(*fieldLine).set(f.found[i])
			}
		})
	f.list.OnSelected = func(i widget.ListItemID) {
		if i < len(f.found) {
			chosen(f.found[i].Path)
		}
	}
	f.list.HideSeparators = true
	f.search = newListSearch(f.filter)
	f.search.OnSubmitted = func(string) {
		if len(f.found) > 0 {
			chosen(f.found[0].Path)
		}
	}
	f.search.OnEscape = func() { f.close() }
	return widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: 10},
		dock(widgets.Padded(8, 8, 6, 8, f.search), nil, nil, widgets.Padded(0, 4, 6, 4, f.list)))
}

func (f *fieldList) filter(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	f.found = nil
	for _, field := range f.all {
		if strings.Contains(strings.ToLower(field.Path+"\n"+field.Value), text) {
			f.found = append(f.found, field)
		}
	}
	f.list.UnselectAll()
	f.list.Refresh()
}

// listSearch is the search box over the list.
type listSearch struct{ widgets.Entry }

func newListSearch(changed func(string)) *listSearch {
	s := &listSearch{}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	s.PlaceHolder = "Search the fields"
	s.Icon = theme.NewIcon(icons.Search, theme.Muted)
	s.OnChanged = changed
	s.ExtendBaseWidget(s)
	return s
}

// fieldLine is one field in the list: its path, and what the example has.
type fieldLine struct {
	widget.BaseWidget
	path, value *widgets.Text
}

func newFieldLine() *fieldLine {
	l := &fieldLine{path: widgets.NewLine("", widgets.Body), value: widgets.NewLine("", widgets.Caption.Aligned(fyne.TextAlignTrailing))}
	l.ExtendBaseWidget(l)
	return l
}

func (l *fieldLine) set(f control.SampleField) {
	l.path.SetText(f.Path)
	l.value.SetText(f.Value)
}

// CreateRenderer draws the line.
func (l *fieldLine) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(widgets.Padded(7, 8, 7, 8,
		widgets.Columns(10, []float32{3, 2}, l.path, l.value)))
}
