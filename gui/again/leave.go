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
	choose *widgets.Ways
	to     *widgets.Select
	notice *parts.Notice
	dialog *widgets.Dialog
}

func (l *leaving) show() {
	name := l.view.Webhook.Name
	title, verb := "Turn off "+name+"?", "Turn off"
	stays, first := "It goes out when "+name+" is turned on again.", name+" is turned off once nothing waits any more."
	if l.del {
		title, verb = "Delete "+name+"?", "Delete"
		stays, first = "For 30 days: it goes out if the deletion is undone.", name+" is deleted once nothing waits any more."
	}
	ways := []widgets.Way{{Name: "Keep it", Note: stays}, {Name: "Send it first", Note: first}}
	l.ways = []control.LeaveWaiting{control.WaitingStays, control.WaitingGoes}
	if len(l.others) > 0 {
		names := make([]string, len(l.others))
		for i, o := range l.others {
			names[i] = o.Webhook.Name
		}
		l.to = widgets.NewSelect(names, func(int) {})
		l.to.SetSelected(0)
		ways, l.ways = append(ways, widgets.Way{Name: "Send it to another webhook instead", Inner: widgets.NewField("To which one", l.to, "")}), append(l.ways, control.WaitingMoves)
	}
	ways, l.ways = append(ways, widgets.Way{Name: "Throw it away", Note: "Nothing of it is sent. Activity keeps it."}), append(l.ways, control.WaitingThrown)
	l.choose = widgets.NewWays(ways, 0, func(int) { l.dialog.Relayout() })
	wait := words.About(l.view.Waiting, l.view.About) + " messages still wait."
	if l.view.Waiting == 1 && !l.view.About {
		wait = "1 message still waits."
	}
	body := widgets.MinWidth(440, widgets.VBox(12, l.notice.Object(), widgets.NewParagraph(wait+" What was sent stays in Activity.", widgets.Subtitle),
		widgets.NewText("What becomes of what waits?", widgets.Label), l.choose.Object()))
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
		Waiting: l.ways[l.choose.Chosen()],
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
