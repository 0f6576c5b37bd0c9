package editor

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/exchange"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// differTitles is how many records a line of the sheet names.
const differTitles = 3

// askDiffer saves at once if the newest records would give the same messages, or
// asks first. Where that cannot be told it is no reason not to save.
func (p *Page) askDiffer(draft control.WebhookDraft) {
	background.Run(
		func(ctx context.Context) (control.Differences, error) { return p.service.Differences(ctx, draft) },
		func(d control.Differences, err error) {
			if err != nil || len(d.Groups) == 0 {
				p.send(draft)
				return
			}
			p.showDiffer(draft, d)
		},
	)
}

// showDiffer opens the sheet of what would be different, with one message before and
// after.
func (p *Page) showDiffer(draft control.WebhookDraft, d control.Differences) {
	size := p.window().Size()
	width := min(720, size.Width-120)
	example := widgets.VBox(8)
	content := widgets.VBox(8)
	for _, g := range d.Groups {
		content.Add(differLine(g, d.Records))
	}
	if n := p.view.Waiting; n > 0 {
		content.Add(widgets.NewParagraph(words.About(n, p.view.About)+" waiting will go out the new way.", widgets.Body))
	}
	content.Add(example)
	scroll := widgets.NewScroll(widgets.Padded(0, 12, 0, 0, content))
	body := widgets.VBox(10,
		widgets.NewParagraph(differHead(d.Records), widgets.Subtitle),
		widgets.MinSize(width, min(420, size.Height-240), scroll))
	save := false
	var sheet *widgets.Dialog
	sheet = widgets.NewDialog(p.window(), "Save these changes?", body,
		widgets.NewButton(widgets.Secondary, "Keep editing", icons.None, func() { sheet.Hide() }),
		widgets.NewButton(widgets.Primary, "Save", icons.None, func() {
			save = true
			sheet.Hide()
		}))
	sheet.OnClosed = func() {
		if save {
			p.send(draft)
			return
		}
		p.saving = false
		p.update()
	}
	sheet.Show()
	p.showExample(example, draft, d.Groups[0].Rows[0], width-12, func() {
		content.Refresh()
		scroll.Resize(scroll.Size())
		scroll.Refresh()
	})
}

func differHead(records int) string {
	if records == 1 {
		return "What would have been different for the last record:"
	}
	return "What would have been different for the last " + words.Records(uint64(records)) + ":"
}

// differLine is one sentence and the records that it is about.
func differLine(g control.Difference, of int) fyne.CanvasObject {
	count := words.Number(uint64(len(g.Rows)))
	if len(g.Rows) == of && of > 1 {
		count = "All " + count
	}
	var titles []string
	for _, row := range g.Rows[:min(differTitles, len(g.Rows))] {
		titles = append(titles, row.Title)
	}
	named := strings.Join(titles, ", ")
	if left := len(g.Rows) - len(titles); left > 0 {
		named += " and " + words.Number(uint64(left)) + " more"
	}
	return widgets.VBox(2,
		widgets.NewParagraph(count+" "+g.Text, widgets.Strong),
		widgets.NewParagraph(named, widgets.Quiet13))
}

// showExample puts the message of one record as it is and as it would be into a box.
func (p *Page) showExample(into *fyne.Container, draft control.WebhookDraft, row control.DifferentRow, room float32, changed func()) {
	put := func(o ...fyne.CanvasObject) {
		into.Objects = append([]fyne.CanvasObject{widgets.NewLine(row.Title, widgets.Label)}, o...)
		into.Refresh()
	}
	put(widgets.NewHint(widgets.Sending, "Making both messages…"))
	request := control.TestRequest{Draft: draft, Seq: row.Seq}
	background.Run(
		func(ctx context.Context) (control.Comparison, error) { return p.service.Compare(ctx, request) },
		func(c control.Comparison, err error) {
			if err != nil {
				put(widgets.NewHint(widgets.Bad, core.Sentence(err)))
				return
			}
			put(exchange.Sides(room, exchange.Side{Title: "Before", Shown: c.Before, Why: c.BeforeWhy},
				exchange.Side{Title: "After your changes", Shown: c.After, Why: c.AfterWhy}, changed))
		},
	)
}
