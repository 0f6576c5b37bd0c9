package activity

import (
	"image/color"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// lineText is what a line of the list says.
type lineText struct {
	status        widgets.Status
	title, detail string
	time, word    string
}

// textOf puts a line into words.
func textOf(it item, now time.Time) lineText {
	if it.queue != nil {
		return queueText(*it.queue, now)
	}
	row := it.row
	badge := words.Delivery(row)
	line := lineText{
		status: parts.Status(badge.Tone), title: row.Title, word: badge.Word,
		detail: row.Webhook, time: rowTime(row.At, now),
	}
	if row.State == core.Replaced || row.State == core.Removed {
		line.status = widgets.Info
	}
	if line.title == "" {
		line.title = "Record no longer kept"
	}
	line.detail = whence(row, line.detail)
	return line
}

// line puts a line into words, and says of a backlog when it will be done.
func (p *Page) line(it item) lineText {
	line := textOf(it, p.now())
	if it.queue == nil {
		return line
	}
	if v, ok := p.webhook(it.queue.WebhookID); ok {
		if done := words.Backlog(v, p.now()); done != "" {
			line.detail = it.queue.Webhook + "  ·  " + done
		}
	}
	return line
}

// whence names a message's webhook, and where its record came from or that it
// was a test.
func whence(row control.ActivityRow, webhook string) string {
	switch {
	case row.Test:
		return "Test  ·  " + webhook
	case row.Origin != "":
		return webhook + "  ·  " + row.Origin
	default:
		return webhook
	}
}

func queueText(q control.Queue, now time.Time) lineText {
	line := lineText{
		status: widgets.Waiting, title: words.About(q.Waiting, q.About) + " waiting",
		detail: q.Webhook + "  ·  not tried yet", word: "Waiting",
	}
	if !q.Since.IsZero() {
		line.title += " since " + words.When(q.Since, now)
	}
	return line
}

// rowTime is the time of day, or the day for what is older.
func rowTime(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	switch words.Day(t, now) {
	case "today":
		return words.ClockSeconds(t)
	case "yesterday":
		return "Yesterday"
	}
	if t.Local().Year() == now.Local().Year() {
		return t.Local().Format("2 Jan")
	}
	return t.Local().Format("2 Jan 2006")
}

// rowView is one line of the list. The list keeps a few of them and changes what
// they say as somebody scrolls.
type rowView struct {
	widget.BaseWidget
	check         *widget.Check
	icon          *widgets.Icon
	title, detail *widgets.Text
	time, word    *widgets.Text
	tint          *canvas.Rectangle

	chosen  func(bool) // told when somebody ticks the line
	hovered func(bool) // told when the pointer comes and goes
	filling bool       // the list is changing the tick
}

var _ desktop.Hoverable = (*rowView)(nil)

func newRowView(hovered func(bool)) *rowView {
	r := &rowView{
		icon:    widgets.NewStatusIcon(widgets.Good, 18),
		title:   widgets.NewLine("", widgets.Strong),
		detail:  widgets.NewLine("", widgets.Caption),
		time:    widgets.NewLine("", widgets.Caption.Aligned(fyne.TextAlignTrailing)),
		word:    widgets.NewLine("", widgets.Style{Size: 12, Bold: true, Align: fyne.TextAlignTrailing}),
		tint:    canvas.NewRectangle(color.Transparent),
		hovered: hovered,
	}
	r.tint.CornerRadius = theme.Radius
	r.check = widget.NewCheck("", func(on bool) {
		if !r.filling && r.chosen != nil {
			r.chosen(on)
		}
	})
	r.ExtendBaseWidget(r)
	return r
}

// set makes the row say a line. A backlog cannot be ticked.
func (r *rowView) set(line lineText, tickable, ticked bool, chosen func(bool)) {
	r.chosen = chosen
	r.filling = true
	r.check.SetChecked(ticked)
	r.filling = false
	r.check.Hidden = !tickable
	r.icon.SetStatus(line.status)
	r.title.SetText(line.title)
	r.detail.SetText(line.detail)
	r.time.SetText(line.time)
	r.word.SetText(line.word)
	r.word.SetColor(line.status.Color())
}

// AccessibilityLabel reads the line.
func (r *rowView) AccessibilityLabel() string {
	return r.title.Text() + ", " + r.word.Text() + ", " + r.detail.Text()
}

// AccessibilityRole says that this is text; the list around it is what acts.
func (r *rowView) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MouseIn tells that the pointer is over the list.
func (r *rowView) MouseIn(*desktop.MouseEvent) { r.hover(true) }

// MouseMoved does nothing.
func (r *rowView) MouseMoved(*desktop.MouseEvent) {}

// MouseOut tells that the pointer has left.
func (r *rowView) MouseOut() { r.hover(false) }

func (r *rowView) hover(in bool) {
	r.tint.FillColor = color.Transparent
	if in {
		r.tint.FillColor = theme.Color(theme.Hover)
	}
	r.tint.Refresh()
	r.hovered(in)
}

// CreateRenderer draws the line.
func (r *rowView) CreateRenderer() fyne.WidgetRenderer {
	words := widgets.VBox(2, r.title, r.detail)
	right := widgets.Fixed(104, 0, widgets.VBox(3, r.time, r.word))
	line := widgets.HBox(8, widgets.Fixed(28, 30, r.check), r.icon, widgets.Grow(words), right)
	return widget.NewSimpleRenderer(widgets.Stack(r.tint, widgets.Padded(7, 10, 7, 6, line)))
}
