package sources

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// row is one source in the list.
type row struct {
	view control.SourceView

	row          *widgets.Row
	icon         *widgets.IconTile
	name, detail *widgets.Text
	chip         *widgets.Chip
	last, goes   *widgets.Text
	news         *fyne.Container
}

func newRow(open func(control.SourceView)) *row {
	r := &row{
		icon: widgets.NewIconTile(icons.Folder),
		name: widgets.NewLine("", widgets.Strong), detail: widgets.NewLine("", widgets.Caption),
		chip: widgets.NewChip(widgets.Neutral, ""),
		last: widgets.NewLine("", widgets.Small), goes: widgets.NewLine("", widgets.Caption),
	}
	r.news = widgets.Fixed(230, 0, widgets.VBox(1, r.last, r.goes))
	line := widgets.HBox(14, r.icon, widgets.Grow(widgets.VBox(1, r.name, r.detail)),
		widgets.Fixed(150, 0, r.chip), r.news, widgets.NewIcon(icons.ChevronRight, theme.Muted, 16))
	r.row = widgets.NewRow("", widgets.MinSize(0, 54, widgets.Padded(0, 2, 0, 2, line)), func() { open(r.view) })
	return r
}

// Object is the row, to be laid out.
func (r *row) Object() fyne.CanvasObject { return r.row }

func (r *row) set(v control.SourceView, now time.Time) {
	r.view = v
	badge := words.Source(v)
	r.icon.SetIcon(kindOf(v.Source.Kind).icon)
	r.name.SetText(v.Source.Name)
	r.detail.SetText(detail(v))
	r.detail.SetColor(theme.Muted)
	if badge.Tone == words.Bad {
		r.detail.SetText(trouble(v, now))
		r.detail.SetColor(theme.Error)
	}
	r.chip.Set(parts.Status(badge.Tone), badge.Word)
	r.last.SetText(lastRecord(v.State.Last, now))
	r.goes.SetText(goesTo(v.GoesTo))
	r.row.SetLabel(v.Source.Name + ", " + badge.Word)
	r.row.Refresh()
}

// setShort leaves away when the last record came and where it goes.
func (r *row) setShort(on bool) { r.news.Hidden = on }

// trouble says why a source needs somebody.
func trouble(v control.SourceView, now time.Time) string {
	if v.State.Cause == "" && !v.State.Silent.IsZero() {
		return "Something was expected, and nothing has come since " + words.When(v.State.Silent, now) + "."
	}
	return v.State.Cause
}

func lastRecord(last, now time.Time) string {
	if last.IsZero() {
		return "No record yet"
	}
	return "Last record " + words.Ago(last, now)
}

func goesTo(names []string) string {
	if len(names) == 0 {
		return "No webhook takes its records"
	}
	return "Goes to " + words.List(names)
}
