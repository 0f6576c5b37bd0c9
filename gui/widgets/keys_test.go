package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/assets/icons"
	"hookbird/gui/widgets"
)

func TestKeysOfTheWindowActWhereverTheFocusIs(t *testing.T) {
	test.NewTempApp(t)
	entry := widgets.NewEntry()
	button := widgets.NewButton(widgets.Primary, "Save", icons.None, func() {})
	w := test.NewWindow(widgets.VBox(0, entry, button))
	defer w.Close()
	pressed := map[fyne.KeyName]int{}
	for _, key := range []fyne.KeyName{fyne.KeyF1, fyne.KeyEscape} {
		widgets.AddKey(w.Canvas(), key, func() { pressed[key]++ })
	}
	defer widgets.RemoveKeys(w.Canvas())

	w.Canvas().Focus(entry)
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF1})
	entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) // leaves the box
	if pressed[fyne.KeyF1] != 1 || pressed[fyne.KeyEscape] != 0 || w.Canvas().Focused() != nil {
		t.Errorf("in a text box: %v, focus %v", pressed, w.Canvas().Focused())
	}
	w.Canvas().Focus(button)
	button.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if pressed[fyne.KeyEscape] != 1 {
		t.Errorf("on a button: %v", pressed)
	}
	w.Canvas().Unfocus()
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyF1})
	if pressed[fyne.KeyF1] != 2 {
		t.Errorf("without focus: %v", pressed)
	}
}
