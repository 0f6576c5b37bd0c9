package editor

import (
	"slices"
	"strings"

	"hookbird/core"
)

// SignIn is how a webhook says who is sending, with what was typed for each of
// the ways.
type SignIn struct {
	Kind                 core.AuthKind
	Basic, Bearer, OAuth Credentials
}

// Credentials are what one way to sign in needs.
type Credentials struct {
	User     string // or the client's id
	Secret   core.Secret
	TokenURL string
	Scopes   string // with spaces between them
	Audience string
	InBody   bool
}

func signInOf(a core.Auth) SignIn {
	s := SignIn{Kind: a.Kind}
	if c := s.now(); c != nil {
		*c = Credentials{a.User, a.Secret, a.TokenURL, strings.Join(a.Scopes, " "), a.Audience, a.InBody}
	}
	return s
}

// now is what the chosen way needs, nil for one that needs nothing.
func (s *SignIn) now() *Credentials {
	switch s.Kind {
	case core.AuthBasic:
		return &s.Basic
	case core.AuthBearer:
		return &s.Bearer
	case core.AuthOAuth:
		return &s.OAuth
	default:
		return nil
	}
}

// all are what each of the ways needs.
func (s *SignIn) all() []*Credentials { return []*Credentials{&s.Basic, &s.Bearer, &s.OAuth} }

// auth is how to sign in. What was not changed stays as it was stored.
func (d *Draft) auth() core.Auth {
	was, now := signInOf(d.stored.Auth), d.SignIn
	c := now.now()
	if now.Kind == was.Kind && (c == nil || *c == *was.now()) {
		a := d.stored.Auth
		a.Scopes = slices.Clone(a.Scopes)
		return a
	}
	switch now.Kind {
	case core.AuthBasic:
		return core.Auth{Kind: now.Kind, User: strings.TrimSpace(c.User), Secret: c.Secret}
	case core.AuthBearer:
		return core.Auth{Kind: now.Kind, Secret: c.Secret}
	case core.AuthOAuth:
		return core.Auth{
			Kind: now.Kind, User: strings.TrimSpace(c.User), Secret: c.Secret, TokenURL: strings.TrimSpace(c.TokenURL),
			Scopes: scopes(c.Scopes, d.stored.Auth.Scopes), Audience: strings.TrimSpace(c.Audience), InBody: c.InBody,
		}
	default:
		return core.Auth{}
	}
}

// scopes reads scopes with spaces or commas between them, unless they are those
// that are stored.
func scopes(text string, stored []string) []string {
	if text == strings.Join(stored, " ") {
		return slices.Clone(stored)
	}
	return strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\t' })
}

// typedKey makes a secret of what was typed or pasted. An empty text is none.
func typedKey(text string) core.Secret {
	if text == "" {
		return core.Secret{}
	}
	return core.NewSecret(text)
}

// typedToken is typedKey for a token, which people copy together with what stands
// around it.
func typedToken(text string) core.Secret {
	text = strings.TrimSpace(text)
	if word, rest, found := strings.Cut(text, " "); found && strings.EqualFold(word, "bearer") {
		text = strings.TrimSpace(rest)
	}
	return typedKey(text)
}

// proxyOf leaves out of a proxy what its kind has no use for, unless it is as it
// was stored.
func proxyOf(now, stored core.Proxy) core.Proxy {
	if now == stored || now.Kind == core.ProxyManual {
		return now
	}
	return core.Proxy{Kind: now.Kind}
}

// orderOf does the same for an order.
func orderOf(now, stored core.Order) core.Order {
	if now == stored || now.Kind == core.OrderField {
		return now
	}
	return core.Order{Kind: now.Kind}
}
