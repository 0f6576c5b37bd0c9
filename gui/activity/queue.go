package activity

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// openQueue shows what waits for a webhook and was never tried.
func (d *detail) openQueue(q control.Queue) {
	d.turn++
	d.queue, d.view, d.row = &q, nil, control.ActivityRow{}
	p := d.page
	line := queueText(q, p.now())
	hook, known := p.webhook(q.WebhookID)
	objects := []fyne.CanvasObject{
		widgets.HBoxTop(10, widgets.Grow(widgets.VBox(2, widgets.NewParagraph(line.title, widgets.Style{Size: 18, Bold: true}), widgets.NewParagraph(q.Webhook, widgets.Caption))),
			parts.NewBadge(words.Badge{Tone: words.Wait, Word: "Waiting"})),
	}
	if known {
		objects = append(objects, widgets.NewNote(queueStatus(hook), queueTitle(hook), queueReason(hook, words.In(hook.NextTry, p.now()))))
	}
	row := widgets.HBox(8)
	if known && (hook.Condition == control.Down || hook.Condition == control.On) {
		row.Add(widgets.NewButton(widgets.Primary, "Try now", refreshIcon, func() { p.tryNow(q.WebhookID) }))
	}
	row.Add(widgets.NewButton(widgets.Secondary, "Edit webhook", icons.Pencil, func() { p.OnEditWebhook(q.WebhookID) }))
	d.set(append(objects, row)...)
}

// followQueue keeps up with the backlog that is shown.
func (d *detail) followQueue() {
	for _, q := range d.page.list.queues {
		if q.WebhookID == d.queue.WebhookID {
			if q != *d.queue {
				d.openQueue(q)
			}
			return
		}
	}
	d.queue = nil
	d.nothing()
}

func queueStatus(v control.WebhookView) widgets.Status {
	switch v.Condition {
	case control.Attention:
		return widgets.Bad
	case control.Paused, control.Off:
		return widgets.Paused
	case control.Down:
		return widgets.Waiting
	default:
		return widgets.Sending
	}
}

func queueTitle(v control.WebhookView) string {
	switch v.Condition {
	case control.Attention:
		return v.Webhook.Name + " needs your attention"
	case control.Paused:
		return v.Webhook.Name + " is paused"
	case control.Off:
		return v.Webhook.Name + " is off"
	case control.Down:
		return v.Webhook.Name + " does not answer"
	default:
		return "On their way"
	}
}

// queueReason says why records wait and what ends it.
func queueReason(v control.WebhookView, next string) string {
	const kept = "Nothing is lost: these records are kept and use no tries."
	switch v.Condition {
	case control.Attention:
		return kept + " They go out by themselves once its settings are put right and saved."
	case control.Paused:
		return kept + " They go out when you turn it on."
	case control.Off:
		return kept + " They came in before it was turned off, and go out when you turn it on."
	case control.Down:
		return kept + " Hookbird asks again " + next + "; the first answer lets them go."
	default:
		return "They go out one after the other, as fast as the other system takes them."
	}
}
