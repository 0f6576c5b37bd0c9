package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// bars draws columns of delivered with failed as a cap above, scaled to the
// highest. An hour without any is a line of 2 pixels.
type bars struct {
	widget.BaseWidget
	delivered, failed []int
	gap               float32
	size              fyne.Size
	columns           []barColumn
}

type barColumn struct{ delivered, failed *canvas.Rectangle }

// Set changes the counts, oldest first; both lists have one number a column.
func (b *bars) Set(delivered, failed []int) {
	b.delivered, b.failed = delivered, failed
	b.Refresh()
}

func (b *bars) count(list []int, i int) int {
	if i < len(list) {
		return list[i]
	}
	return 0
}

func (b *bars) highest() int {
	top := 0
	for i := range b.columns {
		top = max(top, b.count(b.delivered, i)+b.count(b.failed, i))
	}
	return top
}

func (b *bars) init(n int, gap float32, size fyne.Size) {
	b.gap, b.size = gap, size
	for range n {
		b.columns = append(b.columns, barColumn{canvas.NewRectangle(nil), canvas.NewRectangle(nil)})
	}
}

func (b *bars) objects() []fyne.CanvasObject {
	var objects []fyne.CanvasObject
	for _, c := range b.columns {
		objects = append(objects, c.delivered, c.failed)
	}
	return objects
}

func (b *bars) paint() {
	for i, c := range b.columns {
		switch {
		case b.count(b.delivered, i) > 0:
			c.delivered.FillColor = theme.Color(theme.Primary)
		case b.count(b.failed, i) > 0: // the foot of what failed
			c.delivered.FillColor = theme.Color(theme.Error)
		default:
			c.delivered.FillColor = theme.Color(theme.Line)
		}
		c.failed.FillColor = theme.Color(theme.Error)
		c.failed.Hidden = b.count(b.failed, i) == 0
	}
}

// place stands the columns on the bottom edge of the height given. They fill the
// width: some are one pixel wider than others.
func (b *bars) place(size fyne.Size, height float32) {
	step := (size.Width + b.gap) / float32(len(b.columns))
	top := float32(b.highest())
	for i, c := range b.columns {
		x := theme.Floor(float32(i) * step)
		width := max(1, theme.Floor(float32(i+1)*step)-b.gap-x)
		low := b.length(b.count(b.delivered, i), top, height)
		put(c.delivered, x, height-low, width, low)
		high := b.length(b.count(b.failed, i), top, height)
		put(c.failed, x, max(0, height-low-1-high), width, high)
		c.delivered.CornerRadius = min(2, theme.Floor(width/4), low/2)
		c.failed.CornerRadius = min(1, high/2)
	}
}

// length is the height of n of at most top: at least 3 pixels if there is any, so
// that one failure among a thousand is seen.
func (b *bars) length(n int, top, height float32) float32 {
	if n == 0 {
		return 2
	}
	return max(3, theme.Floor(float32(n)/top*(height-4)))
}

func put(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// Bars is the chart of a day: 24 hours from midnight, with labels.
type Bars struct {
	bars
	labels []*Text
}

// NewBars makes an empty chart; Set gives it 24 numbers each.
func NewBars() *Bars {
	b := &Bars{}
	b.init(24, 4, fyne.NewSize(24*6, 110))
	for _, word := range []string{"Midnight", "06:00", "Noon", "18:00"} {
		b.labels = append(b.labels, NewText(word, Caption))
	}
	b.ExtendBaseWidget(b)
	return b
}

const barLabels = 26 // height of the labels with the gap above them

// CreateRenderer draws columns and labels.
func (b *Bars) CreateRenderer() fyne.WidgetRenderer {
	objects := b.objects()
	for _, l := range b.labels {
		objects = append(objects, l)
	}
	return newFace(&face{
		owner: b, objects: objects,
		min: func() fyne.Size { return b.size },
		place: func(size fyne.Size) {
			b.place(size, theme.Floor(size.Height-barLabels))
			for i, l := range b.labels {
				x := b.columns[i*6].delivered.Position().X
				put(l, x, size.Height-l.MinSize().Height, l.MinSize().Width, l.MinSize().Height)
			}
		},
		paint: b.paint,
	})
}

// Legend names the colours of the charts.
func Legend() fyne.CanvasObject {
	return HBox(12, legend(theme.Primary, "Delivered"), legend(theme.Error, "Failed"))
}

func legend(colour fyne.ThemeColorName, word string) fyne.CanvasObject {
	square := NewSurface(Ground{Fill: colour, Radius: 3}, Fixed(10, 10, Spacer()))
	return HBox(6, Centered(square), NewText(word, Caption))
}

// MiniBars is the chart of the last hours in a row of a list, 96 by 26 pixels.
type MiniBars struct{ bars }

// NewMiniBars makes an empty chart of 12 hours.
func NewMiniBars() *MiniBars {
	b := &MiniBars{}
	b.init(12, 2, fyne.NewSize(96, 26))
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer draws the columns.
func (b *MiniBars) CreateRenderer() fyne.WidgetRenderer {
	return newFace(&face{
		owner: b, objects: b.objects(),
		min:   func() fyne.Size { return b.size },
		place: func(size fyne.Size) { b.place(size, b.size.Height) },
		paint: b.paint,
	})
}
