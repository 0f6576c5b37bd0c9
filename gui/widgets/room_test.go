package widgets_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
	. "hookbird/gui/widgets"
)

// Everything stands on whole pixels: a fraction blurs hairlines, and a scroll's
// edge cuts them.
func TestWholePixels(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(1201, 783))
	w.SetContent(home(false))
	for _, size := range []fyne.Size{{Width: 1201, Height: 783}, {Width: 1117, Height: 641}, {Width: 1303, Height: 801}} {
		w.Resize(size)
		walk(w.Canvas().Content(), func(o fyne.CanvasObject) {
			p, s := o.Position(), o.Size()
			for _, v := range []float32{p.X, p.Y, s.Width, s.Height} {
				if v != theme.Floor(v) {
					t.Errorf("%v: %T stands at %v with size %v", size, o, p, s)
				}
			}
		})
	}
}

// walk visits everything on screen but letters, and what Fyne places by itself,
// as the bars of a scroll.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	_, letters := o.(*canvas.Text)
	if letters || !o.Visible() || strings.HasPrefix(fmt.Sprintf("%T", o), "*widget.") {
		return
	}
	visit(o)
	var inner []fyne.CanvasObject
	switch o := o.(type) {
	case *fyne.Container:
		inner = o.Objects
	case fyne.Widget:
		inner = test.WidgetRenderer(o).Objects()
	}
	for _, o := range inner {
		walk(o, visit)
	}
}

// Light and dark change while the window is open: what was drawn light and is
// switched must look like what was drawn dark.
func TestThemeSwitchesLive(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(900, 600))
	w.SetContent(home(true))
	w.Resize(fyne.NewSize(900, 600))
	test.ApplyTheme(t, theme.New(theme.Dark))
	compare(t, "testdata/home-narrow-dark.png", w.Canvas().Capture())
}

func TestShortenedLine(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(80, 40))
	line := NewLine("Supporters of the northern district", Body)
	w.SetContent(line)
	w.Resize(fyne.NewSize(80, 40))
	drawn := test.TempWidgetRenderer(t, line).Objects()[0].(*canvas.Text)
	if !strings.HasSuffix(drawn.Text, "…") || !strings.HasPrefix(drawn.Text, "Supp") {
		t.Errorf("drawn %q", drawn.Text)
	}
	if drawn.MinSize().Width > 80 {
		t.Errorf("%q is %v wide", drawn.Text, drawn.MinSize().Width)
	}
	if line.MinSize().Width > 24 || line.Text() != "Supporters of the northern district" {
		t.Errorf("least width %v, text %q", line.MinSize().Width, line.Text())
	}
	w.Resize(fyne.NewSize(400, 40))
	if drawn.Text != line.Text() {
		t.Errorf("with room: %q", drawn.Text)
	}
}

// Folding loses and adds no letter but the spaces at the folds, and keeps every
// line in the width.
func TestParagraphFolds(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(10, 10))
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zA-Zäé]{1,30}`), 1, 12).Draw(rt, "words")
		width := rapid.Float32Range(30, 300).Draw(rt, "width")
		p := NewParagraph(strings.Join(words, " "), Body)
		p.Resize(fyne.NewSize(width, 10))
		var got strings.Builder
		for _, o := range test.WidgetRenderer(p).Objects() {
			line := o.(*canvas.Text)
			got.WriteString(line.Text)
			if line.MinSize().Width > width+1 {
				rt.Fatalf("%q is %v wide, has %v", line.Text, line.MinSize().Width, width)
			}
		}
		if strip(got.String()) != strip(p.Text()) {
			rt.Fatalf("drawn %q of %q", got.String(), p.Text())
		}
	})
}

func strip(s string) string { return strings.ReplaceAll(s, " ", "") }

// A paragraph deep inside gets the height that its width needs in one pass.
func TestWrappedTextHasItsHeight(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(300, 400))
	p := NewParagraph(strings.Repeat("some words that wrap ", 10), Body)
	below := NewText("below", Body)
	w.SetContent(NewScroll(Padded(10, 10, 10, 10, VBox(6, NewCard(HBoxTop(8, NewStatusIcon(Info, 16), Grow(p))), below))))
	w.Resize(fyne.NewSize(300, 401))
	if got := p.Size().Height; got != p.MinSize().Height || got < 60 {
		t.Errorf("the text has %v, needs %v", got, p.MinSize().Height)
	}
	d := fyne.CurrentApp().Driver()
	bottom := d.AbsolutePositionForObject(p).Y + p.Size().Height
	if top := d.AbsolutePositionForObject(below).Y; top < bottom+16 {
		t.Errorf("what follows begins at %v, the text ends at %v", top, bottom)
	}
}

func TestColumnsFillTheWidth(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(10, 10))
	rapid.Check(t, func(rt *rapid.T) {
		width := float32(rapid.IntRange(200, 2000).Draw(rt, "width"))
		ratios := rapid.SliceOfN(rapid.Float32Range(0.5, 3), 1, 6).Draw(rt, "ratios")
		var objects []fyne.CanvasObject
		for range ratios {
			objects = append(objects, canvas.NewRectangle(nil))
		}
		Columns(8, ratios, objects...).Resize(fyne.NewSize(width, 20))
		for i := 1; i < len(objects); i++ {
			if gap := objects[i].Position().X - objects[i-1].Position().X - objects[i-1].Size().Width; gap != 8 {
				rt.Fatalf("gap %d is %v", i, gap)
			}
		}
		last := objects[len(objects)-1]
		if end := last.Position().X + last.Size().Width; end != width {
			rt.Fatalf("the last column ends at %v of %v", end, width)
		}
	})
}

func TestBarsHeights(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(480, 140))
	b := NewBars()
	w.SetContent(b)
	w.Resize(fyne.NewSize(480, 140))
	delivered, failed := make([]int, 24), make([]int, 24)
	delivered[1], delivered[2], failed[2], failed[3] = 1000, 500, 1, 1
	b.Set(delivered, failed)
	o := test.TempWidgetRenderer(t, b).Objects()
	height := func(i int) float32 { return o[i].Size().Height }
	if height(0) != 2 {
		t.Errorf("an empty hour is %v high, want a line of 2", height(0))
	}
	if full, half := height(2), height(4); half < full*0.45 || half > full*0.55 {
		t.Errorf("1000 is %v high, 500 is %v", full, half)
	}
	if !o[5].Visible() || height(5) < 3 || o[3].Visible() {
		t.Error("one failure among 500 is not seen, or none is")
	}
	if end, top := o[5].Position().Y+height(5), o[4].Position().Y; top-end != 1 {
		t.Errorf("the cap stands %v over the column, want 1", top-end)
	}
}

func TestCodeBlockHidesSecrets(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(300, 100))
	if markup := test.RenderObjectToMarkup(pairs()); strings.Contains(markup, "never") || !strings.Contains(markup, "•••") {
		t.Errorf("the secret is drawn:\n%s", markup)
	}
}

// toastWindow is a window with a toaster. Fyne's test driver acts on a timer in
// the timer's goroutine, so a test reads either before the end or after it.
func toastWindow(t *testing.T) (*Toaster, fyne.Window) {
	look(t, theme.Light)
	toaster := NewToaster(NewText("content", Body))
	w := test.NewTempWindow(t, toaster)
	w.Resize(fyne.NewSize(600, 400))
	return toaster, w
}

func TestToastStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toaster, _ := toastWindow(t)
		toaster.Say("Removed.", "Undo", nil)
		time.Sleep(4 * time.Second)
		toaster.Say("Removed too.", "Undo", nil)
		time.Sleep(4900 * time.Millisecond)
		synctest.Wait()
		if toaster.Showing() != "Removed too." {
			t.Errorf("after 4.9 seconds: %q", toaster.Showing())
		}
		toaster.Dismiss()
	})
}

func TestToastEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toaster, _ := toastWindow(t)
		toaster.Say("Removed.", "", nil)
		time.Sleep(5100 * time.Millisecond)
		synctest.Wait()
		if toaster.Showing() != "" {
			t.Errorf("after 5.1 seconds: %q", toaster.Showing())
		}
	})
}

func TestToastAction(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		toaster, w := toastWindow(t)
		undone := 0
		toaster.Say("Removed.", "Undo", func() { undone++ })
		for x := float32(250); x < 450 && undone == 0; x += 10 {
			test.TapCanvas(w.Canvas(), fyne.NewPos(x, 400-24-22))
		}
		if undone != 1 || toaster.Showing() != "" {
			t.Errorf("undone %d times, still %q", undone, toaster.Showing())
		}
	})
}

func TestConfirm(t *testing.T) {
	w := window(t, theme.Light, fyne.NewSize(600, 400))
	yes, no, closed := 0, 0, 0
	ask := func() *Dialog {
		d := Confirm(w.Canvas(), Question{
			Title: "Remove this webhook?", Body: "12 waiting messages go with it.", No: "Cancel", Yes: "Remove",
			Danger: true, OnYes: func() { yes++ }, OnNo: func() { no++ },
		})
		d.OnClosed = func() { closed++ }
		return d
	}
	ask()
	w.Canvas().Focused().TypedKey(key(fyne.KeyReturn)) // the focus is on Cancel
	if yes != 0 || no != 1 || closed != 1 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("Cancel: yes %d, no %d, closed %d", yes, no, closed)
	}
	ask()
	w.Canvas().FocusNext()
	w.Canvas().Focused().TypedKey(key(fyne.KeySpace))
	if yes != 1 || closed != 2 {
		t.Errorf("Remove: yes %d, closed %d", yes, closed)
	}
	d := ask()
	w.Canvas().Focused().TypedKey(key(fyne.KeyEscape))
	d.Hide()
	if yes != 1 || no != 1 || closed != 3 || w.Canvas().Overlays().Top() != nil {
		t.Errorf("Esc: yes %d, no %d, closed %d", yes, no, closed)
	}
}

func TestNarrowForms(t *testing.T) {
	window(t, theme.Light, fyne.NewSize(100, 100))
	n := NewNavItem(icons.Pulse, "Activity", act)
	wide := n.MinSize()
	n.SetNarrow(true)
	if narrow := n.MinSize(); narrow.Width > theme.RailWidth || narrow.Height <= wide.Height {
		t.Errorf("item: wide %v, narrow %v", wide, narrow)
	}
	tile := setTile(NewTile(icons.Clock, Waiting, act))
	wide = tile.MinSize()
	tile.SetNarrow(true)
	if narrow := tile.MinSize(); narrow.Width >= wide.Width {
		t.Errorf("tile: wide %v, narrow %v", wide, narrow)
	}
}
