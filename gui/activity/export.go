package activity

import (
	"context"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/core/job"
	"hookbird/gui/files"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// exportKinds are the files that can be written, by the ends of their names.
var exportKinds = []struct{ name, note, suffix string }{
	{"Excel workbook", "For Excel and LibreOffice", ".xlsx"},
	{"CSV file", "Text that nearly every program reads", ".csv"},
}

// exportDialog asks what kind of file messages go into, and what of them.
type exportDialog struct {
	page    *Page
	request control.ExportRequest
	cards   []*widgets.ChoiceCard
	kind    int
	content *widget.Check
	dialog  *widgets.Dialog
}

// exportShown writes all that the list shows; exportChosen what is chosen in it.
func (p *Page) exportShown() { p.askExport(control.ExportRequest{Query: p.wanted()}, p.shownWords()) }

func (p *Page) exportChosen() {
	if p.list.all > 0 {
		p.askExport(control.ExportRequest{Query: p.wanted()}, p.shownWords())
		return
	}
	keys := p.list.keys()
	p.askExport(control.ExportRequest{Keys: keys}, words.Messages(uint64(len(keys))))
}

// shownWords say what the list's query asks for: "2,704 messages".
func (p *Page) shownWords() string {
	n, about := p.countOfQuery()
	if about {
		return "all messages that the list shows"
	}
	return words.Messages(n)
}

// askExport asks about the file, then where it goes.
func (p *Page) askExport(r control.ExportRequest, what string) {
	e := &exportDialog{page: p, request: r}
	row := widgets.Grid(len(exportKinds), 10)
	for i, k := range exportKinds {
		card := widgets.NewChoiceCard(k.name, k.note, "", func() { e.choose(i) })
		e.cards = append(e.cards, card)
		row.Add(card)
	}
	e.content = widget.NewCheck("Also the values of the records, and what came back", nil)
	help := widgets.NewParagraph("When, what, where to and what came of it are always in the file. Keys and other secrets never are. The values are personal data: keep the file where only the right people see it.", widgets.Caption)
	e.choose(0)
	leave := widgets.NewButton(widgets.Secondary, "Cancel", icons.None, func() { e.dialog.Hide() })
	next := widgets.NewButton(widgets.Primary, "Choose where…", icons.None, e.place)
	e.dialog = widgets.NewDialog(p.window(), "Export "+what, widgets.MinWidth(500, widgets.VBox(12, row, e.content, help)), leave, next)
	e.dialog.Show()
}

func (e *exportDialog) choose(kind int) {
	e.kind = kind
	for i, c := range e.cards {
		c.SetSelected(i == kind)
	}
}

// place asks where the file goes, and has it written there. Whoever chose the name of
// a file that is there was asked about it.
func (e *exportDialog) place() {
	e.dialog.Hide()
	p, suffix := e.page, exportKinds[e.kind].suffix
	e.request.Content = e.content.Checked
	askSave(p.window(), files.Wish{
		Kind: files.Save, Title: "Export messages", Yes: "Export", Suffix: suffix,
		Name: "Hookbird messages " + p.now().Local().Format("2006-01-02") + suffix, Start: p.exportedTo,
	}, func(path string) {
		e.request.Path = path
		_, err := os.Lstat(path)
		e.request.Replace = err == nil
		p.exportedTo = filepath.Dir(path)
		p.export(e.request)
	})
}

// askSave lets somebody choose a file; a variable for tests.
var askSave = files.Ask

func (p *Page) export(r control.ExportRequest) {
	p.begin(func(ctx context.Context) (job.View, error) { return p.service.ExportActivity(ctx, r) })
}
