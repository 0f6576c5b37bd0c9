package home

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// barHeight is the height of a bar, in pixels.
const barHeight = 6

// progressBar shows how much of something is done.
type progressBar struct {
	widget.BaseWidget
	done, all   uint64
	quiet       bool
	track, fill *canvas.Rectangle
}

func newProgressBar() *progressBar {
	b := &progressBar{track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	b.track.CornerRadius, b.fill.CornerRadius = barHeight/2, barHeight/2
	b.ExtendBaseWidget(b)
	return b
}

// set shows how much is done of all; quiet while it does not go on.
func (b *progressBar) set(done, all uint64, quiet bool) {
	b.done, b.all, b.quiet = done, all, quiet
	b.Refresh()
}

// CreateRenderer draws the bar.
func (b *progressBar) CreateRenderer() fyne.WidgetRenderer { return &barFace{b} }

type barFace struct{ bar *progressBar }

func (f *barFace) Destroy() {}

func (f *barFace) MinSize() fyne.Size { return fyne.NewSize(60, barHeight) }

func (f *barFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.bar.track, f.bar.fill}
}

// Layout fills as much of the width as is done; a begun bar is never empty.
func (f *barFace) Layout(size fyne.Size) {
	b := f.bar
	b.track.Resize(fyne.NewSize(size.Width, barHeight))
	width := float32(0)
	if b.done > 0 && b.all > 0 {
		width = max(barHeight, theme.Floor(float32(float64(b.done)/float64(b.all))*size.Width))
	}
	b.fill.Resize(fyne.NewSize(width, barHeight))
}

func (f *barFace) Refresh() {
	b := f.bar
	b.track.FillColor, b.fill.FillColor = theme.Color(theme.NeutralSoft), theme.Color(theme.Primary)
	if b.quiet {
		b.fill.FillColor = theme.Color(theme.Muted)
	}
	f.Layout(b.Size())
	b.track.Refresh()
	b.fill.Refresh()
}
