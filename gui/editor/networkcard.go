package editor

import (
	"net/url"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/exchange"
	"hookbird/gui/files"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// networkCard is the card that says by which way messages go.
type networkCard struct {
	fold   *exchange.Fold
	manual *fyne.Container // what a proxy of one's own asks for
}

// proxies are the kinds of proxy, as they are offered.
var proxies = []core.ProxyKind{core.ProxyDefault, core.ProxySystem, core.ProxyNone, core.ProxyManual}

var proxyNames = []string{"As in Settings (usual)", "What this computer uses", "None, straight to the system", "This one"}

func (p *Page) buildNetwork() fyne.CanvasObject {
	c := &networkCard{}
	p.network = c
	inner := widgets.VBox(16,
		widgets.NewParagraph("Leave this as it is, unless your IT department says otherwise.", widgets.Caption),
		p.proxyFields(), p.certificateFields(), p.privateCheck())
	c.fold = p.fold("", widgets.Padded(2, 6, 8, 6, inner))
	for _, part := range []Part{PartProxy, PartProxyUser, PartProxyPassword, PartCAFile, PartCertFile, PartKeyFile, PartPrivate} {
		p.spots[Place{Part: part}].fold = c.fold
	}
	p.showNetwork()
	c.fold.SetOpen(p.connectionWords() != automatic)
	return widgets.NewCardPadded(10, widgets.Padded(0, 6, 0, 6, c.fold))
}

func (p *Page) proxyFields() fyne.CanvasObject {
	proxy := func() *core.Proxy { return &p.draft.Web().Network.Proxy }
	kind := widgets.NewSelect(proxyNames, func(i int) {
		proxy().Kind = proxies[i]
		p.networkChanged()
		p.relayout()
	})
	kind.SetSelected(slices.Index(proxies, proxy().Kind))
	address := p.entry(Place{Part: PartProxy}, proxy().Address, func(text string) {
		proxy().Address = strings.TrimSpace(text)
		p.networkTyped()
	})
	address.SetPlaceHolder("http://proxy.example:3128")
	user := p.entry(Place{Part: PartProxyUser}, proxy().User, func(text string) { proxy().User = strings.TrimSpace(text) })
	password := p.newSecretBox(Place{Part: PartProxyPassword}, "proxy", func() core.Secret { return proxy().Password },
		func(text string) { proxy().Password = typedKey(text) })
	p.network.manual = widgets.VBox(14,
		p.field(Place{Part: PartProxy}, "Address of the proxy", address, ""),
		widgets.Grid(2, theme.CardGap,
			p.field(Place{Part: PartProxyUser}, "User", user, "Only where the proxy asks who is there."),
			p.secretField(Place{Part: PartProxyPassword}, "Password", password, "")))
	return widgets.VBox(14, widgets.NewField("Proxy", kind, "Many offices let everything pass through one."), p.network.manual)
}

func (p *Page) certificateFields() fyne.CanvasObject {
	web := p.draft.Web()
	return widgets.VBox(14,
		p.fileField(PartCAFile, "Certificate of their authority (PEM file)", web.CAFile, func(path string) { p.draft.Web().CAFile = path },
			"For a system inside your organisation whose certificate this computer does not know."),
		widgets.Grid(2, theme.CardGap,
			p.fileField(PartCertFile, "Your own certificate (PEM file)", web.Network.CertFile, func(path string) { p.draft.Web().Network.CertFile = path },
				"Where the other system asks for one."),
			p.fileField(PartKeyFile, "Its key (PEM file)", web.Network.KeyFile, func(path string) { p.draft.Web().Network.KeyFile = path },
				"Empty if the certificate's file holds it too.")))
}

// fileField is a box for the path of a file, which can also be chosen.
func (p *Page) fileField(part Part, label, path string, set func(path string), help string) *widgets.Field {
	at := Place{Part: part}
	box := p.entry(at, path, func(text string) {
		set(strings.TrimSpace(text))
		p.networkTyped()
	})
	box.SetPlaceHolder("No file")
	box.SetLabel(label)
	choose := widgets.NewButton(widgets.Secondary, "Choose…", "", func() {
		files.Ask(p.window(), files.Wish{Kind: files.Open, Title: label, Yes: "Choose"}, box.SetText)
	})
	choose.SetLabel("Choose the file: " + label)
	f := p.field(at, label, widgets.HBox(8, widgets.Grow(box), choose), help)
	s := p.spots[at]
	s.focus, s.show = box, func(text string) {
		if f.Problem() != text {
			f.SetProblem(text)
			box.SetProblem(text != "")
		}
	}
	return f
}

func (p *Page) privateCheck() fyne.CanvasObject {
	check := widget.NewCheck("Refuse addresses of this computer and of your own network", nil)
	check.SetChecked(p.draft.Web().Network.NoPrivate)
	check.OnChanged = func(on bool) {
		p.draft.Web().Network.NoPrivate = on
		p.networkChanged()
	}
	return widgets.VBox(0, checkWith(check, "For a system out on the internet: the message cannot be led astray to a machine in your office."), p.remark(Place{Part: PartPrivate}))
}

// networkTyped is told of a text, which is noted by whoever types it.
func (p *Page) networkTyped() {
	p.showNetwork()
	p.address.again()
}

// networkChanged is told of a choice.
func (p *Page) networkChanged() {
	p.networkTyped()
	p.changed()
}

// showNetwork shows what the choice of a proxy asks for, and sums it all up.
func (p *Page) showNetwork() {
	c := p.network
	c.manual.Hidden = p.draft.Web().Network.Proxy.Kind != core.ProxyManual
	if c.fold != nil {
		c.fold.SetWords(p.connectionWords())
	}
}

// automatic says that there is nothing special about the way.
const automatic = "Connection: automatic"

// connectionWords say in a line what is special about the way.
func (p *Page) connectionWords() string {
	web := p.draft.Web()
	var special []string
	switch proxy := web.Network.Proxy; proxy.Kind {
	case core.ProxySystem:
		special = append(special, "this computer's proxy")
	case core.ProxyNone:
		special = append(special, "no proxy")
	case core.ProxyManual:
		special = append(special, "through "+proxyHost(proxy.Address))
	}
	if web.CAFile != "" {
		special = append(special, "an authority of your own")
	}
	if web.Network.CertFile != "" {
		special = append(special, "your own certificate")
	}
	if web.Network.NoPrivate {
		special = append(special, "not inside your network")
	}
	if len(special) == 0 {
		return automatic
	}
	return "Connection: " + strings.Join(special, ", ")
}

// proxyHost is what to call a proxy: never what could be a password in its address.
func proxyHost(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Host
	}
	return "a proxy"
}
