package editor

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
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
		d.tab(TabWhat)
		d.Tap("Add all 2 that are left")
		d.Act(func() {
			d.page.draft.Fields[4].Convert = []string{"date:DD/MM/YYYY"}
			d.page.draft.Fields[0].AsText()
			d.page.draft.Fields[0].SetTemplate("[First name] [Last name]")
			d.page.begin(control.WebhookView{Webhook: *d.page.draft.Webhook(), Revision: 3})
		})
		d.Settle()
		d.shootBoth("fields")
		d.Tap("Convert this value")
		d.addStep("small")
		d.addStep("values")
		d.shootBoth("convert")
		d.Act(func() { d.page.SetNarrow(true); d.Window.Resize(screen.Least.SubtractWidthHeight(theme.RailWidth, 0)) })
		d.Shoot("convert-least")
		d.Tap("Add a step")
		d.Shoot("convert-choose-least")
		d.Act(func() { d.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) })
		d.Tap("Use it")
		d.Act(func() { d.page.SetNarrow(false); d.Window.Resize(screen.Room(false)) })
		d.Tap("Pack it another way")
		d.Tap("More ways")
		d.Shoot("packings")
		d.Tap("My own text")
		d.Settle()
		d.Act(func() { d.page.scrollTo(d.page.what.text.object) })
		d.typesAtEnd(Place{Part: PartTemplate}, "&x=[l")
		d.shootBoth("text")
		d.tab(TabWhere)
		d.typesAtEnd(Place{Part: PartAddress}, "/[")
		d.shootBoth("address")
		d.tab(TabWhen)
		d.Act(func() { d.page.chooseSoon(SoonTurns) })
		d.shootBoth("soon")
	})
}

// addStep searches a step in the dialog and takes it.
func (d *desk) addStep(search string) {
	d.Tap("Add a step")
	d.Act(func() { test.Type(d.Window.Canvas().Focused(), search) })
	d.Act(func() { d.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
}

// typesAtEnd types behind what stands in a box.
func (d *desk) typesAtEnd(at Place, text string) {
	d.Act(func() {
		box := d.box(at)
		d.Window.Canvas().Focus(box)
		box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
		test.Type(box, text)
	})
}

// shootBoth takes a picture in each colour.
func (d *desk) shootBoth(name string) {
	screen.Shots(d.T, d.Window, name)
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

// TestLookOfDelivery draws what can be set of delivery, with all of it set.
func TestLookOfDelivery(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Edit(func(data *guitest.Data) {
			w := &data.Webhooks[0].Webhook
			w.Address = "https://script.google.com/macros/s/x/exec"
			w.Answer = core.Answer{
				Need:    []core.AnswerRule{{Text: "success"}, {Field: "status", Value: "ok"}},
				Already: []core.AnswerRule{{Code: 409}, {Code: 400, Text: "already exists"}},
				Unsure:  core.UnsureAsk,
			}
			w.Send = core.Send{At: []int{540, 1050}, Days: workDays.list(), Batch: 60}
			w.Pace, w.Parallel = core.Pace{Second: 5, Day: 1000}, 2
			w.Order = core.Order{Kind: core.OrderField, Field: "Email", Newest: true}
			w.Auth = core.Auth{Kind: core.AuthOAuth, User: "hookbird", Secret: core.SealedSecret("a"), TokenURL: "https://login.example.org/token", Scopes: []string{"contacts.write"}}
			w.Network = core.Network{Proxy: core.Proxy{Kind: core.ProxyManual, Address: "http://proxy.example.org:3128", User: "office", Password: core.SealedSecret("p")}}
			w.Retry = core.RetryPlan{Delays: []time.Duration{time.Minute, 5 * time.Minute, time.Hour}}
			data.Webhooks[0].Revision++
		})
		d.Act(d.page.Refresh)
		d.Settle()
		for _, tab := range []Tab{TabWhere, TabWhen, TabSecurity, TabFails} {
			d.tab(tab)
			d.Act(func() { d.Window.Resize(fyne.NewSize(988, 1500)) })
			d.shootBoth("delivery-" + string(rune('0'+int(tab))))
		}
		d.Act(func() { d.page.SetNarrow(true); d.Window.Resize(screen.Least.SubtractWidthHeight(theme.RailWidth, 0)) })
		for _, tab := range []Tab{TabWhere, TabWhen, TabSecurity, TabFails} {
			d.tab(tab)
			d.Act(func() { d.page.bodies[tab].ScrollToBottom() })
			d.Shoot("delivery-least-" + string(rune('0'+int(tab))))
		}
	})
}
