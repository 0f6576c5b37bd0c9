package wizard

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/paste"
	"hookbird/gui/parts"
	"hookbird/gui/testpage"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Service is what the wizard asks of the engine.
type Service interface {
	testpage.Service
	Sources(ctx context.Context) ([]control.SourceView, error)
	SaveSource(ctx context.Context, d control.SourceDraft) (control.SourceView, error)
	Preview(ctx context.Context, r control.TestRequest) (core.Shown, error)
	CheckAddress(ctx context.Context, d control.WebhookDraft) (control.AddressCheck, error)
	RevealSecret(ctx context.Context, r control.SecretRef) (string, error)
}

// Page is the wizard for one new webhook. It keeps what was typed for as long as
// it lives, whatever page is shown meanwhile. It belongs to the UI goroutine.
type Page struct {
	// Where the wizard leads to. All of them must be set before it is shown.
	OnSystem func()                                // back to the choice of a system
	OnCancel func()                                // away, without a webhook
	OnDone   func(v control.WebhookView)           // away, with one that is on or off
	OnByHand func(w core.Webhook, p assets.Preset) // to the editor, with one that is not saved yet
	OnStored func(id string)                       // to the editor, with one that is
	// AskFolder lets somebody choose a folder.
	AskFolder func(then func(path string))
	// OnSay shows a short message that goes away by itself.
	OnSay func(text string)

	service Service
	draft   *draft
	step    step
	parts   map[step]part
	spots   map[string]spot
	tried   map[step]bool // somebody wanted to go on from there
	refused []problem     // what saving found, until something is changed
	saving  bool
	canvas  fyne.Canvas

	root    *fyne.Container
	stepper *Stepper
	heading *widgets.Text
	line    *widgets.Text
	notice  *parts.Notice
	body    *fyne.Container
	scroll  *widgets.Scroll
	bar     *bar
}

// part is one step on screen. Its object lives as long as the wizard.
type part interface {
	words() (heading, line string)
	object() fyne.CanvasObject
	show()  // it comes on screen
	leave() // it goes
}

// spot is a box that a problem can be about.
type spot struct {
	show  func(text string)
	focus fyne.Focusable
}

// Width is the column that the steps stand in.
const Width = 720

// New begins a webhook for a system.
func New(s Service, preset assets.Preset) (*Page, error) {
	d, err := newDraft(preset)
	if err != nil {
		return nil, err
	}
	d.follow()
	p := &Page{service: s, draft: d, notice: parts.NewNotice(), body: widgets.VBox(theme.CardGap)}
	p.begin()
	p.stepper = NewStepper(p.Go)
	p.heading, p.line = widgets.NewParagraph("", widgets.Headline), widgets.NewParagraph("", widgets.Subtitle)
	p.bar = newBar(p)
	p.notice.OnChanged = p.relayout
	column := widgets.VBox(18, widgets.VBox(4, p.heading, p.line), widgets.VBox(0, p.notice.Object(), p.body))
	p.scroll = widgets.NewScroll(widgets.Padded(10, theme.PageSide, theme.PageBottom, theme.PageSide, widgets.Column(Width, column)))
	top := widgets.Padded(18, theme.PageSide, 14, theme.PageSide, widgets.Column(Width, p.stepper.Object()))
	p.root = container.NewBorder(top, p.bar.object, nil, nil, p.scroll)
	p.turn(stepAddress)
	return p, nil
}

// begin forgets what was built for the draft before.
func (p *Page) begin() {
	p.parts, p.spots, p.tried, p.refused = map[step]part{}, map[string]spot{}, map[step]bool{}, nil
}

// Take takes over what a pasted text says.
func (p *Page) Take(g paste.Guess) {
	p.draft.take(g)
	p.draft.typed = true
	p.begin()
	p.turn(stepAddress)
}

// SetSystem leads on with a system that was chosen after going back. The same one
// goes on where it was; with another one, what was typed is kept where it can be.
func (p *Page) SetSystem(preset assets.Preset) error {
	if preset.ID == p.draft.preset.ID {
		p.turn(stepAddress)
		return nil
	}
	d, err := newDraft(preset)
	if err != nil {
		return err
	}
	was := p.draft
	d.id, d.version, d.typed = was.id, was.version, was.typed
	d.sources = was.sources
	if d.ownAddress() {
		d.address = was.address
	}
	if !d.key.fixed && !was.key.fixed {
		d.key = was.key
	}
	if d.named = was.named; d.named {
		d.name = was.name
	}
	d.follow()
	p.draft = d
	p.begin()
	p.turn(stepAddress)
	return nil
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Title is what the page is about.
func (p *Page) Title() string {
	if p.draft.name == "" {
		return "New webhook"
	}
	return p.draft.name
}

// Unsaved tells whether leaving would lose something that somebody typed.
func (p *Page) Unsaved() bool { return p.draft.typed }

// Show begins to read, when the page becomes visible in a window.
func (p *Page) Show(c fyne.Canvas) {
	p.canvas = c
	p.parts[p.step].show()
}

// Leave stops what runs, when another page is shown.
func (p *Page) Leave() {
	p.parts[p.step].leave()
	p.canvas = nil
}

// Refresh reads the step that is on screen anew. What was typed stays.
func (p *Page) Refresh() {
	if r, ok := p.parts[p.step].(interface{ refresh() }); ok {
		r.refresh()
	}
}

// SetNarrow does nothing: the column fits both size classes.
func (p *Page) SetNarrow(bool) {}

// Cancel leaves the wizard. It asks first where something was typed.
func (p *Page) Cancel() { p.cancel() }

// Back goes a step back; from the first, to the choice of a system.
func (p *Page) Back() { p.Go(p.step - 1) }

// Go goes to a step that was passed already.
func (p *Page) Go(s step) {
	switch {
	case s == p.step || p.saving:
	case s == stepSystem:
		p.OnSystem()
	default:
		p.turn(s)
	}
}

// turn shows a step.
func (p *Page) turn(s step) {
	if was := p.parts[p.step]; was != nil {
		was.leave()
	}
	p.step = s
	if p.parts[s] == nil {
		p.parts[s] = p.build(s)
	}
	p.notice.Clear()
	p.body.Objects = []fyne.CanvasObject{p.parts[s].object()}
	p.showWords()
	p.stepper.Set(int(s))
	p.bar.show()
	p.update()
	p.scroll.ScrollToTop()
	p.relayout()
	if p.canvas != nil {
		p.parts[s].show()
	}
}

func (p *Page) build(s step) part {
	switch s {
	case stepKey:
		return newKeyPart(p)
	case stepData:
		return newDataPart(p)
	case stepFields:
		return newFieldsPart(p)
	case stepTest:
		return p.parts[stepTest]
	default:
		return newAddressPart(p)
	}
}

func (p *Page) showWords() {
	heading, line := p.parts[p.step].words()
	p.heading.SetText(heading)
	p.line.SetText(line)
	p.line.Hidden = line == ""
}

// changed notes a change that a person made.
func (p *Page) changed() {
	p.draft.typed = true
	p.refused = nil
	p.update()
}

// relayout fits the page anew, after a part has shown, hidden or grown.
func (p *Page) relayout() {
	if p.root == nil {
		return
	}
	p.root.Refresh()
	p.scroll.Resize(p.scroll.Size())
	p.scroll.Refresh()
}

// window is the canvas that dialogs open in.
func (p *Page) window() fyne.Canvas {
	if p.canvas != nil {
		return p.canvas
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.root)
}

// field puts a label above a control and shows what is wrong with it.
func (p *Page) field(at, label string, control fyne.CanvasObject, focus fyne.Focusable, help string) *widgets.Field {
	f := widgets.NewField(label, control, help)
	p.spots[at] = spot{focus: focus, show: func(text string) {
		if f.Problem() != text {
			f.SetProblem(text)
			p.relayout()
		}
	}}
	return f
}

// entry makes a box that writes into the draft; Enter goes on.
func (p *Page) entry(text string, set func(string)) *widgets.Entry {
	e := widgets.NewEntry()
	e.SetText(text)
	e.OnChanged = func(text string) {
		set(text)
		p.changed()
	}
	e.OnSubmitted = func(string) { p.next() }
	return e
}

// secret makes a box for a key that writes into the draft.
func (p *Page) secret(text string, set func(string)) *widgets.SecretEntry {
	e := widgets.NewSecretEntry()
	e.SetText(text)
	e.OnChanged = func(text string) {
		set(text)
		p.changed()
	}
	e.Entry().OnSubmitted = func(string) { p.next() }
	return e
}
