package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/theme"
)

// Pair is a name and a value of a message. The value of a secret is dots
// already when it comes here; Secret says so.
type Pair struct {
	Name, Value string
	Secret      bool
	Marked      bool // it stands out: it differs from what is shown beside it
}

// Passage is some lines of a text.
type Passage struct {
	Text   string
	Marked bool // it stands out
}

// CodeBlock shows what is sent or what came back, in monospace: a list of
// names and values, or text.
type CodeBlock struct {
	composed
	inner *fyne.Container
}

const (
	codeSide = 8 // pixels at the sides of a row
	codeMark = 3 // width of the bar at the left of one that stands out
)

// NewCodeBlock makes an empty block.
func NewCodeBlock() *CodeBlock {
	b := &CodeBlock{inner: VBox(0)}
	b.body = NewSurface(Ground{theme.CodeBackground, theme.Line, theme.Radius, 0, false}, Padded(4, 4, 4, 4, b.inner))
	b.ExtendBaseWidget(b)
	return b
}

// SetPairs shows names and values, one a line. Any secret is dots.
func (b *CodeBlock) SetPairs(pairs []Pair) {
	b.inner.Objects = nil
	for i, p := range pairs {
		if i > 0 {
			b.inner.Add(Padded(0, codeSide, 0, codeSide, NewDivider()))
		}
		value := p.Value
		if p.Secret {
			value = storedDots
		}
		b.inner.Add(codeRow(p.Marked, 6, Columns(10, []float32{2, 3},
			NewLine(p.Name, Code.In(theme.Muted)), NewLine(value, Code))))
	}
	b.inner.Refresh()
}

// SetText shows text; its lines are kept, and wrapped where they are too long.
func (b *CodeBlock) SetText(text string) { b.SetPassages([]Passage{{Text: text}}) }

// SetPassages shows a text of which some may stand out.
func (b *CodeBlock) SetPassages(all []Passage) {
	lines := VBox(0)
	for _, p := range all {
		lines.Add(codeRow(p.Marked, 0, NewParagraph(p.Text, Code)))
	}
	b.inner.Objects = []fyne.CanvasObject{Padded(6, 0, 6, 0, lines)}
	b.inner.Refresh()
}

// codeRow is a row of a block. One that stands out has a tint, and a bar for those who
// do not see it.
func codeRow(marked bool, above float32, content fyne.CanvasObject) fyne.CanvasObject {
	row := Padded(above, codeSide, above, codeSide, content)
	if !marked {
		return row
	}
	bar := NewSurface(Ground{Fill: theme.Warning}, MinWidth(codeMark, VBox(0)))
	return Stack(NewSurface(Ground{Fill: theme.WarningSoft}, VBox(0)), container.NewBorder(nil, nil, bar, nil), row)
}
