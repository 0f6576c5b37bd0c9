package message

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hookbird/core"
)

// Limits of how a webhook says who is sending.
const (
	MaxAuthText = 1000 // bytes of a user, a client's id, a scope or an audience
	MaxScopes   = 100
)

// checkAuth says everything that is wrong with how a webhook tells who is sending.
// Secrets that only the vault knows are not looked at.
func checkAuth(a core.Auth) core.Errors {
	v := validator{}
	switch a.Kind {
	case core.AuthNone:
	case core.AuthBasic:
		v.user("/user", a.User, "Type the user name that the other system gave you.")
		if strings.Contains(a.User, ":") {
			v.add("/user", "A user name cannot hold a colon. What stands behind it is probably the password.")
		}
		v.password("/password", a.Secret)
	case core.AuthBearer:
		v.token(a.Secret)
	case core.AuthOAuth:
		v.oauth(a)
	default:
		v.add("/kind", "Who is sending is said by user name and password (basic), by a token (bearer) or by a token that is fetched (oauth2), but not by %q.", a.Kind)
	}
	return v.errs
}

// user looks at a short text that tells who is sending.
func (v *validator) user(at, text, needed string) {
	switch {
	case strings.TrimSpace(text) == "":
		v.add(at, "%s", needed)
	case len(text) > MaxAuthText:
		v.add(at, "This text is too long: it has %d characters, and %d are allowed.", len(text), MaxAuthText)
	case strings.ContainsFunc(text, isControl) || !utf8.ValidString(text):
		v.add(at, "This text holds a character that cannot be seen. Remove it.")
	case strings.TrimSpace(text) != text:
		v.add(at, "This text has a space before or behind it. Remove it.")
	default:
		v.check(at, filledIn(text))
	}
}

// password looks at a password, which can be none at all.
func (v *validator) password(at string, s core.Secret) {
	text, typed := s.Text()
	if !typed {
		return
	}
	if v.secret(at, text); strings.ContainsFunc(text, isControl) || !utf8.ValidString(text) {
		v.add(at, "This password holds a character that cannot be typed. Copy it once more.")
	}
}

func (v *validator) token(s core.Secret) {
	if s.IsZero() {
		v.add("/token", "Paste the token that the other system gave you.")
	}
	text, typed := s.Text()
	if !typed {
		return
	}
	v.secret("/token", text)
	v.check("/token", orNil(checkHeaderValue(headerAuth, text)))
	if word, _, _ := strings.Cut(text, " "); strings.EqualFold(word, "Bearer") {
		v.add("/token", "The word Bearer is written in front by itself. Paste only what stands behind it.")
	}
}

// oauth looks at what a token is fetched with.
func (v *validator) oauth(a core.Auth) {
	v.check("/token_url", checkTokenURL(a.TokenURL))
	v.user("/client_id", a.User, "Type the client ID that the other system gave you.")
	if a.Secret.IsZero() {
		v.add("/client_secret", "Paste the client secret that the other system gave you.")
	}
	v.password("/client_secret", a.Secret)
	if len(a.Scopes) > MaxScopes {
		v.add("/scopes", "At most %d scopes can be asked for.", MaxScopes)
		return
	}
	for i, scope := range a.Scopes {
		v.scope(fmt.Sprintf("/scopes/%d", i), scope)
	}
	if a.Audience != "" {
		v.user("/audience", a.Audience, "Type the audience, or leave it out.")
	}
}

// scope looks at the name of a right that is asked for (RFC 6749, section 3.3).
func (v *validator) scope(at, scope string) {
	switch {
	case scope == "":
		v.add(at, "This scope is empty. Type it, or remove it.")
	case len(scope) > MaxAuthText:
		v.add(at, "This scope is too long: it has %d characters, and %d are allowed.", len(scope), MaxAuthText)
	case strings.ContainsFunc(scope, notScope):
		v.add(at, "A scope is one word of letters, digits and signs, such as contacts.write. Write each of several as one of its own.")
	}
}

func notScope(r rune) bool { return r <= ' ' || r >= 0x7f || r == '"' || r == '\\' }

// checkTokenURL looks at the address where a token is fetched. The client's secret
// goes there, so that it has to be a secure one.
func checkTokenURL(address string) error {
	if strings.TrimSpace(address) == "" {
		return wrong("Paste the address where the token is fetched. The other system calls it token URL or token endpoint.")
	}
	u, err := ParseAddress(address)
	switch {
	case err != nil:
		return err
	case HasFields(address):
		return wrong("The address where the token is fetched is the same for every record. Take the merge field out of it.")
	case u.Scheme != "https" && !Loopback(u):
		return wrong("The client secret would go there over a connection that is not secure. Change http:// to https://")
	}
	return nil
}
