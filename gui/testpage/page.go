package testpage

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Service is what the page asks of the engine.
type Service interface {
	Samples(ctx context.Context, d control.WebhookDraft) ([]control.Sample, error)
	Test(ctx context.Context, r control.TestRequest) (control.TestResult, error)
	SaveWebhook(ctx context.Context, d control.WebhookDraft) (control.WebhookView, error)
}

// Page sends a test of a webhook, saved or not, and shows what came of it. It
// belongs to the UI goroutine.
type Page struct {
	// Where the page leads to. All of them must be set before it is shown.
	OnBack func()
	// OnEdit leads to the part of the editor that a step names.
	OnEdit func(attempt.Action)
	// OnTurnedOn is told when the webhook was saved here and is on. The editor
	// that led here is out of date then.
	OnTurnedOn func(control.WebhookView)
	// OnResult is told what came of a test, and nil when another one begins. It may
	// be nil.
	OnResult func(*control.TestResult)
	// OnResized is told when a part of another page has another height now.
	OnResized func()

	service Service
	draft   control.WebhookDraft
	loader  *background.Loader[[]control.Sample]
	stop    context.CancelFunc
	sending bool
	result  *control.TestResult
	narrow  bool
	canvas  fyne.Canvas

	root    *fyne.Container
	part    *fyne.Container // in place of root, on another page
	head    *head
	notice  *parts.Notice
	scroll  *widgets.Scroll
	body    *fyne.Container
	choose  *choose
	waiting *waiting
	answer  *answer
}

// New builds the page for a draft. It reads when it is shown.
func New(s Service, draft control.WebhookDraft) *Page {
	p := &Page{service: s, draft: draft, notice: parts.NewNotice(), body: widgets.VBox(theme.CardGap)}
	p.loader = background.NewLoader(p.fetch, p.show)
	p.head = newHead(p)
	p.choose = newChoose(p)
	p.waiting = newWaiting(p)
	p.answer = newAnswer(p)
	p.scroll = widgets.NewScroll(widgets.Padded(2, theme.PageSide, theme.PageBottom, theme.PageSide,
		widgets.VBox(0, p.notice.Object(), p.body)))
	p.notice.OnChanged = p.relayout
	p.root = newDock(p.head.object, p.scroll)
	p.set(p.choose.object)
	return p
}

// NewPart builds the page without its head, to stand on another page that scrolls.
// What is given as next stands in the result, behind what to do about it.
func NewPart(s Service, draft control.WebhookDraft, next fyne.CanvasObject) *Page {
	p := New(s, draft)
	p.answer.add(next)
	p.part = widgets.VBox(0, p.notice.Object(), p.body)
	p.answer.arrange(true)
	return p
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject {
	if p.part != nil {
		return p.part
	}
	return p.root
}

// Title is what the page is about.
func (p *Page) Title() string { return "Test of " + p.draft.Webhook.Name }

// Show reads the records to test with, and makes Ctrl+Enter send.
func (p *Page) Show(c fyne.Canvas) {
	p.canvas = c
	widgets.AddShortcut(c, sendKeys, p.send)
	p.loader.Load()
}

var sendKeys = &desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault}

// Leave gives up a test that is on its way, when another page is shown.
func (p *Page) Leave() {
	p.loader.Stop()
	if p.stop != nil {
		p.stop()
	}
	if p.canvas != nil {
		widgets.RemoveShortcut(p.canvas, sendKeys)
		p.canvas = nil
	}
}

// Refresh does nothing: what is tested is the draft that the page was made for,
// and somebody may be typing.
func (p *Page) Refresh() {}

// SetNarrow puts the two sides of the result under each other.
func (p *Page) SetNarrow(on bool) {
	if p.narrow == on {
		return
	}
	p.narrow = on
	p.answer.arrange(on)
	p.relayout()
}

func (p *Page) fetch(ctx context.Context) ([]control.Sample, error) {
	return p.service.Samples(ctx, p.draft)
}

func (p *Page) show(samples []control.Sample, err error) {
	if err != nil {
		p.notice.Fail(err)
		return
	}
	p.choose.set(samples)
	p.relayout()
}

// set changes what the page shows below its head.
func (p *Page) set(objects ...fyne.CanvasObject) {
	p.body.Objects = objects
	p.body.Refresh()
	p.scroll.ScrollToTop()
	p.relayout()
}

// relayout fits the page anew, after a part has shown, hidden or grown.
func (p *Page) relayout() {
	if p.part != nil {
		p.part.Refresh()
		p.resized()
		return
	}
	p.root.Refresh()
	p.scroll.Resize(p.scroll.Size())
	p.scroll.Refresh()
}

func (p *Page) resized() {
	if p.OnResized != nil {
		p.OnResized()
	}
}

// tell says what came of a test.
func (p *Page) tell(result *control.TestResult) {
	if p.OnResult != nil {
		p.OnResult(result)
	}
}

// send sends the test for real and waits for the answer.
func (p *Page) send() {
	if p.sending {
		return
	}
	request, about, err := p.choose.request()
	if err != nil {
		p.notice.Fail(err)
		return
	}
	request.Draft = p.draft
	p.notice.Clear()
	p.sending = true
	p.tell(nil)
	p.head.set("Sending a test", p.draft.Webhook.Name+", about "+about)
	p.waiting.begin(p.draft.Webhook.Limit())
	p.set(p.waiting.object)
	p.stop = background.Run(
		func(ctx context.Context) (control.TestResult, error) { return p.service.Test(ctx, request) },
		func(result control.TestResult, err error) { p.sent(result, about, err) },
	)
}

// sent shows what came of the test.
func (p *Page) sent(result control.TestResult, about string, err error) {
	p.sending = false
	p.waiting.end()
	cancelled := errors.Is(err, context.Canceled) || result.Attempt.Cause == core.CauseStop
	switch {
	case cancelled:
		p.again()
		p.notice.Say(widgets.Paused, "Not waited for. The message may have arrived all the same.", "", nil)
	case err != nil:
		p.again()
		p.notice.Fail(err)
	default:
		p.result = &result
		p.head.set("Test result", p.draft.Webhook.Name+", about "+about)
		p.answer.show(result, about)
		p.set(p.answer.object)
		p.tell(&result)
	}
}

// again leads back to the choice of the record.
func (p *Page) again() {
	p.tell(nil)
	p.head.set("Send a test", p.draft.Webhook.Name)
	p.set(p.choose.object)
}

// act does what the button of a step says.
func (p *Page) act(action attempt.Action) {
	switch action {
	case attempt.ActionTestAgain:
		p.send()
	case attempt.ActionCopy:
		p.copyDetails()
	case attempt.ActionNote:
		exchange.ShowNote(p.window(), p.result.Note)
	default:
		p.OnEdit(action)
	}
}

// turnOn saves the webhook as it was tested, switched on.
func (p *Page) turnOn() {
	if p.draft.Revision != 0 && p.draft.Webhook.State == core.StateOn {
		p.OnBack()
		return
	}
	draft := p.draft
	draft.Webhook = *draft.Webhook.Clone()
	draft.Webhook.State = core.StateOn
	background.Run(
		func(ctx context.Context) (control.WebhookView, error) { return p.service.SaveWebhook(ctx, draft) },
		func(view control.WebhookView, err error) {
			if err != nil {
				p.notice.Fail(err)
				p.scroll.ScrollToTop()
				return
			}
			p.OnTurnedOn(view)
		},
	)
}

// window is the canvas that dialogs open in.
func (p *Page) window() fyne.Canvas {
	if p.canvas != nil {
		return p.canvas
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.root)
}
