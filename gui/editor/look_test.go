package editor

import (
	"os"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/theme"
)

// TestLook draws every tab in every size and colour; the pictures are kept where
// HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	if os.Getenv("HOOKBIRD_SHOTS") == "" {
		t.Skip("HOOKBIRD_SHOTS names no folder for pictures")
	}
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

// TestLookOfMoments draws what is not there all the time: problems, lists that
// open, questions, the preview over a narrow window.
func TestLookOfMoments(t *testing.T) {
	if os.Getenv("HOOKBIRD_SHOTS") == "" {
		t.Skip("HOOKBIRD_SHOTS names no folder for pictures")
	}
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("Add all 2 that are left")
		d.do(func() {
			row := d.page.draft.Fields[3]
			d.page.draft.Fields[4].OmitEmpty = true
			row.SetName("")
			entryOf(d.box(Place{PartRowName, row})).SetText("")
			d.page.draft.ShowAll()
			d.page.changed()
		})
		d.settle()
		d.shoot("editor-problem")
		d.do(d.box(Place{PartFrom, d.row("fname")}).(*chooser).open)
		d.shoot("editor-chooser")
		d.do(func() { d.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
		d.do(func() { d.page.SetNarrow(true); d.window.Resize(fyne.NewSize(832, 600)) })
		d.tap("Preview")
		d.shoot("editor-overlay")
		d.tap("Close")
		d.do(func() { d.page.choose(TabWhere); d.page.headersFold.SetOpen(true) })
		d.tap("Add a header line")
		d.tap("Sending")
		d.shoot("editor-headers")
		d.tap("Back")
		d.shoot("editor-question")
	})
	open(t, "", func(d *desk) {
		d.settle()
		d.shoot("editor-new")
		d.do(func() { d.page.choose(TabWhat) })
		d.shoot("editor-new-what")
	})
}
