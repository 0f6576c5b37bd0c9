package widgets

import "fyne.io/fyne/v2"

// windowKeys are single keys that act in a whole window, such as Esc and F1. UI
// goroutine only.
var windowKeys = map[fyne.Canvas]map[fyne.KeyName]func(){}

// AddKey makes a single key act in a whole window: where nothing has the focus,
// and where what has it does not need the key itself. A text box keeps Esc.
func AddKey(c fyne.Canvas, key fyne.KeyName, act func()) {
	if windowKeys[c] == nil {
		windowKeys[c] = map[fyne.KeyName]func(){}
	}
	windowKeys[c][key] = act
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { runKey(c, e.Name) })
}

// RemoveKeys forgets the keys of a window that closes.
func RemoveKeys(c fyne.Canvas) { delete(windowKeys, c) }

// runKey acts on a key of a window, if it has one.
func runKey(c fyne.Canvas, key fyne.KeyName) bool {
	act, ok := windowKeys[c][key]
	if ok {
		act()
	}
	return ok
}
