package widgets

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"hookbird/gui/theme"
)

func TestStripIsChosenWithPointerAndKeys(t *testing.T) {
	test.NewTempApp(t)
	s := NewStrip("Messages by the hour")
	var chosen, at []int
	s.OnChosen = func(i int) { chosen = append(chosen, i) }
	s.OnAt = func(i int) { at = append(at, i) }
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(240, 48))
	s.Tapped(&fyne.PointEvent{}) // nothing is there yet
	s.Set(make([]int, 24), nil, -1)
	width := s.Size().Width
	for _, i := range []int{0, 12, 23} {
		s.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos((float32(i)+0.5)*width/24, 5)}})
	}
	s.Tapped(&fyne.PointEvent{Position: fyne.NewPos(width-1, 5)})
	s.MouseOut()
	if len(chosen) != 1 || chosen[0] != 23 || len(at) != 4 || at[0] != 0 || at[1] != 12 || at[2] != 23 || at[3] != -1 {
		t.Errorf("chosen %v, at %v", chosen, at)
	}
	w.Canvas().Focus(s)
	for _, k := range []fyne.KeyName{fyne.KeyRight, fyne.KeyRight, fyne.KeyLeft, fyne.KeySpace} {
		s.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if len(chosen) != 2 || chosen[1] != 0 {
		t.Errorf("chosen %v", chosen)
	}
	w.Canvas().Unfocus()
	if at[len(at)-1] != -1 {
		t.Errorf("at %v", at)
	}
}

// Fewer columns are wider, and none of the others is drawn.
func TestStripDrawsItsColumns(t *testing.T) {
	test.NewTempApp(t)
	test.ApplyTheme(t, theme.New(theme.Light))
	s := NewStrip("")
	w := test.NewTempWindow(t, s)
	w.Resize(fyne.NewSize(300, 48))
	for _, n := range []int{60, 24, 1, 75} {
		s.Set(make([]int, n), make([]int, n), 0)
		shown := 0
		for _, c := range s.all {
			if c.delivered.Visible() {
				shown++
				if end := c.delivered.Position().X + c.delivered.Size().Width; end > s.Size().Width+1 {
					t.Errorf("%d columns: one ends at %v of %v", n, end, s.Size().Width)
				}
			}
		}
		if shown != min(n, stripMost) {
			t.Errorf("%d of %d columns are drawn", shown, n)
		}
	}
}
