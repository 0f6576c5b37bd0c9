package sources

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
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
	fills bool // forms can be filled in, and so are offered
}

func newList(p *Page) *list {
	l := &list{page: p, asks: widgets.VBox(theme.CardGap)}
	l.frame = parts.NewPage("Sources", "Where your records come from.")
	l.rows = parts.NewList(func() *row { return newRow(func(v control.SourceView) { p.open(v) }) })
	l.card = widgets.NewCardPadded(8, widgets.Padded(0, 8, 0, 8, l.rows.Object()))
	l.empty = widgets.NewEmptyState(widgets.Info, "No source yet",
		"Records come from files, a database, a website, a program on this computer, or from your own hand. Add one below.", nil)
	l.tiles = widgets.VBox(0)
	l.card.Hide()
	l.empty.Hide()
	l.asks.Hide()
	l.setNarrow(false)
	l.frame.SetBody(l.asks, l.card, l.empty,
		widgets.VBox(8, widgets.Padded(4, 0, 0, 0, widgets.NewText("Add a source", widgets.Title)), l.tiles))
	return l
}

func (l *list) object() fyne.CanvasObject { return l.frame.Object() }

// setNarrow puts the tiles in three columns, or in two.
func (l *list) setNarrow(on bool) {
	n := 3
	if on {
		n = 2
	}
	grid := widgets.Grid(n, 10)
	for _, k := range kinds {
		if k.kind == core.KindForm && !l.fills {
			continue
		}
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
	if fills := l.page.OnFill != nil; fills != l.fills {
		l.fills = fills
		l.setNarrow(l.page.narrow)
	}
	for i, r := range l.rows.SetLen(len(views)) {
		r.set(views[i], l.page.Now())
		r.setShort(l.page.narrow)
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
