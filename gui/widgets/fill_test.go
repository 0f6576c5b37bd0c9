package widgets_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	. "hookbird/gui/widgets"
)

var ctrl1 = &desktop.CustomShortcut{KeyName: fyne.Key1, Modifier: fyne.KeyModifierControl}

// A text box with the focus must not swallow the window's shortcuts, whichever
// box it is, and must keep its own.
func TestShortcutsInTextBoxes(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(400, 300))
	n := 0
	AddShortcut(w.Canvas(), ctrl1, func() { n++ })
	secret := NewSecretEntry()
	search := NewSearchEntry("Search", nil)
	one, many := NewEntry(), NewMultiEntry(3)
	w.SetContent(VBox(8, one, many, search, secret))
	for name, box := range map[string]interface {
		fyne.Focusable
		fyne.Shortcutable
	}{"one line": one, "many lines": many, "search": search, "secret": secret.Entry()} {
		w.Canvas().Focus(box)
		n = 0
		box.TypedShortcut(ctrl1)
		if n != 1 {
			t.Errorf("%s: Ctrl+1 acted %d times, want 1", name, n)
		}
	}
	one.SetText("some words")
	w.Canvas().Focus(one)
	one.TypedShortcut(&fyne.ShortcutSelectAll{})
	if one.SelectedText() != "some words" {
		t.Error("Ctrl+A no longer chooses all")
	}
	RemoveShortcut(w.Canvas(), ctrl1)
	n = 0
	one.TypedShortcut(ctrl1)
	if n != 0 {
		t.Error("acts after it was taken away")
	}
}

func TestEscape(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(400, 300))
	plain, own := NewEntry(), NewEntry()
	left := 0
	own.OnEscape = func() { left++ }
	var focus []bool
	own.OnFocus = func(on bool) { focus = append(focus, on) }
	w.SetContent(VBox(8, plain, own))
	w.Canvas().Focus(plain)
	plain.TypedKey(key(fyne.KeyEscape))
	if w.Canvas().Focused() != nil {
		t.Error("Esc keeps the focus")
	}
	w.Canvas().Focus(own)
	own.TypedKey(key(fyne.KeyEscape))
	if left != 1 || w.Canvas().Focused() != own {
		t.Errorf("OnEscape told %d times; focus on %v", left, w.Canvas().Focused())
	}
	w.Canvas().Unfocus()
	if len(focus) != 2 || !focus[0] || focus[1] {
		t.Errorf("OnFocus told %v", focus)
	}
	if h := plain.MinSize().Height; h != theme.ControlHeight {
		t.Errorf("a box is %v high", h)
	}
}

func TestSearchEntry(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(400, 60))
	var told []string
	s := NewSearchEntry("Search name or email", func(text string) { told = append(told, text) })
	w.SetContent(s)
	test.Type(s, "ada")
	s.TypedKey(key(fyne.KeyEscape))
	if s.Text != "" || len(told) != 4 || told[2] != "ada" || told[3] != "" {
		t.Errorf("text %q, told %q", s.Text, told)
	}
	test.Type(s, "a")
	test.TapCanvas(w.Canvas(), fyne.NewPos(385, 17)) // the cross
	if s.Text != "" {
		t.Errorf("the cross leaves %q", s.Text)
	}
}

// A shown secret is readable for 20 seconds and no longer. (Fyne's test driver
// acts on a timer in the timer's goroutine, so each case reads either before the
// end or after it.)
func TestShownSecret(t *testing.T) {
	cases := map[string]struct {
		look   func(*SecretEntry)
		masked bool
	}{
		"from the start":   {func(*SecretEntry) {}, true},
		"shown":            {tapEye, false},
		"after 19 seconds": {func(s *SecretEntry) { tapEye(s); time.Sleep(19 * time.Second) }, false},
		"after 21 seconds": {func(s *SecretEntry) { tapEye(s); time.Sleep(21 * time.Second) }, true},
		"hidden by hand":   {func(s *SecretEntry) { tapEye(s); tapEye(s) }, true},
		"shown anew": {func(s *SecretEntry) {
			tapEye(s)
			time.Sleep(15 * time.Second)
			tapEye(s)
			tapEye(s)
			time.Sleep(15 * time.Second) // the first showing would have ended by now
		}, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				look(t, theme.Light)
				s := NewSecretEntry()
				s.SetText("s3cret")
				test.NewTempWindow(t, s)
				c.look(s)
				synctest.Wait()
				if s.Masked() != c.masked {
					t.Errorf("masked: %v, want %v", s.Masked(), c.masked)
				}
				s.Mask()
			})
		})
	}
}

// A kept secret is fetched only when asked for, is no change when shown, and is
// forgotten with the dots.
func TestStoredSecret(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(300, 60))
	s := NewSecretEntry()
	fetched, changed := 0, 0
	s.OnReveal = func(show func(string)) { fetched++; show("kept") }
	s.OnChanged = func(string) { changed++ }
	s.SetStored(true)
	if s.Text() != "" || s.Entry().Text != "" || fetched != 0 {
		t.Errorf("before: text %q, box %q, fetched %d", s.Text(), s.Entry().Text, fetched)
	}
	tapEye(s)
	if s.Entry().Text != "kept" || s.Masked() || changed != 0 {
		t.Errorf("shown: box %q, masked %v, changed %d", s.Entry().Text, s.Masked(), changed)
	}
	s.Mask()
	if s.Entry().Text != "" || !s.Stored() {
		t.Errorf("masked: box %q, stored %v", s.Entry().Text, s.Stored())
	}
	s.Copy()
	if got := fyne.CurrentApp().Clipboard().Content(); got != "kept" {
		t.Errorf("copied %q", got)
	}
	test.Type(s.Entry(), "n")
	if s.Stored() || s.Text() != "n" || changed != 1 {
		t.Errorf("typed: stored %v, text %q, changed %d", s.Stored(), s.Text(), changed)
	}
	s.Copy()
	if got := fyne.CurrentApp().Clipboard().Content(); got != "n" || fetched != 2 {
		t.Errorf("copied %q, fetched %d times", got, fetched)
	}
}

func tapEye(s *SecretEntry) {
	row := s.Entry().ActionItem.(*fyne.Container)
	row.Objects[0].(fyne.Tappable).Tapped(&fyne.PointEvent{})
}

func TestSelect(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(300, 300))
	var told []int
	s := NewSelect([]string{"POST (usual)", "PUT", "PATCH"}, func(i int) { told = append(told, i) })
	w.SetContent(VBox(0, s))
	if s.Selected() != -1 || s.SelectedText() != "" {
		t.Errorf("chosen from the start: %d %q", s.Selected(), s.SelectedText())
	}
	s.SetSelected(0)
	w.Canvas().Focus(s)
	s.TypedKey(key(fyne.KeySpace))
	if w.Canvas().Overlays().Top() == nil || w.Canvas().Focused() == fyne.Focusable(s) {
		t.Fatal("no list opens")
	}
	w.Canvas().Focused().TypedKey(key(fyne.KeyUp)) // no further
	w.Canvas().Focused().TypedKey(key(fyne.KeyDown))
	w.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if s.SelectedText() != "PUT" || len(told) != 1 || told[0] != 1 {
		t.Errorf("chosen %q, told %v", s.SelectedText(), told)
	}
	if w.Canvas().Focused() != fyne.Focusable(s) {
		t.Error("the focus does not come back")
	}
	s.TypedKey(key(fyne.KeyRight))
	s.TypedKey(key(fyne.KeyRight)) // no further
	s.TypedKey(key(fyne.KeyLeft))
	if s.Selected() != 1 || len(told) != 3 {
		t.Errorf("chosen %d, told %v", s.Selected(), told)
	}
	s.SetOptions([]string{"PUT", "GET"})
	if s.Selected() != 0 || s.SelectedText() != "PUT" {
		t.Errorf("a choice that is still there is lost: %d", s.Selected())
	}
	s.SetOptions([]string{"GET"})
	if s.Selected() != -1 {
		t.Errorf("a choice that is gone stays: %d", s.Selected())
	}
	if h := s.MinSize().Height; h != theme.ControlHeight {
		t.Errorf("height %v", h)
	}
}

// The list of a choice goes by keys and letters, keeps what has the focus in
// view, and closes without a choice by Esc and by a tap beside it.
func TestSelectList(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(300, 200))
	var names []string
	for i := range 60 {
		names = append(names, fmt.Sprintf("%c column %d", 'a'+rune(i%26), i))
	}
	told := 0
	s := NewSelect(names, func(int) { told++ })
	w.SetContent(VBox(0, s))
	w.Canvas().Focus(s)
	press := func(names ...fyne.KeyName) {
		for _, name := range names {
			w.Canvas().Focused().TypedKey(key(name))
		}
	}
	press(fyne.KeySpace, fyne.KeyEnd)
	list := w.Canvas().Overlays().Top()
	item := w.Canvas().Focused().(fyne.CanvasObject)
	d := fyne.CurrentApp().Driver()
	if y := d.AbsolutePositionForObject(item).Y; y < 0 || y+item.Size().Height > 200 {
		t.Errorf("the last option is out of view, at %v", y)
	}
	press(fyne.KeyHome)
	w.Canvas().Focused().TypedRune('C')
	w.Canvas().Focused().TypedRune('c')
	press(fyne.KeyReturn)
	if s.SelectedText() != "c column 28" || told != 1 {
		t.Errorf("chosen %q, told %d times", s.SelectedText(), told)
	}
	press(fyne.KeySpace, fyne.KeyDown, fyne.KeyEscape)
	if w.Canvas().Overlays().Top() != nil || s.Selected() != 28 {
		t.Errorf("Esc: chosen %d", s.Selected())
	}
	press(fyne.KeySpace)
	w.Canvas().Overlays().Top().(fyne.Tappable).Tapped(nil)
	if w.Canvas().Overlays().Top() == list || told != 1 || w.Canvas().Focused() != fyne.Focusable(s) {
		t.Errorf("a tap beside: told %d times, focus on %T", told, w.Canvas().Focused())
	}
}

func TestMenu(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(300, 200))
	done := ""
	var more *Button
	more = NewIconButton(icons.Dots, "More", func() {
		OpenMenu(more,
			fyne.NewMenuItem("Move up", func() { done += "up " }),
			fyne.NewMenuItem("Move down", func() { done += "down " }))
	})
	w.SetContent(VBox(0, Spacer(), HBox(0, Spacer(), more)))
	w.Resize(fyne.NewSize(300, 201))
	w.Canvas().Focus(more)
	w.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	item := w.Canvas().Focused().(fyne.CanvasObject)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(item)
	if at.X+item.Size().Width > 300 || at.Y > 201-34 {
		t.Errorf("the menu stands at %v in a window of 300 by 201", at)
	}
	w.Canvas().Focused().TypedKey(key(fyne.KeyDown))
	w.Canvas().Focused().TypedKey(key(fyne.KeySpace))
	test.Tap(more)
	test.TapCanvas(w.Canvas(), at.AddXY(5, 5))
	if done != "down up " || w.Canvas().Overlays().Top() != nil {
		t.Errorf("done: %q", done)
	}
}

func TestFieldProblem(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(400, 120))
	f := NewField("Email", NewEntry(), "Where answers go.")
	w.SetContent(VBox(0, f))
	w.Resize(fyne.NewSize(400, 121))
	height, before := f.MinSize().Height, w.Canvas().Capture()
	f.SetProblem("This does not look like an email address.")
	if f.Problem() == "" || differing(before, w.Canvas().Capture()) == 0 {
		t.Error("the problem is not seen")
	}
	f.SetHelp("Another help line.")
	f.SetProblem("")
	if f.Problem() != "" || f.MinSize().Height != height {
		t.Errorf("after mending: problem %q, height %v, was %v", f.Problem(), f.MinSize().Height, height)
	}
	f.SetNote(Good, "crm.example.org answers, securely.")
	if f.MinSize().Height <= height {
		t.Error("the note is not seen")
	}
}

// Screen readers hear what a control is for, and never what is typed.
func TestFieldsTellTheirLabel(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(10, 10))
	name, secret, method, on := entry("Ada"), NewSecretEntry(), selected(NewSelect([]string{"POST"}, nil), 0), NewSwitch(true, nil)
	secret.SetText("s3cret")
	NewField("Name", name, "")
	NewField("Key", secret, "")
	NewField("How to send", method, "").SetLabel("Method")
	SettingRow("Start when I log in", "", on)
	for want, o := range map[string]fyne.Accessible{
		"Name": name, "Key": secret.Entry(), "Method POST": method, "Start when I log in on": on,
	} {
		if got := o.AccessibilityLabel(); got != want {
			t.Errorf("heard %q, want %q", got, want)
		}
	}
}
