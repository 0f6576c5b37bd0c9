package message

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
)

// keys looks at secrets that merge fields read by their names.
func (v *validator) keys(at string, keys []core.NamedSecret) {
	if len(keys) > MaxKeys {
		v.add(at, "At most %d secrets can be named.", MaxKeys)
	}
	seen := map[string]bool{}
	for _, key := range keys {
		place := at + "/" + pointer.Replace(key.Name)
		v.keyName(place, key.Name)
		if seen[key.Name] {
			v.add(place, "There are two secrets called %q. Give one of them another name.", key.Name)
		}
		seen[key.Name] = true
		if text, typed := key.Secret.Text(); typed {
			v.secret(place, text)
		} else if key.Secret.IsZero() {
			v.add(place, "The secret value is empty. Type it, or remove this row.")
		}
	}
}

// pointer writes a name as a step of a JSON pointer (RFC 6901).
var pointer = strings.NewReplacer("~", "~0", "/", "~1")

// keyName refuses names that a merge field could not say.
func (v *validator) keyName(at, name string) {
	switch {
	case name == "":
		v.add(at, "Give the secret a name, such as key. A text reads it as [secret:key].")
	case len(name) > MaxName || !utf8.ValidString(name):
		v.add(at, "The name of this secret is too long, or no text. Take a short one, such as key.")
	case strings.TrimSpace(name) != name || strings.ContainsAny(name, `[]{}|\`) || strings.ContainsFunc(name, unicode.IsControl):
		v.add(at, "The name of a secret holds letters, digits and dashes, as in key or api-key.")
	}
}

// secret looks at a secret that was typed. It never repeats it.
func (v *validator) secret(at, text string) {
	switch {
	case text == "":
		v.add(at, "The secret value is empty. Type it, or remove this row.")
	case len(text) > MaxFixed:
		v.add(at, "This secret value is too long: at most %d characters are allowed.", MaxFixed)
	}
}
