package hooks

import (
	"context"
	"time"

	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/rehearsal"
)

// rehearse pauses a webhook until somebody starts it, and shows what it would send.
func (p *Page) rehearse(v control.WebhookView) {
	background.Do(func(ctx context.Context) error {
		return p.service.PauseWebhook(ctx, v.Webhook.ID, time.Time{})
	}, func(err error) {
		p.frame.Notice.FailOr(err, p.Refresh)
		p.Refresh()
		if err == nil {
			p.showRehearsal(v)
		}
	})
}

// showRehearsal shows what a paused webhook would send.
func (p *Page) showRehearsal(v control.WebhookView) {
	rehearsal.Show(rehearsal.Params{
		Canvas: p.canvas(), Service: p.service, Webhook: v, Now: p.Now, Say: p.OnSay, OnDone: p.Refresh,
	})
}
