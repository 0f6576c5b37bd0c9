package mapping

import (
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/merge"
	"hookbird/gui/background"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Text is a box for a text with fields. While somebody types a field, a list
// under the box offers those that fit: Up, Down and Enter choose, Esc closes it.
type Text struct {
	widget.BaseWidget

	page  Page
	keys  func() []string
	place merge.Place
	entry *textEntry
	list  *fyne.Container // the suggestions
	root  *fyne.Container

	found     []suggestion
	lines     []*widgets.Row
	typing    typing
	at        int         // the suggestion that Enter takes, -1 for none
	dismissed bool        // Esc was pressed while this field was typed
	timer     *time.Timer // closes the list once nobody is there
}

// NewText makes a box for one line. keys names the secrets that the text may read.
func NewText(p Page, place merge.Place, keys func() []string) *Text {
	t := newText(p, place, keys)
	t.entry.Wrapping = fyne.TextWrap(fyne.TextTruncateClip)
	t.entry.ActionItem = widgets.NewIconButton(icons.Plus, "Put a field in", t.choose)
	t.finish()
	return t
}

// NewMultiText makes a box for several lines in monospace, rows lines high.
func NewMultiText(p Page, place merge.Place, rows int, keys func() []string) *Text {
	t := newText(p, place, keys)
	t.entry.MultiLine = true
	t.entry.Wrapping = fyne.TextWrapWord
	t.entry.TextStyle = fyne.TextStyle{Monospace: true}
	t.entry.SetMinRowsVisible(rows)
	t.finish()
	return t
}

func newText(p Page, place merge.Place, keys func() []string) *Text {
	t := &Text{page: p, place: place, keys: keys, at: -1}
	t.entry = &textEntry{text: t}
	t.list = widgets.VBox(0)
	t.list.Hide()
	t.timer = time.AfterFunc(listStays, func() { background.Hop(t.abandoned) })
	t.timer.Stop()
	return t
}

func (t *Text) finish() {
	t.entry.OnCursorChanged = t.look
	t.entry.OnEscape = t.escape
	t.entry.ExtendBaseWidget(t.entry)
	t.root = widgets.VBox(3, t.entry, t.list)
	t.ExtendBaseWidget(t)
}

// Entry is the box, to be listened to. Its OnChanged and OnFocus are the owner's.
func (t *Text) Entry() *widgets.Entry { return &t.entry.Entry }

// Focus is what takes the focus.
func (t *Text) Focus() fyne.Focusable { return t.entry }

// SetText puts a text into the box and tells nobody.
func (t *Text) SetText(text string) {
	tell := t.entry.OnChanged
	t.entry.OnChanged = nil
	t.entry.SetText(text)
	t.entry.OnChanged = tell
}

// SetPlace says what kind of text this is.
func (t *Text) SetPlace(place merge.Place) { t.place = place }

// SetLabel says to screen readers what is filled in here.
func (t *Text) SetLabel(label string) { t.entry.SetLabel(label) }

// SetProblem shows the box in the colour of failure, or no longer.
func (t *Text) SetProblem(on bool) { t.entry.SetProblem(on) }

// Typing tells whether a field is being typed, so that it cannot be whole yet.
func (t *Text) Typing() bool { return t.list.Visible() }

// CreateRenderer draws the box and what is offered.
func (t *Text) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.root) }

// Insert puts a field of the record in at the cursor and the focus into the box.
func (t *Text) Insert(path string) {
	t.entry.insert(Mention(path, t.place))
	t.close()
	if c := t.page.Canvas(); c != nil {
		c.Focus(t.entry)
	}
}

// choose opens the list of all fields.
func (t *Text) choose() {
	openFieldList(t.page.Canvas(), t.entry, t.page.Examples().All(), t.Insert)
}

// look finds out whether a field is being typed, and offers what fits.
func (t *Text) look() {
	if !t.entry.has {
		return
	}
	typing, ok := typingAt(t.entry.Text, t.entry.cursor(), t.place)
	if !ok {
		t.dismissed = false
		t.close()
		return
	}
	if typing.from != t.typing.from || typing.opener != t.typing.opener {
		t.dismissed = false
	}
	if typing == t.typing && (t.list.Visible() || t.dismissed) {
		return
	}
	t.typing = typing
	if t.dismissed {
		return
	}
	t.offer(typing.suggestions(t.page.Examples().All(), t.keys(), t.place))
}

// offer shows suggestions. Enter takes the first one once something is typed: an
// opening bracket alone may be a bracket.
func (t *Text) offer(found []suggestion) {
	if len(found) == 0 {
		t.close()
		return
	}
	t.found, t.lines, t.at = found, nil, -1
	if t.typing.query != "" {
		t.at = 0
	}
	t.list.Objects = nil
	inner := widgets.VBox(0)
	for i, s := range found {
		row := widgets.NewRow(s.title, widgets.Padded(5, 8, 5, 8, widgets.Columns(10, []float32{2, 3},
			widgets.NewLine(s.title, widgets.Small), widgets.NewLine(s.note, widgets.Caption))), func() { t.take(i) })
		row.SetSelected(i == t.at)
		t.lines = append(t.lines, row)
		inner.Add(row)
	}
	t.list.Add(widgets.NewSurface(widgets.Ground{Fill: theme.Menu, Line: theme.LineStrong, Radius: theme.Radius, Padding: 4}, inner))
	t.list.Show()
	t.resized()
	t.page.ScrollTo(t)
}

// close takes the list away.
func (t *Text) close() {
	t.typing, t.found, t.at = typing{}, nil, -1
	if t.list.Visible() {
		t.list.Hide()
		t.resized()
	}
}

func (t *Text) resized() {
	t.root.Refresh()
	t.page.Resized()
}

// escape closes the list, or else gives the focus away.
func (t *Text) escape() {
	if t.list.Visible() {
		t.dismissed, t.found, t.at = true, nil, -1
		t.list.Hide()
		t.resized()
		return
	}
	if c := t.page.Canvas(); c != nil {
		c.Unfocus()
	}
}

// step moves the suggestion that Enter takes.
func (t *Text) step(by int) {
	t.at = max(0, min(t.at+by, len(t.found)-1))
	for i, row := range t.lines {
		row.SetSelected(i == t.at)
	}
}

// take puts a suggestion in place of what is typed.
func (t *Text) take(i int) {
	s, typing := t.found[i], t.typing
	text := t.entry.Text
	rest := text[t.entry.cursor():]
	ends := strings.HasPrefix(rest, typing.closer())
	insert := s.insert
	if !s.open && !ends {
		insert += typing.closer()
	}
	t.entry.replace(utf8.RuneCountInString(text[typing.from:t.entry.cursor()]), insert)
	if !s.open && ends {
		t.entry.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	t.close()
	if c := t.page.Canvas(); c != nil {
		c.Focus(t.entry)
	}
}
