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

// cellLayout is the width of each column: pixels, 0 for a share of what is left,
// or pair for two columns of that kind with the gap between them.
type cellLayout []float32

const (
	cellGap = 8
	pairOf  = -2
)

// shares is how many columns of what is left a width stands for.
func shares(width float32) float32 {
	switch width {
	case 0:
		return 1
	case pairOf:
		return 2
	default:
		return 0
	}
}

func (l cellLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.NewSize(cellGap*float32(len(objects)-1), 0)
	for i, o := range objects {
		min := o.MinSize()
		size.Height = max(size.Height, min.Height)
		size.Width += max(l[i], min.Width)
	}
	return size
}

// share is the width of one column of those that have none of their own.
func (l cellLayout) share(width float32) float32 {
	rest, growing := width-cellGap*float32(len(l)-1), float32(0)
	for _, w := range l {
		rest -= max(0, w)
		growing += shares(w)
		if w == pairOf {
			rest -= cellGap
		}
	}
	return theme.Floor(max(0, rest) / max(1, growing))
}

func (l cellLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	share := l.share(size.Width)
	x, line := float32(0), min(size.Height, theme.ControlHeight) // a box may have grown below its line
	for i, o := range objects {
		width := l[i]
		switch width {
		case 0:
			width = share
		case pairOf:
			width = 2*share + cellGap
		}
		o.Resize(fyne.NewSize(width, o.Size().Height))
		height := o.MinSize().Height
		place(o, x, theme.Floor(max(0, line-height)/2), width, height)
		x += width + cellGap
	}
}

// Widths of the columns: icons and tools have theirs, the rest shares.
var (
	fieldColumns = []float32{gripWidth, 0, 0, 16, 0, 3 * toolWidth}
	textColumns  = []float32{gripWidth, pairOf, 16, 0, 3 * toolWidth}
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
