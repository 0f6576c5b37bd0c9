package screen

import (
	"slices"

	"fyne.io/fyne/v2"
)

// maxTabs ends a walk that never comes back to where it began.
const maxTabs = 500

// NotReached gives the labels of what can be pressed in a window and is not come to
// with the Tab key.
func NotReached(w fyne.Window) []string {
	canvas := w.Canvas()
	canvas.Unfocus()
	var come []fyne.Focusable
	for range maxTabs {
		canvas.FocusNext()
		at := canvas.Focused()
		if at == nil || slices.Contains(come, at) {
			break
		}
		come = append(come, at)
	}
	canvas.Unfocus()
	return notAmong(w.Content(), come)
}

func notAmong(object fyne.CanvasObject, come []fyne.Focusable) (missing []string) {
	Walk(object, func(o fyne.CanvasObject) bool {
		l, ok := o.(labelled)
		if !ok {
			return false
		}
		if off, ok := o.(fyne.Disableable); ok && off.Disabled() {
			return false
		}
		if f, ok := o.(fyne.Focusable); !ok || !slices.Contains(come, f) {
			missing = append(missing, l.AccessibilityLabel())
		}
		return false
	})
	return missing
}
