package conditions

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

// offer is one thing to choose, and what to know about it.
type offer struct{ text, note string }

// chooser is a box to type in, with a list of what could stand in it.
type chooser struct {
	widgets.Entry
	// picked gives the text of the box after somebody chose an offer.
	picked func(text string) string

	title  string // what the list is of: "Search the fields"
	canvas func() fyne.Canvas
	offers func() []offer
	opener *widgets.Button
}

func newChooser(title, press string, canvas func() fyne.Canvas, offers func() []offer) *chooser {
	c := &chooser{title: title, canvas: canvas, offers: offers}
	c.opener = widgets.NewIconButton(icons.ChevronDown, press, c.open)
	c.ActionItem = c.opener
	c.picked = func(text string) string { return text }
	c.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	c.ExtendBaseWidget(c)
	return c
}

// setOpens says whether there is anything to choose from.
func (c *chooser) setOpens(on bool) {
	if on {
		c.opener.Show()
	} else {
		c.opener.Hide()
	}
}

// TypedKey opens the list on Down.
func (c *chooser) TypedKey(k *fyne.KeyEvent) {
	if k.Name == fyne.KeyDown && c.opener.Visible() {
		c.open()
		return
	}
	c.Entry.TypedKey(k)
}

// open shows the list below the box.
func (c *chooser) open() {
	canvas := c.canvas()
	if canvas == nil {
		return
	}
	list := &choices.List{Title: c.title, OnClose: func() { canvas.Focus(c) }}
	for _, o := range c.offers() {
		list.Choices = append(list.Choices, choices.Choice{Text: o.text, Note: o.note})
	}
	list.Open(canvas, c, func(text string) {
		c.SetText(c.picked(text))
		canvas.Focus(c)
	})
}
