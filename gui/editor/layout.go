package editor

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"hookbird/gui/theme"
)

// dock puts an object at the top, one at the bottom, one at the right, each at
// its least size and nil for none, and one into the room between. Nothing lies
// between them.
func dock(top, bottom, right, centre fyne.CanvasObject) *fyne.Container {
	c := container.New(&docked{top, bottom, right, centre})
	for _, o := range []fyne.CanvasObject{top, centre, bottom, right} {
		if o != nil {
			c.Add(o)
		}
	}
	return c
}

type docked struct{ top, bottom, right, centre fyne.CanvasObject }

func (d *docked) MinSize([]fyne.CanvasObject) fyne.Size {
	size := d.centre.MinSize()
	for _, o := range []fyne.CanvasObject{d.top, d.bottom} {
		if o != nil {
			size.Width = max(size.Width, o.MinSize().Width)
			size.Height += o.MinSize().Height
		}
	}
	if d.right != nil {
		size.Width += d.right.MinSize().Width
		size.Height = max(size.Height, d.right.MinSize().Height)
	}
	return size
}

func (d *docked) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	width := size.Width
	if d.right != nil {
		width -= d.right.MinSize().Width
		place(d.right, width, 0, size.Width-width, size.Height)
	}
	top, bottom := float32(0), size.Height
	if d.top != nil {
		top = highAt(d.top, width)
		place(d.top, 0, 0, width, top)
	}
	if d.bottom != nil {
		bottom -= highAt(d.bottom, width)
		place(d.bottom, 0, bottom, width, size.Height-bottom)
	}
	place(d.centre, 0, top, width, max(0, bottom-top))
}

// highAt gives the height that an object needs at a width. It is laid out anew
// for that: words that fold are as high as their width makes them.
func highAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, 0))
	return o.MinSize().Height
}

func place(o fyne.CanvasObject, x, y, width, height float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(width, height))
}

// beside puts an object behind a text that is as wide as its words, as long as
// there is room for both.
func beside(text fyne.CanvasObject, natural func() float32, behind fyne.CanvasObject) *fyne.Container {
	return container.New(&besideLayout{natural}, text, behind)
}

type besideLayout struct{ natural func() float32 }

const besideGap = 12

func (l *besideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	text, behind := o[0].MinSize(), o[1].MinSize()
	return fyne.NewSize(text.Width+besideGap+behind.Width, max(text.Height, behind.Height))
}

func (l *besideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	behind := o[1].MinSize().Width
	width := min(l.natural(), size.Width-besideGap-behind)
	place(o[0], 0, 0, theme.Floor(width), size.Height)
	place(o[1], theme.Floor(width)+besideGap, 0, behind, size.Height)
}

// cards puts objects in rows of equal columns, as many as there is room for, but
// not more than three nor fewer than two.
func cards(objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&cardLayout{}, objects...)
}

type cardLayout struct{ height float32 }

// cardWidth is the least width of a card of three in a row.
const cardWidth = 210

func (l *cardLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, o := range objects {
		if o.Visible() {
			width = max(width, o.MinSize().Width)
		}
	}
	return fyne.NewSize(2*width+theme.TileGap, l.height)
}

func (l *cardLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	n := max(2, min(3, int((size.Width+theme.TileGap)/(cardWidth+theme.TileGap))))
	width := theme.Floor((size.Width - theme.TileGap*float32(n-1)) / float32(n))
	var row []fyne.CanvasObject
	y := float32(0)
	for i, o := range objects {
		if o.Visible() {
			row = append(row, o)
		}
		if len(row) == n || i == len(objects)-1 && len(row) > 0 {
			y += rowOf(row, y, width) + theme.TileGap
			row = nil
		}
	}
	l.height = max(0, y-theme.TileGap)
}

// rowOf puts objects side by side, all as high as the highest, and gives that
// height.
func rowOf(row []fyne.CanvasObject, y, width float32) float32 {
	height := float32(0)
	for _, o := range row {
		height = max(height, highAt(o, width))
	}
	for i, o := range row {
		place(o, float32(i)*(width+theme.TileGap), y, width, height)
	}
	return height
}
