package widgets

import (
	"math"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// Style is how a text looks. Change a copy for another colour or place:
//
//	s := widgets.Small
//	s.Color = theme.Error
type Style struct {
	Size         float32 // pixels
	Bold         bool    // Inter SemiBold
	Italic, Mono bool
	Color        fyne.ThemeColorName // empty: foreground
	Align        fyne.TextAlign
}

// In gives the style in another colour.
func (s Style) In(colour fyne.ThemeColorName) Style { s.Color = colour; return s }

// Aligned gives the style with another alignment.
func (s Style) Aligned(a fyne.TextAlign) Style { s.Align = a; return s }

func (s Style) fyne() fyne.TextStyle {
	return fyne.TextStyle{Bold: s.Bold, Italic: s.Italic, Monospace: s.Mono}
}

func (s Style) measure(text string) fyne.Size { return fyne.MeasureText(text, s.Size, s.fyne()) }

// lineHeight is the height of one line, in whole pixels.
func (s Style) lineHeight() float32 {
	return float32(math.Ceil(float64(s.measure("Ág").Height)))
}

// The styles of the window.
var (
	Display  = Style{Size: 26, Bold: true}                     // the question of the first run
	Headline = Style{Size: 24, Bold: true}                     // heading of a wizard's step
	Heading  = Style{Size: 22, Bold: true}                     // title of a screen
	Name     = Style{Size: 20, Bold: true}                     // name of the thing that is edited
	Title    = Style{Size: 16, Bold: true}                     // title of a card or banner
	Strong   = Style{Size: 14, Bold: true}                     // name in a list
	Body     = Style{Size: 14}                                 // running text
	Subtitle = Style{Size: 14, Color: theme.Muted}             // under a heading
	Label    = Style{Size: 13, Bold: true}                     // above a control
	Small    = Style{Size: 13}                                 // text in tight places
	Quiet13  = Style{Size: 13, Color: theme.Muted}             // secondary text in tight places
	Caption  = Style{Size: 12, Color: theme.Muted}             // help, second lines
	Section  = Style{Size: 13, Bold: true, Color: theme.Muted} // title of a group of cards
	Code     = Style{Size: 12, Mono: true}                     // what is sent
)

type fit int

const (
	whole  fit = iota // one line, never shortened
	cut               // one line, shortened with "…"
	folded            // as many lines as the width needs
)

// shortWidth is the least width of a text that can be shortened or folded.
const shortWidth = 24

// Text draws words in a style and follows the theme.
type Text struct {
	widget.BaseWidget
	text  string
	style Style
	fit   fit
	gap   float32 // between lines

	lines []string
	width float32 // that lines was made for
}

// NewText draws one line that always has its full width. For fixed words.
func NewText(text string, style Style) *Text { return newText(text, style, whole) }

// NewLine draws one line that is shortened with "…" where room is short. For
// names and whatever else people or files bring.
func NewLine(text string, style Style) *Text { return newText(text, style, cut) }

// NewParagraph draws text that wraps at its width; "\n" starts a new line.
func NewParagraph(text string, style Style) *Text { return newText(text, style, folded) }

func newText(text string, style Style, f fit) *Text {
	t := &Text{text: text, style: style, fit: f, gap: 2}
	t.ExtendBaseWidget(t)
	return t
}

// Text gives the whole text, shortened or not.
func (t *Text) Text() string { return t.text }

// SetText changes the words.
func (t *Text) SetText(text string) {
	if t.text == text {
		return
	}
	t.text, t.lines = text, nil
	t.Refresh()
}

// SetStyle changes size, weight, colour and alignment.
func (t *Text) SetStyle(s Style) {
	if t.style == s {
		return
	}
	t.style, t.lines = s, nil
	t.Refresh()
}

// SetColor changes the colour, named as in the theme.
func (t *Text) SetColor(name fyne.ThemeColorName) { t.SetStyle(t.style.In(name)) }

// Style gives the style in use.
func (t *Text) Style() Style { return t.style }

// AccessibilityLabel reads the whole text.
func (t *Text) AccessibilityLabel() string { return t.text }

// AccessibilityRole says that this is text.
func (t *Text) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer draws the text.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textFace{text: t}
	r.Refresh()
	return r
}

// textFace keeps one canvas text a line.
type textFace struct {
	text  *Text
	lines []*canvas.Text
}

func (r *textFace) Destroy() {}

func (r *textFace) Objects() []fyne.CanvasObject {
	objects := make([]fyne.CanvasObject, len(r.lines))
	for i, l := range r.lines {
		objects[i] = l
	}
	return objects
}

func (r *textFace) MinSize() fyne.Size {
	t := r.text
	height := t.style.lineHeight()
	if t.fit == folded {
		n := float32(max(1, len(t.fold(t.Size().Width))))
		return fyne.NewSize(shortWidth, n*height+(n-1)*t.gap)
	}
	width := float32(math.Ceil(float64(t.style.measure(t.text).Width)))
	if t.fit == cut {
		width = min(width, shortWidth)
	}
	return fyne.NewSize(width, height)
}

func (r *textFace) Layout(size fyne.Size) {
	r.set(r.text.fold(size.Width))
	height := r.text.style.lineHeight()
	y := float32(0)
	if r.text.fit != folded {
		y = middle(size.Height, height)
	}
	for _, l := range r.lines {
		l.Move(fyne.NewPos(0, y))
		l.Resize(fyne.NewSize(size.Width, height))
		y += height + r.text.gap
	}
}

func (r *textFace) Refresh() {
	r.text.lines = nil
	r.Layout(r.text.Size())
	for _, l := range r.lines {
		l.Refresh()
	}
	canvas.Refresh(r.text)
}

// set makes the canvas texts say the lines, in today's colour and style.
func (r *textFace) set(lines []string) {
	for len(r.lines) < len(lines) {
		r.lines = append(r.lines, &canvas.Text{})
	}
	r.lines = r.lines[:len(lines)]
	s := r.text.style
	colour := s.Color
	if colour == "" {
		colour = theme.Foreground
	}
	for i, l := range r.lines {
		l.Text, l.TextSize, l.TextStyle, l.Alignment = lines[i], s.Size, s.fyne(), s.Align
		l.Color = theme.Color(colour)
	}
}

// fold gives the lines as drawn in a width.
func (t *Text) fold(width float32) []string {
	if t.lines != nil && t.width == width {
		return t.lines
	}
	t.width = width
	switch {
	case t.fit == cut && width > 0:
		t.lines = []string{shorten(t.text, width, t.style)}
	case t.fit == folded:
		t.lines = wrap(t.text, width, t.style)
	default:
		t.lines = []string{t.text}
	}
	return t.lines
}

// shorten cuts a text to a width and ends it with "…".
func shorten(text string, width float32, s Style) string {
	if s.measure(text).Width <= width+0.5 {
		return text
	}
	runes := []rune(text)
	low, high := 0, len(runes)
	for low < high { // the longest beginning that fits
		mid := (low + high + 1) / 2
		if s.measure(string(runes[:mid])+"…").Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:low]), " ") + "…"
}

// wrap folds a text at spaces, and inside a word that is wider than the line.
// Without a width yet, each line of the text stays one.
func wrap(text string, width float32, s Style) []string {
	var lines []string
	for _, line := range strings.Split(text, "\n") {
		if width <= 0 {
			lines = append(lines, line)
			continue
		}
		for s.measure(line).Width > width+0.5 {
			head, tail := splitAt(line, width, s)
			lines = append(lines, head)
			line = tail
		}
		lines = append(lines, line)
	}
	return lines
}

// splitAt cuts the longest beginning that fits, at a space if there is one.
func splitAt(line string, width float32, s Style) (head, tail string) {
	runes := []rune(line)
	low, high := 1, len(runes)
	for low < high {
		mid := (low + high + 1) / 2
		if s.measure(string(runes[:mid])).Width <= width+0.5 {
			low = mid
		} else {
			high = mid - 1
		}
	}
	head = string(runes[:low])
	if low < len(runes) && runes[low] != ' ' {
		if at := strings.LastIndexByte(head, ' '); at > 0 {
			head = head[:at]
		}
	}
	return head, strings.TrimLeft(line[len(head):], " ")
}
