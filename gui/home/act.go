package home

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
)

// meet does what the button of a need says.
func (p *Page) meet(n need) {
	switch n.act {
	case actTry:
		p.tryNow(n.id)
	case actNote:
		exchange.ShowNote(p.canvas(), n.note)
	case actFailed:
		p.OnOpenActivity(core.Failed, n.id)
	case actSource:
		p.OnOpenSource(n.id)
	case actRestored:
		p.OnRestored()
	case actSettings:
		p.OnOpenSettings()
	default:
		p.OnFix(n.id, n.step)
	}
}

// answerBrake says what becomes of what a brake holds. What is thrown away is asked
// about once more.
func (p *Page) answerBrake(n need, choice control.BrakeChoice) {
	said := map[control.BrakeChoice]string{
		control.BrakeAll: "They are being sent.", control.BrakeTen: "The first 10 are being sent.", control.BrakeThrow: "They are not sent. Activity keeps them.",
	}[choice]
	answer := func() {
		p.command(said, func(ctx context.Context) error {
			_, err := p.service.AnswerBrake(ctx, control.BrakeRequest{Webhook: n.id, Choice: choice, Upto: n.upto})
			return err
		})
	}
	if choice != control.BrakeThrow {
		answer()
		return
	}
	widgets.Confirm(p.canvas(), widgets.Question{
		Title: "Throw away what waits?", Body: n.title + "\nNone of it is sent. Activity keeps it, and it can still be sent from there.",
		No: "Keep it", Yes: "Throw away", Danger: true, OnYes: answer,
	})
}

// newRow makes a webhook's row. What needs somebody has its button above, so that
// only a pause has one here.
func (p *Page) newRow() *parts.WebhookRow {
	return parts.NewWebhookRow(parts.HookActs{
		Open: func(v control.WebhookView) { p.OnOpenWebhook(v.Webhook.ID) },
		NextWord: func(v control.WebhookView) string {
			if v.Condition == control.Paused {
				return "Resume"
			}
			return ""
		},
		Next: p.turnOn,
		Menu: p.openMenu,
	})
}

func (p *Page) openMenu(anchor fyne.CanvasObject, v control.WebhookView) {
	id := v.Webhook.ID
	var items []*fyne.MenuItem
	switch v.Webhook.State {
	case core.StateOn:
		items = append(items, parts.PauseItem(anchor, p.Now, func(until time.Time) { p.pause(v, until) }))
		if v.Waiting > 0 || v.Condition == control.Down {
			items = append(items, fyne.NewMenuItem("Try now", func() { p.tryNow(id) }))
		}
	case core.StatePaused:
		items = append(items, fyne.NewMenuItem("Resume", func() { p.turnOn(v) }),
			parts.PauseItem(anchor, p.Now, func(until time.Time) { p.pause(v, until) }))
	}
	parts.OpenMenu(anchor, append(items,
		fyne.NewMenuItem("Edit", func() { p.OnOpenWebhook(id) }),
		fyne.NewMenuItem("See its messages", func() { p.OnOpenActivity("", id) })))
}

// pause pauses a webhook until a time, or (zero) until somebody resumes.
func (p *Page) pause(v control.WebhookView, until time.Time) {
	p.command(parts.PausedText(v.Webhook.Name, until, p.Now()), func(ctx context.Context) error {
		return p.service.PauseWebhook(ctx, v.Webhook.ID, until)
	})
}

func (p *Page) turnOn(v control.WebhookView) {
	p.command(v.Webhook.Name+" is on.", func(ctx context.Context) error {
		return p.service.SetState(ctx, v.Webhook.ID, core.StateOn, false)
	})
}

func (p *Page) resumeSending() { p.command("", p.service.Resume) }

func (p *Page) tryNow(id string) {
	p.command("", func(ctx context.Context) error { return p.service.TryNow(ctx, id) })
}

// setRun changes the state of a large file. Giving up is asked about first.
func (p *Page) setRun(r control.RunView, state core.RunState) {
	set := func() {
		p.command("", func(ctx context.Context) error { return p.service.SetRun(ctx, r.ID, state) })
	}
	if state != core.RunEnded {
		set()
		return
	}
	widgets.Confirm(p.canvas(), widgets.Question{
		Title: "Give up " + r.Name + "?", Body: giveUpText(r),
		No: "Keep sending", Yes: "Give up", Danger: true, OnYes: set,
	})
}

// command asks the engine for something, says that it is done, if that cannot be
// seen, and shows what became of it.
func (p *Page) command(said string, work func(context.Context) error) {
	background.Do(work, func(err error) {
		if err != nil {
			p.frame.Notice.Fail(err)
			return
		}
		if said != "" {
			p.OnSay(said)
		}
		p.Refresh()
	})
}

func (p *Page) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(p.Content())
}
