package parts

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// WebhookRow is one webhook in a list: name and host, how it is doing, the last
// thing worth knowing, and the last twelve hours.
type WebhookRow struct {
	row  *widgets.Row
	view control.WebhookView

	icon        *widgets.IconTile
	name, host  *widgets.Text
	chip        *widgets.Chip
	news, today *widgets.Text
	bars        *widgets.MiniBars
	chart       *fyne.Container // around the bars, to hide both
}

// chipColumn is wide enough for "Needs attention".
const chipColumn = 148

// NewWebhookRow makes a row; open is called with the webhook when it is pressed.
// Tools stand at the right end instead of the chevron; nil means the chevron.
func NewWebhookRow(open func(control.WebhookView), tools fyne.CanvasObject) *WebhookRow {
	r := &WebhookRow{
		icon: widgets.NewIconTile(icons.Globe),
		name: widgets.NewLine("", widgets.Strong), host: widgets.NewLine("", widgets.Caption),
		chip: widgets.NewChip(widgets.Neutral, ""),
		news: widgets.NewLine("", widgets.Small), today: widgets.NewLine("", widgets.Caption),
		bars: widgets.NewMiniBars(),
	}
	if tools == nil {
		tools = widgets.NewIcon(icons.ChevronRight, widgets.Neutral.Color(), 16)
	}
	r.chart = widgets.Fixed(96, 26, r.bars)
	line := widgets.HBox(14, r.icon,
		widgets.Grow(widgets.VBox(1, r.name, r.host)),
		widgets.Fixed(chipColumn, 0, r.chip),
		widgets.Grow(widgets.VBox(1, r.news, r.today)),
		r.chart, tools)
	r.row = widgets.NewRow("", widgets.MinSize(0, 54, widgets.Padded(0, 2, 0, 2, line)), func() { open(r.view) })
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
	r.news.SetText(words.WebhookNews(v, now))
	r.today.SetText(words.Number(v.Today) + " today")
	r.bars.Set(Hours(v.Hours))
	r.row.SetLabel(v.Webhook.Name + ", " + badge.Word)
	r.row.Refresh()
}

// SetNarrow leaves the little chart away.
func (r *WebhookRow) SetNarrow(on bool) { r.chart.Hidden = on }

// Text gives what the row says, for tests: name, host, state, news.
func (r *WebhookRow) Text() [4]string {
	return [4]string{r.name.Text(), r.host.Text(), r.chip.AccessibilityLabel(), r.news.Text()}
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
