package again

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// Replay lets somebody send earlier records to a webhook once more, or for the first
// time: it asks which, counts them, shows some before and after, and sends them at a
// pace.
func Replay(p Params, v control.WebhookView) {
	r := &replaying{p: p, view: v, notice: parts.NewNotice(), found: widgets.VBox(10)}
	r.show()
}

// timeForm is how a time is typed; a day alone is its beginning.
const timeForm = "02/01/2006 15:04"

// paces are what is offered, in messages a minute; 0 is the webhook's own.
var paces = []int{0, 600, 60, 10}

// replaying is one replay while it is asked for.
type replaying struct {
	p    Params
	view control.WebhookView

	which     *widgets.Segmented
	sent      bool // what was delivered is meant
	from, to  *widgets.Entry
	since     *widgets.Field
	until     *widgets.Field
	wanted    *widget.Check
	pace      *widgets.Select
	revision  *widgets.Select
	revisions []uint64 // behind the choices of revision
	versions  *widgets.Field

	plan   control.ReplayPlan
	asked  control.ReplayRequest // that plan answers
	turn   int
	notice *parts.Notice
	found  *fyne.Container
	scroll *widgets.Scroll
	room   float32 // that found has
	send   *widgets.Button
	dialog *widgets.Dialog
}

func (r *replaying) show() {
	r.which = widgets.NewSegmented([]string{"What came in", "What was delivered"}, func(i int) {
		r.sent = i == 1
		r.wanted.Hidden = r.sent
		r.stale()
	})
	r.from, r.to = widgets.NewEntry(), widgets.NewEntry()
	now := r.p.Now()
	r.from.SetText(now.AddDate(0, 0, -1).Local().Format(timeForm))
	r.to.SetText(now.Local().Add(time.Minute).Format(timeForm))
	r.since, r.until = widgets.NewField("From", r.from, "Day, month, year and time: 22/11/2026 10:30"), widgets.NewField("Until", r.to, "")
	r.wanted = widget.NewCheck("Only what this webhook wants now", func(bool) { r.stale() })
	r.wanted.SetChecked(true)
	r.pace = widgets.NewSelect([]string{"As fast as usual", "600 a minute", "60 a minute", "10 a minute"}, func(int) { r.stale() })
	r.pace.SetSelected(0)
	r.revision = widgets.NewSelect(nil, func(int) { r.stale() })
	r.versions = widgets.NewField("Sent with which settings", r.revision, "")
	r.versions.Hide()
	for _, e := range []*widgets.Entry{r.from, r.to} {
		e.OnChanged = func(string) { r.stale() }
		e.OnSubmitted = func(string) { r.count() }
		e.OnEscape = func() { r.dialog.Hide() }
	}
	size := r.p.Canvas.Size()
	width, height := min(920, size.Width-110), min(440, size.Height-290)
	r.room = width - 360
	left := widgets.NewScroll(widgets.Padded(2, 12, 2, 2, widgets.VBox(12, r.which, r.since, r.until, r.wanted, r.versions, widgets.NewField("How fast", r.pace, ""))))
	r.scroll = widgets.NewScroll(widgets.Padded(2, 12, 2, 2, r.found))
	body := widgets.VBox(10, r.notice.Object(), widgets.HBox(16, widgets.Fixed(330, height, left), widgets.Grow(widgets.MinSize(width-346, height, r.scroll))))
	r.send = widgets.NewButton(widgets.Primary, "Send them", icons.Plane, r.start)
	r.dialog = widgets.NewDialog(r.p.Canvas, "Send earlier records to "+r.view.Webhook.Name, body,
		widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { r.dialog.Hide() }),
		widgets.NewButton(widgets.Secondary, "Count and show", icons.Search, r.count), r.send)
	r.stale()
	r.dialog.Show()
}

// stale says that what was counted is no longer what is asked for.
func (r *replaying) stale() {
	if r.send == nil {
		return
	}
	r.turn++
	r.send.SetEnabled(false)
	r.send.SetText("Send them")
	r.fill(widgets.NewParagraph("Count first: you see how many records these are, and some of them before and after. Nothing is sent yet.", widgets.Subtitle))
}

func (r *replaying) fill(objects ...fyne.CanvasObject) {
	r.found.Objects = objects
	r.relayout()
}

func (r *replaying) relayout() {
	r.found.Refresh()
	r.scroll.Resize(r.scroll.Size())
	r.scroll.Refresh()
}

// request reads what was typed; ok is false if something cannot be read.
func (r *replaying) request() (q control.ReplayRequest, ok bool) {
	q = control.ReplayRequest{Webhook: r.view.Webhook.ID, Sent: r.sent, Filter: !r.sent && r.wanted.Checked, PerMinute: paces[max(0, r.pace.Selected())]}
	var okFrom, okTo bool
	q.Since, okFrom = readTime(r.from.Text)
	q.Until, okTo = readTime(r.to.Text)
	const form = "Type a day and a time, such as 22/11/2026 10:30."
	set := func(f *widgets.Field, ok bool) {
		text := ""
		if !ok {
			text = form
		}
		f.SetProblem(text)
	}
	set(r.since, okFrom)
	set(r.until, okTo)
	if i := r.revision.Selected(); r.sent && i > 0 && i < len(r.revisions) {
		q.Revision = r.revisions[i]
	}
	return q, okFrom && okTo
}

func readTime(text string) (time.Time, bool) {
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range []string{timeForm, "02/01/2006"} {
		if t, err := time.ParseInLocation(form, text, time.Local); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// count asks what a replay would come to.
func (r *replaying) count() {
	q, ok := r.request()
	if !ok {
		return
	}
	r.stale()
	turn := r.turn
	r.fill(widgets.NewHint(widgets.Sending, "Looking for them…"))
	background.Run(func(ctx context.Context) (control.ReplayPlan, error) { return r.p.Service.ReplayPlan(ctx, q) },
		func(plan control.ReplayPlan, err error) {
			if turn != r.turn {
				return
			}
			r.notice.Fail(err)
			if err != nil {
				r.fill()
				return
			}
			r.plan, r.asked = plan, q
			r.counted()
		})
}

// counted shows what was found.
func (r *replaying) counted() {
	r.fillRevisions()
	plan := r.plan
	about := ""
	if plan.AtLeast {
		about = "At least "
	}
	lines := []fyne.CanvasObject{widgets.NewParagraph(about+words.Count(plan.Count, "record", "records")+" would be sent to "+r.view.Webhook.Name+".", widgets.Strong)}
	add := func(text string) { lines = append(lines, widgets.NewParagraph(text, widgets.Caption)) }
	if plan.Before > 0 {
		add(words.Number(plan.Before) + " of them it has had before. If that system already has them, it may end up with them twice.")
	}
	if plan.Alone > 0 {
		add(words.Number(plan.Alone) + " more go out by themselves and are left alone.")
	}
	if plan.Lasts > 0 {
		add("At this pace it takes " + words.Span(plan.Lasts) + ".")
	}
	if plan.PerMinute > 0 && r.asked.PerMinute == 0 {
		add(fmt.Sprintf("So many at once may be too much for that system: %d a minute is gentle.", plan.PerMinute))
	}
	for _, x := range plan.Examples {
		lines = append(lines, widgets.NewDivider(), widgets.NewParagraph(x.Title+", "+words.When(x.Time, r.p.Now()), widgets.Strong),
			exchange.Sides(r.room, exchange.Side{Title: "As it was sent", Shown: x.Before, Why: x.BeforeWhy},
				exchange.Side{Title: "As it goes out now", Shown: x.After, Why: x.AfterWhy}, r.relayout))
	}
	r.fill(lines...)
	r.send.SetEnabled(plan.Count > 0)
	if plan.Count > 0 {
		r.send.SetText("Send " + strings.ToLower(about) + words.Number(plan.Count))
	}
}

// fillRevisions offers the versions of the settings that were found.
func (r *replaying) fillRevisions() {
	if r.asked.Revision != 0 { // one was chosen: the others are still offered
		return
	}
	options := []string{"Any"}
	r.revisions = []uint64{0}
	for _, v := range r.plan.Revisions {
		text := fmt.Sprintf("Those of %s to %s: %s", words.When(v.First, r.p.Now()), words.When(v.Last, r.p.Now()), words.Count(v.Count, "message", "messages"))
		if v.Now {
			text = fmt.Sprintf("Today's, since %s: %s", words.When(v.First, r.p.Now()), words.Count(v.Count, "message", "messages"))
		}
		options, r.revisions = append(options, text), append(r.revisions, v.Revision)
	}
	if r.sent && len(r.revisions) > 2 {
		r.revision.SetOptions(options)
		r.revision.SetSelected(0)
		r.versions.Show()
	} else {
		r.versions.Hide()
	}
}

// start sends what was counted.
func (r *replaying) start() {
	q := r.asked
	q.Count = r.plan.Count
	r.send.SetEnabled(false)
	background.Run(func(ctx context.Context) (job.View, error) { return r.p.Service.Replay(ctx, q) },
		func(_ job.View, err error) {
			if err != nil {
				r.send.SetEnabled(true)
				r.notice.Fail(err)
				return
			}
			r.dialog.Hide()
			r.p.Say("They are being sent. Activity shows how far it is.")
			r.p.OnDone()
		})
}
