package sources

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// folderFields are the fields of a folder.
type folderFields struct {
	form *form

	path      *widgets.Entry
	pathField *widgets.Field
	match     *widgets.Entry
	after     *widgets.Select
	existing  *widgets.Segmented
	already   *widgets.Field
}

func newFolderFields(f *form) *folderFields {
	k := &folderFields{form: f, path: widgets.NewEntry(), match: widgets.NewEntry()}
	k.path.SetPlaceHolder("Choose a folder, or type its path")
	k.path.OnChanged = func(text string) { f.draft.path = text }
	k.path.OnSubmitted = func(string) { f.trySave() }
	k.match.SetPlaceHolder("All of them")
	k.match.OnChanged = func(text string) { f.draft.match = text }
	k.match.OnSubmitted = func(string) { f.trySave() }
	k.after = widgets.NewSelect(afterWords, func(i int) { f.draft.after = afters[i] })
	k.existing = widgets.NewSegmented([]string{"Leave them", "Send them"}, func(i int) { f.draft.existing = i == 1 })
	k.pathField = widgets.NewField("Folder", k.path, "")
	k.already = widgets.NewField("Files that are already there", k.existing, "")
	return k
}

func (k *folderFields) objects() []fyne.CanvasObject {
	choose := widgets.NewButton(widgets.Secondary, "Choose…", icons.Folder, func() {
		k.form.page.AskFolder(func(path string) { k.path.SetText(path) })
	})
	return []fyne.CanvasObject{
		widgets.HBoxTop(8, widgets.Grow(k.pathField), widgets.Padded(k.labelHeight(), 0, 0, 0, choose)),
		widgets.NewField("Which files", k.match, "CSV and JSON files can be read. Only some of them? Type a pattern like *.csv"),
		k.already,
		widgets.NewField("After a file was read", k.after, ""),
	}
}

// labelHeight is where the box of a field begins.
func (k *folderFields) labelHeight() float32 {
	return widgets.NewText("Folder", widgets.Label).MinSize().Height + 5
}

func (k *folderFields) fill() {
	d := k.form.draft
	k.path.SetText(d.path)
	k.match.SetText(d.match)
	k.after.SetSelected(slices.Index(afters, d.after))
	k.existing.Select(0)
	if d.existing {
		k.existing.Select(1)
	}
}

// refresh: what is already there counts only once, when the source is made.
func (k *folderFields) refresh() { k.already.Hidden = !k.form.draft.isNew() }

func (k *folderFields) setProblem(p problem) {
	if p.field != fieldPath {
		p.text = ""
	}
	k.pathField.SetProblem(p.text)
}

func (k *folderFields) mask() {}

func (k *folderFields) focusOn(c fyne.Canvas) { c.Focus(k.path) }
