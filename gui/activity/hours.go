package activity

import (
	"fmt"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// stripDays is how far back the strip reaches while the list has no beginning.
const stripDays = 2

// hours is the strip over the list: how many messages ended in each hour, or day, of
// the time that the list shows. A click shows those of one column alone, another
// click all again.
type hours struct {
	page   *Page
	object *fyne.Container
	strip  *widgets.Strip
	text   *widgets.Text

	frame  frame
	cols   []column
	before *frame // what the list showed before somebody chose a column
}

// frame is a time, as the page's query has it.
type frame struct {
	span         int
	since, until time.Time // zero where the query's are
}

// column is a part of the time, and what ended in it.
type column struct {
	from, to          time.Time
	delivered, failed int
}

func newHours(p *Page) *hours {
	h := &hours{page: p, strip: widgets.NewStrip("Messages by the hour"), text: widgets.NewLine("", widgets.Caption)}
	h.strip.OnChosen = h.choose
	h.strip.OnAt = h.at
	h.object = widgets.Padded(12, 0, 0, 0, widgets.VBox(6, h.text, h.strip))
	h.object.Hide()
	return h
}

// fits tells whether the strip has something to say: it counts by webhook and state
// alone, and needs room.
func (h *hours) fits() bool {
	p := h.page
	q := p.query
	return !p.narrow && q.Text == "" && q.Group == nil && q.State != core.Waiting && !p.filter.more.any()
}

// request asks for the hours of the time that the strip shows.
func (h *hours) request() (r control.HoursRequest, ok bool) {
	if !h.fits() {
		return r, false
	}
	h.keepFrame()
	r.From, r.To = h.frame.times(h.page.now())
	if id := h.page.query.Webhook; id != "" {
		r.Webhooks = []string{id}
	}
	return r, r.From.Before(r.To)
}

// keepFrame takes the query's time for the strip's, unless it is that of a column.
func (h *hours) keepFrame() {
	now := h.page.time()
	if h.before != nil && now.span == spanOwn && h.columnOf(now) >= 0 {
		return
	}
	h.before, h.frame = nil, now
}

// time is what the query says of time.
func (p *Page) time() frame { return frame{p.span, p.query.Since, p.query.Until} }

// times are whole hours, or whole days where there are many.
func (f frame) times(now time.Time) (from, to time.Time) {
	from, to = f.since, f.until
	if f.span != spanOwn {
		from, to = spans[f.span].times(now)
	}
	if to.IsZero() || to.After(now) {
		to = now
	}
	to = wholeHour(to.Add(time.Hour - 1))
	if from.IsZero() {
		from = to.Add(-stripDays * 24 * time.Hour)
	}
	from = wholeHour(from)
	if least := to.AddDate(-1, 0, 1); from.Before(least) {
		from = least
	}
	if to.Sub(from) > stripDays*24*time.Hour {
		y, m, d := from.Date()
		from = time.Date(y, m, d, 0, 0, 0, 0, time.Local)
	}
	return from, to
}

func wholeHour(t time.Time) time.Time {
	t = t.Local()
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), 0, 0, 0, time.Local)
}

// columns divides a time into hours, days or weeks, so that there are at most 60.
func columns(from, to time.Time) (all []column) {
	next := func(t time.Time) time.Time { return t.Add(time.Hour) }
	switch length := to.Sub(from); {
	case length > 59*24*time.Hour:
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 7) }
	case length > stripDays*24*time.Hour:
		next = func(t time.Time) time.Time { return t.AddDate(0, 0, 1) }
	}
	for t := from; t.Before(to); t = next(t) {
		all = append(all, column{from: t, to: next(t)})
	}
	return all
}

// count adds hours to the columns that they lie in, as far as the state is wanted.
func count(cols []column, hours []control.Hour, state core.DeliveryState) {
	i := 0
	for _, hour := range hours {
		for i < len(cols) && !hour.Start.Before(cols[i].to) {
			i++
		}
		if i == len(cols) || hour.Start.Before(cols[i].from) {
			continue
		}
		if state != core.Failed {
			cols[i].delivered += int(hour.Delivered)
		}
		if state != core.Delivered {
			cols[i].failed += int(hour.Failed)
		}
	}
}

// show draws what was read.
func (h *hours) show(read []control.Hour) {
	was := h.object.Visible()
	r, ok := h.request()
	h.cols = nil
	if ok {
		h.cols = columns(r.From, r.To)
		count(h.cols, read, h.page.query.State)
	}
	delivered, failed, sum := make([]int, len(h.cols)), make([]int, len(h.cols)), 0
	for i, c := range h.cols {
		delivered[i], failed[i] = c.delivered, c.failed
		sum += c.delivered + c.failed
	}
	h.object.Hidden = len(h.cols) < 2 || sum == 0
	h.strip.Set(delivered, failed, h.chosen())
	h.say()
	if was != h.object.Visible() {
		h.page.root.Refresh()
	}
}

// chosen is the column that the list shows alone, or -1.
func (h *hours) chosen() int {
	if h.before == nil {
		return -1
	}
	return h.columnOf(h.page.time())
}

func (h *hours) columnOf(f frame) int {
	for i, c := range h.cols {
		if c.from.Equal(f.since) && c.to.Equal(f.until) {
			return i
		}
	}
	return -1
}

// choose shows the messages of one column, or those of the whole time again.
func (h *hours) choose(i int) {
	p := h.page
	if h.chosen() == i {
		was := *h.before
		h.before = nil
		p.span, p.query.Since, p.query.Until = was.span, was.since, was.until
		p.ask()
		return
	}
	if h.before == nil {
		was := p.time()
		h.before = &was
	}
	p.between(h.cols[i].from, h.cols[i].to)
}

// say says what the strip shows.
func (h *hours) say() {
	if i := h.chosen(); i >= 0 {
		h.text.SetText(h.words(i) + ". Click it again for all.")
		return
	}
	if len(h.cols) > 0 {
		h.text.SetText("By " + h.unit() + ", " + timeWords(h.cols[0].from, h.cols[len(h.cols)-1].to))
	}
}

func (h *hours) unit() string {
	switch h.cols[0].to.Sub(h.cols[0].from) {
	case time.Hour:
		return "hour"
	case 7 * 24 * time.Hour:
		return "week"
	}
	return "day"
}

// at says what the column holds that the pointer is at.
func (h *hours) at(i int) {
	if i < 0 || i >= len(h.cols) {
		h.say()
		return
	}
	h.text.SetText(h.words(i))
}

func (h *hours) words(i int) string {
	c := h.cols[i]
	text := timeWords(c.from, c.to) + ":"
	if c.delivered > 0 || c.failed == 0 {
		text += fmt.Sprintf(" %s delivered", words.Number(uint64(c.delivered)))
	}
	if c.failed > 0 {
		if c.delivered > 0 {
			text += ","
		}
		text += fmt.Sprintf(" %s failed", words.Number(uint64(c.failed)))
	}
	return text
}

// timeWords name a time: "22 Nov", "21 Nov – 23 Nov", "22 Nov, 10:00 – 11:00".
func timeWords(from, to time.Time) string {
	from, to = from.Local(), to.Local()
	const day = "2 Jan"
	if isMidnight(from) && isMidnight(to) {
		last := to.AddDate(0, 0, -1)
		if !last.After(from) {
			return from.Format(day)
		}
		return from.Format(day) + " – " + last.Format(day)
	}
	if from.YearDay() == to.YearDay() && from.Year() == to.Year() {
		return from.Format(day+", 15:04") + " – " + words.Clock(to)
	}
	if to.Sub(from) <= time.Hour { // up to midnight
		return from.Format(day+", 15:04") + " – " + words.Clock(to)
	}
	return from.Format(day+", 15:04") + " – " + to.Format(day+", 15:04")
}

func isMidnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 && t.Second() == 0 }
