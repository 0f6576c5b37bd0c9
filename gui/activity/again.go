package activity

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/again"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// SendAllAgain sends again what a query asks for as it is now, after asking.
func (p *Page) SendAllAgain(q control.ActivityQuery) {
	q.Until = p.now()
	p.askAgain(control.AgainRequest{Query: q})
}

// askAgain sends finished messages once more. What it would come to is asked first;
// somebody is asked about more than one, and about one that would fail again.
func (p *Page) askAgain(r control.AgainRequest) {
	background.Run(
		func(ctx context.Context) (control.AgainPlan, error) { return p.service.AgainPlan(ctx, r) },
		func(plan control.AgainPlan, err error) {
			switch {
			case err != nil:
				p.notice.Fail(err)
			case plan.Count == 0 && !plan.AtLeast:
				p.notice.Say(widgets.Waiting, "Nothing can be sent again here: the records are no longer kept, or are on their way already.", "", nil)
			case plan.Count == 1 && !plan.AtLeast && len(plan.Standing) == 0:
				p.sendAgain(r)
			default:
				p.confirmAgain(r, plan)
			}
		},
	)
}

// correct has somebody change the values of a message that failed or waits.
func (p *Page) correct(key core.DeliveryKey) {
	again.Correct(again.Params{Canvas: p.window(), Service: p.service, Now: p.now, Say: func(text string) { p.notice.Say(widgets.Good, text, "", nil) }, OnDone: p.Refresh}, key)
}

// confirmAgain asks before messages are sent again. While a cause stands it is said
// first, and putting it right is the main button.
func (p *Page) confirmAgain(r control.AgainRequest, plan control.AgainPlan) {
	var d *widgets.Dialog
	after := func(do func()) func() { return func() { d.Hide(); do() } }
	number := againNumber(plan)
	send := widgets.NewButton(widgets.Primary, "Send "+number+" again", refreshIcon, after(func() { p.sendAgain(r) }))
	leave := widgets.NewButton(widgets.Secondary, "Cancel", icons.None, after(func() {}))
	leave.OnKey = func(k fyne.KeyName) {
		if k == fyne.KeyEscape {
			d.Hide()
		}
	}
	buttons := []*widgets.Button{leave, send}
	if why, ok := firstToFix(plan); ok {
		send.SetKind(widgets.Secondary)
		buttons = append(buttons, widgets.NewButton(widgets.Primary, fixWords(why.Step), icons.None, after(func() {
			p.OnEditWebhook(why.WebhookID, placeIn(why.Action))
		})))
	}
	title := "Send " + number + " messages again?"
	if number == "1" {
		title = "Send 1 message again?"
	}
	body := widgets.VBox(10)
	for _, s := range plan.Standing {
		body.Add(widgets.NewNote(widgets.Bad, "What went wrong still stands", s.Text))
	}
	body.Add(widgets.NewParagraph(againWords(plan), widgets.Body))
	d = widgets.NewDialog(p.window(), title, widgets.MinWidth(460, body), buttons...)
	d.Show()
	p.window().Focus(leave)
}

// firstToFix is the first standing cause that something can be done about.
func firstToFix(plan control.AgainPlan) (control.Standing, bool) {
	for _, s := range plan.Standing {
		if s.Step != "" && placeIn(s.Action) != attempt.ActionNone {
			return s, true
		}
	}
	return control.Standing{}, false
}

func againNumber(plan control.AgainPlan) string {
	n := words.Number(plan.Count)
	if plan.AtLeast {
		return "more than " + n
	}
	return n
}

// againWords say where messages go, and who may have them twice.
func againWords(plan control.AgainPlan) string {
	text := []string{"They go to " + words.List(plan.Webhooks) + " with today's settings."}
	if len(plan.Webhooks) == 0 {
		text[0] = "They go out with today's settings."
	}
	if plan.Delivered > 0 {
		text = append(text, words.Count(plan.Delivered, "of them was", "of them were")+" delivered before.")
	}
	text = append(text, "If a system has one already, it may end up with it twice; one that knows messages by their id leaves the second out.")
	return strings.Join(text, " ")
}

// sendAgain asks the engine to send, which makes it a job where it takes long.
func (p *Page) sendAgain(r control.AgainRequest) {
	if len(r.Keys) > 0 {
		p.doSendAgain(r.Keys)
		return
	}
	p.begin(func(ctx context.Context) (job.View, error) { return p.service.SendAllAgain(ctx, r) })
}

// begin has the engine begin long work with what is chosen, and shows it.
func (p *Page) begin(ask func(context.Context) (job.View, error)) {
	background.Run(ask, func(v job.View, err error) {
		if err != nil {
			p.notice.Fail(err)
			return
		}
		p.pane.clear()
		p.works.begun(v)
		p.Refresh()
	})
}
