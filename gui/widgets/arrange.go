package widgets

import (
	"fyne.io/fyne/v2"
	fynelayout "fyne.io/fyne/v2/layout"

	"hookbird/gui/theme"
)

// widen gives an object its width first, so that its least height is true.
func widen(o fyne.CanvasObject, width float32) float32 {
	if o.Size().Width != width {
		o.Resize(fyne.NewSize(width, o.Size().Height))
	}
	return o.MinSize().Height
}

type vbox struct{ gap float32 }

func (l *vbox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range visible(objects) {
		min := o.MinSize()
		size.Width = max(size.Width, min.Width)
		size.Height += min.Height
		if i > 0 {
			size.Height += l.gap
		}
	}
	return size
}

func (l *vbox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	heights := make([]float32, len(shown))
	rest, spacers := size.Height-l.gap*float32(len(shown)-1), float32(0)
	for i, o := range shown {
		if isSpacer(o) {
			spacers++
			continue
		}
		heights[i] = widen(o, size.Width)
		rest -= heights[i]
	}
	y := float32(0)
	for i, o := range shown {
		if isSpacer(o) {
			heights[i] = theme.Floor(max(0, rest) / spacers)
		}
		o.Move(fyne.NewPos(0, theme.Floor(y)))
		o.Resize(fyne.NewSize(size.Width, heights[i]))
		y += heights[i] + l.gap
	}
}

type hbox struct {
	gap float32
	top bool
}

func (l *hbox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range visible(objects) {
		min := o.MinSize()
		size.Height = max(size.Height, min.Height)
		size.Width += min.Width
		if i > 0 {
			size.Width += l.gap
		}
	}
	return size
}

func (l *hbox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	rest, growing := size.Width-l.MinSize(objects).Width, float32(0)
	for _, o := range shown {
		if grows(o) {
			growing++
		}
	}
	x := float32(0)
	for _, o := range shown {
		width := o.MinSize().Width
		if grows(o) {
			width += theme.Floor(max(0, rest) / growing)
		}
		height := widen(o, width)
		y := middle(size.Height, height)
		if _, ok := o.(*Icon); ok {
			y = theme.Floor((size.Height-height)/2 + 0.5) // letters stand a little low in their box
		}
		if l.top {
			y = 0
		}
		o.Move(fyne.NewPos(theme.Floor(x), max(0, y)))
		o.Resize(fyne.NewSize(width, height))
		x += width + l.gap
	}
}

type columns struct {
	gap    float32
	ratios []float32
}

func (l *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range objects {
		min := o.MinSize()
		size.Height = max(size.Height, min.Height)
		size.Width += min.Width
		if i > 0 {
			size.Width += l.gap
		}
	}
	return size
}

func (l *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	sum := float32(0)
	for i := range objects {
		sum += l.ratio(i)
	}
	room := size.Width - l.gap*float32(len(objects)-1)
	x := float32(0)
	for i, o := range objects {
		width := theme.Floor(room * l.ratio(i) / sum)
		if i == len(objects)-1 {
			width = theme.Floor(size.Width - x)
		}
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
		x += width + l.gap
	}
}

func (l *columns) ratio(i int) float32 {
	if i < len(l.ratios) {
		return l.ratios[i]
	}
	return 1
}

type grid struct {
	n   int
	gap float32
}

func (l *grid) MinSize(objects []fyne.CanvasObject) fyne.Size {
	shown := visible(objects)
	width := float32(0)
	for _, o := range shown {
		width = max(width, o.MinSize().Width)
	}
	height := float32(0)
	for row := 0; row < len(shown); row += l.n {
		if row > 0 {
			height += l.gap
		}
		height += l.rowHeight(shown, row)
	}
	return fyne.NewSize(width*float32(l.n)+l.gap*float32(l.n-1), height)
}

func (l *grid) rowHeight(shown []fyne.CanvasObject, row int) float32 {
	height := float32(0)
	for _, o := range shown[row:min(row+l.n, len(shown))] {
		height = max(height, o.MinSize().Height)
	}
	return height
}

func (l *grid) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown := visible(objects)
	width := theme.Floor((size.Width - l.gap*float32(l.n-1)) / float32(l.n))
	for _, o := range shown {
		widen(o, width)
	}
	y := float32(0)
	for row := 0; row < len(shown); row += l.n {
		height := l.rowHeight(shown, row)
		for i, o := range shown[row:min(row+l.n, len(shown))] {
			o.Move(fyne.NewPos(float32(i)*(width+l.gap), y))
			o.Resize(fyne.NewSize(width, height))
		}
		y += height + l.gap
	}
}

type padded struct{ top, right, bottom, left float32 }

func (l *padded) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, o := range visible(objects) {
		size = size.Max(o.MinSize())
	}
	return size.AddWidthHeight(l.left+l.right, l.top+l.bottom)
}

func (l *padded) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	inner := size.SubtractWidthHeight(l.left+l.right, l.top+l.bottom)
	for _, o := range visible(objects) {
		o.Move(fyne.NewPos(l.left, l.top))
		o.Resize(inner)
	}
}

type column struct{ max float32 }

func (l *column) MinSize(objects []fyne.CanvasObject) fyne.Size { return (&padded{}).MinSize(objects) }

func (l *column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := min(size.Width, l.max)
	for _, o := range objects {
		o.Move(fyne.NewPos(middle(size.Width, width), 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}

type sized struct{ min fyne.Size }

func (l *sized) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&padded{}).MinSize(objects).Max(l.min)
}

func (l *sized) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	(&padded{}).Layout(objects, size)
}

type fixed struct{ size fyne.Size }

func (l *fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := (&padded{}).MinSize(objects)
	if l.size.Width > 0 {
		size.Width = l.size.Width
	}
	if l.size.Height > 0 {
		size.Height = l.size.Height
	}
	return size
}

func (l *fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	want := l.MinSize(objects)
	for _, o := range objects {
		o.Move(fyne.NewPos(middle(size.Width, want.Width), middle(size.Height, want.Height)))
		o.Resize(want)
	}
}

// headed puts the first object on top and gives the second what height is left.
type headed struct{ gap float32 }

func (l *headed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return (&vbox{gap: l.gap}).MinSize(objects)
}

func (l *headed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	top := widen(objects[0], size.Width)
	objects[0].Move(fyne.NewPos(0, 0))
	objects[0].Resize(fyne.NewSize(size.Width, top))
	widen(objects[1], size.Width)
	objects[1].Move(fyne.NewPos(0, top+l.gap))
	objects[1].Resize(fyne.NewSize(size.Width, max(0, size.Height-top-l.gap)))
}

// overhang lets an object stand out over its room: to the right by some pixels,
// and up and down as far as it is higher than the height given.
type overhang struct{ right, height float32 }

func (l *overhang) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := objects[0].MinSize()
	return fyne.NewSize(size.Width-l.right, min(size.Height, l.height))
}

func (l *overhang) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	height := objects[0].MinSize().Height
	objects[0].Move(fyne.NewPos(0, middle(size.Height, height)))
	objects[0].Resize(fyne.NewSize(size.Width+l.right, height))
}

type grow struct{ padded }

func visible(objects []fyne.CanvasObject) []fyne.CanvasObject {
	shown := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			shown = append(shown, o)
		}
	}
	return shown
}

func isSpacer(o fyne.CanvasObject) bool {
	_, ok := o.(fynelayout.SpacerObject)
	return ok
}

func grows(o fyne.CanvasObject) bool {
	if c, ok := o.(*fyne.Container); ok {
		_, ok := c.Layout.(*grow)
		return ok
	}
	return isSpacer(o)
}
