package activity

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// below puts an object under another one, into the room that is left.
func below(top, rest fyne.CanvasObject) *fyne.Container {
	return container.New(belowLayout{}, top, rest)
}

// above puts an object over another one, which has its least height.
func above(rest, bottom fyne.CanvasObject) *fyne.Container {
	return container.New(belowLayout{bottomFirst: true}, bottom, rest)
}

type belowLayout struct{ bottomFirst bool }

func (belowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	size := o[1].MinSize()
	if o[0].Visible() {
		size = fyne.NewSize(max(size.Width, o[0].MinSize().Width), size.Height+o[0].MinSize().Height)
	}
	return size
}

func (l belowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	height := float32(0)
	if o[0].Visible() {
		o[0].Resize(fyne.NewSize(size.Width, 0)) // words that fold know their height once they know their width
		height = o[0].MinSize().Height
	}
	rest := max(0, size.Height-height)
	first, second := float32(0), height
	if l.bottomFirst {
		first, second = rest, 0
	}
	o[0].Move(fyne.NewPos(0, first))
	o[0].Resize(fyne.NewSize(size.Width, height))
	o[1].Move(fyne.NewPos(0, second))
	o[1].Resize(fyne.NewSize(size.Width, rest))
}
