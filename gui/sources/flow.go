package sources

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// flow puts objects side by side and begins a new line where the width ends.
func flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

type flowLayout struct{ gap, width float32 }

// MinSize is as wide as the widest object, and as high as the lines are in the
// width that there was last.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	size := fyne.Size{}
	for _, o := range objects {
		size.Width = max(size.Width, o.MinSize().Width)
	}
	size.Height = l.place(objects, max(l.width, size.Width), func(fyne.CanvasObject, fyne.Position, fyne.Size) {})
	return size
}

// Layout places the objects.
func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.place(objects, size.Width, func(o fyne.CanvasObject, at fyne.Position, s fyne.Size) {
		o.Move(at)
		o.Resize(s)
	})
}

// place tells where each object goes, and gives the height of all.
func (l *flowLayout) place(objects []fyne.CanvasObject, width float32, put func(fyne.CanvasObject, fyne.Position, fyne.Size)) float32 {
	var at fyne.Position
	line := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		if at.X > 0 && at.X+s.Width > width {
			at = fyne.NewPos(0, at.Y+line+l.gap)
			line = 0
		}
		put(o, at, s)
		at.X += s.Width + l.gap
		line = max(line, s.Height)
	}
	return at.Y + line
}
