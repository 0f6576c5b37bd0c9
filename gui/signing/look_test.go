package signing

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/sign"
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
		d.Act(func() { d.tab.card.choose(1) })
		d.everywhere("pair")
		d.Act(func() { d.tab.card.choose(2) })
		d.everywhere("own")
	})
	stored := core.Webhook{
		Sign:    core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("a")},
		Headers: []core.Header{{Name: "X-Api-Key", Secret: core.SealedSecret("b")}},
		Body:    core.Body{Style: core.BodyJSON, Fields: []core.Field{{Name: "token", Secret: core.SealedSecret("c")}}},
	}
	open(t, stored, true, func(d *desk) {
		d.secrets["sign"] = sign.NewSecret()
		d.everywhere("stored")
		d.Tap("Make a new one")
		d.everywhere("question")
		d.Tap("Make a new key")
		d.everywhere("both")
		d.Tap("End now")
		d.everywhere("offer")
	})
}

// everywhere takes a picture in both colours and widths.
func (d *desk) everywhere(name string) {
	d.Helper()
	for colours, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
		test.ApplyTheme(d.T, theme.New(variant))
		for width, room := range map[string]fyne.Size{"wide": fyne.NewSize(832, 1100), "narrow": fyne.NewSize(664, 1300)} {
			d.Window.Resize(room)
			d.Act(d.resized)
			d.Shoot("signing-" + name + "-" + colours + "-" + width)
		}
	}
}
