package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// Entry is a text box: Fyne's, with a ring that shows the focus, a line that
// shows a problem, and the window's shortcuts alive while it has the focus.
// SetText, OnChanged, OnSubmitted, SetPlaceHolder and the rest are Fyne's.
type Entry struct {
	widget.Entry

	// OnEscape acts on Esc. Nil gives the focus away.
	OnEscape func()
	// OnFocus is told when the focus comes (true) and goes.
	OnFocus func(bool)

	self             fyne.CanvasObject // the widget in the window that this is part of
	label            string
	focused, problem bool
}

// ExtendBaseWidget notes the widget that this is part of.
func (e *Entry) ExtendBaseWidget(self fyne.Widget) {
	if e.self == nil {
		e.self = self
	}
	e.Entry.ExtendBaseWidget(self)
}

// NewEntry makes a box for one line, 34 pixels high.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.ExtendBaseWidget(e)
	return e
}

// NewMultiEntry makes a box for several lines that wrap, rows lines high.
func NewMultiEntry(rows int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(rows)
	e.ExtendBaseWidget(e)
	return e
}

// SetProblem shows the box in the colour of failure, or no longer.
func (e *Entry) SetProblem(on bool) {
	if e.problem == on {
		return
	}
	e.problem = on
	e.Refresh()
}

// SetLabel says to screen readers what is filled in here. A Field does it.
func (e *Entry) SetLabel(label string) { e.label = label }

// AccessibilityLabel reads what is filled in here; never the text, which may be a
// secret.
func (e *Entry) AccessibilityLabel() string {
	if e.label == "" {
		return e.PlaceHolder
	}
	return e.label
}

// AccessibilityRole says that this is text.
func (e *Entry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// MinSize is the height of a control and a small width.
func (e *Entry) MinSize() fyne.Size {
	size := e.Entry.MinSize()
	if !e.MultiLine {
		size.Height = theme.ControlHeight
	}
	return size
}

// FocusGained shows the ring.
func (e *Entry) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
}

// FocusLost hides the ring.
func (e *Entry) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// TypedKey acts on Esc and hands the rest to the window, if it wants the key, or
// to the box.
func (e *Entry) TypedKey(k *fyne.KeyEvent) {
	if k.Name != fyne.KeyEscape {
		if !runKey(canvasOf(e.self), k.Name) {
			e.Entry.TypedKey(k)
		}
		return
	}
	if e.OnEscape != nil {
		e.OnEscape()
	} else if c := canvasOf(e.self); c != nil {
		c.Unfocus()
	}
}

// TypedShortcut runs the window's shortcut, if there is one, before the box's.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if !runShortcut(e.self, s) {
		e.Entry.TypedShortcut(s)
	}
}

// CreateRenderer draws Fyne's box on a ground of ours.
func (e *Entry) CreateRenderer() fyne.WidgetRenderer {
	box, ring := canvas.NewRectangle(nil), canvas.NewRectangle(color.Transparent)
	box.CornerRadius, ring.CornerRadius = theme.Radius, theme.Radius
	f := &entryFace{WidgetRenderer: e.Entry.CreateRenderer(), entry: e, box: box, ring: ring, foot: canvas.NewRectangle(nil)}
	f.foot.Hidden = e.MultiLine
	f.wheel = newWheel(e)
	f.wheel.Hidden = e.MultiLine
	f.paint()
	return f
}

// entryFace is Fyne's renderer without its two rectangles, whose line has a
// fractional size and one width only.
type entryFace struct {
	fyne.WidgetRenderer
	entry     *Entry
	box, ring *canvas.Rectangle
	wheel     *wheel            // of a box for one line
	foot      *canvas.Rectangle // of a box for one line: over Fyne's scroll bar, which a long text would show
}

const footHeight = 6

func (f *entryFace) Objects() []fyne.CanvasObject {
	objects := []fyne.CanvasObject{f.box}
	for _, o := range f.WidgetRenderer.Objects() {
		if _, theirs := o.(*canvas.Rectangle); !theirs {
			objects = append(objects, o)
		}
	}
	return append(objects, f.foot, f.ring, f.wheel)
}

func (f *entryFace) Layout(size fyne.Size) {
	f.WidgetRenderer.Layout(size)
	f.box.Resize(size)
	f.ring.Resize(size)
	f.wheel.Resize(size)
	f.foot.Move(fyne.NewPos(theme.Radius, size.Height-footHeight))
	f.foot.Resize(fyne.NewSize(max(0, size.Width-2*theme.Radius), footHeight-1))
}

func (f *entryFace) Refresh() {
	f.WidgetRenderer.Refresh()
	f.paint()
	f.box.Refresh()
	f.foot.Refresh()
	f.ring.Refresh()
}

func (f *entryFace) paint() {
	f.box.FillColor = theme.Color(theme.Input)
	f.ring.StrokeWidth, f.ring.StrokeColor = 1, theme.Color(theme.InputBorder)
	switch {
	case f.entry.Disabled():
		f.box.FillColor = theme.Color(theme.DisabledButton)
		f.ring.StrokeColor = theme.Color(theme.Line)
	case f.entry.focused:
		f.ring.StrokeWidth, f.ring.StrokeColor = 2, theme.Color(theme.Primary)
	case f.entry.problem:
		f.ring.StrokeWidth, f.ring.StrokeColor = 2, theme.Color(theme.Error)
	}
	f.foot.FillColor = f.box.FillColor
}

// SearchEntry is a box with a magnifying glass and, once something is typed, a
// cross that clears it.
type SearchEntry struct {
	Entry
	clear *Button
}

// NewSearchEntry makes a search box; changed is told at every letter. Esc clears.
func NewSearchEntry(placeholder string, changed func(string)) *SearchEntry {
	e := &SearchEntry{}
	e.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	e.PlaceHolder = placeholder
	e.Icon = theme.NewIcon(icons.Search, theme.Muted)
	e.clear = NewIconButton(icons.Cross, "Clear search", func() { e.SetText("") })
	e.clear.Hidden = true
	e.ActionItem = e.clear
	e.OnEscape = func() { e.SetText("") }
	e.OnChanged = func(text string) {
		e.clear.Hidden = text == ""
		e.clear.Refresh()
		if changed != nil {
			changed(text)
		}
	}
	e.ExtendBaseWidget(e)
	return e
}
