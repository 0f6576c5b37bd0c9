package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/widgets"
)

// The wheel scrolls the page also where a box for one line is under the pointer.
func TestWheelOverABoxScrollsThePage(t *testing.T) {
	test.NewTempApp(t)
	var boxes []fyne.CanvasObject
	for range 40 {
		boxes = append(boxes, widgets.NewEntry())
	}
	inner := widgets.NewScroll(widgets.VBox(0, boxes[:20]...))
	outer := widgets.NewScroll(widgets.VBox(0, append([]fyne.CanvasObject{container.NewGridWrap(fyne.NewSize(280, 150), inner)}, boxes[20:]...)...))
	w := test.NewTempWindow(t, outer)
	w.Resize(fyne.NewSize(300, 300))
	test.Scroll(w.Canvas(), fyne.NewPos(100, 200), 0, -30)
	if got := outer.Offset.Y; got != 30 {
		t.Errorf("the page moved by %v", got)
	}
	test.Scroll(w.Canvas(), fyne.NewPos(100, 60), 0, -20)
	if in, out := inner.Offset.Y, outer.Offset.Y; in != 20 || out != 30 {
		t.Errorf("the inner list moved by %v, the page by %v", in, out-30)
	}
}
