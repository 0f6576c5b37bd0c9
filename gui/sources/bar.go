package sources

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// barHeight is the height of a bar, in pixels.
const barHeight = 6

// bar shows how much of something long is read.
type bar struct {
	widget.BaseWidget
	part        float64 // 0 to 1
	track, fill *canvas.Rectangle
}

func newBar() *bar {
	b := &bar{track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	b.track.CornerRadius, b.fill.CornerRadius = barHeight/2, barHeight/2
	b.ExtendBaseWidget(b)
	return b
}

// set shows how much is done of all; nothing of what nobody can tell.
func (b *bar) set(done, all int64) {
	b.part = 0
	if all > 0 {
		b.part = min(1, max(0, float64(done)/float64(all)))
	}
	b.Refresh()
}

// CreateRenderer draws the bar.
func (b *bar) CreateRenderer() fyne.WidgetRenderer {
	f := &barFace{b}
	f.paint()
	return f
}

type barFace struct{ bar *bar }

func (f *barFace) Destroy() {}

func (f *barFace) MinSize() fyne.Size { return fyne.NewSize(60, barHeight) }

func (f *barFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.bar.track, f.bar.fill}
}

// Layout fills as much of the width as is done.
func (f *barFace) Layout(size fyne.Size) {
	f.bar.track.Resize(fyne.NewSize(size.Width, barHeight))
	f.bar.fill.Resize(fyne.NewSize(theme.Floor(float32(f.bar.part)*size.Width), barHeight))
}

func (f *barFace) Refresh() {
	f.paint()
	f.Layout(f.bar.Size())
	f.bar.track.Refresh()
	f.bar.fill.Refresh()
}

func (f *barFace) paint() {
	f.bar.track.FillColor, f.bar.fill.FillColor = theme.Color(theme.NeutralSoft), theme.Color(theme.Primary)
}
