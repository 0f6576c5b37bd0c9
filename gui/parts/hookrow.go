package parts

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// HookActs is what can be done in a webhook's row.
type HookActs struct {
	Open func(control.WebhookView)
	// Next is the next thing to do about the webhook, on a button in place of its
	// hours; NextWord says what that is, "" for none.
	NextWord func(control.WebhookView) string
	Next     func(control.WebhookView)
	// Menu opens what else there is, below the anchor.
	Menu func(anchor fyne.CanvasObject, v control.WebhookView)
}

// WebhookRow is one webhook in a list: name and host, how it is doing, the cause
// or the last thing worth knowing, and the next step or the last twelve hours.
type WebhookRow struct {
	acts   HookActs
	row    *widgets.Row
	view   control.WebhookView
	narrow bool

	icon        *widgets.IconTile
	name, host  *widgets.Text
	chip        *widgets.Chip
	news, today *widgets.Text
	bars        *widgets.MiniBars
	next, menu  *widgets.Button
	column      *fyne.Container // around bars and next, one of which is shown
}

// chipColumn is wide enough for "Needs attention".
const chipColumn = 136

// nextColumn is wide enough for the hours, and for "Try now".
const nextColumn = 96

// NewWebhookRow makes a row.
func NewWebhookRow(acts HookActs) *WebhookRow {
	r := &WebhookRow{
		acts: acts, icon: widgets.NewIconTile(icons.Globe),
		name: widgets.NewLine("", widgets.Strong), host: widgets.NewLine("", widgets.Caption),
		chip: widgets.NewChip(widgets.Neutral, ""),
		news: widgets.NewLine("", widgets.Small), today: widgets.NewLine("", widgets.Caption),
		bars: widgets.NewMiniBars(),
	}
	r.next = widgets.NewButton(widgets.Secondary, "", icons.None, func() { acts.Next(r.view) })
	r.menu = widgets.NewIconButton(icons.Dots, "", func() { acts.Menu(r.menu, r.view) })
	r.column = widgets.Fixed(nextColumn, 0, widgets.Stack(widgets.Fixed(nextColumn, 26, r.bars), r.next))
	line := widgets.HBox(14, r.icon,
		widgets.Grow(widgets.VBox(1, r.name, r.host)),
		widgets.Fixed(chipColumn, 0, r.chip),
		widgets.Grow(widgets.VBox(1, r.news, r.today)),
		r.column, r.menu)
	r.row = widgets.NewRow("", widgets.MinSize(0, 54, widgets.Padded(0, 2, 0, 2, line)), func() { acts.Open(r.view) })
	return r
}

// Object is the row, to be laid out.
func (r *WebhookRow) Object() fyne.CanvasObject { return r.row }

// View gives the webhook that the row shows.
func (r *WebhookRow) View() control.WebhookView { return r.view }

// Set shows a webhook, with the drawing of its kind of system.
func (r *WebhookRow) Set(v control.WebhookView, icon icons.Name, now time.Time) {
	r.view = v
	badge := words.Webhook(v)
	r.icon.SetIcon(icon)
	r.name.SetText(v.Webhook.Name)
	r.host.SetText(v.Host)
	r.chip.Set(Status(badge.Tone), badge.Word)
	news := words.WebhookNews(v, now)
	r.news.SetText(news.First)
	r.today.SetText(news.Second)
	r.bars.Set(Hours(v.Hours))
	r.setNext(r.acts.NextWord(v))
	r.menu.SetLabel("More about " + v.Webhook.Name)
	r.row.SetLabel(v.Webhook.Name + ", " + badge.Word)
	r.row.Refresh()
}

func (r *WebhookRow) setNext(word string) {
	r.next.SetText(word)
	r.next.SetLabel(word + ": " + r.view.Webhook.Name)
	r.next.Hidden = word == ""
	r.bars.Hidden = word != "" || r.narrow
}

// SetNarrow leaves the little chart away.
func (r *WebhookRow) SetNarrow(on bool) {
	r.narrow = on
	r.setNext(r.next.Text())
	r.column.Refresh()
}

// Text gives what the row says, for tests: name, host, state, and both lines of
// news.
func (r *WebhookRow) Text() [5]string {
	return [5]string{r.name.Text(), r.host.Text(), r.chip.AccessibilityLabel(), r.news.Text(), r.today.Text()}
}

// Press opens the webhook, as a tap does.
func (r *WebhookRow) Press() { r.row.Tapped(nil) }

// Hours splits hours into the two lists that charts take.
func Hours(hours []control.Hour) (delivered, failed []int) {
	for _, h := range hours {
		delivered = append(delivered, int(h.Delivered))
		failed = append(failed, int(h.Failed))
	}
	return delivered, failed
}
