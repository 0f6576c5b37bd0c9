package signing

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
)

// TestLook draws the tab in every moment, size and colour.
func TestLook(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, core.Webhook{}, false, func(d *desk) {
		d.everywhere("off")
		d.Tap("Add a signature")
		d.everywhere("shared")
	})
}

// everywhere takes a picture in both colours and widths.
func (d *desk) everywhere(name string) {
	d.Helper()
	for colours, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
		test.ApplyTheme(d.T, theme.New(variant))
		for width, room := range map[string]fyne.Size{"wide": fyne.NewSize(664, 1400), "narrow": fyne.NewSize(600, 1500)} {
			d.Window.Resize(room)
			d.Act(d.resized)
			d.Shoot("signing-" + name + "-" + colours + "-" + width)
		}
	}
}
