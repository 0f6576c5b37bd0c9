package core

import (
	"fmt"
	"log/slog"
)

// Dots stand for a secret wherever one would be shown. Their number says nothing
// of the secret's length.
const Dots = "••••••••"

// Secret is a value that must never be seen outside the request it is sent in:
// sealed at rest, dots everywhere else. A Secret names its value by ID, under
// which the Vault keeps it; one that was just typed or imported also carries its
// text, until the store has sealed it. Every way of printing or marshalling a
// Secret gives dots or its ID, never the text.
//
// The zero Secret is no secret at all.
type Secret struct {
	id   string
	text string
	has  bool
}

// NewSecret makes a secret of a text that the vault does not know yet.
func NewSecret(text string) Secret { return Secret{text: text, has: true} }

// SealedSecret names a secret that the vault keeps under id.
func SealedSecret(id string) Secret { return Secret{id: id} }

// ID is the name the vault knows the secret by, "" for one not sealed yet.
func (s Secret) ID() string { return s.id }

// missingID stands for a secret that no vault holds.
const missingID = "missing"

// MissingSecret marks the place of a secret that has to be typed anew, because it
// is known to be needed and its text was never given here.
func MissingSecret() Secret { return Secret{id: missingID} }

// Missing tells whether s only marks a place.
func (s Secret) Missing() bool { return s.id == missingID }

// IsZero tells whether there is no secret here at all.
func (s Secret) IsZero() bool { return s.id == "" && !s.has }

// Text gives the secret's text if this value carries it. Whoever asks answers
// for where the text goes: the request, the vault, or an export that was asked
// to hold secrets.
func (s Secret) Text() (text string, ok bool) { return s.text, s.has }

// Sealed gives the same secret under the vault's id, without its text.
func (s Secret) Sealed(id string) Secret { return Secret{id: id} }

// String gives dots.
func (s Secret) String() string { return Dots }

// GoString gives dots, for %#v.
func (s Secret) GoString() string { return "core.Secret(" + Dots + ")" }

// Format gives dots for every verb and flag.
func (s Secret) Format(f fmt.State, verb rune) {
	if verb == 'v' && f.Flag('#') {
		_, _ = f.Write([]byte(s.GoString()))
		return
	}
	_, _ = f.Write([]byte(Dots))
}

// LogValue gives dots to the log.
func (s Secret) LogValue() slog.Value { return slog.StringValue(Dots) }

// unsealedID stands, where a Secret is marshalled, for a text that the vault
// does not know yet. The text itself has to travel another way, on purpose.
const unsealedID = "unsealed"

// MarshalText gives the vault's id, or a word that says that there is none yet.
func (s Secret) MarshalText() ([]byte, error) {
	if s.has {
		return []byte(unsealedID), nil
	}
	return []byte(s.id), nil
}

// Unsealed tells whether s was marshalled before the vault had sealed it, so
// that its text has to come from beside it.
func (s Secret) Unsealed() bool { return s.id == unsealedID }

// UnmarshalText reads what MarshalText wrote.
func (s *Secret) UnmarshalText(b []byte) error {
	*s = Secret{id: string(b)}
	return nil
}

// Vault opens secrets. Reveal may be called from any goroutine. It fails with
// CodeUnavailable while the place of the master key cannot be reached, and with
// CodeNotFound for a secret that the vault does not hold.
type Vault interface {
	Reveal(s Secret) (text string, err error)
}
