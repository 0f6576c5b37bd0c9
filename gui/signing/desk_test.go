package signing

import (
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// desk is a Tab on a page, and somebody who works with it.
type desk struct {
	*screen.Desk
	tab     *Tab
	web     *core.Webhook
	stored  bool
	scroll  *widgets.Scroll
	inner   *fyne.Container
	secrets map[string]string // that the engine keeps, by place
	asked   []string          // places that were revealed
	changes int
	left    []string
	said    string
}

// tabRoom is what the editor leaves a tab beside the preview.
var tabRoom = fyne.NewSize(664, 640)

// open puts a webhook on a desk. What changes goes into it as the editor does it.
func open(t *testing.T, web core.Webhook, stored bool, act func(d *desk)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := &desk{web: &web, stored: stored, secrets: map[string]string{}}
		screen.App(t)
		d.tab = New(Params{
			Now: time.Now, OnChanged: d.changed, OnReveal: d.reveal, OnResized: d.resized,
			OnLeft: func(where string) { d.left = append(d.left, where) },
			OnSay:  func(text string) { d.said = text },
		})
		d.tab.Set(&web, stored)
		d.inner = widgets.Padded(14, 16, 24, 16, d.tab.Content())
		d.scroll = widgets.NewScroll(d.inner)
		d.Desk = screen.NewDesk(t, d.scroll, tabRoom)
		act(d)
	})
}

func (d *desk) changed() {
	d.changes++
	d.web.Sign = d.tab.Sign()
	d.tab.Set(d.web, d.stored)
}

func (d *desk) resized() {
	if d.inner != nil {
		d.inner.Refresh()
		d.scroll.Resize(d.scroll.Size())
	}
}

func (d *desk) reveal(place string, show func(string)) {
	d.asked = append(d.asked, place)
	show(d.secrets[place])
}

// save does what the engine does: it seals what was typed.
func (d *desk) save() {
	d.Helper()
	d.Act(func() {
		for place, secret := range map[string]*core.Secret{"sign": &d.web.Sign.Secret, "sign:previous": &d.web.Sign.Previous} {
			if text, typed := secret.Text(); typed {
				d.secrets[place] = text
				*secret = core.SealedSecret("sec_" + place + time.Now().String())
			}
		}
		d.stored = true
		d.tab.Set(d.web, true)
	})
}
