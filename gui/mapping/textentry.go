package mapping

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/gui/widgets"
)

// textEntry is the box itself.
type textEntry struct {
	widgets.Entry
	text *Text
	has  bool // the focus
}

// FocusGained lets the list open again.
func (e *textEntry) FocusGained() {
	e.has = true
	e.Entry.FocusGained()
}

// listStays is how long the list stays after the focus has gone, for a press on it
// that is under way.
const listStays = 600 * time.Millisecond

// FocusLost closes the list, unless the focus went into it or comes back.
func (e *textEntry) FocusLost() {
	e.has = false
	e.Entry.FocusLost()
	if e.text.list.Visible() {
		e.text.timer.Reset(listStays)
	}
}

// abandoned closes the list if nobody is in box or list any more.
func (t *Text) abandoned() {
	c := t.page.Canvas()
	if c == nil || t.entry.has || c.Focused() == fyne.Focusable(t.entry) {
		return
	}
	for _, row := range t.lines {
		if c.Focused() == fyne.Focusable(row) {
			return
		}
	}
	t.close()
}

// TypedKey moves and chooses in the list while it is open.
func (e *textEntry) TypedKey(k *fyne.KeyEvent) {
	t := e.text
	if len(t.found) == 0 {
		e.Entry.TypedKey(k)
		return
	}
	switch k.Name {
	case fyne.KeyDown:
		t.step(1)
	case fyne.KeyUp:
		t.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter:
		if t.at >= 0 {
			t.take(t.at)
			return
		}
		e.Entry.TypedKey(k)
	default:
		e.Entry.TypedKey(k)
	}
}

// cursor is where the cursor stands, in bytes.
func (e *textEntry) cursor() int {
	n := e.CursorTextOffset()
	for i := range e.Text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(e.Text)
}

// insert puts a text in at the cursor, in place of what is selected.
func (e *textEntry) insert(text string) {
	e.Entry.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: snippet(text)})
}

// replace puts a text in place of the characters before the cursor. The owner is
// told once.
func (e *textEntry) replace(n int, text string) {
	tell := e.OnChanged
	e.OnChanged = nil
	for range n {
		e.Entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
	}
	e.OnChanged = tell
	e.insert(text)
}

// snippet is a clipboard that holds one text.
type snippet string

// Content gives the text.
func (s snippet) Content() string { return string(s) }

// SetContent does nothing: the text is what is put in.
func (s snippet) SetContent(string) {}
