package mapping

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/theme"
)

// cells puts objects side by side: those with a width get it, the others share
// what is left, whatever they ask for. Rows and their titles line up.
func cells(widths []float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(cellLayout(widths), objects...)
}

type cellLayout []float32

const cellGap = 8

func (l cellLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(cellGap*float32(len(objects)-1), 0)
	for i, o := range objects {
		min := o.MinSize()
		size.Height = max(size.Height, min.Height)
		size.Width += max(l[i], min.Width)
	}
	return size
}

func (l cellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rest, growing := size.Width-cellGap*float32(len(objects)-1), float32(0)
	for _, width := range l {
		rest -= width
		if width == 0 {
			growing++
		}
	}
	x, line := float32(0), min(size.Height, theme.ControlHeight) // a box may have grown below its line
	for i, o := range objects {
		width := l[i]
		if width == 0 {
			width = theme.Floor(max(0, rest) / growing)
		}
		o.Resize(fyne.NewSize(width, o.Size().Height))
		height := o.MinSize().Height
		y := theme.Floor(max(0, line-height) / 2)
		place(o, x, y, width, height)
		x += width + cellGap
	}
}

// Widths of the columns: icons and tools have theirs, the rest shares.
var (
	fieldColumns = []float32{gripWidth, 0, 0, 16, 0, 3 * toolWidth}
	pairColumns  = []float32{gripWidth, 0, 16, 0, 2 * toolWidth}
	keyColumns   = []float32{gripWidth, 16, 0, 16, 0, 2 * toolWidth}
)

const (
	toolWidth = 30
	gripWidth = 14
)

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// under puts one object on top, at the height that it needs, and gives the other
// what is left.
func under(top, rest fyne.CanvasObject) *fyne.Container {
	return container.New(underLayout{}, top, rest)
}

type underLayout struct{}

func (underLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	top, rest := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(max(top.Width, rest.Width), top.Height+rest.Height)
}

func (underLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	top := o[0].MinSize().Height
	place(o[0], 0, 0, size.Width, top)
	place(o[1], 0, top, size.Width, max(0, size.Height-top))
}

// flow puts objects in lines from the left, each at its own width, and goes on in
// the next line where there is no room.
func flow(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{}, objects...)
}

type flowLayout struct{ height float32 }

const flowGap = 6

func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(0, l.height)
	for _, o := range objects {
		if o.Visible() {
			size = size.Max(o.MinSize())
		}
	}
	return size
}

func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, y, line := float32(0), float32(0), float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		min := o.MinSize()
		if x > 0 && x+min.Width > size.Width {
			x, y, line = 0, y+line+flowGap, 0
		}
		place(o, x, y, min.Width, min.Height)
		x += min.Width + flowGap
		line = max(line, min.Height)
	}
	l.height = y + line
}
