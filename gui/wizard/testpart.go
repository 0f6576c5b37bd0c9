package wizard

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/testpage"
	"hookbird/gui/widgets"
)

// testPart sends a test of what was saved and, once somebody has seen it arrive,
// turns the webhook on.
type testPart struct {
	page *Page
	view control.WebhookView
	test *testpage.Page
	next *widgets.Surface // what happens next, once it works
}

func newTestOf(p *Page, v control.WebhookView) *testPart {
	t := &testPart{page: p, view: v, next: widgets.NewCard(widgets.Spacer())}
	t.test = testpage.NewPart(p.service, control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision}, t.next)
	t.test.OnResized = p.relayout
	t.test.OnResult = t.result
	t.test.OnBack = p.Back
	t.test.OnEdit = t.edit
	t.test.OnTurnedOn = func(v control.WebhookView) { p.OnDone(v) }
	t.next.Hide()
	return t
}

func (t *testPart) words() (heading, line string) {
	if t.next.Visible() {
		return "It works", "The message was accepted. Now look whether it arrived as it should."
	}
	return "Send a test", "This sends one real message, about a made-up person unless you choose a record."
}

func (t *testPart) object() fyne.CanvasObject { return t.test.Content() }

func (t *testPart) show() { t.test.Show(t.page.window()) }

func (t *testPart) leave() { t.test.Leave() }

// result says what happens next, where the test was accepted.
func (t *testPart) result(r *control.TestResult) {
	t.next.Hidden = r == nil || r.Attempt.Cause != core.CauseNone
	t.page.showWords()
	if !t.next.Hidden {
		t.next.SetContent(t.happens())
	}
	t.page.relayout()
}

// edit leads to the step that a step of the explanation is about.
func (t *testPart) edit(a attempt.Action) {
	to := map[attempt.Action]step{
		attempt.ActionSecrets: stepKey, attempt.ActionFields: stepFields, attempt.ActionAddress: stepAddress,
	}[a]
	if to != stepSystem {
		t.page.turn(to)
	}
}
