// Package hooks is the page that lists the webhooks, and the choice of a kind of
// system with which a new one begins. It must not know the shell or other pages:
// where it leads to is given to it as functions.
package hooks

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/again"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/past"
	"hookbird/gui/rehearsal"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Service is what the page asks of the engine.
type Service interface {
	Webhooks(ctx context.Context) ([]control.WebhookView, error)
	SetState(ctx context.Context, id string, state core.State, meanwhile bool) error
	DeleteWebhook(ctx context.Context, id string, revision uint64) error
	PauseWebhook(ctx context.Context, id string, until time.Time) error
	TryNow(ctx context.Context, id string) error
	past.Service
	rehearsal.Service
	again.Service
}

// Page is the list of webhooks. It belongs to the UI goroutine.
type Page struct {
	// Where the page leads to. All of them must be set before it is shown.
	OnOpen func(id string)
	OnFix  func(id string, do attempt.Action) // opens the place that a step names
	OnTest func(id string)
	OnNew  func()
	OnHome func() // opens Home, which asks what becomes of what a brake holds
	// OnSay shows a short message that goes away by itself.
	OnSay func(text string)
	// OnOffer shows one with something to press.
	OnOffer past.Offer
	// Icon gives the drawing of a preset. It may be nil.
	Icon func(preset string) icons.Name
	// Now is the clock; time.Now unless set.
	Now func() time.Time

	service Service
	loader  *background.Loader[[]control.WebhookView]
	narrow  bool
	all     []control.WebhookView // as they were read last

	frame *parts.Page
	list  *parts.List[*parts.WebhookRow]
	card  *widgets.Surface
	empty *widgets.EmptyState
}

// New builds the page.
func New(s Service) *Page {
	p := &Page{service: s, Now: time.Now, OnOffer: func(string, string, func()) {}}
	p.loader = background.NewLoader(s.Webhooks, p.update)
	p.list = parts.NewList(p.newRow)
	p.card = widgets.NewCardPadded(8, widgets.Padded(0, 8, 0, 8, p.list.Object()))
	p.empty = widgets.NewEmptyState(widgets.Sending, "No webhook yet",
		"A webhook is a web address at another system that accepts your records.", nil)
	p.frame = parts.NewPage("Webhooks", "Where your records go.",
		widgets.NewButton(widgets.Primary, "New webhook", icons.Plus, func() { p.OnNew() }))
	p.frame.SetBody(p.card, p.empty)
	p.card.Hide()
	p.empty.Hide()
	return p
}

func (p *Page) newRow() *parts.WebhookRow {
	return parts.NewWebhookRow(parts.HookActs{
		Open:     func(v control.WebhookView) { p.OnOpen(v.Webhook.ID) },
		NextWord: nextWord, Next: p.next, Menu: p.openMenu,
	})
}

// nextWord is what the button for the next step of a webhook says.
func nextWord(v control.WebhookView) string {
	switch {
	case v.Brake != nil:
		return "Answer"
	case v.Condition == control.Attention:
		return "Fix this"
	case v.Condition == control.Down:
		return "Try now"
	case v.Condition == control.Paused:
		return "Resume"
	default:
		return ""
	}
}

// next does the next step.
func (p *Page) next(v control.WebhookView) {
	switch {
	case v.Brake != nil:
		p.OnHome()
	case v.Condition == control.Attention:
		step, _ := words.NextStep(v)
		if step.Action == attempt.ActionNote {
			exchange.ShowNote(p.canvas(), attempt.Note(v.Webhook.Name, v.Host, *v.Last))
			return
		}
		p.OnFix(v.Webhook.ID, step.Action)
	case v.Condition == control.Down:
		p.tryNow(v)
	case v.Condition == control.Paused:
		p.TurnOn(v)
	}
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.frame.Object() }

// Show reads, when the page becomes visible.
func (p *Page) Show(fyne.Canvas) { p.Refresh() }

// Leave forgets what is being read, when another page is shown.
func (p *Page) Leave() { p.loader.Stop() }

// Refresh reads anew, because something changed.
func (p *Page) Refresh() { p.loader.Load() }

// SetNarrow chooses between the two size classes.
func (p *Page) SetNarrow(on bool) {
	p.narrow = on
	for _, r := range p.list.Rows() {
		r.SetNarrow(on)
	}
	p.frame.Layout()
}

func (p *Page) update(views []control.WebhookView, err error) {
	p.frame.Notice.Read(err)
	if err != nil && len(views) == 0 {
		return
	}
	p.all = views
	slices.SortStableFunc(views, func(a, b control.WebhookView) int { return words.WebhookOrder(a) - words.WebhookOrder(b) })
	for i, r := range p.list.SetLen(len(views)) {
		r.Set(views[i], p.icon(views[i].Webhook.Preset), p.Now())
		r.SetNarrow(p.narrow)
	}
	p.card.Hidden = len(views) == 0
	p.empty.Hidden = len(views) > 0
	p.frame.Layout()
}

func (p *Page) icon(preset string) icons.Name {
	if p.Icon == nil {
		return icons.Globe
	}
	return p.Icon(preset)
}

// openMenu shows what can be done with a webhook.
func (p *Page) openMenu(anchor fyne.CanvasObject, v control.WebhookView) {
	parts.OpenMenu(anchor, p.menuItems(anchor, v))
}

func (p *Page) menuItems(anchor fyne.CanvasObject, v control.WebhookView) []*fyne.MenuItem {
	id := v.Webhook.ID
	items := p.stateItems(anchor, v)
	if v.Webhook.State == core.StateOn && (v.Waiting > 0 || v.Condition == control.Down) {
		items = append(items, fyne.NewMenuItem("Try now", func() { p.tryNow(v) }))
	}
	return append(items,
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Edit", func() { p.OnOpen(id) }),
		fyne.NewMenuItem("Test", func() { p.OnTest(id) }),
		fyne.NewMenuItem("Send earlier records…", func() { p.replay(v) }),
		fyne.NewMenuItem("What was changed…", func() { p.showPast(v) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Delete…", func() { p.askDelete(v) }))
}

func (p *Page) stateItems(anchor fyne.CanvasObject, v control.WebhookView) []*fyne.MenuItem {
	on := fyne.NewMenuItem("Turn on", func() { p.TurnOn(v) })
	pause := parts.PauseItem(anchor, p.Now, func(until time.Time) { p.pause(v, until) })
	off := fyne.NewMenuItem("Turn off", func() { p.turnOff(v) })
	switch v.Webhook.State {
	case core.StatePaused:
		on.Label = "Resume"
		return []*fyne.MenuItem{on, fyne.NewMenuItem("See what would be sent…", func() { p.showRehearsal(v) }), pause, off}
	case core.StateOff:
		return []*fyne.MenuItem{on, fyne.NewMenuItem("Rehearse: send nothing yet…", func() { p.rehearse(v) })}
	default:
		return []*fyne.MenuItem{pause, fyne.NewMenuItem("Rehearse: send nothing…", func() { p.rehearse(v) }), off}
	}
}
