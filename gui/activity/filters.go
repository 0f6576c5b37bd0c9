package activity

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
)

// typingPause is how long the search waits for the next letter.
const typingPause = 250 * time.Millisecond

// span is a choice of the time to look at.
type span struct {
	name string
	from int // days before today that it begins; -1: everything that is kept
	days int // how many it has; 0: to now
}

// spanOwn is the last of spans: a time that somebody chose, in the query itself.
const spanOwn = 5

var spans = []span{{"Any day", -1, 0}, {"Today", 0, 0}, {"Yesterday", 1, 1}, {"Last 7 days", 6, 0}, {"Last 30 days", 29, 0}, {"From … to …", 0, 0}}

// times are the midnights that the span begins and ends with.
func (s span) times(now time.Time) (since, until time.Time) {
	if s.from < 0 {
		return since, until
	}
	now = now.Local()
	since = time.Date(now.Year(), now.Month(), now.Day()-s.from, 0, 0, 0, 0, now.Location())
	if s.days > 0 {
		until = since.AddDate(0, 0, s.days)
	}
	return since, until
}

var states = []struct {
	state  core.DeliveryState
	status widgets.Status
	word   string
	count  func(control.Counts) uint64
}{
	{"", widgets.Neutral, "All", func(c control.Counts) uint64 { return c.All }},
	{core.Failed, widgets.Bad, "Failed", func(c control.Counts) uint64 { return c.Failed }},
	{core.Waiting, widgets.Waiting, "Waiting", func(c control.Counts) uint64 { return c.Waiting }},
	{core.Delivered, widgets.Good, "Delivered", func(c control.Counts) uint64 { return c.Delivered }},
}

// filters choose which messages the list shows.
type filters struct {
	page     *Page
	object   fyne.CanvasObject
	search   *widgets.SearchEntry
	webhooks *widgets.Select
	ids      []string // behind webhooks; "" first
	dates    *widgets.Select
	chips    []*widgets.FilterChip
	later    context.CancelFunc // gives up the search that waits
	filling  bool               // the page is changing the search itself
	more     *moreFilters
}

func newFilters(p *Page) *filters {
	f := &filters{page: p, ids: []string{""}}
	f.search = widgets.NewSearchEntry("Search name, email, answer…", f.typed)
	f.webhooks = widgets.NewSelect([]string{"All webhooks"}, func(i int) {
		p.query.Webhook = f.ids[i]
		p.ask()
	})
	f.dates = widgets.NewSelect(spanNames(), p.chooseSpan)
	row := widgets.HBox(8)
	for _, s := range states {
		chip := widgets.NewFilterChip(s.status, s.word, func() {
			p.query.State, p.query.Group = s.state, nil
			p.ask()
		})
		f.chips = append(f.chips, chip)
		row.Add(chip)
	}
	f.more = newMoreFilters(f)
	row.Add(widgets.Spacer())
	row.Add(f.more.button)
	f.object = widgets.VBox(10,
		widgets.Columns(8, []float32{1.6, 1, 1}, f.search, f.webhooks, f.dates), f.more.object, row)
	f.show()
	return f
}

// typed searches once nobody has typed for a moment.
func (f *filters) typed(text string) {
	if f.filling {
		return
	}
	f.page.query.Text = text
	f.giveUp()
	f.later = background.After(typingPause, f.page.ask)
}

// giveUp ends the wait for the next letter, and tells whether there was one.
func (f *filters) giveUp() (waited bool) {
	if f.later == nil {
		return false
	}
	f.later()
	f.later = nil
	return true
}

// show makes the controls say what the query says.
func (f *filters) show() {
	p := f.page
	f.ids, f.filling = []string{""}, true
	names := []string{"All webhooks"}
	for _, v := range p.webhooks {
		f.ids, names = append(f.ids, v.Webhook.ID), append(names, v.Webhook.Name)
	}
	chosen := 0
	for i, id := range f.ids {
		if id == p.query.Webhook {
			chosen = i
		}
	}
	f.webhooks.SetOptions(names)
	f.webhooks.SetSelected(chosen)
	f.showDates()
	if f.search.Text != p.query.Text {
		f.search.SetText(p.query.Text)
	}
	for i, s := range states {
		f.chips[i].SetSelected(s.state == p.query.State)
		count := -1
		if p.shown {
			count = int(s.count(p.list.counts))
		}
		f.chips[i].SetCount(count)
	}
	f.more.show()
	f.filling = false
	f.object.Refresh()
}

// showDates says which time is shown; one that somebody chose has a line of its own.
func (f *filters) showDates() {
	p := f.page
	names, at := spanNames(), p.span
	if p.span == spanOwn {
		names, at = append(names, timeWords(p.query.Since, p.query.Until)), len(names)
	}
	f.dates.SetOptions(names)
	f.dates.SetSelected(at)
}

func spanNames() (names []string) {
	for _, s := range spans {
		names = append(names, s.name)
	}
	return names
}

// any tells whether something is filtered out.
func (f *filters) any() bool {
	q := f.page.query
	return q.Text != "" || q.Webhook != "" || q.State != "" || f.page.span != 0 || f.more.any()
}

// clear shows everything again.
func (f *filters) clear() {
	p := f.page
	f.giveUp()
	p.query, p.span = control.ActivityQuery{}, 0
	p.ask()
}
