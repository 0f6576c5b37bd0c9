package hooks

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

type desk struct {
	page *Page
	said []string
	led  []string
	w    fyne.Window
}

func open(t *testing.T, s Service, size fyne.Size, narrow bool) *desk {
	d := &desk{page: New(s)}
	d.page.Now = guitest.Now
	d.page.OnOpen = func(id string) { d.led = append(d.led, "open "+id) }
	d.page.OnTest = func(id string) { d.led = append(d.led, "test "+id) }
	d.page.OnNew = func() { d.led = append(d.led, "new") }
	d.page.OnSay = func(text string) { d.said = append(d.said, text) }
	d.w = screen.Window(t, d.page.Content(), size)
	d.page.SetNarrow(narrow)
	d.page.Show(d.w.Canvas())
	synctest.Wait()
	return d
}

var kinds = []Kind{
	{ID: "rally-congress", Name: "Rally Congress style", Line: "A web form, your own field names", Icon: icons.Heart},
	{ID: "intervengine", Name: "Intervengine style", Line: "Messages signed with a secret key", Icon: icons.Lock},
}

func TestShots(t *testing.T) {
	screen.App(t)
	synctest.Test(t, func(t *testing.T) {
		d := open(t, guitest.Office(), screen.Wide.SubtractWidthHeight(212, 0), false)
		screen.Shots(t, d.w, "hooks-1200")
		d = open(t, guitest.Office(), screen.Narrow.SubtractWidthHeight(68, 0), true)
		screen.Tap(t, d.w.Content(), "More about Newsletter")
		screen.Shots(t, d.w, "hooks-900")
		d = open(t, guitest.Empty(), screen.Narrow.SubtractWidthHeight(68, 0), true)
		screen.Shots(t, d.w, "hooks-empty-900")
		c := NewChooser(kinds)
		w := screen.Window(t, c.Content(), screen.Wide.SubtractWidthHeight(212, 0))
		c.Show(w.Canvas())
		screen.Shots(t, w, "chooser-1200")
		c.SetNarrow(true)
		screen.Tap(t, w.Content(), "What is a webhook?")
		w.Resize(screen.Narrow.SubtractWidthHeight(68, 0))
		screen.Shots(t, w, "chooser-900")
	})
}
