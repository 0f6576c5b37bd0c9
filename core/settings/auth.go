package settings

import "hookbird/core"

// auth reads how a webhook tells its target who is sending.
func (p *parser) auth(n *node) core.Auth {
	var a core.Auth
	if !n.object {
		p.object(n, "auth", nil)
		return a
	}
	kind := n.get("kind")
	if kind == nil {
		p.wrong(n.pointer("kind"), `Who is sending is said by a "kind": %q, %q or %q.`, core.AuthBasic, core.AuthBearer, core.AuthOAuth)
		return a
	}
	a.Kind = core.AuthKind(p.choice(kind, string(core.AuthBasic), string(core.AuthBearer), string(core.AuthOAuth)))
	if p.places[kind.at()] {
		return core.Auth{}
	}
	known, secret := p.authFields(&a)
	known["kind"] = func(*node) {}
	p.object(n, "auth_"+string(a.Kind), known)
	if n.get(secret) == nil {
		a.Secret = leftOut
	}
	return a
}

// authFields gives what stands beside the kind, and which of it is the secret.
func (p *parser) authFields(a *core.Auth) (known fields, secret string) {
	switch a.Kind {
	case core.AuthBasic:
		return fields{
			"user":     func(n *node) { a.User = p.text(n) },
			"password": func(n *node) { a.Secret = p.password(n) },
		}, "password"
	case core.AuthBearer:
		return fields{"token": func(n *node) { a.Secret = p.secret(n) }}, "token"
	default:
		return fields{
			"token_url":     func(n *node) { a.TokenURL = p.text(n) },
			"client_id":     func(n *node) { a.User = p.text(n) },
			"client_secret": func(n *node) { a.Secret = p.secret(n) },
			"scopes":        func(n *node) { a.Scopes = p.texts(n) },
			"audience":      func(n *node) { a.Audience = p.text(n) },
			"in_body":       func(n *node) { a.InBody = p.flag(n) },
		}, "client_secret"
	}
}

// password reads a secret that can be none at all: an empty text.
func (p *parser) password(n *node) core.Secret {
	if n.value == "" {
		return core.Secret{}
	}
	return p.secret(n)
}

// auth writes what auth reads; what is kept for a kind that was taken back means
// nothing.
func (p *printer) auth(a core.Auth) *outAuth {
	out := &outAuth{Kind: string(a.Kind)}
	switch a.Kind {
	case core.AuthBasic:
		out.User, out.Password = a.User, p.password(a.Secret)
	case core.AuthBearer:
		out.Token = p.secret(a.Secret)
	case core.AuthOAuth:
		out.TokenURL, out.ClientID, out.ClientSecret = a.TokenURL, a.User, p.secret(a.Secret)
		out.Scopes, out.Audience, out.InBody = a.Scopes, a.Audience, a.InBody
	default:
		return nil
	}
	return out
}

// password writes an empty one too, for none at all would be one that was left
// out.
func (p *printer) password(s core.Secret) any {
	if s.IsZero() {
		return ""
	}
	return p.secret(s)
}
