package activity

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// nearEnd is how many lines before the end the next page is read.
const nearEnd = 20

// listPane is the left side: the list in its card, the bar for what is chosen
// under it, and the pill for what is new over it.
type listPane struct {
	page   *Page
	object *fyne.Container
	card   *widgets.Surface
	list   *messages
	pill   *widgets.Button
	over   *fyne.Container
	looked *lookBar
	every  *widgets.Button // chooses all that the query asks for
	anchor id              // what was ticked last, from which Shift ticks on
	empty  *widgets.EmptyState
	clearB *widgets.Button
	bar    *fyne.Container
	count  *widgets.Text
	again  *widgets.Button
	settle *widgets.Button
	opened id // the message whose details are shown
	moving bool
}

func newListPane(p *Page) *listPane {
	l := &listPane{page: p}
	l.list = newMessages(l)
	l.pill = widgets.NewButton(widgets.Primary, "", icons.ArrowUp, l.showNew)
	l.over = widgets.VBox(0, widgets.Padded(8, 0, 0, 0, widgets.HBox(0, widgets.Spacer(), l.pill, widgets.Spacer())), widgets.Spacer())
	l.over.Hide()
	l.clearB = widgets.NewButton(widgets.Secondary, "Clear search", icons.None, p.filter.clear)
	l.empty = widgets.NewEmptyState(widgets.Neutral, "Reading…", "", l.clearB)
	l.clearB.Hide()
	l.card = widgets.NewCardPadded(4, widgets.Stack(l.list, l.over, l.empty))
	l.count = widgets.NewLine("", widgets.Label)
	l.again = widgets.NewButton(widgets.Primary, "Send again", refreshIcon, l.sendAgain)
	l.settle = widgets.NewButton(widgets.Secondary, "They arrived", icons.Check, func() { p.settle(p.list.unsure()) })
	clear := widgets.NewButton(widgets.Quiet, "Clear", icons.None, l.clear)
	export := widgets.NewButton(widgets.Secondary, "Export", icons.None, p.exportChosen)
	l.every = widgets.NewButton(widgets.Quiet, "", icons.None, p.chooseAll)
	l.bar = widgets.Padded(10, 0, 0, 0, widgets.NewSurface(widgets.Ground{Fill: theme.PrimarySoft, Radius: theme.CardRadius},
		widgets.Padded(5, 5, 5, 12, widgets.VBox(0,
			widgets.HBox(6, widgets.Grow(l.count), clear, export, l.again),
			widgets.HBox(6, widgets.Padded(0, 0, 0, -11, l.every), widgets.Spacer(), l.settle)))))
	l.bar.Hide()
	l.looked = newLookBar(p)
	l.object = below(p.causes.room, above(above(l.card, l.looked.object), l.bar))
	return l
}

// messages is Fyne's list, in which the arrow keys open what they reach.
type messages struct {
	widget.List
	reached int
}

func newMessages(l *listPane) *messages {
	m := &messages{}
	p := l.page
	m.Length = p.list.len
	m.CreateItem = func() fyne.CanvasObject { return newRowView(func(in bool) { p.hovered = in }) }
	m.UpdateItem = l.fill
	m.OnSelected = l.selected
	m.OnHighlighted = func(i widget.ListItemID) { m.reached = i }
	m.HideSeparators = true
	m.ExtendBaseWidget(m)
	return m
}

// TypedKey opens what the arrow keys reach.
func (m *messages) TypedKey(e *fyne.KeyEvent) {
	m.List.TypedKey(e)
	if e.Name == fyne.KeyUp || e.Name == fyne.KeyDown {
		m.Select(m.reached)
	}
}

// fill makes a row say a line of the list.
func (l *listPane) fill(i widget.ListItemID, o fyne.CanvasObject) {
	p := l.page
	it, ok := p.list.at(i)
	if !ok {
		return
	}
	o.(*rowView).set(p.line(it), it.queue == nil, p.list.isChosen(it.row), func(on bool) {
		l.tick(it.row, on)
	})
	if i >= p.list.len()-nearEnd {
		p.readMore()
	}
}

// mayMove tells whether lines may move: nobody has scrolled down, the pointer is
// elsewhere, nothing is chosen.
func (l *listPane) mayMove() bool {
	return l.list.GetScrollOffset() < 8 && !l.page.hovered && len(l.page.list.chosen) == 0 && l.page.list.all == 0
}

// afterReset goes on after the lines were exchanged: at the top if the query is
// another one, and with the same message open.
func (l *listPane) afterReset(top bool) {
	if top {
		l.list.ScrollToTop()
	}
	l.reselect()
}

// reselect marks the line of the message that is open, wherever it is now.
func (l *listPane) reselect() {
	l.moving = true
	l.list.UnselectAll()
	if i := l.page.list.find(l.opened); i >= 0 && l.opened != (id{}) {
		offset := l.list.GetScrollOffset()
		l.list.Select(i)
		l.list.ScrollToOffset(offset)
	}
	l.moving = false
}

// selected opens the details of a line.
func (l *listPane) selected(i widget.ListItemID) {
	it, ok := l.page.list.at(i)
	if !ok || l.moving {
		return
	}
	if it.queue != nil {
		l.opened = id{}
		l.page.detail.openQueue(*it.queue)
		return
	}
	l.opened = idOf(it.row.Key)
	l.page.detail.open(it.row)
}

// show draws list, pill, bar and, where there is nothing, why.
func (l *listPane) show() {
	p := l.page
	none := p.list.len() == 0
	l.empty.Hidden, l.list.Hidden = !none, none
	l.clearB.Hidden = !p.filter.any()
	switch {
	case !p.filter.any():
		l.empty.Set("Nothing sent yet", "Every message that goes out, or should have, is listed here.")
	case p.query.Text != "":
		l.empty.Set("Nothing matches “"+p.query.Text+"”", p.looks.soFar())
		l.clearB.SetText("Clear search")
	default:
		l.empty.Set("Nothing here", "No message is in this state, of this webhook and in this time.")
		l.clearB.SetText("Show all")
	}
	l.over.Hidden = p.list.fresh == 0
	l.pill.SetText(freshWords(p.list.fresh, p.list.more))
	l.list.Refresh()
	l.looked.show()
	l.showBar()
	l.card.Refresh()
}

func freshWords(n int, more bool) string {
	if more {
		return fmt.Sprintf("%d+ new", n)
	}
	return fmt.Sprintf("%d new", n)
}

// showNew shows what has come since, from the top.
func (l *listPane) showNew() { l.page.renew() }

// showBar says how many are chosen.
func (l *listPane) showBar() {
	chosen, all := l.page.list.chosen, l.page.list.all
	was := [...]bool{l.bar.Visible(), l.every.Visible(), l.settle.Visible()}
	l.bar.Hidden = len(chosen) == 0 && all == 0
	keys, _ := l.page.list.finished()
	l.count.SetText(l.page.chosenWords())
	l.settle.Hidden = all > 0 || len(chosen) == 0 || len(l.page.list.unsure()) < len(chosen)
	l.again.SetEnabled(len(keys) > 0 || all > 0 && l.page.query.State != core.Waiting)
	l.again.SetKind(widgets.Primary)
	if l.held() {
		l.again.SetKind(widgets.Secondary)
	}
	l.every.SetText(l.page.everyWords())
	l.every.Hidden = l.every.Text() == ""
	if was != [...]bool{l.bar.Visible(), l.every.Visible(), l.settle.Visible()} {
		l.object.Refresh()
	}
}

// held tells whether a chosen message's webhook still waits for its settings to
// be put right: sending again would fail again.
func (l *listPane) held() bool {
	if l.page.list.all > 0 {
		return l.page.anyStanding()
	}
	for _, row := range l.page.list.chosen {
		if v, ok := l.page.webhook(row.WebhookID); ok && v.Condition == control.Attention {
			return true
		}
	}
	return false
}

func (l *listPane) sendAgain() { l.page.askAgain(l.page.chosenAgain()) }

// clear takes all marks away.
func (l *listPane) clear() {
	l.page.list.unchoose()
	l.list.Refresh()
	l.showBar()
}

// tick marks a line, or takes its mark away. With Shift held all lines from the one
// that was ticked last are marked with it.
func (l *listPane) tick(row control.ActivityRow, on bool) {
	list := l.page.list
	from, to := list.find(l.anchor), list.find(idOf(row.Key))
	if on && shiftHeld() && from >= 0 && to >= 0 {
		for i := min(from, to); i <= max(from, to); i++ {
			it, _ := list.at(i)
			list.choose(it.row, true)
		}
	} else {
		list.choose(row, on)
	}
	l.anchor = idOf(row.Key)
	l.list.Refresh()
	l.showBar()
}

// shiftHeld tells whether Shift is held down now; a variable for tests, whose
// driver has no keyboard.
var shiftHeld = func() bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&fyne.KeyModifierShift != 0
}
