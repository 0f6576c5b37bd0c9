package editor

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

// fieldBox is a box for one field of the record: typed as a path, or chosen from a
// list that can be searched.
type fieldBox struct {
	widgets.Entry
	page *Page
}

func (p *Page) newFieldBox(at Place, path string, set func(path string)) *fieldBox {
	b := &fieldBox{page: p}
	b.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	b.Text = path
	b.PlaceHolder = "Choose a field"
	b.ActionItem = widgets.NewIconButton(icons.ChevronDown, "Choose a field", b.open)
	b.ExtendBaseWidget(b)
	p.bind(&b.Entry, at, set)
	return b
}

// TypedKey opens the list on Down.
func (b *fieldBox) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown {
		b.open()
		return
	}
	b.Entry.TypedKey(k)
}

// open shows the list below the box.
func (b *fieldBox) open() {
	canvas := b.page.window()
	if canvas == nil {
		return
	}
	list := &choices.List{Title: "Search the fields", OnClose: func() { canvas.Focus(b) }}
	for _, f := range b.page.examples.All() {
		list.Choices = append(list.Choices, choices.Choice{Text: f.Path, Note: f.Value})
	}
	list.Open(canvas, b, func(path string) {
		b.SetText(path)
		canvas.Focus(b)
	})
}
