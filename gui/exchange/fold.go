package exchange

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

// Fold is something that few people need: a line to press, and under it what
// unfolds.
type Fold struct {
	widget.BaseWidget

	// OnChanged is told when it was folded or unfolded: heights are different now.
	OnChanged func()

	button *widgets.Button
	inner  fyne.CanvasObject
	body   *fyne.Container
}

// NewFold hides an object behind a line of words.
func NewFold(words string, inner fyne.CanvasObject) *Fold {
	f := &Fold{inner: inner}
	f.button = widgets.NewButton(widgets.Quiet, words, icons.ChevronRight, func() { f.SetOpen(!f.Open()) })
	inner.Hide()
	f.body = widgets.VBox(8, widgets.Padded(0, 0, 0, -11, widgets.HBox(0, f.button)), inner)
	f.ExtendBaseWidget(f)
	return f
}

// Open tells whether the object is shown.
func (f *Fold) Open() bool { return f.inner.Visible() }

// SetOpen shows or hides the object.
func (f *Fold) SetOpen(on bool) {
	if on == f.Open() {
		return
	}
	if on {
		f.button.SetIcon(icons.ChevronDown)
		f.inner.Show()
	} else {
		f.button.SetIcon(icons.ChevronRight)
		f.inner.Hide()
	}
	f.body.Refresh()
	f.Refresh()
	if f.OnChanged != nil {
		f.OnChanged()
	}
}

// SetWords changes the line to press.
func (f *Fold) SetWords(words string) { f.button.SetText(words) }

// SetLabel says to screen readers what the line unfolds, where its words are not
// enough.
func (f *Fold) SetLabel(label string) { f.button.SetLabel(label) }

// CreateRenderer draws the line and what is under it.
func (f *Fold) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.body) }
