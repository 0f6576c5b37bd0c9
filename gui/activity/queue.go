package activity

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/attempt"
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
	line := p.line(item{queue: &q})
	hook, known := p.webhook(q.WebhookID)
	objects := []fyne.CanvasObject{
		widgets.HBoxTop(10, widgets.Grow(widgets.VBox(2, widgets.NewParagraph(line.title, widgets.Style{Size: 18, Bold: true}), widgets.NewParagraph(q.Webhook, widgets.Caption))),
			parts.NewBadge(words.Badge{Tone: words.Wait, Word: "Waiting"})),
	}
	if known {
		objects = append(objects, widgets.NewNote(queueStatus(hook), queueTitle(hook, p.now()), queueReason(hook, p.now())))
	}
	row := widgets.HBox(8)
	if known && (hook.Condition == control.Down || hook.Condition == control.On) {
		row.Add(widgets.NewButton(widgets.Primary, "Try now", refreshIcon, func() { p.tryNow(q.WebhookID) }))
	}
	row.Add(widgets.NewButton(widgets.Secondary, "Edit webhook", icons.Pencil, func() { p.OnEditWebhook(q.WebhookID, attempt.ActionNone) }))
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

func queueTitle(v control.WebhookView, now time.Time) string {
	switch v.Condition {
	case control.Attention:
		return v.Webhook.Name + " needs your attention"
	case control.Paused:
		if until := v.Webhook.Until; !until.IsZero() {
			return v.Webhook.Name + " is paused until " + words.When(until, now)
		}
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
func queueReason(v control.WebhookView, now time.Time) string {
	const kept = "Nothing is lost: these records are kept and use no tries."
	switch v.Condition {
	case control.Attention:
		return kept + " They go out by themselves once its settings are put right and saved."
	case control.Paused:
		if !v.Webhook.Until.IsZero() {
			return kept + " They go out by themselves after that, or when you turn it on."
		}
		return kept + " They go out when you turn it on."
	case control.Off:
		return kept + " They came in before it was turned off, and go out when you turn it on."
	case control.Down:
		return words.Outage(v, now) + " " + kept + " The first answer lets them go."
	default:
		return goingReason(v, now)
	}
}

// goingReason says how fast records go out, and when the last of them has.
func goingReason(v control.WebhookView, now time.Time) string {
	text := "They go out one after the other, as fast as the other system takes them"
	if v.Paced {
		text = "They go out as fast as you allowed for this webhook"
	}
	if done := words.Backlog(v, now); done != "" {
		text += ", " + done
	}
	return text + "."
}
