package wizard

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

// next goes on, unless something on this step has to be put right first. The
// webhook is saved on the way to its test.
func (p *Page) next() {
	if p.saving {
		return
	}
	if p.step == stepTest {
		p.leaveOff()
		return
	}
	p.tried[p.step] = true
	p.update()
	for _, problem := range p.draft.problems() {
		if problem.step == p.step || p.step == stepFields {
			p.jump(problem)
			return
		}
	}
	if p.step == stepFields {
		p.save(func(control.WebhookView) { p.turn(stepTest) })
		return
	}
	p.turn(p.step + 1)
}

// save saves the webhook, turned off.
func (p *Page) save(then func(control.WebhookView)) {
	w := p.draft.webhook()
	w.State = core.StateOff
	draft := control.WebhookDraft{Webhook: w, Revision: p.draft.version}
	p.setSaving(true)
	background.Run(
		func(ctx context.Context) (control.WebhookView, error) { return p.service.SaveWebhook(ctx, draft) },
		func(v control.WebhookView, err error) {
			p.setSaving(false)
			if err != nil {
				p.refuse(err)
				return
			}
			p.draft.saved(v.Webhook.ID, v.Revision)
			p.stored(v)
			then(v)
		})
}

// stored lets the test be of what was just saved.
func (p *Page) stored(v control.WebhookView) {
	delete(p.parts, stepTest)
	p.parts[stepTest] = newTestOf(p, v)
}

func (p *Page) setSaving(on bool) {
	p.saving = on
	p.bar.show()
}

// refuse leads to what the engine did not accept.
func (p *Page) refuse(err error) {
	var list core.Errors
	if errs, ok := errors.AsType[core.Errors](err); ok {
		list = errs
	} else if e, ok := errors.AsType[*core.Error](err); ok && e.Where != "" {
		list = core.Errors{e}
	}
	p.refused = inOrder(p.draft.placed(list))
	if len(p.refused) == 0 {
		p.notice.Fail(err)
		p.scroll.ScrollToTop()
		return
	}
	p.jump(p.refused[0])
}

// update shows what is wrong at its place, on steps that somebody wanted to leave.
func (p *Page) update() {
	texts, rows := map[string]string{}, map[mapping.Spot]string{}
	note := func(problem problem) {
		if problem.row != nil {
			rows[mapping.Spot{Row: problem.row, Box: problem.box}] = problem.text
		} else if texts[problem.at] == "" {
			texts[problem.at] = problem.text
		}
	}
	for _, problem := range p.draft.problems() {
		if p.tried[problem.step] {
			note(problem)
		}
	}
	for _, problem := range p.refused {
		note(problem)
	}
	for at, s := range p.spots {
		s.show(texts[at])
	}
	if f, ok := p.parts[stepFields].(*fieldsPart); ok && f.table.ShowProblems(rows) {
		p.relayout()
	}
}

// jump leads to a problem: its step, its box, the focus.
func (p *Page) jump(problem problem) {
	if problem.step != p.step {
		p.turn(problem.step)
	}
	p.tried[problem.step] = true
	p.update()
	focus := p.spots[problem.at].focus
	if f, ok := p.parts[stepFields].(*fieldsPart); ok && problem.row != nil {
		focus = f.table.Find(mapping.Spot{Row: problem.row, Box: problem.box})
	}
	object, ok := focus.(fyne.CanvasObject)
	if !ok || !object.Visible() {
		p.notice.Say(widgets.Bad, problem.text, "", nil)
		p.scroll.ScrollToTop()
		return
	}
	p.relayout()
	p.scrollTo(object)
	if c := p.window(); c != nil {
		c.Focus(focus)
	}
}

// scrollTo brings an object of the step into view.
func (p *Page) scrollTo(object fyne.CanvasObject) {
	driver := fyne.CurrentApp().Driver()
	y := driver.AbsolutePositionForObject(object).Y - driver.AbsolutePositionForObject(p.scroll).Y
	if y >= 0 && y+object.Size().Height <= p.scroll.Size().Height {
		return
	}
	most := max(0, p.scroll.Content.MinSize().Height-p.scroll.Size().Height)
	p.scroll.Offset.Y = min(most, max(0, p.scroll.Offset.Y+y-60))
	p.scroll.Refresh()
}

// cancel leaves the wizard. It asks first where something was typed.
func (p *Page) cancel() {
	switch {
	case !p.draft.typed && p.draft.id == "":
		p.OnCancel()
	case !p.draft.typed:
		p.leaveOff()
	default:
		widgets.Confirm(p.window(), widgets.Question{
			Title: "Leave without saving?", Body: "What you filled in for “" + p.Title() + "” is not saved yet.",
			No: "Go on here", Yes: "Leave", Danger: true, OnYes: p.OnCancel,
		})
	}
}

// leaveOff ends the wizard with a webhook that is saved and off.
func (p *Page) leaveOff() {
	if t, ok := p.parts[stepTest].(*testPart); ok {
		p.OnDone(t.view)
	}
}

// byHand leads to the editor with what is there so far.
func (p *Page) byHand() {
	if p.draft.id == "" {
		p.OnByHand(p.draft.webhook(), p.draft.preset)
		return
	}
	if !p.draft.typed {
		p.OnStored(p.draft.id)
		return
	}
	p.save(func(v control.WebhookView) { p.OnStored(v.Webhook.ID) })
}
