package gui

import (
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// typeInto types into the box that shows a hint while it is empty.
func (d *desk) typeInto(t *testing.T, label, text string) {
	t.Helper()
	var box *widgets.Entry
	screen.Walk(d.front(), func(o fyne.CanvasObject) bool {
		if e, ok := o.(*widgets.Entry); ok && e.AccessibilityLabel() == label {
			box = e
		}
		return box != nil
	})
	if box == nil {
		t.Fatalf("there is no box %q", label)
	}
	d.act(func() { box.SetText(text) })
}

const newAddress = "https://crm.example.org/hooks/people"

func TestTheWizardKeepsWhatWasTyped(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "new", func(t *testing.T, d *desk) {
		d.sees(t, "Where should records go?")
		d.tap(t, "Not in the list")
		d.typeInto(t, "Web address (URL)", newAddress)
		d.tap(t, "Back")
		if d.current != page(d.chooser) {
			t.Fatalf("the first step leads back to %T", d.current)
		}
		d.tap(t, "Zapier")
		if entryWith(d.content(), newAddress) == nil || entryWith(d.content(), "Zapier") == nil {
			t.Error("the address is gone, or the name does not follow the system")
		}
		for _, way := range []func(){
			func() { d.open("activity") },
			func() { d.open("home") },
		} {
			way()
			d.open("webhooks")
			if d.current != page(d.wizard) {
				t.Errorf("leads to %T", d.current)
			}
		}
		d.open("home")
		d.open("new")
		if d.current != page(d.wizard) || entryWith(d.content(), newAddress) == nil {
			t.Error("a new webhook begins anew while another one waits")
		}
	})
}

func TestLeavingTheWizardAsksOnlyWhereSomethingWasTyped(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "new", func(t *testing.T, d *desk) {
		d.tap(t, "Not in the list")
		d.tap(t, "Cancel")
		if d.current != page(d.hooks) {
			t.Fatalf("leads to %T", d.current)
		}
		d.open("new")
		d.tap(t, "Not in the list")
		d.typeInto(t, "Web address (URL)", newAddress)
		d.open("webhooks")
		d.sees(t, "Leave without saving?")
		d.tap(t, "Go on here")
		d.act(d.Close)
		d.sees(t, "Leave without saving?")
		d.tap(t, "Go on here")
		d.tap(t, "Cancel")
		d.tap(t, "Leave")
		if d.current != page(d.hooks) || d.wizard != nil || d.service.Called("SaveWebhook") != 0 {
			t.Errorf("leads to %T, wizard %v", d.current, d.wizard)
		}
	})
}

func TestWhatWasPastedFillsTheWizard(t *testing.T) {
	for name, tt := range map[string]struct{ text, name, says string }{
		"unknown": {"curl https://crm.example.org/v1 -d 'fname=Ada&mail=ada@example.org'", "crm.example.org", "From what you pasted"},
		"known":   {"https://hooks.zapier.com/hooks/catch/1/a/", "Zapier", "This is an address of Zapier."},
	} {
		t.Run(name, func(t *testing.T) {
			in(t, guitest.Empty(), screen.Wide, "home", func(t *testing.T, d *desk) {
				d.tap(t, "Paste what they gave you")
				d.typeInto(t, "What they gave you", tt.text)
				d.tap(t, "Use it")
				if d.current != page(d.wizard) {
					t.Fatalf("leads to %T", d.current)
				}
				d.sees(t, tt.says)
				if entryWith(d.content(), tt.name) == nil {
					t.Errorf("it is not named %q", tt.name)
				}
			})
		})
	}
}

func TestTheWizardEndsAtTheList(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "new", func(t *testing.T, d *desk) {
		d.tap(t, "Not in the list")
		d.typeInto(t, "Web address (URL)", newAddress)
		for range 4 {
			d.tap(t, "Continue")
		}
		d.tap(t, "Save, leave off")
		if d.current != page(d.hooks) || d.wizard != nil {
			t.Fatalf("leads to %T", d.current)
		}
		if got := d.toaster.Showing(); got != "crm.example.org is saved, and off. Turn it on when you are ready." {
			t.Errorf("said %q", got)
		}
		d.act(d.toaster.Dismiss)
		d.service.Read(func(data guitest.Data) {
			last := data.Webhooks[len(data.Webhooks)-1]
			if last.Webhook.Address != newAddress || last.Webhook.State != core.StateOff {
				t.Errorf("saved: %+v", last.Webhook)
			}
		})
	})
}

func TestBeginningShots(t *testing.T) {
	screen.OnlyForShots(t)
	for name, size := range sizes {
		in(t, guitest.Empty(), size, "home", func(t *testing.T, d *desk) {
			screen.Shots(t, d.win, "begin-first-"+name)
			d.tap(t, "Paste what they gave you")
			d.typeInto(t, "What they gave you", "curl -X POST https://crm.example.org/v1/people \\\n  -H 'Authorization: Bearer 0123456789abcdef' \\\n  -d 'fname=Ada&lname=Test&email=ada@example.org'")
			screen.Shots(t, d.win, "begin-paste-"+name)
			d.tap(t, "Use it")
			screen.Shots(t, d.win, "begin-pasted-"+name)
			for range 3 {
				d.tap(t, "Continue")
			}
			screen.Shots(t, d.win, "begin-matched-"+name)
			d.open("new")
		})
		in(t, guitest.Office(), size, "new", func(t *testing.T, d *desk) {
			screen.Shots(t, d.win, "begin-new-"+name)
		})
	}
}
