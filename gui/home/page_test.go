package home

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// opened notes where a page led to.
type opened struct{ places []string }

func (o *opened) note(place string) func() {
	return func() { o.places = append(o.places, place) }
}

func newPage(s Service) (*Page, *opened) {
	o := &opened{}
	p := New(s, widgets.NewText("first run", widgets.Body))
	p.OnOpenWebhook = func(id string) { o.note("webhook " + id)() }
	p.OnOpenActivity = func(state core.DeliveryState) { o.note("activity " + string(state))() }
	p.OnOpenSource = func(id string) { o.note("source " + id)() }
	p.OnOpenSources, p.OnOpenSettings, p.OnNew = o.note("sources"), o.note("settings"), o.note("new")
	return p, o
}

// open shows the page in a window and waits until it has read.
func open(t *testing.T, p *Page, size fyne.Size) fyne.Window {
	w := screen.Window(t, p.Content(), size)
	p.SetNarrow(size.Width < 1000)
	p.Show(w.Canvas())
	synctest.Wait()
	return w
}

func TestShots(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		p, _ := newPage(guitest.Office())
		w := open(t, p, screen.Wide.SubtractWidthHeight(212, 0))
		screen.Shots(t, w, "home-1200")
		p2, _ := newPage(guitest.Office())
		w = open(t, p2, screen.Narrow.SubtractWidthHeight(68, 0))
		screen.Shots(t, w, "home-900")
	})
}
