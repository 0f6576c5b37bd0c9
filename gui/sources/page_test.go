package sources

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

type desk struct {
	page *Page
	said []string
	w    fyne.Window
}

func open(t *testing.T, s Service, size fyne.Size, narrow bool) *desk {
	d := &desk{page: New(s)}
	d.page.Now = guitest.Now
	d.page.OnSay = func(text string) { d.said = append(d.said, text) }
	d.w = screen.Window(t, d.page.Content(), size)
	d.page.SetNarrow(narrow)
	d.page.Show(d.w.Canvas())
	synctest.Wait()
	return d
}

func TestShots(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		wide, narrow := screen.Wide.SubtractWidthHeight(212, 0), screen.Narrow.SubtractWidthHeight(68, 0)
		d := open(t, guitest.Office(), wide, false)
		screen.Shots(t, d.w, "sources-1200")
		screen.Tap(t, d.w.Content(), "Supporter exports")
		screen.Shots(t, d.w, "sources-folder-1200")
		d = open(t, guitest.Office(), wide, false)
		screen.Tap(t, d.w.Content(), "Till program")
		screen.Shots(t, d.w, "sources-local-1200")
		d = open(t, guitest.Office(), narrow, true)
		screen.Shots(t, d.w, "sources-900")
		screen.Tap(t, d.w.Content(), "Folder")
		screen.Shots(t, d.w, "sources-folder-900")
		d = open(t, guitest.Empty(), narrow, true)
		screen.Shots(t, d.w, "sources-empty-900")
	})
}
