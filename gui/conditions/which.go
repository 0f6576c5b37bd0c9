package conditions

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// markWidth is the room for what is different from before.
const markWidth = 136

// whichList is a dialog that lists the last records and what becomes of each;
// choosing one shows its message before and after the edit.
type whichList struct {
	tried  *tried
	out    control.TryOut
	draft  control.WebhookDraft // that the list is about
	dialog *widgets.Dialog
	close  *widgets.Button
	back   *widgets.Button
	rows   []*widgets.Row
	title  *widgets.Text
	body   *fyne.Container
	scroll *widgets.Scroll
	asked  asked[control.Comparison]
	of     control.TryRow // that is compared
}

func openWhich(t *tried) {
	canvas := t.card.page.Canvas()
	if canvas == nil {
		return
	}
	w := &whichList{tried: t, out: t.out, draft: t.request(), title: widgets.NewParagraph("", widgets.Subtitle), body: widgets.VBox(0)}
	w.asked.show = w.showCompared
	w.scroll = widgets.NewScroll(w.body)
	w.back = widgets.NewButton(widgets.Secondary, "All records", icons.ArrowLeft, w.showAll)
	w.close = widgets.NewButton(widgets.Primary, "Close", icons.None, func() { w.dialog.Hide() })
	room := canvas.Size()
	w.dialog = widgets.NewDialog(canvas, "Which records would be sent",
		widgets.VBox(10, w.title, widgets.MinSize(min(720, room.Width-110), min(400, room.Height-230), w.scroll)), w.back, w.close)
	w.dialog.OnClosed = w.asked.leave
	w.showAll()
	w.dialog.Show()
	w.put()
	canvas.Focus(w.close)
}

// put lays out what is shown now.
func (w *whichList) put() {
	w.body.Refresh()
	w.scroll.Resize(w.scroll.Size())
	w.scroll.Refresh()
}

// showAll lists the records.
func (w *whichList) showAll() {
	w.asked.leave()
	_, text := counted(w.out)
	choose := "Choose one to see its message."
	if w.out.Stored {
		choose = "Choose one to see its message before and after your changes."
	}
	w.title.SetText(join(text, choose))
	w.back.Hide()
	w.body.Objects, w.rows = nil, nil
	for i, row := range w.out.Rows {
		if i > 0 {
			w.body.Add(widgets.NewDivider())
		}
		line := w.row(row)
		w.rows = append(w.rows, line)
		w.body.Add(line)
	}
	w.scroll.ScrollToTop()
	w.put()
	for i, row := range w.out.Rows {
		if row.Seq == w.of.Seq && w.of.Seq != 0 {
			w.tried.card.focus(w.rows[i])
		}
	}
}

// row is one record in the list.
func (w *whichList) row(row control.TryRow) *widgets.Row {
	now := time.Now()
	icon, said := widgets.NewStatusIcon(widgets.Good, 18), "Would be sent."
	if !row.After {
		icon, said = widgets.NewIcon(icons.Minus, theme.Muted, 18), "Would not be sent: "+row.Why
	}
	second := "Would be sent."
	if !row.After {
		second = row.Why
	}
	first := widgets.Spread(widgets.NewLine(row.Title, widgets.Strong), widgets.NewText(words.When(row.Time, now), widgets.Caption))
	texts := widgets.VBox(1, first, widgets.NewLine(second, widgets.Caption))
	parts := []fyne.CanvasObject{icon, widgets.Grow(texts)}
	if mark := w.mark(row); mark != nil {
		parts = append(parts, widgets.MinWidth(markWidth, mark))
	}
	parts = append(parts, widgets.NewIcon(icons.ChevronRight, theme.Muted, 16))
	content := widgets.Padded(8, 10, 8, 10, widgets.HBox(12, parts...))
	line := widgets.NewRow(join(row.Title+".", said, w.beforeWords(row)), content, func() { w.compare(row) })
	line.OnKey = w.key
	return line
}

// beforeWords says how it was before the change, where that is known.
func (w *whichList) beforeWords(row control.TryRow) string {
	switch {
	case !w.out.Stored:
		return ""
	case row.Before && row.After:
		return "Also before this change"
	case row.Before:
		return "No longer sent"
	case row.After:
		return "New"
	default:
		return "Not before either"
	}
}

// mark shows what is different from before, and quietly what is not.
func (w *whichList) mark(row control.TryRow) fyne.CanvasObject {
	text := w.beforeWords(row)
	switch {
	case text == "":
		return nil
	case row.Before == row.After:
		return widgets.NewText(text, widgets.Caption)
	case row.After:
		return widgets.NewChip(widgets.Good, text)
	default:
		return widgets.NewChip(widgets.Waiting, text)
	}
}

func (w *whichList) key(k fyne.KeyName) {
	if k == fyne.KeyEscape {
		w.dialog.Hide()
	}
}
