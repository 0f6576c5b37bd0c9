package widgets

import "fyne.io/fyne/v2"

// windowShortcuts are the key combinations of each window, by name. A text box
// with the focus swallows what it does not know, so every Entry looks here first.
// UI goroutine only.
var windowShortcuts = map[fyne.Canvas]map[string]func(){}

// AddShortcut makes a key combination act in a whole window, also while a text
// box has the focus. A combination that is there already is replaced.
func AddShortcut(c fyne.Canvas, s fyne.Shortcut, act func()) {
	if windowShortcuts[c] == nil {
		windowShortcuts[c] = map[string]func(){}
	}
	windowShortcuts[c][s.ShortcutName()] = act
	c.AddShortcut(s, func(fyne.Shortcut) { act() })
}

// RemoveShortcut takes a combination away, as when its page is left.
func RemoveShortcut(c fyne.Canvas, s fyne.Shortcut) {
	delete(windowShortcuts[c], s.ShortcutName())
	if len(windowShortcuts[c]) == 0 {
		delete(windowShortcuts, c)
	}
	c.RemoveShortcut(s)
}

// runShortcut acts on a combination of the object's window, if there is one.
func runShortcut(o fyne.CanvasObject, s fyne.Shortcut) bool {
	act, ok := windowShortcuts[canvasOf(o)][s.ShortcutName()]
	if ok {
		act()
	}
	return ok
}
