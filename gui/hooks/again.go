package hooks

import (
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/again"
	"hookbird/gui/past"
)

func (p *Page) againParams() again.Params {
	return again.Params{Canvas: p.canvas(), Service: p.service, Now: p.Now, Say: p.OnSay, OnDone: p.Refresh}
}

// replay sends earlier records to a webhook.
func (p *Page) replay(v control.WebhookView) { again.Replay(p.againParams(), v) }

// turnOff turns a webhook off. Where something waits for it, it asks what becomes of
// that.
func (p *Page) turnOff(v control.WebhookView) {
	if v.Waiting == 0 {
		p.setState(v, core.StateOff, false)
		return
	}
	again.Leave(p.againParams(), v, false, p.all, nil)
}

// offerBack says that a webhook is gone, and offers the way back.
func (p *Page) offerBack(v control.WebhookView) {
	past.Removed(p.service, core.PastWebhook, v.Webhook.ID, v.Webhook.Name+" is deleted.", p.OnOffer, func(err error) {
		p.frame.Notice.Fail(err)
		p.Refresh()
	})
}
