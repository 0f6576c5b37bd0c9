package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// Ground is how a Surface looks; empty names draw nothing.
type Ground struct {
	Fill, Line fyne.ThemeColorName
	Radius     float32
	Padding    float32 // on all sides
	Shadow     bool
}

// Surface is a ground with an object on it.
type Surface struct {
	widget.BaseWidget
	ground  Ground
	content *fyne.Container
}

// NewSurface puts an object on a ground.
func NewSurface(g Ground, content fyne.CanvasObject) *Surface {
	s := &Surface{ground: g, content: Padded(g.Padding, g.Padding, g.Padding, g.Padding, content)}
	s.ExtendBaseWidget(s)
	return s
}

// NewCard puts an object on a card: white, a hairline, a soft shadow, 16 pixels
// of padding.
func NewCard(content fyne.CanvasObject) *Surface { return NewCardPadded(theme.CardPadding, content) }

// NewCardPadded is NewCard with another padding, for lists that bring their own.
func NewCardPadded(padding float32, content fyne.CanvasObject) *Surface {
	return NewSurface(Ground{theme.Card, theme.Line, theme.CardRadius, padding, true}, content)
}

// NewTitledCard is a card with a title, an optional help line (empty: none), an
// optional object at the right of the title (nil: none), and the content, which
// gets the height that is left.
func NewTitledCard(title, help string, right, content fyne.CanvasObject) *Surface {
	var head fyne.CanvasObject = NewLine(title, Title)
	if right != nil {
		head = Spread(head, tucked(right))
	}
	parts := []fyne.CanvasObject{head}
	if help != "" {
		parts = append(parts, NewParagraph(help, Caption))
	}
	return NewCard(container.New(&headed{gap: 10}, VBox(4, parts...), content))
}

// tucked keeps a control beside a title from making the title's line higher, and
// puts the words of a quiet button on the edge of the card.
func tucked(o fyne.CanvasObject) fyne.CanvasObject {
	over := float32(0)
	if b, ok := o.(*Button); ok && b.kind == Quiet {
		over = b.sideRoom()
	}
	return container.New(&overhang{right: over, height: Title.lineHeight()}, o)
}

// SetContent changes what lies on the ground.
func (s *Surface) SetContent(content fyne.CanvasObject) {
	s.content.Objects = []fyne.CanvasObject{content}
	s.content.Refresh()
	s.Refresh()
}

// SetGround changes fill, line, radius and shadow; the padding stays.
func (s *Surface) SetGround(g Ground) {
	g.Padding = s.ground.Padding
	s.ground = g
	s.Refresh()
}

// CreateRenderer draws ground and content.
func (s *Surface) CreateRenderer() fyne.WidgetRenderer {
	r := canvas.NewRectangle(nil)
	return newFace(&face{
		owner: s, objects: []fyne.CanvasObject{r, s.content},
		min: s.content.MinSize,
		place: func(size fyne.Size) {
			r.Resize(size)
			s.content.Resize(size)
		},
		paint: func() {
			g := s.ground
			r.FillColor, r.CornerRadius = named(g.Fill), g.Radius
			r.StrokeWidth, r.StrokeColor = 0, nil
			if g.Line != "" {
				r.StrokeWidth, r.StrokeColor = 1, theme.Color(g.Line)
			}
			r.Shadow = canvas.Shadow{}
			if g.Shadow {
				castShadow(r)
			}
		},
	})
}

// NewDivider draws a hairline across the width.
func NewDivider() fyne.CanvasObject { return newRule(fyne.NewSize(1, 1)) }

// NewVerticalDivider draws a hairline down the height that the layout gives it (an
// HBox gives none).
func NewVerticalDivider() fyne.CanvasObject { return newRule(fyne.NewSize(1, 1)) }

type rule struct {
	widget.BaseWidget
	size fyne.Size
}

func newRule(size fyne.Size) *rule {
	r := &rule{size: size}
	r.ExtendBaseWidget(r)
	return r
}

func (r *rule) CreateRenderer() fyne.WidgetRenderer {
	line := canvas.NewRectangle(nil)
	return newFace(&face{
		owner: r, objects: []fyne.CanvasObject{line},
		min:   func() fyne.Size { return r.size },
		place: func(size fyne.Size) { line.Resize(size) },
		paint: func() { line.FillColor = theme.Color(theme.Line) },
	})
}
