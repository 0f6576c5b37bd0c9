package prefs

import (
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// chooses takes a kind of proxy, as somebody does with the keyboard.
func (d *desk) chooses(i int) {
	for d.page.proxy.kind.Selected() < i {
		d.Act(func() { d.page.proxy.kind.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) })
	}
	for d.page.proxy.kind.Selected() > i {
		d.Act(func() { d.page.proxy.kind.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft}) })
	}
}

// types types into a box and leaves it.
func (d *desk) types(box *widgets.Entry, text string) {
	d.Act(func() { d.Window.Canvas().Focus(box) })
	d.Act(func() { box.SetText(text) })
	d.Act(d.Window.Canvas().Unfocus)
}

func (d *desk) proxy() core.Proxy { return d.settings().Settings.Proxy }

func TestProxyIsSavedWithTheChoice(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		if d.page.proxy.kind.SelectedText() != "Same as this computer" || d.Has("Address of the proxy") {
			d.Errorf("shows %q at first", d.page.proxy.kind.SelectedText())
		}
		d.chooses(1)
		if got := d.proxy(); got.Kind != core.ProxyNone {
			d.Errorf("saved %+v", got)
		}
		d.chooses(0)
		if got := d.proxy(); got.Kind != core.ProxySystem {
			d.Errorf("saved %+v", got)
		}
	})
}

func TestProxyOfOnesOwn(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		c := d.page.proxy
		d.chooses(2)
		d.Sees("Address of the proxy")
		if d.proxy().Kind == core.ProxyManual || d.Has("Type the address") {
			d.Errorf("saved without an address: %+v", d.proxy())
		}
		d.types(c.address, "proxy.example")
		d.Sees("The address of a proxy begins with")
		if d.proxy().Kind == core.ProxyManual {
			d.Errorf("saved %+v", d.proxy())
		}
		d.types(c.address, " http://proxy.example:3128 ")
		d.SeesNot("The address of a proxy begins with")
		if got := d.proxy(); got.Kind != core.ProxyManual || got.Address != "http://proxy.example:3128" {
			d.Errorf("saved %+v", got)
		}
		d.types(c.password.Entry(), "open sesame")
		d.Sees("A password goes with a user name.")
		d.types(c.user, "ada")
		if text, _ := d.proxy().Password.Text(); d.proxy().User != "ada" || text != "open sesame" {
			d.Errorf("saved %q with %q", d.proxy().User, text)
		}
	})
}

func TestProxyKeepsItsPassword(t *testing.T) {
	s := guitest.Office()
	kept := core.Proxy{Kind: core.ProxyManual, Address: "http://proxy.example:3128", User: "ada", Password: core.SealedSecret("proxy")}
	s.Edit(func(d *guitest.Data) { d.Settings.Settings.Proxy = kept })
	in(t, s, true, func(d *desk) {
		c := d.page.proxy
		if c.kind.SelectedText() != "This one" || c.address.Text != kept.Address || c.user.Text != "ada" || !c.password.Stored() || c.password.Text() != "" {
			d.Error("what is stored is not shown, or the password is")
		}
		d.Tap("Show")
		if len(d.said) != 1 {
			d.Errorf("said %q about a password that is not shown", d.said)
		}
		d.types(c.address, "http://proxy.example:8080")
		if got := d.proxy(); got.Password != kept.Password || got.Address != "http://proxy.example:8080" || got.User != "ada" {
			d.Errorf("saved %+v", got)
		}
		d.types(c.user, "")
		if got := d.proxy(); got.User != "" || !got.Password.IsZero() {
			d.Errorf("without a user: %+v", got)
		}
	})
}

func TestOtherSettingsLeaveTheProxy(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) { d.Settings.Settings.Proxy = core.Proxy{Kind: core.ProxyNone} })
	in(t, s, false, func(d *desk) {
		d.Tap("Dark")
		if got := d.proxy(); got.Kind != core.ProxyNone {
			d.Errorf("the look changed the proxy to %+v", got)
		}
		d.chooses(0)
		if got := d.settings().Settings.Look; got != "dark" {
			d.Errorf("the proxy changed the look to %q", got)
		}
	})
}

func TestWhatIsBeingTypedStays(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		c := d.page.proxy
		d.chooses(2)
		d.Act(func() { d.Window.Canvas().Focus(c.address) })
		d.Act(func() { c.address.SetText("http://pro") })
		d.Act(d.page.Refresh)
		if c.address.Text != "http://pro" || !d.Has("Address of the proxy") {
			d.Errorf("reading anew left %q", c.address.Text)
		}
		d.Act(func() { c.address.SetText("http://proxy.example:3128") })
		d.Act(d.page.Leave)
		if got := d.proxy(); got.Address != "http://proxy.example:3128" {
			d.Errorf("leaving the page saved %+v", got)
		}
	})
}

func TestKeyboardReachesEverything(t *testing.T) {
	in(t, guitest.Office(), false, func(d *desk) {
		d.chooses(2)
		if missing := screen.NotReached(d.Window); len(missing) > 0 {
			d.Errorf("not reached: %q", missing)
		}
	})
}
