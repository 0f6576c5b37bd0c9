package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
)

// progressHeight is the height of a bar, in pixels.
const progressHeight = 6

// Progress is a bar that shows how much of something is done.
type Progress struct {
	widget.BaseWidget
	done, all   uint64
	quiet       bool
	track, fill *canvas.Rectangle
}

// NewProgress makes an empty bar.
func NewProgress() *Progress {
	b := &Progress{track: canvas.NewRectangle(nil), fill: canvas.NewRectangle(nil)}
	b.track.CornerRadius, b.fill.CornerRadius = progressHeight/2, progressHeight/2
	b.ExtendBaseWidget(b)
	return b
}

// Set shows how much is done of all; quiet while it does not go on.
func (b *Progress) Set(done, all uint64, quiet bool) {
	b.done, b.all, b.quiet = done, all, quiet
	b.Refresh()
}

// CreateRenderer draws the bar.
func (b *Progress) CreateRenderer() fyne.WidgetRenderer { return &progressFace{b} }

type progressFace struct{ bar *Progress }

func (f *progressFace) Destroy() {}

func (f *progressFace) MinSize() fyne.Size { return fyne.NewSize(60, progressHeight) }

func (f *progressFace) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{f.bar.track, f.bar.fill}
}

// Layout fills as much of the width as is done; a begun bar is never empty.
func (f *progressFace) Layout(size fyne.Size) {
	b := f.bar
	b.track.Resize(fyne.NewSize(size.Width, progressHeight))
	width := float32(0)
	if b.done > 0 && b.all > 0 {
		width = max(progressHeight, theme.Floor(float32(float64(b.done)/float64(b.all))*size.Width))
	}
	b.fill.Resize(fyne.NewSize(width, progressHeight))
}

func (f *progressFace) Refresh() {
	b := f.bar
	b.track.FillColor, b.fill.FillColor = theme.Color(theme.NeutralSoft), theme.Color(theme.Primary)
	if b.quiet {
		b.fill.FillColor = theme.Color(theme.Muted)
	}
	f.Layout(b.Size())
	b.track.Refresh()
	b.fill.Refresh()
}
