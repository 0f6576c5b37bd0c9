package prefs

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

type desk struct {
	page  *Page
	said  []string
	looks []string
	w     fyne.Window
}

func open(t *testing.T, s Service, size fyne.Size) *desk {
	d := &desk{page: New(s)}
	d.page.Now = guitest.Now
	d.page.OnLook = func(look string) { d.looks = append(d.looks, look) }
	d.page.OnSay = func(text string) { d.said = append(d.said, text) }
	d.w = screen.Window(t, d.page.Content(), size)
	d.page.Show(d.w.Canvas())
	synctest.Wait()
	return d
}

func TestShots(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := open(t, guitest.Office(), screen.Wide.SubtractWidthHeight(212, 0))
		screen.Shots(t, d.w, "prefs-1200")
		d = open(t, guitest.Office(), screen.Narrow.SubtractWidthHeight(68, 0))
		screen.Tap(t, d.w.Content(), "Export…")
		screen.Shots(t, d.w, "prefs-900")
	})
}
