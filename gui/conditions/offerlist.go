package conditions

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

const (
	leastList = 340 // wide
	mostList  = 280 // high
	offerLine = 34  // about, high
)

// offerList is an open list of offers that can be searched: Up and Down move in
// it, Enter chooses, Esc closes.
type offerList struct {
	all, found []offer
	at         int // the one that Enter takes
	chosen     func(text string)
	search     *searchBox
	list       *widget.List
	popUp      *widget.PopUp
	canvas     fyne.Canvas
	anchor     fyne.Focusable
}

// openList opens a list below a box. chosen is told the text once the list is
// gone.
func openList(canvas fyne.Canvas, below *chooser, title string, all []offer, chosen func(text string)) {
	l := &offerList{all: all, found: all, chosen: chosen, canvas: canvas, anchor: below}
	l.list = widget.NewList(
		func() int { return len(l.found) },
		func() fyne.CanvasObject { return newOfferRow() },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			if i < len(l.found) {
				o.(*offerRow).set(l.found[i], i == l.at)
			}
		})
	l.list.HideSeparators = true
	l.list.OnSelected = l.take
	l.search = newSearchBox(title, l)
	height := min(mostList, 64+offerLine*float32(max(1, len(all))))
	list := widgets.MinSize(0, height-52, l.list)
	l.popUp = widget.NewPopUp(widgets.NewSurface(widgets.Ground{Fill: theme.Card, Line: theme.Line, Radius: 10},
		widgets.VBox(0, widgets.Padded(8, 8, 6, 8, l.search), widgets.Padded(0, 4, 4, 4, list))), canvas)
	size := fyne.NewSize(max(leastList, below.Size().Width), height)
	l.popUp.ShowAtPosition(beside(canvas, below, size))
	l.popUp.Resize(size)
	canvas.Focus(l.search)
}

// beside is where a list opens: below a box, as far as the window has room.
func beside(canvas fyne.Canvas, box fyne.CanvasObject, size fyne.Size) fyne.Position {
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(box)
	room := canvas.Size()
	return fyne.NewPos(
		max(4, min(at.X, room.Width-size.Width-8)),
		max(4, min(at.Y+box.Size().Height+3, room.Height-size.Height-8)))
}

// take chooses one of those that are shown.
func (l *offerList) take(i int) {
	if i >= 0 && i < len(l.found) {
		l.popUp.Hide()
		l.chosen(l.found[i].text)
	}
}

// close leaves everything as it was.
func (l *offerList) close() {
	l.popUp.Hide()
	l.canvas.Focus(l.anchor)
}

// step moves the one that Enter takes.
func (l *offerList) step(by int) {
	l.at = max(0, min(l.at+by, len(l.found)-1))
	l.list.ScrollTo(l.at)
	l.list.Refresh()
}

// narrow leaves those that have a text in them.
func (l *offerList) narrow(text string) {
	text = strings.ToLower(strings.TrimSpace(text))
	l.found, l.at = nil, 0
	for _, o := range l.all {
		if strings.Contains(strings.ToLower(o.text+"\n"+o.note), text) {
			l.found = append(l.found, o)
		}
	}
	l.list.UnselectAll()
	l.list.ScrollToTop()
	l.list.Refresh()
}

// searchBox is the box above the list.
type searchBox struct {
	widgets.Entry
	list *offerList
}

func newSearchBox(title string, l *offerList) *searchBox {
	s := &searchBox{list: l}
	s.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	s.PlaceHolder = title
	s.Icon = theme.NewIcon(icons.Search, theme.Muted)
	s.SetLabel(title)
	s.OnChanged = l.narrow
	s.OnSubmitted = func(string) { l.take(l.at) }
	s.OnEscape = l.close
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey moves in the list on Up and Down.
func (s *searchBox) TypedKey(k *fyne.KeyEvent) {
	switch k.Name {
	case fyne.KeyDown:
		s.list.step(1)
	case fyne.KeyUp:
		s.list.step(-1)
	default:
		s.Entry.TypedKey(k)
	}
}

// offerRow is one offer in the list.
type offerRow struct {
	widget.BaseWidget
	text, note *widgets.Text
	ground     *widgets.Surface
}

func newOfferRow() *offerRow {
	r := &offerRow{text: widgets.NewLine("", widgets.Body), note: widgets.NewLine("", widgets.Caption.Aligned(fyne.TextAlignTrailing))}
	r.ground = widgets.NewSurface(widgets.Ground{Radius: theme.Radius},
		widgets.Padded(6, 8, 6, 8, widgets.Columns(10, []float32{2, 1}, r.text, r.note)))
	r.ExtendBaseWidget(r)
	return r
}

func (r *offerRow) set(o offer, marked bool) {
	r.text.SetText(o.text)
	r.note.SetText(o.note)
	ground := widgets.Ground{Radius: theme.Radius}
	if marked {
		ground.Fill = theme.Selection
	}
	r.ground.SetGround(ground)
}

// CreateRenderer draws the offer.
func (r *offerRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.ground) }
