package screen

import (
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/gui/background"
	"hookbird/gui/theme"
)

// Room is what the frame leaves a page in a wide window, or in a narrow one.
func Room(narrow bool) fyne.Size {
	if narrow {
		return Narrow.SubtractWidthHeight(theme.RailWidth, 0)
	}
	return Wide.SubtractWidthHeight(theme.SidebarWidth, 0)
}

// Desk is a page in a window, and somebody who looks at it and presses things.
// It lives in a bubble of testing/synctest, on the test's goroutine.
type Desk struct {
	*testing.T
	Window fyne.Window
}

// NewDesk puts a page on a desk; the window closes when the bubble ends.
func NewDesk(t *testing.T, page fyne.CanvasObject, size fyne.Size) *Desk {
	return &Desk{T: t, Window: Window(t, page, size)}
}

// Act acts on the page and lets what that begins come to its end.
func (d *Desk) Act(act func()) {
	background.Act(act)
	synctest.Wait()
}

// Settle lets a second of the bubble pass, for what waits for a pause.
func (d *Desk) Settle() {
	time.Sleep(time.Second)
	synctest.Wait()
}

// Front is what lies over the page, if anything, else the page.
func (d *Desk) Front() fyne.CanvasObject {
	if top := d.Window.Canvas().Overlays().Top(); top != nil {
		return top
	}
	return d.Window.Content()
}

// Tap presses what has a label in front, or fails the test.
func (d *Desk) Tap(label string) {
	d.Helper()
	pressed := false
	d.Act(func() { pressed = press(d.Front(), label) })
	if !pressed {
		d.Fatalf("nothing to press says %q; there is %q", label, Texts(d.Front()))
	}
}

// Has tells whether words can be seen in front.
func (d *Desk) Has(words string) bool {
	return d.shows(words, d.Front)
}

// Sees fails the test unless words can be seen in front.
func (d *Desk) Sees(words string) {
	d.Helper()
	if !d.Has(words) {
		d.Errorf("%q is not on screen; there is %q", words, Texts(d.Front()))
	}
}

// SeesNot fails the test if words can be seen in front or on the page behind.
func (d *Desk) SeesNot(words string) {
	d.Helper()
	if d.Has(words) || d.shows(words, d.Window.Content) {
		d.Errorf("%q is on screen", words)
	}
}

func (d *Desk) shows(words string, where func() fyne.CanvasObject) (has bool) {
	background.Act(func() { has = Has(where(), words) })
	return has
}

// Shoot takes a picture of the window as it is, as FOLDER/NAME.png, if the
// environment names a folder.
func (d *Desk) Shoot(name string) {
	d.Helper()
	if folder := os.Getenv("HOOKBIRD_SHOTS"); folder != "" {
		write(d.T, filepath.Join(folder, name+".png"), d.Window)
	}
}
