package mapping

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

// chooser is a box for one of the record's fields: typed as a path, or chosen
// from a list that can be searched.
type chooser struct {
	widgets.Entry
	page   Page
	asText func() // makes a text with several fields of it
}

func newChooser(p Page, path string, asText func()) *chooser {
	c := &chooser{page: p, asText: asText}
	c.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	c.Text = path
	c.PlaceHolder = "Choose a field"
	c.SetLabel("Our field")
	c.ActionItem = widgets.NewIconButton(icons.ChevronDown, "Choose a field", c.open)
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey opens the list on Down.
func (c *chooser) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown {
		c.open()
		return
	}
	c.Entry.TypedKey(k)
}

// open shows the list below the box.
func (c *chooser) open() {
	canvas := c.page.Canvas()
	extra := widgets.NewButton(widgets.Quiet, "Put several fields into one text", icons.None, c.asText)
	list := &choices.List{Title: "Search the fields", Choices: choicesOf(c.page.Examples().All()), Extra: extra}
	list.Open(canvas, c, func(path string) {
		c.SetText(path)
		canvas.Focus(c)
	})
}
