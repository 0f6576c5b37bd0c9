package conditions

import (
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/gui/guitest/screen"
)

// TestLook draws the card as people see it.
func TestLook(t *testing.T) {
	screen.OnlyForShots(t)
	both := func(d *desk, name string) {
		d.Act(func() { screen.Shots(d.T, d.Window, name) })
	}
	show(t, "", func(d *desk) {
		both(d, "empty")
		d.Tap("Send only some of them")
		d.Settle()
		both(d, "begun")
		d.key(fyne.KeyDown)
		both(d, "fields")
	})
	show(t, "role=MEMBER;addresses(isMain).zipCode=13.*", func(d *desk) {
		both(d, "rows")
		d.Tap("Show as text")
		both(d, "text")
		d.Act(func() { d.card.text.entry.SetText("rol is member;role=\"GUEST\";name>12") })
		d.Settle()
		both(d, "hints")
		d.Act(func() { d.card.text.entry.SetText("role=GUEST;addresses(isMain).zipCode=13.*") })
		d.Settle()
		both(d, "none")
		d.Act(func() { d.card.text.entry.SetText("role=[") })
		d.Settle()
		both(d, "wrong")
		d.Act(func() { d.card.text.entry.SetText("not(role=MEMBER);rol=1") })
		d.Settle()
		both(d, "detailed")
		d.Act(func() { d.card.text.entry.SetText("addresses(isMain).zipCode=.*[0369];role is one of member, guest") })
		d.Settle()
		d.Act(func() { d.Canvas().Focus(d.line(1).value) })
		d.key(fyne.KeyDown)
		both(d, "values")
		d.key(fyne.KeyEscape)
		d.Tap("Which ones?")
		both(d, "which")
		d.Act(func() { d.Window.Resize(screen.Room(true)) })
		d.Tap("Ada 2")
		d.Settle()
		both(d, "compared")
		d.Tap("Close")
		d.Tap("Hide the text")
		d.Act(func() { d.Resized() })
		both(d, "narrow")
	})
}
