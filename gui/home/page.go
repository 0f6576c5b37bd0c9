// Package home is the first page: what needs somebody, how everything stands,
// and the webhooks. It must not know the shell or other pages: where it leads to
// is given to it as functions.
package home

import (
	"context"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Service is what the page asks of the engine.
type Service interface {
	Overview(ctx context.Context) (control.Overview, error)
	Runs(ctx context.Context) ([]control.RunView, error)
	SetRun(ctx context.Context, id string, state core.RunState) error
	TryNow(ctx context.Context, id string) error
	PauseWebhook(ctx context.Context, id string, until time.Time) error
	SetState(ctx context.Context, id string, state core.State, meanwhile bool) error
	Resume(ctx context.Context) error
	AnswerBrake(ctx context.Context, r control.BrakeRequest) (job.View, error)
}

// standing is what the page reads.
type standing struct {
	overview control.Overview
	runs     []control.RunView
}

// Page is Home. It belongs to the UI goroutine.
type Page struct {
	// Where the page leads to. All of them must be set before it is shown.
	OnOpenWebhook  func(id string)
	OnFix          func(id string, do attempt.Action) // opens the place that a step names
	OnOpenActivity func(state core.DeliveryState, webhook string)
	OnOpenSources  func()
	OnOpenSource   func(id string)
	OnOpenSettings func()
	OnRestored     func() // shows what is to be done after a backup was put back
	OnNew          func()
	OnByHand       func()
	// OnRead is told what was read, for whoever shows a part of it too. It may
	// be nil.
	OnRead func(control.Overview)
	// OnSay shows a short message that goes away by itself.
	OnSay func(text string)
	// Icon gives the drawing of a preset. It may be nil.
	Icon func(preset string) icons.Name
	// Now is the clock; time.Now unless set.
	Now func() time.Time

	service  Service
	loader   *background.Loader[standing]
	firstRun fyne.CanvasObject
	overview control.Overview
	narrow   bool

	root     *fyne.Container
	frame    *parts.Page
	body     []fyne.CanvasObject // of the frame, once something was read
	needs    *needsCard
	banner   *widgets.Banner
	resume   *widgets.Button
	tiles    [4]*widgets.Tile
	bars     *widgets.Bars
	busiest  *widgets.Text
	chart    *widgets.Surface
	coming   *comingCard
	runs     *runsCard
	middle   *fyne.Container
	webhooks *parts.List[*parts.WebhookRow]
}

// New builds the page. FirstRun stands in its place while there is no webhook.
func New(s Service, firstRun fyne.CanvasObject) *Page {
	p := &Page{service: s, firstRun: firstRun, Now: time.Now}
	p.loader = background.NewLoader(p.fetch, p.update)
	p.frame = parts.NewPage("Home", " ",
		widgets.NewButton(widgets.Quiet, "Send one by hand", icons.Form, func() { p.OnByHand() }),
		widgets.NewButton(widgets.Primary, "New webhook", icons.Plus, func() { p.OnNew() }))
	p.needs = newNeedsCard(p.meet)
	p.needs.answer = p.answerBrake
	p.resume = widgets.NewButton(widgets.Primary, "Resume", icons.Play, p.resumeSending)
	p.banner = widgets.NewBanner(widgets.Good, "", "")
	p.bars, p.busiest = widgets.NewBars(), widgets.NewLine("", widgets.Caption)
	p.coming, p.runs = newComingCard(p.tryNow), newRunsCard(p.setRun)
	p.webhooks = parts.NewList(p.newRow)
	p.lay()
	return p
}

// lay puts the parts together.
func (p *Page) lay() {
	chartHead := widgets.HBox(8, widgets.NewText("Messages today", widgets.Title), widgets.Grow(p.busiest), widgets.Legend())
	p.chart = widgets.NewCard(widgets.VBox(8, chartHead, container.New(strip{}, p.bars)))
	p.middle = widgets.Columns(theme.CardGap, []float32{1.9, 1}, p.chart, p.coming.object)
	listHead := widgets.Padded(0, 2, 4, 2, widgets.NewText("Your webhooks", widgets.Title))
	list := widgets.NewCard(widgets.VBox(4, listHead, p.webhooks.Object()))
	p.body = []fyne.CanvasObject{p.needs.object, p.banner, p.tileRow(), p.runs.object, p.middle, list}
	p.root = container.NewStack(p.firstRun, p.frame.Object())
	p.firstRun.Hide()
}

// strip gives the chart its least useful height: what needs somebody comes
// first, and the webhooks should be seen without scrolling.
type strip struct{}

// stripHeight is the height of the columns with their labels.
const stripHeight = 80

func (strip) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, stripHeight)
}

func (strip) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

func (p *Page) tileRow() fyne.CanvasObject {
	activity := func(state core.DeliveryState) func() { return func() { p.OnOpenActivity(state, "") } }
	p.tiles = [4]*widgets.Tile{
		widgets.NewTile(icons.TickCircle, widgets.Good, activity(core.Delivered)),
		widgets.NewTile(icons.Clock, widgets.Waiting, activity(core.Waiting)),
		widgets.NewTile(icons.Alert, widgets.Bad, activity(core.Failed)),
		widgets.NewTile(icons.Inbox, widgets.Info, func() { p.OnOpenSources() }),
	}
	row := widgets.Grid(len(p.tiles), theme.TileGap)
	for _, t := range p.tiles {
		row.Add(t)
	}
	return row
}

// Content is the page, to be laid out.
func (p *Page) Content() fyne.CanvasObject { return p.root }

// Show reads, when the page becomes visible.
func (p *Page) Show(fyne.Canvas) { p.Refresh() }

// Leave forgets what is being read, when another page is shown.
func (p *Page) Leave() { p.loader.Stop() }

// Refresh reads anew, because something changed.
func (p *Page) Refresh() { p.loader.Load() }

// SetNarrow chooses between the two size classes.
func (p *Page) SetNarrow(on bool) {
	p.narrow = on
	p.arrange()
}

// FirstRun tells whether the first run stands in the page's place.
func (p *Page) FirstRun() bool { return p.firstRun.Visible() }

// fetch reads what the page shows. It touches no widget.
func (p *Page) fetch(ctx context.Context) (s standing, err error) {
	if s.overview, err = p.service.Overview(ctx); err != nil {
		return s, err
	}
	s.runs, err = p.service.Runs(ctx)
	return s, err
}

func (p *Page) update(s standing, err error) {
	p.frame.Notice.Read(err)
	if err != nil {
		return
	}
	o := s.overview
	if p.overview.Now.IsZero() {
		p.frame.SetBody(p.body...)
	}
	p.overview = o
	p.fill()
	p.runs.show(s.runs, o)
	p.arrange()
	if p.OnRead != nil {
		p.OnRead(o)
	}
}

// fill puts what was read into the widgets.
func (p *Page) fill() {
	o := p.overview
	p.frame.SetSubtitle(words.Today(o.Now))
	p.needs.set(needsOf(o))
	b, ok := bannerOf(o)
	p.banner.Hidden = !ok
	if ok {
		p.banner.Set(b.status, b.title, b.text)
		if b.resume {
			p.banner.SetActions(p.resume)
		} else {
			p.banner.SetActions()
		}
	}
	for i, t := range tilesOf(o) {
		p.tiles[i].Set(t.number, t.word, t.sub)
		p.tiles[i].SetQuiet(t.number == "0")
	}
	p.bars.Set(parts.Hours(o.Hours))
	p.busiest.SetText(busiest(o.Hours))
	p.coming.set(o.Coming)
	sorted := inOrder(o.Webhooks)
	for i, row := range p.webhooks.SetLen(len(sorted)) {
		row.Set(sorted[i], p.icon(sorted[i].Webhook.Preset), o.Now)
	}
}

func (p *Page) icon(preset string) icons.Name {
	if p.Icon == nil {
		return icons.Globe
	}
	return p.Icon(preset)
}

// arrange shows and hides parts by what there is and by the width.
func (p *Page) arrange() {
	first := len(p.overview.Webhooks) == 0 && !p.overview.Now.IsZero()
	show(p.firstRun, first)
	show(p.frame.Object(), !first)
	for _, t := range p.tiles {
		t.SetNarrow(p.narrow)
	}
	for _, row := range p.webhooks.Rows() {
		row.SetNarrow(p.narrow)
	}
	p.arrangeMiddle()
	p.frame.Layout()
	p.root.Refresh()
}

func show(o fyne.CanvasObject, on bool) {
	if on == o.Visible() {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// arrangeMiddle: narrow, the chart goes first; with nothing coming, the chart
// has the whole width.
func (p *Page) arrangeMiddle() {
	coming := len(p.overview.Coming) > 0
	switch {
	case p.narrow && coming:
		p.setMiddle(p.coming.object)
	case p.narrow:
		p.setMiddle()
	case coming:
		p.setMiddle(p.chart, p.coming.object)
	default:
		p.setMiddle(p.chart)
	}
}

func (p *Page) setMiddle(objects ...fyne.CanvasObject) {
	if slices.Equal(p.middle.Objects, objects) {
		return
	}
	p.middle.Objects = objects
	p.middle.Hidden = len(objects) == 0
	ratios := []float32{1.9, 1}
	p.middle.Layout = widgets.Columns(theme.CardGap, ratios[:len(objects)]).Layout
	p.middle.Refresh()
}
