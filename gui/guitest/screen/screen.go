// Package screen shows pages in Fyne's test driver: it sets the look, lays a
// page out at a size, finds what can be pressed by its words, and takes pictures
// where HOOKBIRD_SHOTS names a folder. Only tests may import it.
package screen

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// The sizes that every page is looked at in.
var (
	Wide   = fyne.NewSize(1200, 780)
	Narrow = fyne.NewSize(900, 600)
	Least  = fyne.NewSize(880, 560)
)

// App starts a test app in our look, light.
func App(t testing.TB) fyne.App {
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.New(theme.Light))
	return app
}

// Window shows an object in a window of a size.
func Window(t testing.TB, object fyne.CanvasObject, size fyne.Size) fyne.Window {
	w := test.NewWindow(object)
	w.SetPadded(false)
	w.Resize(size)
	t.Cleanup(w.Close)
	return w
}

// OnlyForShots skips a test that only takes pictures, unless they are wanted.
func OnlyForShots(t testing.TB) {
	if os.Getenv("HOOKBIRD_SHOTS") == "" {
		t.Skip("HOOKBIRD_SHOTS names no folder")
	}
}

// Shots takes pictures of a window, light and dark, as FOLDER/NAME-light.png and
// FOLDER/NAME-dark.png, if the environment names a folder.
func Shots(t testing.TB, w fyne.Window, name string) {
	folder := os.Getenv("HOOKBIRD_SHOTS")
	if folder == "" {
		return
	}
	settings := fyne.CurrentApp().Settings()
	for look, variant := range map[string]theme.Variant{"light": theme.Light, "dark": theme.Dark} {
		settings.SetTheme(theme.New(variant))
		repaint(w)
		write(t, filepath.Join(folder, name+"-"+look+".png"), w)
	}
	settings.SetTheme(theme.New(theme.Light))
	repaint(w)
}

func repaint(w fyne.Window) {
	Walk(w.Content(), func(o fyne.CanvasObject) bool { o.Refresh(); return false })
	for _, o := range w.Canvas().Overlays().List() {
		Walk(o, func(o fyne.CanvasObject) bool { o.Refresh(); return false })
	}
}

func write(t testing.TB, path string, w fyne.Window) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}

// Texts gives all words that can be seen in an object, in the order of drawing.
func Texts(object fyne.CanvasObject) []string {
	var all []string
	Walk(object, func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case *widgets.Text:
			all = append(all, o.Text())
			return true
		case *widgets.Button:
			if o.Text() != "" {
				all = append(all, o.Text())
			}
		}
		return false
	})
	return all
}

// Has tells whether words can be seen in an object, as part of a text.
func Has(object fyne.CanvasObject, words string) bool {
	for _, text := range Texts(object) {
		if strings.Contains(text, words) {
			return true
		}
	}
	return false
}

// labelled is what can be pressed and says what it does.
type labelled interface {
	fyne.CanvasObject
	fyne.Tappable
	AccessibilityLabel() string
}

// Find gives what can be pressed under a label, as screen readers say it, or
// nil. Shown ones only; a label that begins so counts too.
func Find(object fyne.CanvasObject, label string) fyne.Tappable {
	var exact, begins labelled
	Walk(object, func(o fyne.CanvasObject) bool {
		if l, ok := o.(labelled); ok && exact == nil {
			switch said := l.AccessibilityLabel(); {
			case said == label:
				exact = l
			case begins == nil && strings.HasPrefix(said, label):
				begins = l
			}
		}
		return false
	})
	switch {
	case exact != nil:
		return exact
	case begins != nil:
		return begins
	default:
		return nil
	}
}

// Tap presses what has a label, or fails the test.
func Tap(t testing.TB, object fyne.CanvasObject, label string) {
	t.Helper()
	if !press(object, label) {
		t.Fatalf("nothing to press says %q; there is %q", label, Texts(object))
	}
}

// press tells whether there was something with a label to press.
func press(object fyne.CanvasObject, label string) bool {
	found := Find(object, label)
	if found != nil {
		found.Tapped(&fyne.PointEvent{})
	}
	return found != nil
}

// Choose picks the way that begins with words ("" for the first) among those of which
// one is chosen, or fails the test.
func Choose(t testing.TB, object fyne.CanvasObject, words string) {
	t.Helper()
	done := false
	Walk(object, func(o fyne.CanvasObject) bool {
		if r, ok := o.(*widget.RadioGroup); ok && !done && strings.HasPrefix(r.Options[0], words) {
			done = true
			r.SetSelected(r.Options[0])
		}
		return false
	})
	if !done {
		t.Fatalf("no way says %q; there is %q", words, Texts(object))
	}
}

// HasItem tells whether a menu that is open offers something.
func HasItem(menu fyne.CanvasObject, word string) bool { return item(menu, word) != nil }

// TapItem chooses in a menu that is open, or fails the test.
func TapItem(t testing.TB, menu fyne.CanvasObject, word string) {
	t.Helper()
	found := item(menu, word)
	if found == nil {
		t.Fatalf("the menu does not offer %q", word)
	}
	found.Tapped(&fyne.PointEvent{})
}

// item finds an item of Fyne's menus by its word: the item is not exported, but
// what it draws is.
func item(menu fyne.CanvasObject, word string) fyne.Tappable {
	var found fyne.Tappable
	Walk(menu, func(o fyne.CanvasObject) bool {
		w, ok := o.(fyne.Widget)
		if !ok {
			return false
		}
		if tap, ok := o.(fyne.Tappable); ok {
			for _, child := range test.WidgetRenderer(w).Objects() {
				if text, ok := child.(*canvas.Text); ok && text.Text == word {
					found = tap
				}
			}
		}
		return found != nil
	})
	return found
}

// Fits fails the test if an object asks for more than the least window leaves it.
func Fits(t testing.TB, object fyne.CanvasObject, room fyne.Size) {
	t.Helper()
	if min := object.MinSize(); min.Width > room.Width || min.Height > room.Height {
		t.Errorf("needs %v, but there is only room for %v", min, room)
	}
}

// Walk visits what is visible, until visit says that it need not go deeper.
func Walk(o fyne.CanvasObject, visit func(fyne.CanvasObject) bool) {
	if o == nil || !o.Visible() || visit(o) {
		return
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			Walk(child, visit)
		}
	case *container.Scroll:
		Walk(o.Content, visit)
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			Walk(child, visit)
		}
	}
}
