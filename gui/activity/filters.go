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

// span is a choice of how far back to look.
type span struct {
	name string
	days int // 0: everything that is kept
}

var spans = []span{{"Any day", 0}, {"Today", 1}, {"Last 7 days", 7}, {"Last 30 days", 30}}

// since is the midnight that the span begins with.
func (s span) since(now time.Time) time.Time {
	if s.days == 0 {
		return time.Time{}
	}
	now = now.Local()
	return time.Date(now.Year(), now.Month(), now.Day()-s.days+1, 0, 0, 0, 0, now.Location())
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
}

func newFilters(p *Page) *filters {
	f := &filters{page: p, ids: []string{""}}
	f.search = widgets.NewSearchEntry("Search name, email, answer…", f.typed)
	f.webhooks = widgets.NewSelect([]string{"All webhooks"}, func(i int) {
		p.query.Webhook = f.ids[i]
		p.ask()
	})
	var names []string
	for _, s := range spans {
		names = append(names, s.name)
	}
	f.dates = widgets.NewSelect(names, func(i int) {
		p.span = i
		p.ask()
	})
	row := widgets.HBox(8)
	for _, s := range states {
		chip := widgets.NewFilterChip(s.status, s.word, func() {
			p.query.State = s.state
			p.ask()
		})
		f.chips = append(f.chips, chip)
		row.Add(chip)
	}
	f.object = widgets.VBox(10,
		widgets.Columns(8, []float32{1.6, 1, 1}, f.search, f.webhooks, f.dates), row)
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
	f.dates.SetSelected(p.span)
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
	f.filling = false
	f.object.Refresh()
}

// any tells whether something is filtered out.
func (f *filters) any() bool {
	q := f.page.query
	return q.Text != "" || q.Webhook != "" || q.State != "" || f.page.span != 0
}

// clear shows everything again.
func (f *filters) clear() {
	p := f.page
	f.giveUp()
	p.query, p.span = control.ActivityQuery{}, 0
	p.ask()
}
