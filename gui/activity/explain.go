package activity

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// chipOf is the state of a message.
func chipOf(row control.ActivityRow) *widgets.Chip {
	if row.State == core.Replaced || row.State == core.Removed {
		return widgets.NewChip(widgets.Info, words.Delivery(row).Word)
	}
	return parts.NewBadge(words.Delivery(row))
}

// box is the explanation that a message needs, nil for none.
func (d *detail) box(view control.DeliveryView, last *core.Attempt) fyne.CanvasObject {
	switch {
	case view.Row.State == core.Replaced:
		return explained(widgets.Info, "Replaced by a newer record",
			"This webhook sends only the newest record of each person. A newer one came in before this one had gone out, so this one is not sent any more. It is kept here.")
	case view.Row.State == core.Removed:
		return explained(widgets.Info, "Removed because of its age",
			"It was never accepted, and was kept for as long as the settings say for such messages. Its record is gone, so it cannot be sent any more.")
	case last == nil:
		return nil
	case view.Row.State == core.Delivered && last.Cause != core.CauseNone:
		return explained(widgets.Good, "It counts as delivered because somebody said so",
			"The last try could not tell: it "+attempt.Short(*last)+".")
	case view.Row.State == core.Delivered:
		return nil
	}
	return d.explanation(view, *last)
}

// explained is a box on the tint of a state.
func explained(s widgets.Status, title, text string, more ...fyne.CanvasObject) fyne.CanvasObject {
	said := []fyne.CanvasObject{widgets.NewParagraph(title, widgets.Strong), widgets.NewParagraph(text, widgets.Style{Size: 12})}
	return widgets.NewSurface(widgets.Ground{Fill: s.Soft(), Radius: theme.CardRadius, Padding: 12},
		widgets.VBox(5, append(said, more...)...))
}

// explanation says what happened, whether anything is lost, and what happens
// next.
func (d *detail) explanation(view control.DeliveryView, last core.Attempt) fyne.CanvasObject {
	advice := attempt.Explain(view.Row.Webhook, view.Key, last)
	status := widgets.Bad
	if view.Delivery.State == core.Waiting {
		status = widgets.Waiting
	}
	var more []fyne.CanvasObject
	if view.Note != "" {
		note := widgets.NewButton(widgets.Secondary, "Copy a note for IT", icons.Copy, func() { exchange.ShowNote(d.page.window(), view.Note) })
		more = append(more, widgets.Padded(4, 0, 0, 0, widgets.HBox(0, note)))
	}
	return explained(status, advice.Title, advice.Text+" "+d.fate(view), more...)
}

// fate says what becomes of the message, and when.
func (d *detail) fate(view control.DeliveryView) string {
	if view.Row.Unsure {
		return "Look in " + view.Row.Webhook + " whether it is there, and say so here. The record is kept either way."
	}
	if view.Delivery.State != core.Waiting {
		return attempt.Fate(view.Delivery.State)
	}
	if v, ok := d.page.webhook(view.Row.WebhookID); ok && v.Condition == control.Attention {
		return "Nothing is lost: the record is kept here, and goes out once the webhook's settings are put right."
	}
	if view.Delivery.Next.IsZero() {
		return attempt.Fate(core.Waiting)
	}
	return attempt.Fate(core.Waiting) + " Next try " + words.In(view.Delivery.Next, d.page.now()) + "."
}

// buttons say what can be done. Sending again is never the blue one while the
// cause stands, or while it is not known whether the message has arrived.
func (d *detail) buttons(view control.DeliveryView) fyne.CanvasObject {
	row := widgets.HBox(8)
	hook, known := d.page.webhook(view.Row.WebhookID)
	held := known && hook.Condition == control.Attention
	if view.Row.Unsure {
		row.Add(widgets.NewButton(widgets.Secondary, "It arrived", icons.Check, func() { d.page.settle([]core.DeliveryKey{view.Row.Key}) }))
	}
	if view.Delivery.Event != nil && !view.Delivery.Test && known && view.Row.State != core.Replaced && view.Row.State != core.Removed {
		row.Add(d.again(view, held))
	}
	row.Add(d.edit(view, known, held))
	if d.narrow || view.Row.Unsure {
		row.Add(widgets.NewIconButton(icons.Copy, "Copy details", func() { d.copy(view) }))
	} else {
		row.Add(widgets.NewButton(widgets.Quiet, "Copy details", icons.Copy, func() { d.copy(view) }))
	}
	if view.Delivery.Event != nil && !view.Delivery.Test && known && (view.Row.State == core.Failed || view.Row.State == core.Waiting) {
		return widgets.VBox(8, row, widgets.HBox(8, widgets.NewButton(widgets.Secondary, "Correct and send…", icons.Pencil, func() { d.page.correct(view.Row.Key) })))
	}
	return row
}

// again sends the message once more.
func (d *detail) again(view control.DeliveryView, held bool) *widgets.Button {
	p := d.page
	b := widgets.NewButton(widgets.Primary, "Send again", refreshIcon, func() {
		p.askAgain(control.AgainRequest{Keys: []core.DeliveryKey{view.Row.Key}})
	})
	switch {
	case view.Row.State == core.Waiting:
		b = widgets.NewButton(widgets.Primary, "Try now", refreshIcon, func() { p.tryNow(view.Row.WebhookID) })
	case view.Row.Unsure:
		b.OnTapped = func() { p.askTwice(view.Row) }
	}
	if held || view.Row.Unsure || view.Row.State == core.Delivered {
		b.SetKind(widgets.Secondary)
	}
	return b
}

// edit leads to the editor, where the first step is done if it is one there.
func (d *detail) edit(view control.DeliveryView, known, held bool) *widgets.Button {
	place := attempt.ActionNone
	if last := lastOf(view.Delivery); last != nil && view.Row.State != core.Delivered {
		place = placeOf(attempt.Explain(view.Row.Webhook, view.Key, *last).Steps)
	}
	open := func() { d.page.OnEditWebhook(view.Row.WebhookID, place) }
	b := widgets.NewButton(widgets.Secondary, "Edit webhook", icons.Pencil, open)
	if d.narrow && view.Row.Unsure { // which has a button more
		b = widgets.NewIconButton(icons.Pencil, "Edit webhook", open)
	}
	b.SetEnabled(known)
	if held && b.Text() != "" {
		b.SetKind(widgets.Primary)
	}
	return b
}

// placeOf gives the first place in the editor that steps name.
func placeOf(steps []attempt.Step) attempt.Action {
	for _, s := range steps {
		switch s.Action {
		case attempt.ActionSecrets, attempt.ActionAddress, attempt.ActionFields:
			return s.Action
		}
	}
	return attempt.ActionNone
}
