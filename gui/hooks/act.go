package hooks

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/again"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/past"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// TurnOn turns a webhook on. Where records came while it was off, it asks first
// whether they go out too.
func (p *Page) TurnOn(v control.WebhookView) {
	if v.Webhook.State != core.StateOff || v.Meanwhile == 0 {
		p.setState(v, core.StateOn, false)
		return
	}
	var d *widgets.Dialog
	answer := func(act func()) func() {
		return func() {
			d.Hide()
			act()
		}
	}
	body := widgets.NewParagraph(meanwhileText(v), widgets.Subtitle)
	d = widgets.NewDialog(p.canvas(), "Turn on "+v.Webhook.Name+"?", body,
		widgets.NewButton(widgets.Quiet, "Cancel", icons.None, answer(func() {})),
		widgets.NewButton(widgets.Secondary, fmt.Sprintf("Also send the %s", words.Number(v.Meanwhile)), icons.None,
			answer(func() { p.setState(v, core.StateOn, true) })),
		widgets.NewButton(widgets.Primary, "Only new ones", icons.None,
			answer(func() { p.setState(v, core.StateOn, false) })))
	d.Show()
}

func meanwhileText(v control.WebhookView) string {
	if v.Meanwhile == 1 {
		return "1 record came while it was off. It can go out too."
	}
	return words.Number(v.Meanwhile) + " records came while it was off. They can go out too."
}

func (p *Page) setState(v control.WebhookView, state core.State, meanwhile bool) {
	said := map[core.State]string{core.StateOn: v.Webhook.Name + " is on.", core.StateOff: v.Webhook.Name + " is off."}
	p.command(said[state], func(ctx context.Context) error { return p.service.SetState(ctx, v.Webhook.ID, state, meanwhile) })
}

// pause pauses a webhook until a time, or (zero) until somebody resumes.
func (p *Page) pause(v control.WebhookView, until time.Time) {
	p.command(parts.PausedText(v.Webhook.Name, until, p.Now()), func(ctx context.Context) error {
		return p.service.PauseWebhook(ctx, v.Webhook.ID, until)
	})
}

func (p *Page) tryNow(v control.WebhookView) {
	p.command("Trying "+v.Webhook.Name+" now.", func(ctx context.Context) error { return p.service.TryNow(ctx, v.Webhook.ID) })
}

// askDelete deletes a webhook, after asking. Where something waits for it, it asks what
// becomes of that.
func (p *Page) askDelete(v control.WebhookView) {
	if v.Waiting > 0 {
		again.Leave(p.againParams(), v, true, p.all, func() { p.offerBack(v) })
		return
	}
	widgets.Confirm(p.canvas(), widgets.Question{
		Title: "Delete " + v.Webhook.Name + "?", Body: deleteText(),
		No: "Keep it", Yes: "Delete", Danger: true,
		OnYes: func() {
			background.Do(func(ctx context.Context) error {
				return p.service.DeleteWebhook(ctx, v.Webhook.ID, v.Revision)
			}, func(err error) { p.deleted(v, err) })
		},
	})
}

// deleted says that a webhook is gone, and offers the way back.
func (p *Page) deleted(v control.WebhookView, err error) {
	if err != nil {
		p.frame.Notice.FailOr(err, p.Refresh)
		return
	}
	p.Refresh()
	p.offerBack(v)
}

func (p *Page) showPast(v control.WebhookView) {
	past.Show(past.Params{
		Canvas: p.canvas(), Service: p.service, Title: "What was changed: " + v.Webhook.Name, Now: p.Now, Say: p.OnSay, OnDone: p.Refresh,
		Kind: core.PastWebhook, Target: v.Webhook.ID,
	})
}

func deleteText() string {
	return "Nothing more is sent there. What was sent stays in Activity. This can be undone for 30 days."
}

// command asks the engine for something, says that it is done, and reads anew.
func (p *Page) command(said string, work func(context.Context) error) {
	background.Do(work, func(err error) {
		if err != nil {
			p.frame.Notice.FailOr(err, p.Refresh)
			return
		}
		p.OnSay(said)
		p.Refresh()
	})
}

func (p *Page) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.Content())
}
