package message

import (
	"encoding/base64"
	"strings"

	"hookbird/core"
)

const headerAuth = "Authorization"

// auth compiles the header line that says who is sending. A token that is fetched
// first (core.AuthOAuth) has none here: whoever sends the message writes it. It is
// shown all the same, because it will be sent.
func (c *compiler) auth(b *Builder, w *core.Webhook) error {
	if errs := checkAuth(w.Auth); len(errs) > 0 {
		return c.wrong("auth", errs[0])
	}
	if w.Auth.Kind == core.AuthNone || w.Auth.Kind == core.AuthOAuth && c.reveal != nil {
		return nil
	}
	text, err := c.authSecret(w.Auth)
	if err != nil {
		return err
	}
	value := "Bearer " + text
	if w.Auth.Kind == core.AuthBasic {
		value = "Basic " + text
	}
	if err := orNil(checkHeaderValue(headerAuth, value)); err != nil {
		return c.wrong("auth", err)
	}
	line := extraLine{Line: Line{Name: headerAuth, Value: value}}
	b.extra = append([]extraLine{line}, b.extra...)
	return nil
}

// authSecret gives what stands behind the first word of the line, or dots.
func (c *compiler) authSecret(a core.Auth) (string, error) {
	if c.reveal == nil {
		return core.Dots, nil
	}
	if a.Secret.IsZero() { // of a user without a password
		return c.basic(a.User, ""), nil
	}
	text, err := c.secret(a.Secret)
	if err != nil || a.Kind != core.AuthBasic {
		return text, err
	}
	return c.basic(a.User, text), nil
}

// basic writes user and password as RFC 7617 has them: as secret as the password.
func (c *compiler) basic(user, password string) string {
	text := base64.StdEncoding.EncodeToString([]byte(user + ":" + password))
	c.secrets = append(c.secrets, text)
	return text
}

// checkNotAuth refuses a header line that says who is sending beside the one that
// is made of it.
func checkNotAuth(name string, a core.Auth) *core.Error {
	made := map[core.AuthKind]string{
		core.AuthBasic: "user name and password", core.AuthBearer: "the token", core.AuthOAuth: "the token that is fetched",
	}[a.Kind]
	if made == "" || !strings.EqualFold(name, headerAuth) {
		return nil
	}
	return wrong("The header line Authorization is made from %s. Remove one of the two.", made)
}
