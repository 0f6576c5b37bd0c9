package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/guitest/screen"
	. "hookbird/gui/widgets"
)

func TestProgressIsDrawnInItsWidth(t *testing.T) {
	screen.App(t)
	b := NewProgress()
	screen.Window(t, VBox(0, b), fyne.NewSize(200, 50))
	for _, tt := range []struct {
		done, all uint64
		want      float32
	}{{0, 0, 0}, {0, 10, 0}, {1, 1_000_000, b.MinSize().Height}, {5, 10, 100}, {10, 10, 200}} {
		b.Set(tt.done, tt.all, false)
		if got := test.WidgetRenderer(b).Objects()[1].Size().Width; got != tt.want {
			t.Errorf("%d of %d fills %v, want %v", tt.done, tt.all, got, tt.want)
		}
	}
}
