package editor

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/guitest/screen"
	"hookbird/gui/mapping"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// TestLook draws every tab in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, "supporter-crm", func(d *desk) {
		d.Settle()
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			for size, width := range map[string]float32{"1200": 988, "900": 832} {
				d.page.SetNarrow(size == "900")
				d.Window.Resize(fyne.NewSize(width, map[string]float32{"1200": 780, "900": 600}[size]))
				for tab := range tabs {
					d.Act(func() { d.page.choose(tab) })
					d.Shoot("editor-" + string(rune('0'+int(tab))) + "-" + name + "-" + size)
				}
			}
		}
	})
}

// TestLookOfMoments draws what is not there all the time: problems, lists that
// open, questions, the preview over a narrow window.
func TestLookOfMoments(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		d.Tap("Add all 2 that are left")
		d.Act(func() {
			row := d.page.draft.Fields[3]
			d.page.draft.Fields[4].OmitEmpty = true
			row.SetName("")
			d.box(boxOf(row, mapping.BoxName)).(*widgets.Entry).SetText("")
			d.page.draft.ShowAll()
			d.page.changed()
		})
		d.Settle()
		d.Shoot("editor-problem")
		d.Act(func() { d.box(boxOf(d.row("fname"), mapping.BoxFrom)).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) })
		d.Shoot("editor-chooser")
		d.Act(func() { d.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
		d.Act(func() { d.page.SetNarrow(true); d.Window.Resize(fyne.NewSize(832, 600)) })
		d.Tap("Preview")
		d.Shoot("editor-overlay")
		d.Tap("Close")
		d.Act(func() { d.page.choose(TabSecurity) })
		d.Tap("Add a header line")
		d.Tap("Sending")
		d.Shoot("editor-headers")
		d.Tap("Back")
		d.Shoot("editor-question")
	})
	open(t, "", func(d *desk) {
		d.Settle()
		d.Shoot("editor-new")
		d.Act(func() { d.page.choose(TabWhat) })
		d.Shoot("editor-new-what")
	})
}
