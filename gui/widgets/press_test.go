package widgets_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	. "hookbird/gui/widgets"
)

func key(name fyne.KeyName) *fyne.KeyEvent { return &fyne.KeyEvent{Name: name} }

// pressable is every widget that acts when pressed.
type pressable interface {
	fyne.Widget
	fyne.Tappable
	fyne.Focusable
	fyne.Disableable
	fyne.Accessible
}

func TestEverythingPressed(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(400, 300))
	n := 0
	count := func() { n++ }
	for name, o := range map[string]pressable{
		"Button":      NewButton(Secondary, "Save", icons.None, count),
		"IconButton":  NewIconButton(icons.Bin, "Remove", count),
		"FilterChip":  NewFilterChip(Bad, "Failed", count),
		"Switch":      NewSwitch(false, func(bool) { count() }),
		"Tile":        setTile(NewTile(icons.Clock, Waiting, count)),
		"ChoiceCard":  NewChoiceCard("JSON", "", "", count),
		"PresetTile":  NewPresetTile(icons.Globe, "Any other system", "", count),
		"ActionTile":  NewActionTile(icons.Folder, "Folder", "", count),
		"Row":         NewRow("Supporter CRM", NewText("x", Body), count),
		"NavItem":     NewNavItem(icons.Home, "Home", count),
		"Danger":      NewButton(Danger, "Remove", icons.Bin, count),
		"QuietButton": NewButton(Quiet, "Discard", icons.None, count),
	} {
		t.Run(name, func(t *testing.T) {
			w.SetContent(o)
			n = 0
			test.Tap(o)
			o.TypedKey(key(fyne.KeySpace))
			o.TypedKey(key(fyne.KeyReturn))
			o.TypedKey(key(fyne.KeyEnter))
			o.TypedKey(key(fyne.KeyA))
			o.TypedRune('x')
			if n != 4 {
				t.Errorf("acted %d times, want 4: tap, Space, Return, Enter", n)
			}
			o.Disable()
			test.Tap(o)
			o.TypedKey(key(fyne.KeySpace))
			if n != 4 {
				t.Error("acts while disabled")
			}
			if o.AccessibilityLabel() == "" || o.AccessibilityRole() != fyne.AccessibleRoleButton {
				t.Error("says nothing to screen readers")
			}
		})
	}
}

func setTile(t *Tile) *Tile { t.Set("12", "waiting", "Next try at 10:48"); return t }

// The focus goes through everything in the order of the tree, and shows.
func TestFocusOrder(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(200, 160))
	field, choice := NewEntry(), NewSelect([]string{"POST", "PUT"}, nil)
	off := disabled(NewButton(Primary, "Save", icons.None, act))
	last := NewSwitch(true, nil)
	w.SetContent(VBox(8, field, choice, off, last))
	before := w.Canvas().Capture()
	for i, want := range []fyne.Focusable{field, choice, last, field} {
		w.Canvas().FocusNext()
		if got := w.Canvas().Focused(); got != want {
			t.Fatalf("step %d: focus on %T, want %T", i, got, want)
		}
		after := w.Canvas().Capture()
		if differing(before, after) < 50 {
			t.Errorf("step %d: the focus is not seen", i)
		}
		before = after
	}
}

func TestHoverIsSeen(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(300, 80))
	row := NewRow("one", MinSize(200, 40, NewText("One", Body)), act)
	w.SetContent(row)
	before := w.Canvas().Capture()
	test.MoveMouse(w.Canvas(), fyne.NewPos(20, 20))
	if differing(before, w.Canvas().Capture()) != 0 {
		t.Error("the tint of hover is meant to be slight")
	}
	if before.At(150, 20) == w.Canvas().Capture().At(150, 20) {
		t.Error("hover is not seen")
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(20, 79))
}

func TestSwitch(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(100, 100))
	var told []bool
	s := NewSwitch(false, func(on bool) { told = append(told, on) })
	s.SetLabel("Start when I log in")
	s.SetOn(true)
	if len(told) != 0 || !s.On() {
		t.Errorf("SetOn: told %v, on %v", told, s.On())
	}
	test.Tap(s)
	test.Tap(s)
	if len(told) != 2 || told[0] || !told[1] {
		t.Errorf("told %v, want off, on", told)
	}
	if got := s.AccessibilityLabel(); got != "Start when I log in on" {
		t.Errorf("screen readers hear %q", got)
	}
	if got := s.MinSize(); got != fyne.NewSize(38, 22) {
		t.Errorf("size %v, want 38 by 22", got)
	}
}

func TestTabs(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(500, 60))
	var told []int
	tabs := NewTabs([]string{"Where to", "What to send", "When"}, func(i int) { told = append(told, i) })
	w.SetContent(tabs)
	tabs.Select(2)
	tabs.Select(0)
	if len(told) != 0 {
		t.Errorf("Select told %v", told)
	}
	w.Canvas().FocusNext() // first tab
	w.Canvas().Focused().TypedKey(key(fyne.KeyRight))
	w.Canvas().Focused().TypedKey(key(fyne.KeySpace))
	w.Canvas().Focused().TypedKey(key(fyne.KeySpace)) // chosen already
	if tabs.Selected() != 1 || len(told) != 1 || told[0] != 1 {
		t.Errorf("chosen %d, told %v, want 1 once", tabs.Selected(), told)
	}
	w.Canvas().Focused().TypedKey(key(fyne.KeyLeft))
	w.Canvas().Focused().TypedKey(key(fyne.KeyLeft)) // no further
	w.Canvas().Focused().TypedKey(key(fyne.KeyReturn))
	if tabs.Selected() != 0 {
		t.Errorf("chosen %d after going left", tabs.Selected())
	}
	before := tabs.MinSize().Width
	tabs.SetProblems(1, 3)
	if tabs.MinSize().Width <= before {
		t.Error("no pill shows the problems")
	}
	tabs.SetProblems(1, 0)
	if tabs.MinSize().Width != before {
		t.Error("the pill stays without problems")
	}
}

func TestSegmented(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(300, 60))
	var told []int
	s := NewSegmented([]string{"Automatic", "Light", "Dark"}, func(i int) { told = append(told, i) })
	w.SetContent(s)
	s.Select(1)
	test.TapCanvas(w.Canvas(), fyne.NewPos(280, 30))
	if s.Selected() != 2 || len(told) != 1 || told[0] != 2 {
		t.Errorf("chosen %d, told %v", s.Selected(), told)
	}
}

func TestFilterChipCounts(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(300, 60))
	c := NewFilterChip(Good, "Delivered", act)
	for n, want := range map[int]string{0: "Delivered 0", 999: "Delivered 999", 1000: "Delivered 1,000", 1234567: "Delivered 1,234,567"} {
		c.SetCount(n)
		if got := c.AccessibilityLabel(); got != want {
			t.Errorf("%d reads %q, want %q", n, got, want)
		}
	}
	c.SetSelected(true)
	if !c.Selected() {
		t.Error("not chosen")
	}
}

func TestCountPillHidesAtZero(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(300, 60))
	p := NewCountPill(0)
	if p.Visible() {
		t.Error("a pill of 0 is seen")
	}
	if p.SetCount(2); !p.Visible() {
		t.Error("a pill of 2 is not seen")
	}
}

// Colour alone must never tell: each status has a drawing of its own, but for
// Neutral, which has none.
func TestSilhouettesDiffer(t *testing.T) {
	seen := map[icons.Name]Status{}
	for _, s := range []Status{Neutral, Good, Waiting, Bad, Paused, Sending, Info} {
		if other, ok := seen[s.Icon()]; ok {
			t.Errorf("%v looks like %v", s, other)
		}
		seen[s.Icon()] = s
	}
}
