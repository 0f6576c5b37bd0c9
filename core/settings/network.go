package settings

import "hookbird/core"

// tls reads whom a request trusts, and the certificate that it shows itself.
func (p *parser) tls(n *node, authorities *string, way *core.Network) {
	p.object(n, "tls", fields{
		"ca_file":   func(n *node) { *authorities = p.path(n) },
		"cert_file": func(n *node) { way.CertFile = p.path(n) },
		"key_file":  func(n *node) { way.KeyFile = p.path(n) },
	})
}

// proxy reads how a proxy is found: by a word, or as an object with its address.
func (p *parser) proxy(n *node) core.Proxy {
	if _, isText := n.value.(string); isText {
		return core.Proxy{Kind: core.ProxyKind(p.choice(n, string(core.ProxySystem), string(core.ProxyNone)))}
	}
	proxy := core.Proxy{Kind: core.ProxyManual}
	if !n.object {
		p.wrong(n.at(), `This is "system", "none", or an object with an address, like {"address": "http://proxy.example.org:3128"}.`)
		return core.Proxy{}
	}
	p.object(n, "proxy", fields{
		"address":  func(n *node) { proxy.Address = p.text(n) },
		"user":     func(n *node) { proxy.User = p.text(n) },
		"password": func(n *node) { proxy.Password = p.password(n) },
	})
	if n.get("user") != nil && n.get("password") == nil {
		proxy.Password = leftOut
	}
	return proxy
}

func (p *parser) noPrivate(n *node) bool { return p.choice(n, "allow", "refuse") == "refuse" }

func tlsOf(authorities string, way core.Network) *outTLS {
	out := outTLS{authorities, way.CertFile, way.KeyFile}
	if out == (outTLS{}) {
		return nil
	}
	return &out
}

// privately writes what noPrivate reads.
func privately(way core.Network) string {
	if way.NoPrivate {
		return "refuse"
	}
	return ""
}

// proxy writes what proxy reads, and nil for the usual one.
func (p *printer) proxy(x core.Proxy) any {
	switch x.Kind {
	case core.ProxyDefault:
		return nil
	case core.ProxyManual:
	default:
		return x.Kind
	}
	out := outProxy{Address: x.Address, User: x.User}
	if x.User != "" || !x.Password.IsZero() {
		out.Password = p.password(x.Password)
	}
	return out
}
