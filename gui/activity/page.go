package activity

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/again"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Service is what the page asks of the engine.
type Service interface {
	Activity(ctx context.Context, q control.ActivityQuery) (control.ActivityPage, error)
	Delivery(ctx context.Context, key core.DeliveryKey) (control.DeliveryView, error)
	SendAgain(ctx context.Context, keys []core.DeliveryKey) (int, error)
	Settle(ctx context.Context, keys []core.DeliveryKey) (int, error)
	TryNow(ctx context.Context, id string) error
	Webhooks(ctx context.Context) ([]control.WebhookView, error)
	Settings(ctx context.Context) (control.SettingsView, error)
	Sources(ctx context.Context) ([]control.SourceView, error)
	Groups(ctx context.Context) ([]control.Group, error)
	ActivityHours(ctx context.Context, r control.HoursRequest) ([]control.Hour, error)
	AgainPlan(ctx context.Context, r control.AgainRequest) (control.AgainPlan, error)
	SendAllAgain(ctx context.Context, r control.AgainRequest) (job.View, error)
	ExportActivity(ctx context.Context, r control.ExportRequest) (job.View, error)
	Jobs(ctx context.Context) ([]job.View, error)
	CancelJob(ctx context.Context, id string) error
	ForgetJob(ctx context.Context, id string) error
	again.Service
}

// Page shows every message. It belongs to the UI goroutine.
type Page struct {
	// OnEditWebhook leads to the editor, at the place that a step names if it names
	// one. It must be set before the page is shown.
	OnEditWebhook func(id string, do attempt.Action)
	// OnPerson leads to everything about the person with an e-mail address; nil: to
	// nothing.
	OnPerson func(address string)
	// Now is the clock that times are told by; nil means the computer's.
	Now func() time.Time

	service  Service
	list     *list
	query    control.ActivityQuery
	span     int // chosen in spans
	turn     int // of the query: answers to an older one are not shown
	reading  bool
	again    bool // read once more when this read is done
	more     bool // the next page is being read
	shown    bool // something was read for this query
	webhooks []control.WebhookView
	sources  []control.SourceView
	hovered  bool // the pointer is over the list
	groups   []control.Group
	narrow   bool
	canvas   fyne.Canvas

	root   *fyne.Container
	header *widgets.Header
	notice *parts.Notice
	room   *fyne.Container // around the notice
	filter *filters
	pane   *listPane
	detail *detail
	works  *works
	hours  *hours
	causes *causes
	looks  look

	exportedTo string // the folder that was last chosen for an export
}

// New builds the page. It reads when it is shown.
func New(s Service) *Page {
	p := &Page{service: s, list: newList(), notice: parts.NewNotice()}
	p.header = widgets.NewHeader("Activity", "Every message sent.", widgets.NewButton(widgets.Secondary, "Export", icons.Download, p.exportShown))
	p.filter = newFilters(p)
	p.causes = newCauses(p)
	p.works = newWorks(p)
	p.hours = newHours(p)
	p.pane = newListPane(p)
	p.detail = newDetail(p)
	p.room = widgets.Padded(theme.TileGap, theme.PageSide, 0, theme.PageSide, p.notice.Object())
	p.room.Hide()
	p.notice.OnChanged = func() {
		p.room.Hidden = p.notice.Text() == ""
		p.root.Refresh()
	}
	top := widgets.VBox(0, p.header, widgets.Padded(0, theme.PageSide, 0, theme.PageSide, widgets.VBox(0, p.filter.object, p.hours.object)), p.room, p.works.room)
	body := widgets.Padded(14, theme.PageSide, 20, theme.PageSide,
		widgets.Columns(theme.CardGap, []float32{0.52, 0.48}, p.pane.object, p.detail.object))
	p.root = below(top, body)
	return p
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Show reads, when the page becomes visible, and makes Ctrl+F go to the search.
func (p *Page) Show(c fyne.Canvas) {
	p.canvas = c
	widgets.AddShortcut(c, searchKeys, func() { c.Focus(p.filter.search) })
	p.Refresh()
}

var searchKeys = &desktop.CustomShortcut{KeyName: fyne.KeyF, Modifier: fyne.KeyModifierShortcutDefault}

// Leave forgets what is being read, when another page is shown.
func (p *Page) Leave() {
	p.turn++
	p.looks.stop()
	p.reading, p.again, p.more = false, false, false
	if p.filter.giveUp() {
		p.shown = false // what was typed is searched for when we come back
	}
	if p.canvas != nil {
		widgets.RemoveShortcut(p.canvas, searchKeys)
		p.canvas = nil
	}
}

// SetNarrow chooses the form for a narrow window.
func (p *Page) SetNarrow(on bool) {
	if p.narrow != on {
		p.narrow = on
		p.hours.show(nil)
		if p.shown {
			p.Refresh()
		}
	}
	p.detail.setNarrow(on)
}

// Filter shows only messages in a state, of a webhook (by id), or, with "", all.
func (p *Page) Filter(state core.DeliveryState, webhook string) {
	p.query, p.span = control.ActivityQuery{State: state, Webhook: webhook}, 0
	p.ask()
}

// read is what one reading gives.
type read struct {
	page     control.ActivityPage
	webhooks []control.WebhookView
	sources  []control.SourceView
	groups   []control.Group
	hours    []control.Hour
	keepDays int
}

// fetch reads the first page of a query, and the hours if they are wanted. It touches
// no widget.
func (p *Page) fetch(ctx context.Context, q control.ActivityQuery, hours *control.HoursRequest) (r read, err error) {
	if r.groups, err = p.service.Groups(ctx); err != nil {
		return r, err
	}
	if r.page, err = p.service.Activity(ctx, q); err != nil {
		return r, err
	}
	r.page.Queues = queuesFor(q, r.page.Queues)
	if r.webhooks, err = p.service.Webhooks(ctx); err != nil {
		return r, err
	}
	if r.sources, err = p.service.Sources(ctx); err != nil {
		return r, err
	}
	if hours != nil {
		if r.hours, err = p.service.ActivityHours(ctx, *hours); err != nil {
			return r, err
		}
	}
	settings, err := p.service.Settings(ctx)
	_, r.keepDays, _ = settings.Settings.Days()
	return r, err
}

// Refresh reads anew because something changed. Lines under the pointer or that
// somebody has scrolled to do not move: what is new is counted.
func (p *Page) Refresh() {
	p.works.read()
	if p.reading || p.looks.on {
		p.again = true
		return
	}
	p.reading = true
	turn, query := p.turn, p.dated()
	var hours *control.HoursRequest
	if r, ok := p.hours.request(); ok {
		hours = &r
	}
	background.Run(
		func(ctx context.Context) (read, error) { return p.fetch(ctx, query, hours) },
		func(r read, err error) {
			if turn == p.turn {
				p.update(r, err)
			}
		},
	)
}

// ask reads for a query that somebody has changed. What was chosen in the old
// list is chosen no longer: nothing is sent that cannot be seen.
func (p *Page) ask() {
	p.filter.giveUp()
	p.list.unchoose()
	p.filter.show()
	p.pane.showBar()
	p.renew()
}

// renew reads for another query, from its beginning.
func (p *Page) renew() {
	p.turn++
	p.looks.stop()
	p.reading, p.again, p.more, p.shown = false, false, false, false
	p.Refresh()
}

// dated is the query with its date worked out.
func (p *Page) dated() control.ActivityQuery {
	q := p.query
	if p.span != spanOwn {
		q.Since, q.Until = spans[p.span].times(p.now())
	}
	if scans(q) {
		q.Look = lookAtOnce
	}
	return q
}

func (p *Page) update(r read, err error) {
	p.reading = false
	if err != nil {
		p.notice.Fail(err)
	} else {
		p.take(r)
	}
	if p.again {
		p.again = false
		p.Refresh()
	}
}

func (p *Page) take(r read) {
	p.header.Set("Activity", "Every message sent, kept for "+words.Count(uint64(r.keepDays), "day", "days")+".")
	p.webhooks, p.sources, p.groups = r.webhooks, r.sources, r.groups
	switch {
	case !p.shown:
		p.list.reset(r.page)
		p.pane.afterReset(true)
		p.looks.begin(r.page)
	case p.pane.mayMove() && !short(r.page):
		p.list.reset(r.page)
		p.pane.afterReset(false)
	default:
		p.list.merge(r.page)
	}
	p.shown = true
	p.causes.show()
	p.filter.show()
	p.hours.show(r.hours)
	p.pane.show()
	p.detail.follow()
	p.lookOn()
}

// readMore reads the next page, once, when somebody scrolls near the end.
func (p *Page) readMore() {
	if p.more || p.list.next.IsZero() {
		return
	}
	p.more = true
	turn, query := p.turn, p.dated()
	query.Before = p.list.next
	p.looks.cancel = background.Run(
		func(ctx context.Context) (control.ActivityPage, error) { return p.service.Activity(ctx, query) },
		func(page control.ActivityPage, err error) {
			if turn != p.turn {
				return
			}
			p.more = false
			if err != nil {
				p.looks.on = false
				p.notice.Fail(err)
				p.pane.show()
				return
			}
			p.list.add(page)
			p.looks.further(page)
			p.pane.show()
			p.lookOn()
		},
	)
}

// webhook gives what is known of a webhook now.
func (p *Page) webhook(id string) (control.WebhookView, bool) {
	for _, v := range p.webhooks {
		if v.Webhook.ID == id {
			return v, true
		}
	}
	return control.WebhookView{}, false
}

func (p *Page) now() time.Time {
	if p.Now != nil {
		return p.Now()
	}
	return time.Now()
}

// window is the canvas that dialogs open in.
func (p *Page) window() fyne.Canvas {
	if p.canvas != nil {
		return p.canvas
	}
	return fyne.CurrentApp().Driver().CanvasForObject(p.root)
}

// refreshIcon is on every button that sends something once more.
const refreshIcon = icons.Refresh
