package editor

import (
	"context"
	"sync/atomic"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/conditions"
	"hookbird/gui/exchange"
	"hookbird/gui/mapping"
	"hookbird/gui/parts"
	"hookbird/gui/signing"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Service is what the editor asks of the engine.
type Service interface {
	Webhook(ctx context.Context, id string) (control.WebhookView, error)
	SaveWebhook(ctx context.Context, d control.WebhookDraft) (control.WebhookView, error)
	Differences(ctx context.Context, d control.WebhookDraft) (control.Differences, error)
	SetState(ctx context.Context, id string, state core.State, meanwhile bool) error
	Sources(ctx context.Context) ([]control.SourceView, error)
	Samples(ctx context.Context, d control.WebhookDraft) ([]control.Sample, error)
	Preview(ctx context.Context, r control.TestRequest) (core.Shown, error)
	TryOut(ctx context.Context, d control.WebhookDraft, max int) (control.TryOut, error)
	Compare(ctx context.Context, r control.TestRequest) (control.Comparison, error)
	CheckAddress(ctx context.Context, d control.WebhookDraft) (control.AddressCheck, error)
	RevealSecret(ctx context.Context, r control.SecretRef) (string, error)
}

// Start is what to edit: a stored webhook by its id, or, with an empty id, a new
// one that is half filled in.
type Start struct {
	ID   string
	New  core.Webhook
	Find string // for a new one: where the other system shows its web address
	Tab  Tab    // that is shown first
}

// Page edits one webhook. All methods belong to the UI goroutine. It keeps what
// was typed for as long as it lives: a shell that leads away to a test and back
// shows the same Page again.
type Page struct {
	// Where the page leads to. OnBack and OnOpenTest must be set before it is
	// shown; the test is of what is on screen, saved or not.
	OnBack     func()
	OnOpenTest func(control.WebhookDraft)
	// OnSaved is told of every save. It may be nil.
	OnSaved func(control.WebhookView)

	service Service
	start   Start
	ident   atomic.Value // string: id of the webhook, "" until it is first saved; a read asks for it too
	loader  *background.Loader[data]

	draft   *Draft
	view    control.WebhookView
	sources []control.SourceView
	samples []control.Sample
	saving  bool
	narrow  bool
	built   bool

	examples *mapping.Examples // of the samples
	wanted   Tab               // to be shown first

	secretsWanted bool
	spots         map[Place]*spot
	shownNow      string // the problems that are on screen

	root    *fyne.Container
	notice  *parts.Notice
	noticed *fyne.Container // with room around it
	head    *head
	tabs    *widgets.Tabs
	bodies  []*widgets.Scroll
	bar     *bar
	pane    *pane
	preview *latest[control.TestRequest, core.Shown]
	sampler *latest[control.WebhookDraft, []control.Sample]
	sampled string // what the samples were asked for
	address *addressCheck
	tables  []*mapping.Table                  // that of the fields first
	secrets []*secretBox                      // that stand in no table
	folds   map[*mapping.Table]*exchange.Fold // that tables lie in
	headers fyne.CanvasObject                 // the card of header lines

	what   *what
	when   *when
	only   *conditions.Card
	sign   *signing.Tab
	keys   *keyCard // of address and header lines
	fails  *fails
	canvas fyne.Canvas // while shown

	answerFold *exchange.Fold // of rules of answers
	redirects  *redirectsShown
	network    *networkCard
	signIn     *signInCard
	orderField *fieldBox
	pacing     *paceCard
}

// data is what the page reads of the engine.
type data struct {
	view    control.WebhookView
	sources []control.SourceView
	samples []control.Sample
}

// New builds the page. It reads when it is shown.
func New(s Service, start Start) *Page {
	p := &Page{service: s, start: start, wanted: start.Tab, notice: parts.NewNotice()}
	p.ident.Store(start.ID)
	p.preview = &latest[control.TestRequest, core.Shown]{ask: s.Preview, show: p.showPreview}
	p.sampler = &latest[control.WebhookDraft, []control.Sample]{ask: s.Samples, show: p.showResampled}
	p.loader = background.NewLoader(p.fetch, p.show)
	p.root = widgets.Stack(widgets.Centered(widgets.NewText("Reading the webhook…", widgets.Subtitle)))
	p.noticed = widgets.Padded(theme.TileGap, theme.PageSide, 0, theme.PageSide, p.notice.Object())
	p.noticed.Hide()
	p.notice.OnChanged = func() {
		p.noticed.Hidden = p.notice.Text() == ""
		p.relayout()
	}
	if p.id() == "" {
		p.begin(control.WebhookView{Webhook: *start.New.Clone()})
	}
	return p
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Title is what the page is about.
func (p *Page) Title() string {
	if p.draft == nil || p.draft.Web().Name == "" {
		return "New webhook"
	}
	return p.draft.Web().Name
}

// Refresh reads anew because something changed. What somebody is typing stays.
func (p *Page) Refresh() { p.loader.Load() }

// Unsaved tells whether leaving would lose something that somebody typed.
func (p *Page) Unsaved() bool { return p.built && p.draft.Typed() }

// SetNarrow chooses between the preview at the side and behind a button.
func (p *Page) SetNarrow(on bool) {
	if p.narrow == on {
		return
	}
	p.narrow = on
	if p.built {
		p.arrange()
	}
}

// Show reads and makes the page's shortcuts act, when it becomes visible in a
// window.
func (p *Page) Show(c fyne.Canvas) {
	p.canvas = c
	for _, s := range p.shortcuts() {
		widgets.AddShortcut(c, s.keys, s.act)
	}
	if p.built {
		p.preview.want(p.request)
		p.only.Ask()
	}
	p.Refresh()
}

// Leave takes the shortcuts away and hides secrets, when another page is shown.
func (p *Page) Leave() {
	p.maskSecrets()
	p.loader.Stop()
	p.preview.leave()
	p.sampler.leave()
	if p.built {
		p.address.giveUp()
		p.only.Leave()
	}
	if p.canvas == nil {
		return
	}
	for _, s := range p.shortcuts() {
		widgets.RemoveShortcut(p.canvas, s.keys)
	}
	p.canvas = nil
}

type shortcut struct {
	keys fyne.Shortcut
	act  func()
}

func (p *Page) shortcuts() []shortcut {
	key := func(name fyne.KeyName, mod fyne.KeyModifier) fyne.Shortcut {
		return &desktop.CustomShortcut{KeyName: name, Modifier: mod}
	}
	return []shortcut{
		{key(fyne.KeyS, fyne.KeyModifierShortcutDefault), p.save},
		{key(fyne.KeyReturn, fyne.KeyModifierShortcutDefault), p.openTest},
		{key(fyne.KeyUp, fyne.KeyModifierAlt), func() { p.moveFocused(-1) }},
		{key(fyne.KeyDown, fyne.KeyModifierAlt), func() { p.moveFocused(1) }},
	}
}

func (p *Page) id() string { return p.ident.Load().(string) }

// fetch reads what the page shows. It touches no widget, and no draft: the one
// for samples is what the engine has.
func (p *Page) fetch(ctx context.Context) (data, error) {
	var d data
	var err error
	d.view.Webhook = p.start.New
	if p.id() != "" {
		if d.view, err = p.service.Webhook(ctx, p.id()); err != nil {
			return d, err
		}
	}
	if d.sources, err = p.service.Sources(ctx); err != nil {
		return d, err
	}
	d.samples, err = p.service.Samples(ctx, control.WebhookDraft{Webhook: d.view.Webhook, Revision: d.view.Revision})
	return d, err
}

// show takes what was read.
func (p *Page) show(d data, err error) {
	if err != nil {
		p.fail(err)
		return
	}
	p.sources = d.sources
	renewed := p.setSamples(d.samples)
	switch {
	case !p.built:
		p.begin(d.view)
	case p.id() == "":
	case d.view.Webhook.ID != p.id(): // read before it was first saved; it is being read again
	case p.draft.Adopt(d.view):
		p.view = d.view
	case !p.draft.Dirty():
		p.begin(d.view)
	default: // somebody else changed it meanwhile: the save will ask
		p.view = d.view
	}
	p.showSources()
	p.showState()
	p.update()
	if renewed {
		p.showSamples()
		p.preview.want(p.request)
	}
}

// fail tells of trouble: over the page, or in its place if there is none yet.
func (p *Page) fail(err error) {
	if p.built {
		p.notice.Fail(err)
		return
	}
	back := widgets.NewButton(widgets.Secondary, "Back", "", p.leave)
	p.root.Objects = []fyne.CanvasObject{widgets.NewEmptyState(widgets.Bad, "This webhook cannot be shown", core.Sentence(err), back)}
	p.root.Refresh()
}

// begin starts editing what the engine has, with widgets of its own. It is never
// called while somebody types.
func (p *Page) begin(view control.WebhookView) {
	p.edit(view, NewDraft(control.WebhookDraft{Webhook: view.Webhook, Revision: view.Revision}))
}

// edit puts a draft of a webhook on screen.
func (p *Page) edit(view control.WebhookView, draft *Draft) {
	p.view, p.draft = view, draft
	p.build()
	p.showSamples()
	p.choose(p.wanted)
	p.update()
	p.leadToSecrets()
	p.preview.want(p.request)
}
