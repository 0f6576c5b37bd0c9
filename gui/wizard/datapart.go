package wizard

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// dataPart asks where the records come from.
type dataPart struct {
	page   *Page
	root   *fyne.Container
	loader *background.Loader[[]control.SourceView]
	card   *widgets.Surface // of what is there already
	list   *fyne.Container
	all    *widgets.Hint
	form   *fyne.Container // of the one that is being added
	tiles  *fyne.Container
	listed string // what the list shows
	path   string
	box    *widgets.Field
}

func newDataPart(p *Page) *dataPart {
	d := &dataPart{page: p, list: widgets.VBox(2), form: widgets.VBox(theme.CardGap), all: widgets.NewHint(widgets.Info, "")}
	d.loader = background.NewLoader(p.service.Sources, d.update)
	d.card = widgets.NewTitledCard("What is here already", "Tick those whose records go there.", nil, widgets.VBox(8, d.list, d.all))
	d.card.Hide()
	d.tiles = widgets.Grid(2, theme.TileGap,
		widgets.NewActionTile(icons.Folder, "Folder", "Files dropped in it", d.addFolder),
		widgets.NewActionTile(icons.Plug, "A program here sends to us", "A till, a form, a script", d.addLocal))
	d.root = widgets.VBox(theme.CardGap, d.card,
		widgets.VBox(10, widgets.NewLine("Add one", widgets.Section), d.tiles), d.form,
		widgets.NewHint(widgets.Info, "You can also do this later, under Sources."))
	return d
}

func (d *dataPart) words() (heading, line string) {
	return "Which records go there?", "Records come from sources: a folder that files land in, or a program on this computer."
}

func (d *dataPart) object() fyne.CanvasObject { return d.root }

func (d *dataPart) show() { d.loader.Load() }

func (d *dataPart) refresh() { d.loader.Load() }

func (d *dataPart) leave() { d.loader.Stop() }

// update lists the sources that there are.
func (d *dataPart) update(all []control.SourceView, err error) {
	p := d.page
	p.notice.Read(err)
	if err != nil {
		return
	}
	if now := namesOf(all); now != d.listed {
		d.listed = now
		d.fill(all)
	}
	d.card.Hidden = len(all) == 0
	d.showAll()
}

// namesOf tells lists of sources apart.
func namesOf(all []control.SourceView) string {
	text := ""
	for _, v := range all {
		text += v.Source.ID + "\n" + v.Source.Name + "\n"
	}
	return text
}

// fill makes a tick for every source.
func (d *dataPart) fill(all []control.SourceView) {
	p := d.page
	d.list.Objects = nil
	for _, v := range all {
		id := v.Source.ID
		check := widget.NewCheck(v.Source.Name, nil)
		check.SetChecked(slices.Contains(p.draft.sources, id))
		check.OnChanged = func(on bool) { d.tick(id, on) }
		d.list.Add(widgets.Padded(0, 0, 0, -7, check))
	}
}

func (d *dataPart) tick(id string, on bool) {
	p := d.page
	p.draft.sources = slices.DeleteFunc(p.draft.sources, func(s string) bool { return s == id })
	if on {
		p.draft.sources = append(p.draft.sources, id)
	}
	p.changed()
	d.showAll()
}

// showAll says what no tick at all means.
func (d *dataPart) showAll() {
	text := ""
	if len(d.page.draft.sources) == 0 {
		text = "None is ticked: records go there wherever they come from, also from sources that you add later."
	}
	d.all.Set(widgets.Info, text)
	d.page.relayout()
}

// addFolder opens the fields for a folder.
func (d *dataPart) addFolder() {
	p := d.page
	box := widgets.NewEntry()
	box.SetText(d.path)
	box.SetPlaceHolder("Choose a folder, or type its path")
	box.OnChanged = func(text string) { d.path = text }
	box.OnSubmitted = func(string) { d.saveFolder() }
	choose := widgets.NewButton(widgets.Secondary, "Choose…", icons.Folder, func() { p.AskFolder(box.SetText) })
	d.box = widgets.NewField("Folder", box, "Each line of a CSV file that lands there becomes a record, and each object of a JSON file. Files that are there now are left out.")
	d.open(widgets.VBox(12, widgets.HBox(8, widgets.Grow(d.box)), widgets.HBox(8, choose, widgets.Spacer(),
		widgets.NewButton(widgets.Quiet, "Not now", icons.None, d.closeForm),
		widgets.NewButton(widgets.Secondary, "Add this folder", icons.Plus, d.saveFolder))))
	p.window().Focus(box)
}

func (d *dataPart) saveFolder() {
	path := strings.TrimSpace(d.path)
	problem := ""
	switch {
	case path == "":
		problem = "Choose the folder to look in."
	case !filepath.IsAbs(path):
		problem = "Type the whole path, from the drive or / on."
	}
	d.box.SetProblem(problem)
	d.page.relayout()
	if problem == "" {
		d.save(core.Source{
			Kind: core.KindFolder, Name: filepath.Base(path), Existing: core.Existing{Do: core.ExistingSkip},
			Folder: &core.FolderSource{Path: path, After: core.AfterRemember},
		})
	}
}

func (d *dataPart) addLocal() {
	d.save(core.Source{Kind: core.KindLocal, Name: "A program here", Local: &core.LocalSource{}})
}

// save adds a source, ticks it, and says how to use it.
func (d *dataPart) save(s core.Source) {
	p := d.page
	draft := control.SourceDraft{Source: s}
	background.Run(
		func(ctx context.Context) (control.SourceView, error) { return p.service.SaveSource(ctx, draft) },
		func(v control.SourceView, err error) {
			if err != nil {
				d.refused(s, err)
				return
			}
			p.notice.Clear()
			d.path = ""
			d.tick(v.Source.ID, true)
			d.closeForm()
			if v.Source.Local != nil {
				d.showLocal(v)
			}
			d.loader.Load()
		})
}

// refused says why a source cannot be added, at its box where there is one.
func (d *dataPart) refused(s core.Source, err error) {
	p := d.page
	if s.Folder != nil && core.CodeOf(err) == core.CodeInvalid {
		d.box.SetProblem(core.Sentence(err))
		p.relayout()
		return
	}
	p.notice.Fail(err)
	p.scroll.ScrollToTop()
}

// showLocal says where the program has to send to.
func (d *dataPart) showLocal(v control.SourceView) {
	p := d.page
	if v.Address == "" {
		d.open(widgets.NewHint(widgets.Waiting, "It is added. Hookbird's local address is closed at the moment: Sources says why, and shows the address once it is open."))
		return
	}
	address := widgets.NewParagraph(v.Address, widgets.Code)
	copyIt := widgets.NewButton(widgets.Secondary, "Copy the address", icons.Copy, func() { d.copyLocal(v) })
	d.open(widgets.VBox(10, widgets.NewLine("Enter this address in the program", widgets.Strong), address, widgets.HBox(8, copyIt),
		widgets.NewParagraph("It stands under Sources, with a line to try it out.", widgets.Caption)))
	p.relayout()
}

func (d *dataPart) copyLocal(v control.SourceView) {
	p := d.page
	background.Run(
		func(ctx context.Context) (string, error) {
			return p.service.RevealSecret(ctx, control.SecretRef{Source: v.Source.ID, Place: "key"})
		},
		func(key string, err error) {
			if err != nil {
				p.notice.Fail(err)
				return
			}
			fyne.CurrentApp().Clipboard().SetContent(strings.Replace(v.Address, core.Dots, key, 1))
			p.OnSay("Copied. It holds the key: paste it only where it belongs.")
		})
}

func (d *dataPart) open(content fyne.CanvasObject) {
	d.form.Objects = []fyne.CanvasObject{widgets.NewCard(content)}
	d.form.Refresh()
	d.page.relayout()
}

func (d *dataPart) closeForm() {
	d.form.Objects = nil
	d.form.Refresh()
	d.page.relayout()
}
