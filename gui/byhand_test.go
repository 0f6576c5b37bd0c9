package gui

import (
	"testing"

	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

// "Send one by hand" leads from Home to a form. What was filled in, or changed of a
// source, is asked after before the window closes over it.
func TestSendOneByHand(t *testing.T) {
	in(t, guitest.Kinds(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.act(func() { d.Open("byhand") })
		d.sees(t, "Goes to Supporter CRM")
		d.typeInto(t, "First name", "Ada")
		d.act(d.Close)
		d.sees(t, "Leave without sending?")
		d.tap(t, "Go on here")
		if d.closed || entryWith(d.content(), "Ada") == nil {
			t.Error("what was filled in is lost")
		}
		d.tap(t, "Close")
		d.tap(t, "Folder")
		d.typeInto(t, "Folder", "/home/ada/In")
		d.act(func() { d.Open("home") })
		d.act(d.Close)
		d.sees(t, "Leave without saving?")
		d.tap(t, "Leave")
		if !d.closed {
			t.Error("the window is open")
		}
	})
}
