package editor

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/theme"
)

// TestLook draws every tab in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, width := range map[string]float32{"1200": 988, "900": 832} {
				d.page.SetNarrow(size == "900")
				d.window.Resize(fyne.NewSize(width, map[string]float32{"1200": 780, "900": 600}[size]))
				for tab := range tabs {
					d.do(func() { d.page.choose(tab) })
					d.shoot("editor-" + string(rune('0'+int(tab))) + "-" + name + "-" + size)
				}
			}
		}
	})
}
