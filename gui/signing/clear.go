package signing

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// clearText shows a key that may be read, in letters that tell all apart.
type clearText struct {
	text   *widgets.Text
	object fyne.CanvasObject
}

func newClearText() *clearText {
	c := &clearText{text: widgets.NewParagraph("", widgets.Code)}
	c.object = widgets.NewSurface(widgets.Ground{Fill: theme.CodeBackground, Line: theme.Line, Radius: theme.Radius},
		widgets.Padded(10, 12, 10, 12, c.text))
	return c
}

func (c *clearText) set(text string) {
	if c.text.Text() != text {
		c.text.SetText(text)
	}
}
