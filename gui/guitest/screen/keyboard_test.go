package screen

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// deaf can be pressed, and is never come to with the Tab key.
type deaf struct{ widget.BaseWidget }

func (d *deaf) Tapped(*fyne.PointEvent) {}

func (d *deaf) AccessibilityLabel() string { return "deaf" }

func (d *deaf) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

func TestNotReached(t *testing.T) {
	App(t)
	d := &deaf{}
	d.ExtendBaseWidget(d)
	off := widgets.NewButton(widgets.Secondary, "Off", "", func() {})
	off.SetEnabled(false)
	w := Window(t, widgets.VBox(0, widgets.NewButton(widgets.Secondary, "On", "", func() {}), off, d), Least)
	if got := NotReached(w); !slices.Equal(got, []string{"deaf"}) {
		t.Errorf("not reached: %q", got)
	}
}
