package choices

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// opened opens a list of three below a button, and gives its window.
func opened(t *testing.T) (l *List, w fyne.Window, chosen *string) {
	t.Helper()
	screen.App(t)
	below := widgets.NewButton(widgets.Secondary, "Choose", "", nil)
	w = test.NewTempWindow(t, below)
	w.Resize(fyne.NewSize(600, 500))
	l = &List{Title: "Search", Choices: []Choice{{"email", "ada@example.org"}, {"First Name", "Ada"}, {"zip", "01067"}}}
	chosen = new(string)
	l.Open(w.Canvas(), below, func(text string) { *chosen = text })
	return l, w, chosen
}

func (l *List) press(keys ...fyne.KeyName) {
	for _, k := range keys {
		l.search.TypedKey(&fyne.KeyEvent{Name: k})
	}
}

func TestDownAndEnterChoose(t *testing.T) {
	l, w, chosen := opened(t)
	l.press(fyne.KeyUp, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if *chosen != "First Name" || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chose %q, list open: %t", *chosen, w.Canvas().Overlays().Top() != nil)
	}
}

func TestTypingNarrowsByTextAndNote(t *testing.T) {
	for typed, want := range map[string]string{"FIRST": "First Name", "example": "email", "067": "zip", " name ": "First Name"} {
		l, _, chosen := opened(t)
		l.search.SetText(typed)
		l.press(fyne.KeyReturn)
		if *chosen != want {
			t.Errorf("%q chose %q, want %q", typed, *chosen, want)
		}
	}
	l, _, chosen := opened(t)
	l.search.SetText("nothing like it")
	l.press(fyne.KeyReturn)
	if *chosen != "" {
		t.Errorf("chose %q of nothing", *chosen)
	}
}

func TestEscLeavesWithoutAChoice(t *testing.T) {
	l, w, chosen := opened(t)
	left := false
	l.OnClose = func() { left = true }
	l.press(fyne.KeyDown, fyne.KeyEscape)
	if *chosen != "" || !left || w.Canvas().Overlays().Top() != nil {
		t.Errorf("chose %q, told: %t", *chosen, left)
	}
}

func TestWithoutAWindowNothingOpens(t *testing.T) {
	screen.App(t)
	l := &List{Title: "Search"}
	l.Open(nil, widgets.NewText("", widgets.Body), func(string) { t.Error("chosen") })
}
