package wizard

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// desk is a wizard in a window, on an office's engine.
type desk struct {
	*screen.Desk
	page    *Page
	engine  *guitest.Service
	systems int
	left    int
	done    []control.WebhookView
	byHand  []core.Webhook
	stored  []string
	said    []string
}

func presetOf(t testing.TB, id string) assets.Preset {
	t.Helper()
	all, err := assets.Presets()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		if p.ID == id {
			return p
		}
	}
	t.Fatalf("there is no preset %q", id)
	return assets.Preset{}
}

// open runs a test of the wizard for a system.
func open(t *testing.T, system string, run func(*desk)) {
	t.Helper()
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := &desk{engine: guitest.Office()}
		var err error
		if d.page, err = New(d.engine, presetOf(t, system)); err != nil {
			t.Fatal(err)
		}
		d.page.OnSystem = func() { d.systems++ }
		d.page.OnCancel = func() { d.left++ }
		d.page.OnDone = func(v control.WebhookView) { d.done = append(d.done, v) }
		d.page.OnByHand = func(w core.Webhook, _ assets.Preset) { d.byHand = append(d.byHand, w) }
		d.page.OnStored = func(id string) { d.stored = append(d.stored, id) }
		d.page.OnSay = func(text string) { d.said = append(d.said, text) }
		d.page.AskFolder = func(then func(string)) { then("/srv/exports") }
		d.Desk = screen.NewDesk(t, d.page.Content(), screen.Room(false))
		d.Act(func() { d.page.Show(d.Window.Canvas()) })
		d.Settle()
		run(d)
		d.Act(d.page.Leave)
		d.Settle()
	})
}

// types types into the box with a label.
func (d *desk) types(label, text string) {
	d.Helper()
	var box *widgets.Entry
	d.Act(func() {
		screen.Walk(d.Front(), func(o fyne.CanvasObject) bool {
			if e, ok := o.(interface{ AccessibilityLabel() string }); ok && e.AccessibilityLabel() == label && box == nil {
				box = entryOf(o)
			}
			return box != nil
		})
		if box != nil {
			box.SetText(text)
		}
	})
	if box == nil {
		d.Fatalf("there is no box %q", label)
	}
}

func entryOf(o fyne.CanvasObject) *widgets.Entry {
	switch e := o.(type) {
	case *widgets.Entry:
		return e
	case *widgets.SecretEntry:
		return e.Entry()
	}
	return nil
}

// checkOf finds a tick by its words, nil if there is none.
func checkOf(o fyne.CanvasObject, words string) (found *widget.Check) {
	screen.Walk(o, func(o fyne.CanvasObject) bool {
		if c, ok := o.(*widget.Check); ok && c.Text == words {
			found = c
		}
		return found != nil
	})
	return found
}

// goOn presses Continue, and waits for what that begins.
func (d *desk) goOn() {
	d.Helper()
	d.Tap("Continue")
	d.Settle()
}

// saved is the webhook that the engine has under a name.
func (d *desk) saved(name string) (found core.Webhook, ok bool) {
	d.engine.Read(func(data guitest.Data) {
		for _, v := range data.Webhooks {
			if v.Webhook.Name == name {
				found, ok = v.Webhook, true
			}
		}
	})
	return found, ok
}

const address = "https://crm.example.org/hooks/people"

func TestFromAddressToTurnedOn(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", address)
		d.Settle()
		d.Sees("crm.example.org answers, securely.")
		d.goOn()
		d.Sees("Did they give you a key?")
		d.goOn()
		d.Sees("Which records go there?")
		d.goOn()
		d.Sees("What is sent")
		d.Sees("Everything in the record is sent")
		d.goOn()
		d.Sees("Send a test")
		w, ok := d.saved("crm.example.org")
		if !ok || w.State != core.StateOff || w.Address != address {
			t.Fatalf("saved before the test: %+v", w)
		}
		d.Tap("Send test")
		d.Settle()
		d.Sees("Is Ada Test there?")
		d.Sees("What happens next")
		d.Tap("Yes, turn it on")
		d.Settle()
		if len(d.done) != 1 || d.done[0].Webhook.State != core.StateOn {
			t.Errorf("done: %+v", d.done)
		}
	})
}

// TestLook draws every step; the pictures are kept where HOOKBIRD_SHOTS says.
func TestLook(t *testing.T) {
	screen.OnlyForShots(t)
	for _, system := range []string{"other", "mailchimp", "google-sheets", "discord"} {
		open(t, system, func(d *desk) {
			if system == "other" || system == "intervengine" || system == "slack" {
				d.types("Web address (URL)", address)
			}
			for step := stepAddress; step < stepTest; step++ {
				d.Act(func() { d.page.turn(step) })
				d.Settle()
				d.look(system + "-" + stepNames[step])
			}
		})
	}
}

func TestLookOfAnswers(t *testing.T) {
	screen.OnlyForShots(t)
	open(t, "other", func(d *desk) {
		d.Act(func() { d.page.turn(stepKey) })
		d.Tap("A key or a token")
		d.look("key-token")
		d.Tap("They check a signature")
		d.look("key-sign")
		d.Tap("No")
		d.Act(func() { d.page.turn(stepAddress) })
		d.tested()
		d.look("test")
		d.Tap("Send test")
		d.Settle()
		d.look("test-good")
		d.engine.Edit(func(data *guitest.Data) { data.Answer = core.Attempt{Code: 404, Cause: core.CauseAddress} })
		d.Tap("Test again")
		d.Tap("Send test")
		d.Settle()
		d.look("test-failed")
	})
}

// look takes a picture in every size and colour.
func (d *desk) look(name string) {
	for look, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
		test.ApplyTheme(d.T, theme.New(variant))
		for size, at := range map[string]fyne.Size{"1200": screen.Room(false), "900": screen.Room(true)} {
			d.Act(func() { d.Window.Resize(at) })
			d.Shoot("wizard-" + name + "-" + look + "-" + size)
		}
	}
	test.ApplyTheme(d.T, theme.New(theme.Light))
	d.Window.Resize(screen.Room(false))
}
