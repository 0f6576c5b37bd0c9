package sources

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// list is the page of all sources: what they ask, their rows, and what can be
// added.
type list struct {
	page *Page

	frame *parts.Page
	asks  *fyne.Container // a card for each question
	asked string          // which questions these are
	rows  *parts.List[*row]
	card  *widgets.Surface
	empty *widgets.EmptyState
	tiles *fyne.Container
	add   fyne.CanvasObject // the tiles with their title
}

func newList(p *Page) *list {
	l := &list{page: p, asks: widgets.VBox(theme.CardGap)}
	l.frame = parts.NewPage("Sources", "Where your records come from.",
		widgets.NewButton(widgets.Secondary, "Send one by hand", icons.Form, func() { p.SendByHand("") }))
	l.rows = parts.NewList(func() *row { return newRow(func(v control.SourceView) { p.open(v) }) })
	l.card = widgets.NewCardPadded(8, widgets.Padded(0, 8, 0, 8, l.rows.Object()))
	l.empty = widgets.NewEmptyState(widgets.Info, "No source yet",
		"Records come from files, a database, a website, a program on this computer, or from your own hand. Add one below.", nil)
	l.tiles = widgets.VBox(0)
	l.card.Hide()
	l.empty.Hide()
	l.asks.Hide()
	l.add = widgets.VBox(8, widgets.Padded(4, 0, 0, 0, widgets.NewText("Add a source", widgets.Title)), l.tiles)
	l.arrange()
	return l
}

func (l *list) object() fyne.CanvasObject { return l.frame.Object() }

// arrange puts the list and the card of "Send one by hand" on the page: beside each
// other, or in a narrow window one in place of the other.
func (l *list) arrange() {
	hand := l.page.hand.Object()
	switch {
	case !l.page.byHand:
		l.frame.SetBody(l.asks, l.card, l.empty, l.add)
	case l.page.narrow:
		l.frame.SetBody(hand)
	default:
		left := widgets.VBox(theme.CardGap, l.asks, l.card, l.empty, l.add)
		l.frame.SetBody(widgets.Columns(theme.CardGap, []float32{58, 42}, left, widgets.VBox(0, hand)))
	}
	l.setShort(l.page.narrow || l.page.byHand)
}

// setShort puts the tiles in three columns, or in two where there is less room.
func (l *list) setShort(on bool) {
	n := 3
	if on {
		n = 2
	}
	grid := widgets.Grid(n, 10)
	for _, k := range kinds {
		grid.Add(widgets.NewActionTile(k.icon, k.title, k.line, func() { l.page.add(k.kind) }))
	}
	l.tiles.Objects = []fyne.CanvasObject{grid}
	for _, r := range l.rows.Rows() {
		r.setShort(on)
	}
	l.frame.Layout()
}

// show puts what was read on screen.
func (l *list) show() {
	views := l.page.views
	for i, r := range l.rows.SetLen(len(views)) {
		r.set(views[i], l.page.Now())
		r.setShort(l.page.narrow || l.page.byHand)
	}
	l.card.Hidden = len(views) == 0
	l.empty.Hidden = len(views) > 0
	l.showQuestions(views)
	l.frame.Layout()
}

// showQuestions makes the cards anew only where others are asked: the focus stays
// on a button while the rest of the page is read.
func (l *list) showQuestions(views []control.SourceView) {
	asked := ""
	var cards []fyne.CanvasObject
	for _, v := range views {
		if q := v.State.Question; q != nil && !v.Source.Paused {
			asked += v.Source.ID + "\n" + v.Source.Name + "\n" + q.ID + "\n" + q.Text + "\n"
			cards = append(cards, newAsking(l.page, v, l.frame.Notice).card)
		}
	}
	if asked == l.asked {
		return
	}
	l.asked = asked
	l.asks.Objects = cards
	l.asks.Hidden = len(cards) == 0
	l.asks.Refresh()
}
