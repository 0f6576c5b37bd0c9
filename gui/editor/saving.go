package editor

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/past"
	"hookbird/gui/background"
	guipast "hookbird/gui/past"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// save keeps the draft, or leads to the first thing that is wrong with it.
func (p *Page) save() {
	if !p.built || p.saving {
		return
	}
	p.draft.ShowAll()
	problems := p.draft.Problems()
	p.update()
	if len(problems) > 0 {
		p.jump(problems[0])
		return
	}
	if !p.draft.Dirty() {
		return
	}
	p.saving = true
	p.update()
	draft := p.draft.Control()
	if p.draft.IsNew() {
		p.send(draft)
		return
	}
	p.askDiffer(draft)
}

// send has the engine keep a draft.
func (p *Page) send(draft control.WebhookDraft) {
	background.Run(
		func(ctx context.Context) (control.WebhookView, error) {
			return p.service.SaveWebhook(ctx, draft)
		},
		func(view control.WebhookView, err error) {
			p.saving = false
			p.saved(draft, view, err)
		},
	)
}

func (p *Page) saved(sent control.WebhookDraft, view control.WebhookView, err error) {
	defer p.update()
	switch {
	case core.CodeOf(err) == core.CodeConflict:
		p.conflict()
		return
	case err != nil:
		p.draft.Refuse(sent, err)
		p.refused(err)
		return
	}
	first, joined := p.draft.IsNew(), p.draft.joined
	now := p.draft.Control()
	untouched := same(&sent.Webhook, &now.Webhook)
	p.ident.Store(view.Webhook.ID)
	p.draft.Saved(sent, view)
	p.view = view
	p.showStored()
	if untouched && p.draft.Dirty() {
		p.begin(view) // the engine keeps it in other words
	}
	p.saySaved(first, joined)
	if p.OnSaved != nil {
		p.OnSaved(view)
	}
	p.loader.Load()
}

// refused shows what the engine says of the draft, at its place if it names one.
func (p *Page) refused(err error) {
	for _, problem := range p.draft.placed(err) {
		if p.spotOf(problem.Place) != nil {
			p.notice.Say(widgets.Bad, "This was not saved: "+problem.Text, "", nil)
			p.update()
			p.jump(problem)
			return
		}
	}
	p.notice.Fail(err)
}

func (p *Page) saySaved(first, joined bool) {
	switch {
	case first && p.draft.Web().State != core.StateOn:
		p.notice.Say(widgets.Good, "Saved. It is off: send a test, then turn it on.", "Send test", p.openTest)
	case first:
		p.notice.Say(widgets.Good, "Saved, and on: new records go out from now on.", "", nil)
	case joined:
		p.notice.Say(widgets.Good, "Saved, together with what somebody else changed meanwhile.", "", nil)
	case p.view.Waiting > 0:
		p.notice.Say(widgets.Info, words.About(p.view.Waiting, p.view.About)+" waiting will go out the new way.", "", nil)
	default:
		p.notice.Clear()
	}
}

// conflict asks what is to count, after somebody else saved meanwhile.
func (p *Page) conflict() {
	id := p.id()
	background.Run(
		func(ctx context.Context) (control.WebhookView, error) { return p.service.Webhook(ctx, id) },
		func(theirs control.WebhookView, err error) {
			switch {
			case err != nil:
				p.notice.Fail(err)
			case p.draft.Adopt(theirs): // it was only turned on or off
				p.save()
			default:
				p.askConflict(theirs)
			}
		},
	)
}

// askConflict joins what somebody else saved with what is on screen, and asks where
// both changed the same.
func (p *Page) askConflict(theirs control.WebhookView) {
	base, stored, mine := p.draft.stored.Clone(), theirs.Webhook.Clone(), p.draft.Webhook()
	state := func(w *core.Webhook) core.PastState { return core.PastState{Webhook: w} }
	merged, conflicts := past.Merge(state(base), state(stored), state(mine), nil)
	if len(conflicts) == 0 {
		p.saveJoined(theirs, merged.Webhook)
		return
	}
	guipast.AskConflict(p.window(), p.Title(), conflicts, func(take func(string) bool) {
		merged, _ := past.Merge(state(base), state(stored), state(mine), take)
		p.saveJoined(theirs, merged.Webhook)
	}, func() {})
}

// saveJoined puts what two people changed on screen and saves it, as anything else.
func (p *Page) saveJoined(theirs control.WebhookView, both *core.Webhook) {
	p.edit(theirs, joinedDraft(theirs, both))
	p.save()
}

// showStored lets dots stand for secrets that have been sealed since.
func (p *Page) showStored() {
	for _, t := range p.tables {
		t.ShowStored()
	}
	for _, b := range p.secrets {
		if _, typed := b.is().Text(); !typed {
			b.load()
		}
	}
	p.showSigning()
}

// askDiscard gives up what was changed since the last save.
func (p *Page) askDiscard() {
	widgets.Confirm(p.window(), widgets.Question{
		Title: "Discard your changes?",
		Body:  "The webhook goes back to how it was last saved.",
		No:    "Keep editing", Yes: "Discard", Danger: true,
		OnYes: func() {
			p.begin(p.draft.base(p.view))
		},
	})
}

// openTest leads to the test of what is on screen, saved or not. What cannot be
// sent is led to instead.
func (p *Page) openTest() {
	if !p.built {
		return
	}
	p.draft.ShowAll()
	problems := p.draft.Problems()
	p.update()
	if len(problems) > 0 {
		p.jump(problems[0])
		return
	}
	p.OnOpenTest(p.draft.Control())
}

// Back leaves the page; with something unsaved it asks first.
func (p *Page) Back() {
	if !p.built || !p.draft.Typed() {
		p.leave()
		return
	}
	widgets.Confirm(p.window(), widgets.Question{
		Title: "Leave without saving?",
		Body:  "What you changed here would be lost.",
		No:    "Keep editing", Yes: "Leave", Danger: true,
		OnYes: p.leave,
	})
}

func (p *Page) leave() { p.OnBack() }
