package gui

import (
	"slices"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// offerFailed offers, once a webhook was saved, to send again what had failed because
// of its settings: whoever has put the key right need not go and look for it.
func (w *Window) offerFailed(v control.WebhookView) {
	if v.Failed == 0 || v.Webhook.State != core.StateOn {
		return
	}
	background.Run(w.p.Service.Groups, func(groups []control.Group, err error) {
		q, count := failedBySettings(groups, v.Webhook.ID)
		if err != nil || count == 0 || w.editing != v.Webhook.ID {
			return
		}
		text := words.Count(count, "message had failed", "messages had failed") + " because of the settings of " + v.Webhook.Name + "."
		w.frame.say(widgets.Info, text, "Send all again", func() {
			w.openActivity(core.Failed, v.Webhook.ID)
			w.activity.SendAllAgain(q)
		})
	})
}

// failedBySettings asks for the messages of a webhook that failed for reasons that lie
// in its settings, and counts them.
func failedBySettings(groups []control.Group, webhook string) (q control.ActivityQuery, count uint64) {
	q = control.ActivityQuery{State: core.Failed, Webhook: webhook}
	for _, g := range groups {
		if g.Ref.Webhook != webhook || attempt.ClassOf(g.Ref.Cause) != attempt.Settings {
			continue
		}
		count += g.Count
		if !slices.Contains(q.Causes, g.Ref.Cause) {
			q.Causes = append(q.Causes, g.Ref.Cause)
		}
	}
	return q, count
}
