package activity

import (
	"context"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// detail is the right side: one message in full.
type detail struct {
	page   *Page
	object fyne.CanvasObject
	scroll *widgets.Scroll
	inner  *fyne.Container
	queue  *control.Queue
	row    control.ActivityRow
	view   *control.DeliveryView
	turn   int
	narrow bool
}

func newDetail(p *Page) *detail {
	d := &detail{page: p, inner: widgets.VBox(12)}
	d.scroll = widgets.NewScroll(widgets.Padded(16, 18, 16, 18, d.inner))
	d.object = widgets.NewCardPadded(1, d.scroll)
	d.nothing()
	return d
}

// nothing says what the card is for.
func (d *detail) nothing() {
	d.set(widgets.Padded(60, 0, 0, 0, widgets.NewEmptyState(widgets.Neutral, "No message chosen", "Choose one in the list to see what was sent and what came back.", nil)))
}

func (d *detail) set(objects ...fyne.CanvasObject) {
	d.inner.Objects = objects
	d.inner.Refresh()
	d.relayout()
}

func (d *detail) relayout() {
	d.scroll.Resize(d.scroll.Size())
	d.scroll.Refresh()
}

func (d *detail) setNarrow(on bool) {
	if d.narrow == on {
		return
	}
	d.narrow = on
	if d.view != nil {
		d.draw(*d.view)
	}
}

// open reads a message and shows it.
func (d *detail) open(row control.ActivityRow) {
	if idOf(row.Key) != idOf(d.row.Key) || d.view == nil {
		d.scroll.ScrollToTop()
	}
	d.queue, d.row = nil, row
	d.turn++
	turn := d.turn
	background.Run(
		func(ctx context.Context) (control.DeliveryView, error) { return d.page.service.Delivery(ctx, row.Key) },
		func(view control.DeliveryView, err error) {
			if turn != d.turn {
				return
			}
			if err != nil {
				d.view = nil
				d.set(widgets.NewNote(widgets.Waiting, "This message cannot be shown", core.Sentence(err)))
				return
			}
			d.view = &view
			d.draw(view)
		},
	)
}

// follow keeps up with the message that is shown: its key changes with every try.
func (d *detail) follow() {
	if d.queue != nil {
		d.followQueue()
		return
	}
	if i := d.page.list.find(idOf(d.row.Key)); i >= 0 && d.row.Key != (core.DeliveryKey{}) {
		it, _ := d.page.list.at(i)
		if it.row.Key != d.row.Key || it.row.State != d.row.State {
			d.open(it.row)
		}
	}
}

// draw shows a message.
func (d *detail) draw(view control.DeliveryView) {
	del := view.Delivery
	name := textOf(item{row: view.Row}, d.page.now()).title
	all := []fyne.CanvasObject{
		widgets.HBoxTop(10, widgets.Grow(widgets.VBox(2, widgets.NewParagraph(name, widgets.Style{Size: 18, Bold: true}), widgets.NewParagraph(originOf(view), widgets.Caption))),
			chipOf(view.Row)),
	}
	last := lastOf(del)
	if box := d.box(view, last); box != nil {
		all = append(all, box)
	}
	all = append(all, d.buttons(view))
	if last != nil && del.State != core.Delivered {
		all = append(all, widgets.NewDivider(), d.cameBack(*last))
	}
	if last != nil {
		all = append(all, widgets.NewDivider(), d.tries(view))
	}
	if len(view.Corrected) > 0 {
		all = append(all, widgets.NewDivider(), d.corrected(view))
	}
	all = append(all, widgets.NewDivider(), d.sent(view))
	if last != nil && del.State == core.Delivered {
		all = append(all, widgets.NewDivider(), d.cameBack(*last))
	}
	if box := d.person(view); box != nil {
		all = append(all, widgets.NewDivider(), box)
	}
	d.set(all...)
}

func lastOf(del core.Delivery) *core.Attempt {
	if len(del.Attempts) == 0 {
		return nil
	}
	return &del.Attempts[len(del.Attempts)-1]
}

func originOf(view control.DeliveryView) string {
	text := whence(view.Row, view.Row.Webhook)
	if view.Source != "" && !view.Row.Test {
		text += "  ·  " + view.Source
	}
	return text
}

// copy shows what can be passed on to others, and copies it.
func (d *detail) copy(view control.DeliveryView) {
	details := exchange.Details{Verdict: view.Row.Webhook, At: view.Row.At, Sent: view.Sent, Attempt: lastOf(view.Delivery)}
	if details.Attempt != nil {
		details.Verdict = attempt.Explain(view.Row.Webhook, view.Key, *details.Attempt).Title
	}
	exchange.ShowDetails(d.page.window(), details)
}

func (d *detail) cameBack(last core.Attempt) fyne.CanvasObject {
	answer := exchange.NewAnswer()
	answer.OnChanged(d.relayout)
	answer.Set(last, attempt.Short(last))
	return widgets.VBox(8,
		widgets.Spread(widgets.NewLine("What came back", widgets.Label), widgets.NewText(words.Took(last.Took), widgets.Caption)),
		answer.Object())
}

// corrected tells what was changed for this message alone.
func (d *detail) corrected(view control.DeliveryView) fyne.CanvasObject {
	box := widgets.VBox(4, widgets.NewLine("Corrected on "+view.Delivery.Changed.Local().Format("2 January at 15:04"), widgets.Label))
	for _, f := range view.Corrected {
		box.Add(widgets.NewParagraph(f.Name+": “"+f.Logged+"” became “"+f.Value+"”", widgets.Caption))
	}
	return box
}

func (d *detail) sent(view control.DeliveryView) fyne.CanvasObject {
	sent := exchange.NewSent()
	sent.OnChanged(d.relayout)
	sent.Set(view.Sent)
	title := "What we sent"
	if view.Row.State == core.Replaced && lastOf(view.Delivery) == nil {
		title = "What would have been sent"
	}
	return widgets.VBox(8, widgets.NewLine(title, widgets.Label), sent.Object())
}
