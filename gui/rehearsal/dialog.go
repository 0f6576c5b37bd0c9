// Package rehearsal shows what a webhook that does not send would send, message by
// message as each would go out, and starts it with what was rehearsed or without. It
// must not send anything by itself: the engine does.
package rehearsal

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Service is what this asks of the engine.
type Service interface {
	Rehearsal(ctx context.Context, r control.RehearsalRequest) (control.RehearsalPage, error)
	StartSending(ctx context.Context, r control.StartRequest) (job.View, error)
}

// Params are what the dialog needs.
type Params struct {
	Canvas  fyne.Canvas
	Service Service
	Webhook control.WebhookView
	Now     func() time.Time
	Say     func(text string) // shows a short message
	OnDone  func()            // sending was started
}

// Dialog is a rehearsal. It belongs to the UI goroutine.
type Dialog struct {
	p      Params
	rows   []control.RehearsalRow
	next   uint64
	total  uint64
	chosen int

	notice *parts.Notice
	count  *widgets.Text
	list   *fyne.Container
	items  []*widgets.Row
	more   *widgets.Button
	sent   *exchange.Sent
	why    *widgets.Hint
	dialog *widgets.Dialog
}

// Show opens the dialog and reads the first messages.
func Show(p Params) *Dialog {
	d := &Dialog{
		p: p, notice: parts.NewNotice(), count: widgets.NewParagraph("", widgets.Subtitle), list: widgets.VBox(2),
		sent: exchange.NewSent(), why: widgets.NewHint(widgets.Bad, ""),
	}
	size := p.Canvas.Size()
	width, height := min(900, size.Width-110), min(400, size.Height-330)
	d.more = widgets.NewButton(widgets.Quiet, "Show more", icons.None, func() { d.read(d.next) })
	d.more.Hide()
	side := widgets.NewScroll(widgets.Padded(0, 10, 0, 0, widgets.VBox(6, d.list, d.more)))
	right := widgets.NewScroll(widgets.Padded(2, 12, 2, 0, widgets.VBox(8, d.why, d.sent.Object())))
	body := widgets.VBox(10, d.notice.Object(), d.count,
		widgets.HBox(16, widgets.Fixed(280, height, side), widgets.Grow(widgets.MinSize(width-296, height, right))))
	d.dialog = widgets.NewDialog(p.Canvas, "Rehearsal: "+p.Webhook.Webhook.Name, body,
		widgets.NewButton(widgets.Quiet, "Close", icons.None, func() { d.dialog.Hide() }),
		widgets.NewButton(widgets.Secondary, "Start without these", icons.None, d.askWithout),
		widgets.NewButton(widgets.Primary, "Start and send these", icons.Play, func() { d.start(true) }))
	d.read(0)
	d.dialog.Show()
	return d
}

// read reads messages from a record on, 0 for the first.
func (d *Dialog) read(from uint64) {
	r := control.RehearsalRequest{Webhook: d.p.Webhook.Webhook.ID, From: from}
	background.Run(func(ctx context.Context) (control.RehearsalPage, error) { return d.p.Service.Rehearsal(ctx, r) },
		func(page control.RehearsalPage, err error) {
			d.notice.Fail(err)
			if err != nil {
				return
			}
			d.rows, d.next, d.total = append(d.rows, page.Rows...), page.Next, page.Waiting
			d.fill()
		})
}

func (d *Dialog) fill() {
	d.count.SetText(countText(d.total))
	d.list.Objects, d.items = nil, nil
	for i, r := range d.rows {
		status := widgets.Waiting
		if r.Why != "" {
			status = widgets.Bad
		}
		row := widgets.NewRow(r.Title, widgets.Padded(7, 10, 7, 10, widgets.HBox(8, widgets.NewStatusIcon(status, 16), widgets.Grow(widgets.VBox(1,
			widgets.NewLine(r.Title, widgets.Strong), widgets.NewLine("Came in "+words.When(r.Time, d.p.Now()), widgets.Caption))))),
			func() { d.choose(i) })
		d.items = append(d.items, row)
		d.list.Add(row)
	}
	d.more.Hidden = d.next == 0
	d.list.Refresh()
	d.choose(d.chosen)
}

func countText(n uint64) string {
	if n == 0 {
		return "Nothing waits yet. What comes in from now on is listed here, and nothing is sent."
	}
	return fmt.Sprintf("%s would go out like this. Nothing is sent until you start.", words.Count(n, "message", "messages"))
}

// choose shows one message.
func (d *Dialog) choose(i int) {
	if i >= len(d.rows) {
		return
	}
	d.chosen = i
	for n, row := range d.items {
		row.SetSelected(n == i)
	}
	r := d.rows[i]
	d.why.Set(widgets.Bad, r.Why)
	d.sent.Object().Hide()
	if r.Shown != nil {
		d.sent.Set(r.Shown)
		d.sent.Object().Show()
	}
}

func (d *Dialog) askWithout() {
	if d.total == 0 {
		d.start(true)
		return
	}
	widgets.Confirm(d.p.Canvas, widgets.Question{
		Title: "Start without these?", Body: words.Count(d.total, "message is", "messages are") + " not sent. Activity keeps them, and they can still be sent from there.",
		No: "Cancel", Yes: "Start without these", Danger: true, OnYes: func() { d.start(false) },
	})
}

func (d *Dialog) start(with bool) {
	r := control.StartRequest{Webhook: d.p.Webhook.Webhook.ID, With: with}
	background.Do(func(ctx context.Context) error {
		_, err := d.p.Service.StartSending(ctx, r)
		return err
	}, func(err error) {
		if err != nil {
			d.notice.Fail(err)
			return
		}
		d.dialog.Hide()
		d.p.Say(d.p.Webhook.Webhook.Name + " is being turned on.")
		d.p.OnDone()
	})
}
