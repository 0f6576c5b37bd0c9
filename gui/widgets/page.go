package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/theme"
)

// Header is the top of a screen: title, second line, actions at the right.
type Header struct {
	composed
	title, sub *Text
}

// NewHeader makes the top of a screen, with its padding. An empty second line is
// left away.
func NewHeader(title, sub string, actions ...fyne.CanvasObject) *Header {
	h := &Header{title: NewLine(title, Heading), sub: NewLine(sub, Subtitle)}
	h.sub.Hidden = sub == ""
	h.body = Padded(20, theme.PageSide, 14, theme.PageSide, Spread(VBox(3, h.title, h.sub), HBox(8, actions...)))
	h.ExtendBaseWidget(h)
	return h
}

// Set changes the words.
func (h *Header) Set(title, sub string) {
	h.title.SetText(title)
	h.sub.SetText(sub)
	h.sub.Hidden = sub == ""
	h.body.Refresh()
}

// Scroll scrolls its content up and down. Unlike Fyne's it gives the content its
// width before it asks for the height, so that wrapped text is whole at once.
type Scroll struct{ container.Scroll }

// NewScroll makes a scroll of an object.
func NewScroll(content fyne.CanvasObject) *Scroll {
	s := &Scroll{}
	s.Direction = container.ScrollVerticalOnly
	s.Content = content
	s.ExtendBaseWidget(s)
	return s
}

// Resize gives the content its width first.
func (s *Scroll) Resize(size fyne.Size) {
	widen(s.Content, size.Width)
	s.Scroll.Resize(size)
}

// Page is a screen: a header that stays and a body that scrolls, with the
// window's padding around it.
func Page(header, body fyne.CanvasObject) fyne.CanvasObject {
	inner := Padded(2, theme.PageSide, theme.PageBottom, theme.PageSide, VBox(0, body))
	return container.NewBorder(header, nil, nil, nil, NewScroll(inner))
}
