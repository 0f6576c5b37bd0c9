package widgets

import (
	"fyne.io/fyne/v2"

	"hookbird/gui/theme"
)

// Pair is a name and a value of a message. The value of a secret is dots
// already when it comes here; Secret says so.
type Pair struct {
	Name, Value string
	Secret      bool
}

// CodeBlock shows what is sent or what came back, in monospace: a list of
// names and values, or text.
type CodeBlock struct {
	composed
	inner *fyne.Container
}

// NewCodeBlock makes an empty block.
func NewCodeBlock() *CodeBlock {
	b := &CodeBlock{inner: VBox(0)}
	b.body = NewSurface(Ground{theme.CodeBackground, theme.Line, theme.Radius, 0, false}, Padded(4, 12, 4, 12, b.inner))
	b.ExtendBaseWidget(b)
	return b
}

// SetPairs shows names and values, one a line. Any secret is dots.
func (b *CodeBlock) SetPairs(pairs []Pair) {
	b.inner.Objects = nil
	for i, p := range pairs {
		if i > 0 {
			b.inner.Add(NewDivider())
		}
		value := p.Value
		if p.Secret {
			value = storedDots
		}
		b.inner.Add(Padded(6, 0, 6, 0, Columns(10, []float32{2, 3},
			NewLine(p.Name, Code.In(theme.Muted)), NewLine(value, Code))))
	}
	b.inner.Refresh()
}

// SetText shows text; its lines are kept, and wrapped where they are too long.
func (b *CodeBlock) SetText(text string) {
	b.inner.Objects = []fyne.CanvasObject{Padded(6, 0, 6, 0, NewParagraph(text, Code))}
	b.inner.Refresh()
}
