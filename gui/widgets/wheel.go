package widgets

import (
	"image/color"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// wheel lies over a box for one line and hands the mouse wheel to what scrolls
// around it. Fyne's box would keep it for itself, and a page would stand still as
// soon as a box comes under the pointer.
type wheel struct {
	widget.BaseWidget
	over fyne.CanvasObject
}

func newWheel(over fyne.CanvasObject) *wheel {
	w := &wheel{over: over}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer draws nothing.
func (w *wheel) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// Scrolled scrolls what is around.
func (w *wheel) Scrolled(ev *fyne.ScrollEvent) {
	if s := scrollAround(w.over); s != nil {
		s.Scrolled(ev)
	}
}

// shownScrolls are the scrolls that have been drawn and not taken away. They belong
// to the UI goroutine.
var shownScrolls []*Scroll

// scrollAround finds the innermost scroll that an object lies in, nil if none.
func scrollAround(o fyne.CanvasObject) *Scroll {
	canvas, driver := canvasOf(o), fyne.CurrentApp().Driver()
	if canvas == nil {
		return nil
	}
	middle := func(o fyne.CanvasObject) fyne.Position {
		return driver.AbsolutePositionForObject(o).AddXY(o.Size().Width/2, o.Size().Height/2)
	}
	holds := func(area fyne.CanvasObject, p fyne.Position) bool {
		from, size := driver.AbsolutePositionForObject(area), area.Size()
		return p.X >= from.X && p.Y >= from.Y && p.X < from.X+size.Width && p.Y < from.Y+size.Height
	}
	var inner *Scroll
	for _, s := range shownScrolls {
		if canvasOf(s) != canvas || !s.Visible() || !holds(s.Content, middle(o)) || !nearly(s, middle(o), o.Size().Height, holds) {
			continue
		}
		if inner == nil || holds(inner, middle(s)) {
			inner = s
		}
	}
	return inner
}

// nearly tells whether a scroll shows a point, or one within a distance of it above
// or below: a box may be scrolled half out of sight.
func nearly(s *Scroll, p fyne.Position, distance float32, holds func(fyne.CanvasObject, fyne.Position) bool) bool {
	return holds(s, p) || holds(s, p.AddXY(0, distance/2)) || holds(s, p.AddXY(0, -distance/2))
}

// scrollFace notes which scrolls are there.
type scrollFace struct {
	fyne.WidgetRenderer
	scroll *Scroll
}

// CreateRenderer draws Fyne's scroll.
func (s *Scroll) CreateRenderer() fyne.WidgetRenderer {
	shownScrolls = append(shownScrolls, s)
	return &scrollFace{s.Scroll.CreateRenderer(), s}
}

// IsClip has what lies outside of the scroll not drawn, as Fyne's does.
func (f *scrollFace) IsClip() {}

// Destroy forgets the scroll.
func (f *scrollFace) Destroy() {
	if i := slices.Index(shownScrolls, f.scroll); i >= 0 {
		shownScrolls = slices.Delete(shownScrolls, i, i+1)
	}
	f.WidgetRenderer.Destroy()
}
