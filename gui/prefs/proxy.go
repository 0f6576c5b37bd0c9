package prefs

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
)

// proxies are the settings behind the choices of Proxy.
var proxies = []core.ProxyKind{core.ProxySystem, core.ProxyNone, core.ProxyManual}

var proxyNames = []string{"Same as this computer", "None", "This one"}

// proxyCard says which proxy all webhooks use that name none of their own. It is
// saved with every choice, and with what was typed as soon as a box is left and
// the whole makes sense.
type proxyCard struct {
	save  func(core.Proxy)
	saved core.Proxy // what is stored
	typed bool       // something was typed that is not saved yet

	object   fyne.CanvasObject
	kind     *widgets.Select
	manual   *fyne.Container
	address  *widgets.Entry
	user     *widgets.Entry
	password *widgets.SecretEntry
	fields   map[string]*widgets.Field // by the pointer of their problems
	resized  func()
}

// newProxyCard makes the card; save is told what to store, resized that the card
// has another height, and tell says something to the user.
func newProxyCard(save func(core.Proxy), resized func(), tell func(string)) *proxyCard {
	c := &proxyCard{save: save, resized: resized, address: widgets.NewEntry(), user: widgets.NewEntry(), password: widgets.NewSecretEntry()}
	c.kind = widgets.NewSelect(proxyNames, c.choose)
	c.address.SetPlaceHolder("http://proxy.example:3128")
	c.password.OnReveal = func(func(string)) { tell("The password is kept, and not shown again. Type it anew to change it.") }
	c.fields = map[string]*widgets.Field{
		"/address":  widgets.NewField("Address of the proxy", c.address, "It begins with http://, https:// or socks5://"),
		"/user":     widgets.NewField("User", c.user, "Only where the proxy asks who is there."),
		"/password": widgets.NewField("Password", c.password, ""),
	}
	c.watch()
	c.manual = widgets.Padded(0, 0, 12, 0,
		widgets.VBox(14, c.fields["/address"], widgets.Grid(2, 14, c.fields["/user"], c.fields["/password"])))
	c.object = widgets.VBox(0,
		parts.Setting("Proxy", parts.Help("For all webhooks that name none of their own. Most offices: use the computer's own setting."), parts.Wide(c.kind)), c.manual)
	c.manual.Hide()
	return c
}

// watch saves what was typed when a box is left, or Enter is pressed in it.
func (c *proxyCard) watch() {
	for _, box := range []*widgets.Entry{c.address, c.user} {
		box.OnChanged = func(string) { c.typed = true }
		box.OnFocus = c.left
		box.OnSubmitted = func(string) { c.finish() }
	}
	c.password.OnChanged = func(string) { c.typed = true }
	c.password.Entry().OnFocus = c.left
	c.password.Entry().OnSubmitted = func(string) { c.finish() }
}

func (c *proxyCard) left(focused bool) {
	if !focused {
		c.finish()
	}
}

// choose is told of a choice. One of their own is saved once it has an address.
func (c *proxyCard) choose(int) {
	c.arrange()
	if c.chosen() != core.ProxyManual {
		c.typed = false
		c.save(core.Proxy{Kind: c.chosen()})
		return
	}
	c.typed = true
	if c.address.Text != "" {
		c.finish()
	}
}

func (c *proxyCard) chosen() core.ProxyKind { return proxies[max(0, c.kind.Selected())] }

// arrange shows what a choice asks for.
func (c *proxyCard) arrange() {
	c.manual.Hidden = c.chosen() != core.ProxyManual
	c.resized()
}

// finish saves what was typed, or says what is wrong with it.
func (c *proxyCard) finish() {
	if !c.typed || c.chosen() != core.ProxyManual {
		return
	}
	p := c.proxy()
	problems := message.ValidateProxy(p)
	c.showProblems(problems)
	if len(problems) == 0 {
		c.typed = false
		c.save(p)
	}
}

// proxy is what the boxes say. A password that is kept stays.
func (c *proxyCard) proxy() core.Proxy {
	p := core.Proxy{Kind: core.ProxyManual, Address: strings.TrimSpace(c.address.Text), User: strings.TrimSpace(c.user.Text)}
	switch {
	case c.password.Stored() && p.User != "":
		p.Password = c.saved.Password
	case c.password.Text() != "":
		p.Password = core.NewSecret(c.password.Text())
	}
	return p
}

func (c *proxyCard) showProblems(problems core.Errors) {
	said := map[string]string{}
	for _, e := range problems {
		if said[e.Where] == "" {
			said[e.Where] = e.Message
		}
	}
	for where, f := range c.fields {
		f.SetProblem(said[where])
	}
	c.resized()
}

// set shows what is stored. What is being typed stays.
func (c *proxyCard) set(p core.Proxy) {
	c.saved = p
	if c.typed {
		return
	}
	kind := p.Kind
	if kind == core.ProxyDefault {
		kind = core.ProxySystem
	}
	c.kind.SetSelected(slices.Index(proxies, kind))
	if c.address.Text != p.Address {
		c.address.SetText(p.Address)
	}
	if c.user.Text != p.User {
		c.user.SetText(p.User)
	}
	c.password.SetStored(!p.Password.IsZero() && !p.Password.Missing())
	c.typed = false
	c.showProblems(nil)
	c.manual.Hidden = kind != core.ProxyManual
}

// leave hides the password.
func (c *proxyCard) leave() {
	c.finish()
	c.password.Mask()
}
