package widgets

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// chipWords is the style of words in chips and pills.
var chipWords = Style{Size: 12, Bold: true}

// Chip shows a status as a pill with its silhouette and a word.
type Chip struct {
	widget.BaseWidget
	status Status
	icon   *Icon
	words  *Text
}

// NewChip shows a status in a word or two.
func NewChip(s Status, word string) *Chip {
	c := &Chip{status: s, icon: NewStatusIcon(s, 14), words: NewText(word, chipWords.In(s.Color()))}
	c.ExtendBaseWidget(c)
	return c
}

// Set changes status and word.
func (c *Chip) Set(s Status, word string) {
	c.status = s
	c.icon.SetStatus(s)
	c.words.SetColor(s.Color())
	c.words.SetText(word)
	c.Refresh()
}

// AccessibilityLabel reads the word.
func (c *Chip) AccessibilityLabel() string { return c.words.Text() }

// AccessibilityRole says that this is text.
func (c *Chip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer draws the pill at its own size, at the left of its room.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	inner := Padded(3, 10, 3, 7, HBox(5, c.icon, c.words))
	return newFace(&face{
		owner: c, objects: []fyne.CanvasObject{ground, inner},
		min: inner.MinSize,
		place: func(size fyne.Size) {
			want := inner.MinSize()
			at := fyne.NewPos(0, middle(size.Height, want.Height))
			ground.CornerRadius = theme.Floor(want.Height / 2)
			for _, o := range []fyne.CanvasObject{ground, inner} {
				o.Move(at)
				o.Resize(want)
			}
		},
		paint: func() { ground.FillColor = theme.Color(c.status.Soft()) },
	})
}

// CountPill shows how many, in the colours of failure. At zero it hides.
type CountPill struct {
	widget.BaseWidget
	n    int
	soft bool
}

// NewCountPill makes a full pill, as beside a place in the navigation.
func NewCountPill(n int) *CountPill { return newCountPill(n, false) }

func newCountPill(n int, soft bool) *CountPill {
	p := &CountPill{n: n, soft: soft}
	p.ExtendBaseWidget(p)
	p.Hidden = n == 0
	return p
}

// SetCount changes the number.
func (p *CountPill) SetCount(n int) {
	p.n, p.Hidden = n, n == 0
	p.Refresh()
}

func (p *CountPill) words() string {
	if p.n > 999 {
		return "999+"
	}
	return strconv.Itoa(p.n)
}

// CreateRenderer draws the pill.
func (p *CountPill) CreateRenderer() fyne.WidgetRenderer {
	ground := canvas.NewRectangle(nil)
	ground.CornerRadius = 9
	words := &canvas.Text{TextSize: 12, TextStyle: chipWords.fyne(), Alignment: fyne.TextAlignCenter}
	return newFace(&face{
		owner: p, objects: []fyne.CanvasObject{ground, words},
		min: func() fyne.Size {
			return fyne.NewSize(max(18, theme.Floor(chipWords.measure(p.words()).Width)+13), 18)
		},
		place: func(size fyne.Size) {
			y := middle(size.Height, 18)
			ground.Move(fyne.NewPos(0, y))
			ground.Resize(fyne.NewSize(size.Width, 18))
			words.Move(fyne.NewPos(0, y))
			words.Resize(fyne.NewSize(size.Width, 18))
		},
		paint: func() {
			words.Text = p.words()
			ground.FillColor, words.Color = theme.Color(theme.Error), theme.Color(theme.OnError)
			if p.soft {
				ground.FillColor, words.Color = theme.Color(theme.ErrorSoft), theme.Color(theme.Error)
			}
		},
	})
}

// FilterChip is a pill that chooses what a list shows, with a count.
type FilterChip struct {
	press
	selected bool
	icon     *Icon
	words    *Text
	count    *Text
}

// NewFilterChip makes a chip; a Neutral status shows no silhouette.
func NewFilterChip(s Status, word string, tapped func()) *FilterChip {
	c := &FilterChip{icon: NewStatusIcon(s, 14), words: NewText(word, chipWords), count: NewText("", Caption)}
	c.icon.Hidden = s == Neutral
	c.count.Hidden = true
	c.OnTapped = tapped
	c.ExtendBaseWidget(c)
	return c
}

// SetCount shows how many there are; less than none hides the number.
func (c *FilterChip) SetCount(n int) {
	c.count.Hidden = n < 0
	c.count.SetText(thousands(n))
	c.Refresh()
}

// SetSelected shows the chip as chosen.
func (c *FilterChip) SetSelected(on bool) { c.selected = on; c.Refresh() }

// Selected tells whether the chip is shown as chosen.
func (c *FilterChip) Selected() bool { return c.selected }

// AccessibilityLabel reads word and count.
func (c *FilterChip) AccessibilityLabel() string { return c.words.Text() + " " + c.count.Text() }

// CreateRenderer draws the chip.
func (c *FilterChip) CreateRenderer() fyne.WidgetRenderer {
	p := newPlate(13, 3)
	inner := Padded(4, 11, 4, 10, HBox(6, c.icon, c.words, c.count))
	return newFace(&face{
		owner: c, objects: []fyne.CanvasObject{p.fill, p.tint, inner, p.ring},
		min: func() fyne.Size { return fyne.NewSize(inner.MinSize().Width, 26) },
		place: func(size fyne.Size) {
			p.place(size)
			inner.Resize(size)
		},
		paint: func() {
			if c.selected {
				p.paint(&c.press, theme.PrimarySoft, theme.Primary)
				c.words.SetColor(theme.Primary)
				return
			}
			p.paint(&c.press, theme.Card, theme.Line)
			c.words.SetColor(theme.Foreground)
		},
	})
}

// thousands writes a count with commas: 100,000.
func thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
