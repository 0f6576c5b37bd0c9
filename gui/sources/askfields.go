package sources

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/widgets"
)

// askFields ask for everything of a request but its address: how to sign in, header
// lines, keys, the way. where and store go before the places of fields and secrets.
func (s *setup) askFields(a *core.Ask, where, store string) fyne.CanvasObject {
	detail := a.Method != "" || a.Body != "" || a.Timeout != 0 || a.CAFile != "" || a.Network.Proxy.Kind != core.ProxyDefault
	return stack(
		s.signInFields(&a.Auth, where, store),
		s.fold("Header lines and keys", len(a.Headers)+len(a.Keys) > 0, func() fyne.CanvasObject {
			return stack(heading("Header lines", "Extra lines that some services ask for."), s.headerRows(a, where, store),
				heading("Keys", "In address, text and header lines, [secret:NAME] stands for a key."), s.keyRows(a, where, store))
		}),
		s.fold("The request in detail", detail, func() fyne.CanvasObject {
			body := widgets.NewMultiEntry(3)
			body.SetText(a.Body)
			body.OnChanged = func(text string) {
				a.Body = text
				s.changed()
			}
			return stack(
				choice(s, where+"/method", "How to ask", &a.Method, methods, methodNames, ""),
				s.spots.field(where+"/body", "Text to send along", body, "Only with POST, where the service asks for it."),
				s.text(where+"/content_type", "Kind of that text", &a.Type, "Found out", ""),
				s.span(where+"/timeout", "Give up waiting after", &a.Timeout, core.DefaultTimeout, timeouts, ""),
				s.path(where+"/tls/ca_file", "Certificate of their authority (PEM file)", &a.CAFile, "As this computer knows them", s.page.AskFile),
				s.proxyFields(&a.Network.Proxy, where, store))
		}))
}

// signInFields ask how the service knows who asks.
func (s *setup) signInFields(a *core.Auth, where, store string) fyne.CanvasObject {
	is := func(kinds ...core.AuthKind) func() bool {
		return func() bool {
			for _, k := range kinds {
				if a.Kind == k {
					return true
				}
			}
			return false
		}
	}
	kind := choice(s, where+"/auth/kind", "It wants to know who asks", &a.Kind, auths, authNames, "")
	secret := s.secretEntry(store+"auth", &a.Secret) // one for all ways
	basic := s.when(is(core.AuthBasic), func() fyne.CanvasObject { return s.text(where+"/auth/user", "User", &a.User, "", "") })
	id := s.when(is(core.AuthOAuth), func() fyne.CanvasObject {
		return stack(s.text(where+"/auth/token_url", "Where a token is fetched", &a.TokenURL, "https://login.example.org/token", ""),
			s.text(where+"/auth/client_id", "Client id", &a.User, "", ""))
	})
	label := map[core.AuthKind]string{core.AuthBasic: "Password", core.AuthBearer: "Token", core.AuthOAuth: "Client secret"}
	pass := s.when(is(core.AuthBasic, core.AuthBearer, core.AuthOAuth), func() fyne.CanvasObject {
		f := widgets.NewField("Password", secret, "")
		for _, last := range []string{"/auth/password", "/auth/token", "/auth/client_secret"} {
			s.spots.add(where+last, f.SetProblem, secret.Entry())
		}
		s.follow = append(s.follow, func() { f.SetLabel(label[a.Kind]) })
		return f
	})
	more := s.when(is(core.AuthOAuth), func() fyne.CanvasObject {
		scopes := widgets.NewEntry()
		scopes.SetText(strings.Join(a.Scopes, " "))
		scopes.SetPlaceHolder("None")
		scopes.OnChanged = func(text string) {
			a.Scopes = strings.Fields(text)
			s.changed()
		}
		return widgets.Grid(2, 12, s.spots.field(where+"/auth/scopes", "Scopes", scopes, ""), s.text(where+"/auth/audience", "Audience", &a.Audience, "None", ""))
	})
	return stack(kind, basic, id, pass, more)
}

// headerRows are header lines: a name and a value, which is kept as a secret.
func (s *setup) headerRows(a *core.Ask, where, store string) fyne.CanvasObject {
	return newRows(s, where+"/headers", "Add a header line", func() int { return len(a.Headers) },
		func() { a.Headers = append(a.Headers, core.Header{}) },
		func(i int) { a.Headers = append(a.Headers[:i:i], a.Headers[i+1:]...) },
		func(i int) fyne.CanvasObject {
			h := &a.Headers[i]
			name := s.entry(&h.Name, "Name, like X-Api-Key")
			name.SetLabel("Name of the header line")
			value := s.entry(&h.Value, "Value")
			value.SetLabel("Value of the header line")
			secret := s.secretEntry(fmt.Sprintf("%sheader:%s", store, h.Name), &h.Secret)
			secret.SetLabel("Secret value of the header line")
			hidden := newTick("Secret", !h.Secret.IsZero(), nil)
			hidden.label = "The value is a secret"
			show := func(on bool) {
				setVisible(secret, on)
				setVisible(value, !on)
			}
			hidden.OnChanged = func(on bool) {
				if on {
					secret.SetText(h.Value)
					h.Secret, h.Value = core.NewSecret(h.Value), ""
				} else {
					h.Secret = core.Secret{}
				}
				show(on)
				s.changed()
			}
			show(hidden.Checked)
			return widgets.HBox(8, widgets.Grow(widgets.Columns(8, []float32{2, 3}, name, widgets.Stack(value, secret))), hidden)
		}).object
}

// keyRows are keys by their names.
func (s *setup) keyRows(a *core.Ask, where, store string) fyne.CanvasObject {
	return newRows(s, where+"/secrets", "Add a key", func() int { return len(a.Keys) },
		func() { a.Keys = append(a.Keys, core.NamedSecret{}) },
		func(i int) { a.Keys = append(a.Keys[:i:i], a.Keys[i+1:]...) },
		func(i int) fyne.CanvasObject {
			name := s.entry(&a.Keys[i].Name, "Name, like key")
			name.SetLabel("Name of the key")
			secret := s.secretEntry(fmt.Sprintf("%skey:%s", store, a.Keys[i].Name), &a.Keys[i].Secret)
			secret.SetLabel("Key")
			return widgets.Columns(8, []float32{2, 3}, name, secret)
		}).object
}

var (
	proxies    = []core.ProxyKind{core.ProxyDefault, core.ProxySystem, core.ProxyNone, core.ProxyManual}
	proxyNames = []string{"As in Settings (usual)", "What this computer uses", "None", "This one"}
)

// proxyFields ask for the way.
func (s *setup) proxyFields(p *core.Proxy, where, store string) fyne.CanvasObject {
	own := s.when(func() bool { return p.Kind == core.ProxyManual }, func() fyne.CanvasObject {
		return stack(s.text(where+"/proxy/address", "Address of the proxy", &p.Address, "http://proxy.example:3128", ""),
			widgets.Grid(2, 12, s.text(where+"/proxy/user", "User", &p.User, "", ""),
				s.secret(where+"/proxy/password", store+"proxy", "Password of the proxy", &p.Password, "")))
	})
	return stack(choice(s, where+"/proxy", "Proxy", &p.Kind, proxies, proxyNames, ""), own)
}
