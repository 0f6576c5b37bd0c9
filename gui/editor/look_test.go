package editor

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core/control"
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

// TestLookOfTexts draws what somebody sees who writes texts with fields and
// converts values.
func TestLookOfTexts(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabWhat) })
		d.Tap("Add all 2 that are left")
		d.Act(func() {
			row := d.page.draft.Fields[4]
			row.Convert = []string{"date:DD/MM/YYYY"}
			d.page.draft.Fields[0].AsText()
			d.page.draft.Fields[0].SetTemplate("[First name] [Last name]")
			d.page.begin(control.WebhookView{Webhook: *d.page.draft.Webhook(), Revision: 3})
		})
		d.Settle()
		for name, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
			test.ApplyTheme(t, theme.New(variant))
			d.Shoot("fields-" + name)
		}
		for range 3 {
			d.Tap("Convert this value")
			break
		}
		d.Shoot("convert-empty")
		d.Tap("Add a step")
		d.Shoot("convert-choose")
		d.Act(func() { test.Type(d.Window.Canvas().Focused(), "small") })
		d.Act(func() { d.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		d.Tap("Add a step")
		d.Act(func() { test.Type(d.Window.Canvas().Focused(), "values") })
		d.Act(func() { d.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		d.Shoot("convert-values")
		d.Tap("Use it")
		d.Shoot("fields-converted")
		d.Tap("Pack it another way")
		d.Tap("My own text")
		d.Settle()
		d.Act(func() { d.page.scrollTo(d.page.what.text.object) })
		d.Shoot("text-light")
		d.Act(func() {
			box := d.box(Place{Part: PartTemplate})
			d.Window.Canvas().Focus(box)
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
			test.Type(box, "&x=[l")
		})
		d.Shoot("text-suggest")
		d.Act(func() { d.page.choose(TabWhere) })
		d.Act(func() {
			box := d.box(Place{Part: PartAddress})
			d.Window.Canvas().Focus(box)
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			test.Type(box, "/[")
		})
		d.Shoot("address-suggest")
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
