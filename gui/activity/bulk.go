package activity

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// bulkSlice is how many messages are sent again in one request.
const bulkSlice = 200

// bulk shows what is being done to many messages at once, or came of it.
type bulk struct {
	page *Page
	room *fyne.Container
	bar  *parts.JobBar
	stop context.CancelFunc // of what is done here; nil while nothing is
}

func newBulk(p *Page) *bulk {
	b := &bulk{page: p, bar: parts.NewJobBar()}
	b.bar.OnCancel = func(string) { b.cancel() }
	b.bar.OnClose = func(id string) { b.close(id) }
	b.room = widgets.Padded(theme.TileGap, theme.PageSide, 0, theme.PageSide, widgets.NewCardPadded(12, b.bar.Object()))
	b.room.Hide()
	return b
}

func (b *bulk) show(v job.View) {
	b.room.Hidden = v.ID == ""
	b.bar.Show(v)
	b.page.root.Refresh()
}

func (b *bulk) cancel() {
	if b.stop != nil {
		b.stop()
	}
}

func (b *bulk) close(string) { b.show(job.View{}) }

// wanted is the query of the list, for what is done to all that it asks for as it
// was when it was read.
func (p *Page) wanted() control.ActivityQuery {
	q := p.dated()
	q.Limit, q.Look, q.Before = bulkSlice, 0, core.DeliveryKey{}
	return q
}

// everyWords offer to choose all that the query asks for, if that is more than is
// chosen; "" if it is not.
func (p *Page) everyWords() string {
	n, about := p.countOfQuery()
	if p.list.all > 0 || about || n <= uint64(len(p.list.chosen)) {
		return ""
	}
	switch p.query.State {
	case core.Failed:
		return "Choose all " + words.Number(n) + " failed"
	case core.Delivered:
		return "Choose all " + words.Number(n) + " delivered"
	case core.Waiting:
		return ""
	default:
		return "Choose all " + words.Number(n)
	}
}

// countOfQuery is how many messages the list's query asks for.
func (p *Page) countOfQuery() (n uint64, about bool) {
	c := p.list.counts
	for _, s := range states {
		if s.state == p.query.State {
			return s.count(c), c.About
		}
	}
	return c.All, c.About
}

// chooseAll chooses all that the query asks for, by the query.
func (p *Page) chooseAll() {
	n, _ := p.countOfQuery()
	p.list.unchoose()
	p.list.all = n
	p.pane.list.Refresh()
	p.pane.showBar()
}

// standing says what still stands against sending again what the query asks for,
// "" if nothing does.
func (p *Page) standing() string {
	for _, g := range p.groups {
		if g.Standing && (p.query.Webhook == "" || g.Ref.Webhook == p.query.Webhook) && (p.query.Group == nil || *p.query.Group == g.Ref) {
			return g.Webhook + ": " + g.Words
		}
	}
	return ""
}

func (p *Page) anyStanding() bool { return p.standing() != "" }

// namesOfAll names the webhooks that what the query asks for goes to.
func (p *Page) namesOfAll() []string {
	if v, ok := p.webhook(p.query.Webhook); ok {
		return []string{v.Webhook.Name}
	}
	if g := p.query.Group; g != nil {
		if v, ok := p.webhook(g.Webhook); ok {
			return []string{v.Webhook.Name}
		}
	}
	return []string{"their webhooks"}
}

// askAll asks before all that a query asks for is sent again, and says first if the
// cause still stands.
func (p *Page) askAll(q control.ActivityQuery, count uint64, webhooks []string, cause string) {
	n := words.Number(count)
	if count == 1 {
		n = "1"
	}
	body := "They go to " + words.List(webhooks) + " with today's settings. If that system already has them, it may end up with them twice; one that knows them by their id will leave them out."
	if cause != "" {
		body = "What went wrong still stands: " + cause + ". They would wait until that is put right, and then go out by themselves.\n\n" + body
	}
	title := "Send " + n + " messages again?"
	if count == 1 {
		title = "Send 1 message again?"
	}
	if q.Until.IsZero() {
		q.Until = p.now() // what fails from now on was not asked for
	}
	widgets.Confirm(p.window(), widgets.Question{
		Title: title, Body: body, No: "Cancel", Yes: "Send " + n + " again",
		OnYes: func() { p.sendAll(q, count) },
	})
}

// sendAll sends again what a query asks for, a slice after the other, so that others
// can write in between. What was sent when somebody cancels stays sent.
func (p *Page) sendAll(q control.ActivityQuery, count uint64) {
	b := p.bulk
	b.cancel()
	view := job.View{ID: "again", Title: "Sending " + words.Messages(count) + " again", State: job.Running, Total: count}
	b.show(view)
	p.pane.clear()
	b.stop = background.Run(
		func(ctx context.Context) (uint64, error) {
			return p.sendSlices(ctx, q, func(done uint64) {
				background.Hop(func() {
					view.Done = min(done, count)
					b.show(view)
				})
			})
		},
		func(sent uint64, err error) {
			b.stop = nil
			view.State, view.Outcome = outcomeOf(sent, count, err)
			b.show(view)
			p.Refresh()
		},
	)
}

// sendSlices does the work of sendAll, and gives how many were sent.
func (p *Page) sendSlices(ctx context.Context, q control.ActivityQuery, tell func(done uint64)) (sent uint64, err error) {
	q.Limit, q.Look = bulkSlice, lookAtOnce
	done := uint64(0)
	for {
		page, err := p.service.Activity(ctx, q)
		if err != nil {
			return sent, err
		}
		var keys []core.DeliveryKey
		for _, row := range page.Rows {
			if finishedState(row.State) && !row.Test {
				keys = append(keys, row.Key)
			}
		}
		if len(keys) > 0 {
			n, err := p.service.SendAgain(ctx, keys)
			sent += uint64(n)
			if err != nil {
				return sent, err
			}
		}
		done += uint64(len(page.Rows))
		if page.Next.IsZero() {
			return sent, nil
		}
		q.Before = page.Next
		tell(done)
	}
}

// outcomeOf says what came of sending many again.
func outcomeOf(sent, of uint64, err error) (job.State, string) {
	far := words.Messages(sent) + " go out again now."
	if sent == 1 {
		far = "1 message goes out again now."
	}
	switch {
	case errors.Is(err, context.Canceled):
		return job.Cancelled, "Cancelled. " + far
	case err != nil:
		return job.Failed, core.Sentence(err) + " " + far
	case sent < of:
		return job.Done, far + " The records of the others are no longer kept, or they are on their way already."
	}
	return job.Done, far
}
