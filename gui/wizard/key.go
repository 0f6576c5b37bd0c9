package wizard

import (
	"encoding/base64"
	"strings"

	"hookbird/core"
	"hookbird/core/sign"
)

// keyKind is what the other system gave to tell its friends by.
type keyKind int

// The kinds of key, as they are asked for.
const (
	keyNone keyKind = iota
	keyToken
	keyLogin
	keySign
)

// keyPlace is where a key goes.
type keyPlace int

// The places of a key.
const (
	inHeader keyPlace = iota
	inField
	inAddress
)

// key is what was answered to "Did they give you a key?".
type key struct {
	kind  keyKind
	place keyPlace
	token string
	line  string // the name of the header line
	field string // of the form, or in the address

	user, password string

	secret string // that messages are signed with
	given  bool   // it has been put into the other system
	fixed  bool   // the preset signs
}

// bearer is the header line that a key goes into unless they say otherwise.
const bearer = "Authorization"

// begin takes over what a preset says of keys.
func (k *key) begin(w *core.Webhook) {
	k.line = bearer
	if text, made := w.Sign.Secret.Text(); made {
		k.kind, k.secret, k.fixed = keySign, text, true
	}
}

// choose takes an answer.
func (k *key) choose(kind keyKind) {
	k.kind = kind
	if kind == keySign && k.secret == "" {
		k.secret = sign.NewSecret()
	}
}

// keyName is what texts call the secret.
const keyName = "key"

// apply puts the key into its place.
func (k *key) apply(w *core.Webhook) {
	switch k.kind {
	case keyToken:
		if token := strings.TrimSpace(k.token); token != "" {
			k.applyToken(w, token)
		}
	case keyLogin:
		if k.user+k.password != "" {
			pair := base64.StdEncoding.EncodeToString([]byte(k.user + ":" + k.password))
			w.Headers = append(w.Headers, core.Header{Name: bearer, Secret: core.NewSecret("Basic " + pair)})
		}
	case keySign:
		if !k.fixed {
			w.Sign.Style = core.SignStandard
		}
		w.Sign.Secret = core.Secret{}
		if text := strings.TrimSpace(k.secret); text != "" {
			w.Sign.Secret = core.NewSecret(text)
		}
	}
}

func (k *key) applyToken(w *core.Webhook, token string) {
	named := func() { w.Keys = append(w.Keys, core.NamedSecret{Name: keyName, Secret: core.NewSecret(token)}) }
	name := strings.TrimSpace(k.field)
	switch line := strings.TrimSpace(k.line); {
	case k.place == inHeader && strings.EqualFold(line, bearer) && !strings.Contains(token, " "):
		named()
		w.Headers = append(w.Headers, core.Header{Name: line, Value: "Bearer [secret:" + keyName + "]"})
	case k.place == inHeader: // a token that has its word in front is sent as it is
		w.Headers = append(w.Headers, core.Header{Name: line, Secret: core.NewSecret(token)})
	case k.place == inField:
		w.Body.Fields = append(w.Body.Fields, core.Field{Name: name, Secret: core.NewSecret(token)})
	default:
		named()
		mark := "?"
		if strings.Contains(w.Address, "?") {
			mark = "&"
		}
		w.Address += mark + strings.ReplaceAll(name, "[", `\[`) + "=[secret:" + keyName + "]"
	}
}

// problems lists what an answer still lacks.
func (k *key) problems() []problem {
	lacks := func(at, text string) []problem { return []problem{{step: stepKey, at: at, text: text}} }
	switch {
	case k.kind == keyToken && strings.TrimSpace(k.token) == "":
		return lacks("token", "Paste the key that they gave you, or choose “No”.")
	case k.kind == keyToken && k.place == inHeader && strings.TrimSpace(k.line) == "":
		return lacks("line", "Type the name of the header line. Most systems call it Authorization.")
	case k.kind == keyToken && k.place != inHeader && strings.TrimSpace(k.field) == "":
		return lacks("field", "Type the name that the other system gives to its key.")
	case k.kind == keyLogin && k.user+k.password == "":
		return lacks("user", "Type the user and the password, or choose “No”.")
	case k.kind == keySign && strings.TrimSpace(k.secret) == "":
		return lacks("secret", "A signature needs a key. Make a new one, or paste theirs.")
	case k.kind == keySign && !k.given:
		return lacks("given", "Put the key into the other system first, then tick this.")
	default:
		return nil
	}
}
