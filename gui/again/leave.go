package again

import (
	"context"
	"slices"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Leave asks what becomes of what waits for a webhook, and then turns it off or, if
// del, deletes it. all are the webhooks: what waits may go to one of them that is not off
// instead. deleted, which may be nil, is told once it is deleted at once.
func Leave(p Params, v control.WebhookView, del bool, all []control.WebhookView, deleted func()) {
	l := &leaving{p: p, view: v, del: del, notice: parts.NewNotice(), deleted: deleted}
	for _, o := range all {
		if o.Webhook.ID != v.Webhook.ID && o.Webhook.State != core.StateOff {
			l.others = append(l.others, o)
		}
	}
	l.show()
}

// leaving is one such question.
type leaving struct {
	p       Params
	view    control.WebhookView
	del     bool
	others  []control.WebhookView
	deleted func()

	ways   []control.LeaveWaiting
	choose *widgets.Select
	to     *widgets.Select
	notice *parts.Notice
	dialog *widgets.Dialog
}

func (l *leaving) show() {
	name := l.view.Webhook.Name
	title, verb := "Turn off "+name+"?", "Turn off"
	stays := "Keep it: it goes out when " + name + " is turned on again"
	if l.del {
		title, verb = "Delete "+name+"?", "Delete"
		stays = "Keep it for 30 days: it goes out if the deletion is undone"
	}
	options := []string{stays, "Send it first"}
	l.ways = []control.LeaveWaiting{control.WaitingStays, control.WaitingGoes}
	if len(l.others) > 0 {
		options, l.ways = append(options, "Send it to another webhook instead"), append(l.ways, control.WaitingMoves)
	}
	options, l.ways = append(options, "Throw it away: Activity keeps it, nothing is sent"), append(l.ways, control.WaitingThrown)
	names := make([]string, len(l.others))
	for i, o := range l.others {
		names[i] = o.Webhook.Name
	}
	l.to = widgets.NewSelect(names, func(int) {})
	other := widgets.NewField("To which one", l.to, "")
	other.Hide()
	l.choose = widgets.NewSelect(options, func(i int) {
		if l.ways[i] == control.WaitingMoves {
			other.Show()
		} else {
			other.Hide()
		}
		other.Refresh()
	})
	l.choose.SetSelected(0)
	if len(names) > 0 {
		l.to.SetSelected(0)
	}
	wait := words.About(l.view.Waiting, l.view.About) + " messages still wait."
	if l.view.Waiting == 1 && !l.view.About {
		wait = "1 message still waits."
	}
	body := widgets.MinWidth(440, widgets.VBox(12, l.notice.Object(), widgets.NewParagraph(wait+" What was sent stays in Activity.", widgets.Subtitle),
		widgets.NewField("What becomes of what waits", l.choose, ""), other))
	kind := widgets.Primary
	if l.del {
		kind = widgets.Danger
	}
	l.dialog = widgets.NewDialog(l.p.Canvas, title, body,
		widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { l.dialog.Hide() }),
		widgets.NewButton(kind, verb, icons.None, l.leave))
	l.dialog.Show()
}

// leave does what was chosen.
func (l *leaving) leave() {
	r := control.LeaveRequest{
		Webhook: l.view.Webhook.ID, Revision: l.view.Revision, Delete: l.del,
		Waiting: l.ways[max(0, l.choose.Selected())],
	}
	if r.Waiting == control.WaitingMoves {
		r.To = l.others[max(0, l.to.Selected())].Webhook.ID
	}
	background.Run(func(ctx context.Context) (job.View, error) { return l.p.Service.Leave(ctx, r) },
		func(v job.View, err error) {
			if err != nil {
				l.notice.Fail(err)
				return
			}
			l.dialog.Hide()
			l.p.OnDone()
			if l.del && v.ID == "" && l.deleted != nil {
				l.deleted()
				return
			}
			l.p.Say(l.said(r.Waiting))
		})
}

func (l *leaving) said(w control.LeaveWaiting) string {
	off := " is off."
	if l.del {
		off = " is deleted."
	}
	if slices.Contains([]control.LeaveWaiting{control.WaitingStays, ""}, w) {
		return l.view.Webhook.Name + off
	}
	return "What waits is seen to first. Activity shows how far it is."
}
