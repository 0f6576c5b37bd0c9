package prefs

import (
	"slices"
	"testing"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"

	"fyne.io/fyne/v2"
)

// People are put on the list of those who are never sent, and taken from it; it says
// how many they are, and never who.
func TestNeverSend(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.Sees("Nobody is on this list yet.")
		d.pasteNever("Add people who are never sent", "Add", "ada@example.org\n020 7946 0000\n")
		d.Sees("2 addresses and numbers are on this list.")
		d.SeesNot("ada@example.org")
		d.pasteNever("Remove people from those who are never sent", "Remove", "ada@example.org")
		d.Sees("1 address or number is on this list.")
		d.service.Fail("SetNever", core.Errorf(core.CodeInvalid, "There is no number in this text."))
		d.pasteNever("Add people who are never sent", "Add", "nobody")
		d.Sees("There is no number in this text.")
		if want := []string{"2 addresses and numbers added.", "1 address or number removed."}; !slices.Equal(d.said, want) {
			d.Errorf("said %q", d.said)
		}
	})
}

// pasteNever opens the dialog, types into it and presses its button.
func (d *desk) pasteNever(open, yes, text string) {
	d.Helper()
	d.Tap(open)
	var box *widgets.Entry
	screen.Walk(d.Front(), func(o fyne.CanvasObject) bool {
		if e, ok := o.(*widgets.Entry); ok {
			box = e
		}
		return box != nil
	})
	if d.Window.Canvas().Focused() != box {
		d.Fatal("the cursor is not in the box")
	}
	d.Act(func() { box.SetText(text) })
	d.Tap(yes)
}

func TestChangesOfTheListInWords(t *testing.T) {
	for want, got := range map[string]string{
		"None of them was on the list.":         changed(0, true),
		"All of them were on the list already.": changed(0, false),
		"1 address or number removed.":          changed(1, true),
		"12 addresses and numbers added.":       changed(12, false),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
