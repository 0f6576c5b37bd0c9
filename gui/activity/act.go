package activity

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// doSendAgain makes finished messages wait for a try now.
func (p *Page) doSendAgain(keys []core.DeliveryKey) {
	if len(keys) == 0 {
		return
	}
	background.Run(
		func(ctx context.Context) (int, error) { return p.service.SendAgain(ctx, keys) },
		func(n int, err error) {
			if err != nil {
				p.notice.Fail(err)
				return
			}
			p.pane.clear()
			p.saySent(n, len(keys))
			p.Refresh()
		},
	)
}

func (p *Page) saySent(n, of int) {
	switch {
	case n == 0:
		p.notice.Say(widgets.Waiting, "Nothing was sent again: the records are no longer kept, or are on their way already.", "", nil)
	case n < of:
		p.notice.Say(widgets.Waiting, words.Messages(uint64(n))+" of "+words.Number(uint64(of))+" go out again. The records of the others are no longer kept, or they are on their way already.", "", nil)
	case n == 1:
		p.notice.Say(widgets.Sending, "The message goes out again now.", "", nil)
	default:
		p.notice.Say(widgets.Sending, words.Messages(uint64(n))+" go out again now.", "", nil)
	}
}

// tryNow makes what waits for a webhook due.
func (p *Page) tryNow(id string) {
	background.Do(
		func(ctx context.Context) error { return p.service.TryNow(ctx, id) },
		func(err error) {
			p.notice.Fail(err)
			p.Refresh()
		},
	)
}

// askTwice asks before a message goes out again that may have arrived.
func (p *Page) askTwice(row control.ActivityRow) {
	widgets.Confirm(p.window(), widgets.Question{
		Title: "Send it again?",
		Body:  "If it has arrived after all, " + row.Webhook + " may end up with it twice; a system that knows messages by their id will leave the second one out.",
		No:    "Cancel", Yes: "Send it again",
		OnYes: func() { p.doSendAgain([]core.DeliveryKey{row.Key}) },
	})
}

// settle says of messages that may have arrived that they did.
func (p *Page) settle(keys []core.DeliveryKey) {
	background.Run(
		func(ctx context.Context) (int, error) { return p.service.Settle(ctx, keys) },
		func(n int, err error) {
			if err != nil {
				p.notice.Fail(err)
				return
			}
			p.pane.clear()
			p.notice.Say(widgets.Good, settledText(n), "", nil)
			p.Refresh()
		},
	)
}

func settledText(n int) string {
	switch n {
	case 0:
		return "Nothing is changed: it was sent again or settled meanwhile."
	case 1:
		return "The message counts as delivered now."
	default:
		return words.Messages(uint64(n)) + " count as delivered now."
	}
}
