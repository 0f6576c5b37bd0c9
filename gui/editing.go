package gui

import (
	"context"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/editor"
	"hookbird/gui/testpage"
	"hookbird/gui/widgets"
)

// setEditor opens the editor anew. What was typed and not saved in the one
// before is asked after first.
func (w *Window) setEditor(start editor.Start) {
	if w.editor != nil && w.editor.Unsaved() {
		w.show(navWebhooks, w.editor)
		w.askLose(func() { w.newEditor(start) })
		return
	}
	w.newEditor(start)
}

func (w *Window) newEditor(start editor.Start) {
	e := editor.New(w.p.Service, start)
	e.OnBack = w.leaveEditor
	e.OnOpenTest = w.testDraft
	e.OnSaved = func(v control.WebhookView) {
		w.editing = v.Webhook.ID
		w.offerFailed(v)
	}
	w.editor, w.editing = e, start.ID
	w.show(navWebhooks, e)
}

// leaveEditor forgets the editor and what was typed in it.
func (w *Window) leaveEditor() {
	w.editor, w.editing = nil, ""
	w.show(navWebhooks, w.hooks)
}

// testDraft tests what is in the editor, saved or not. The editor waits.
func (w *Window) testDraft(d control.WebhookDraft) {
	w.openTest(d, func() { w.show(navWebhooks, w.editor) })
}

// testStored tests a webhook as it is stored. The test page sends nothing by
// itself.
func (w *Window) testStored(id string) {
	background.Run(
		func(ctx context.Context) (control.WebhookView, error) { return w.p.Service.Webhook(ctx, id) },
		func(v control.WebhookView, err error) {
			if err != nil {
				w.frame.say(widgets.Bad, core.Sentence(err), "", nil)
				return
			}
			back := w.here()
			w.openTest(control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision}, back)
		})
}

// here gives the way back to the page that is shown now.
func (w *Window) here() func() {
	from := w.current
	switch from {
	case page(w.home):
		return func() { w.Open("home") }
	case page(w.editor):
		return func() { w.show(navWebhooks, from) }
	default:
		return func() { w.Open("webhooks") }
	}
}

func (w *Window) openTest(d control.WebhookDraft, back func()) {
	t := testpage.New(w.p.Service, d)
	t.OnBack = back
	t.OnEdit = func(do attempt.Action) { w.editFor(d.Webhook.ID, do) }
	t.OnTurnedOn = func(v control.WebhookView) {
		w.editor, w.editing = nil, "" // what it holds is stored now
		w.edit(v.Webhook.ID)
		w.say(v.Webhook.Name + " is on.")
	}
	w.test = t
	w.show(navWebhooks, t)
}

// editFor opens the editor at what a step of the explanation names.
func (w *Window) editFor(id string, do attempt.Action) {
	w.edit(id)
	if w.editing != id {
		return // another one is asked after first
	}
	switch do {
	case attempt.ActionSecrets:
		w.editor.ShowSecrets()
	case attempt.ActionFields:
		w.editor.ShowTab(editor.TabWhat)
	case attempt.ActionAddress:
		w.editor.ShowTab(editor.TabWhere)
	}
}

// fix leads to where the first step about a webhook is done: to the editor, or,
// where only the details of what was tried help, to those.
func (w *Window) fix(id string, do attempt.Action) {
	switch do {
	case attempt.ActionCopy, attempt.ActionNote:
		w.openActivity("", id)
	case attempt.ActionTestAgain:
		w.testStored(id)
	default:
		w.editFor(id, do)
	}
}

// askBeforeClose asks before the window closes over something that is not saved;
// it tells whether it did.
func (w *Window) askBeforeClose() bool {
	if w.unfinished() {
		w.show(navWebhooks, w.wizard)
		w.askLoseNew(w.shut)
		return true
	}
	if w.editor != nil && w.editor.Unsaved() {
		w.show(navWebhooks, w.editor)
		w.askLose(w.shut)
		return true
	}
	return w.askSources()
}

// askSources asks after a source that is being edited, and after a form that was
// filled in and not sent.
func (w *Window) askSources() bool {
	q := widgets.Question{Title: "Leave without saving?", Body: "What you changed in “" + w.sources.Title() + "” is not saved yet.", No: "Keep editing"}
	switch {
	case w.sources.Unsaved():
	case w.sources.Unsent():
		q = widgets.Question{Title: "Leave without sending?", Body: "What you filled in by hand is not sent yet.", No: "Go on here"}
	default:
		return false
	}
	w.show(navSources, w.sources)
	q.Yes, q.Danger, q.OnYes = "Leave", true, w.shut
	widgets.Confirm(w.win.Canvas(), q)
	return true
}

// askQuit asks before nothing is sent any more.
func (w *Window) askQuit() {
	widgets.Confirm(w.win.Canvas(), widgets.Question{
		Title: "Quit Hookbird?", Body: "Nothing is sent until Hookbird starts again. What waits is kept.",
		No: "Keep running", Yes: "Quit", OnYes: w.quit,
	})
}

// quit ends the engine, which then tells the window to end.
func (w *Window) quit() {
	background.Do(w.p.Link.Quit, func(err error) {
		if err != nil {
			w.frame.say(widgets.Bad, core.Sentence(err), "", nil)
		}
	})
}

// askLoseNew asks before what was begun with the wizard is forgotten.
func (w *Window) askLoseNew(then func()) {
	widgets.Confirm(w.win.Canvas(), widgets.Question{
		Title: "Leave without saving?", Body: "What you filled in for “" + w.wizard.Title() + "” is not saved yet.",
		No: "Go on here", Yes: "Leave", Danger: true, OnYes: then,
	})
}

func (w *Window) askLose(then func()) {
	widgets.Confirm(w.win.Canvas(), widgets.Question{
		Title: "Leave without saving?", Body: "What you changed in “" + w.editor.Title() + "” is not saved yet.",
		No: "Keep editing", Yes: "Leave", Danger: true, OnYes: then,
	})
}
