package widgets

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/theme"
)

// Banner tells the standing of the whole: a round with the silhouette, a title,
// a sentence and what to press.
type Banner struct {
	composed
	disc        *IconTile
	title, text *Text
	actions     *fyne.Container
	ground      *Surface
}

// NewBanner makes a banner. An empty body leaves the sentence away.
func NewBanner(s Status, title, body string, actions ...*Button) *Banner {
	b := &Banner{disc: newDisc(s, 36), title: NewParagraph(title, Title), text: NewParagraph(body, Body), actions: HBox(8)}
	words := VBox(2, b.title, b.text)
	b.ground = NewSurface(Ground{s.Soft(), "", theme.CardRadius, 0, false},
		Padded(14, 16, 14, 16, HBox(14, b.disc, Grow(words), b.actions)))
	b.body = b.ground
	b.text.Hidden = body == ""
	b.SetActions(actions...)
	b.ExtendBaseWidget(b)
	return b
}

// Set changes status and words.
func (b *Banner) Set(s Status, title, body string) {
	b.disc.setDisc(s)
	b.title.SetText(title)
	b.text.Hidden = body == ""
	b.text.SetText(body)
	b.ground.SetGround(Ground{Fill: s.Soft(), Radius: theme.CardRadius})
	b.Refresh()
}

// SetActions changes the buttons at the right.
func (b *Banner) SetActions(actions ...*Button) {
	b.actions.Objects = nil
	for _, a := range actions {
		b.actions.Add(a)
	}
	b.actions.Hidden = len(actions) == 0
	b.actions.Refresh()
}

// Note is a short explanation on a tint, with a small drawing.
type Note struct {
	composed
	icon   *Icon
	title  *Text
	words  *Text
	ground *Surface
}

// NewNote explains something in a box. An empty title leaves it away.
func NewNote(s Status, title, text string) *Note {
	n := &Note{icon: NewStatusIcon(s, 16), title: NewParagraph(title, Strong), words: NewParagraph(text, Style{Size: 12})}
	n.title.Hidden = title == ""
	n.ground = NewSurface(Ground{s.Soft(), "", theme.CardRadius, 12, false},
		HBoxTop(10, n.icon, Grow(VBox(3, n.title, n.words))))
	n.body = n.ground
	n.ExtendBaseWidget(n)
	return n
}

// Set changes status and words.
func (n *Note) Set(s Status, title, text string) {
	n.icon.SetStatus(s)
	n.title.Hidden = title == ""
	n.title.SetText(title)
	n.words.SetText(text)
	n.ground.SetGround(Ground{Fill: s.Soft(), Radius: theme.CardRadius})
	n.Refresh()
}

// Hint is a small line with a drawing, as under a field. It wraps.
type Hint struct {
	composed
	icon  *Icon
	words *Text
}

// NewHint says something small. An empty text hides the hint.
func NewHint(s Status, text string) *Hint {
	h := &Hint{icon: NewStatusIcon(s, 14), words: NewParagraph(text, Caption)}
	h.body = HBoxTop(6, Padded(1, 0, 0, 0, h.icon), Grow(h.words))
	h.ExtendBaseWidget(h)
	h.Set(s, text)
	return h
}

// Set changes status and text. Failures are in their colour; other words are
// muted beside a coloured drawing.
func (h *Hint) Set(s Status, text string) {
	h.icon.SetStatus(s)
	h.icon.Hidden = s == Neutral
	h.words.SetText(text)
	h.words.SetColor(theme.Muted)
	if s == Bad {
		h.words.SetColor(theme.Error)
	}
	h.Hidden = text == ""
	h.Refresh()
}

// Text gives what the hint says.
func (h *Hint) Text() string { return h.words.Text() }

// EmptyState fills a place where nothing is yet, or nothing matches.
type EmptyState struct {
	composed
	title, text *Text
}

// NewEmptyState says what is not there and what to do. Action may be nil.
func NewEmptyState(s Status, title, body string, action *Button) *EmptyState {
	e := &EmptyState{
		title: NewParagraph(title, Title.Aligned(fyne.TextAlignCenter)),
		text:  NewParagraph(body, Subtitle.Aligned(fyne.TextAlignCenter)),
	}
	parts := []fyne.CanvasObject{Spacer(), e.title, e.text}
	if s != Neutral {
		parts = append(parts[:1:1], append([]fyne.CanvasObject{Centered(NewTintedTile(s.Icon(), s, 44))}, parts[1:]...)...)
	}
	if action != nil {
		parts = append(parts, Padded(6, 0, 0, 0, Centered(action)))
	}
	e.body = Padded(24, 24, 24, 24, Column(440, VBox(8, append(parts, Spacer())...)))
	e.text.Hidden = body == ""
	e.ExtendBaseWidget(e)
	return e
}

// Set changes the words.
func (e *EmptyState) Set(title, body string) {
	e.title.SetText(title)
	e.text.Hidden = body == ""
	e.text.SetText(body)
	e.Refresh()
}
