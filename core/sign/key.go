package sign

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"hookbird/core"
)

// How secrets of Standard Webhooks start.
const (
	PrefixSecret  = "whsec_" // shared by both sides
	PrefixPrivate = "whsk_"  // signs
	PrefixPublic  = "whpk_"  // verifies what the private one signed
)

// Bytes of a shared secret: what Standard Webhooks allows, and what we make.
const (
	minSecret = 24
	maxSecret = 64
	newSecret = 32
)

// NewSecret makes a shared secret of 32 random bytes, "whsec_…".
func NewSecret() string {
	b := make([]byte, newSecret)
	_, _ = rand.Read(b) // never fails since Go 1.24
	return PrefixSecret + base64.StdEncoding.EncodeToString(b)
}

// NewPair makes a private key, "whsk_…", and the public one, "whpk_…", that
// receivers verify with.
func NewPair() (private, public string) {
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed)
	key := ed25519.NewKeyFromSeed(seed)
	return PrefixPrivate + base64.StdEncoding.EncodeToString(key), publicOf(key)
}

// PublicOf gives the public key that belongs to a private one. CodeInvalid if the
// text is no private key.
func PublicOf(private string) (string, error) {
	text, ok := strings.CutPrefix(private, PrefixPrivate)
	if !ok {
		return "", wrong("Only a private key has a public one, and a private key starts with %s. %s", PrefixPrivate, makeNew)
	}
	key, err := parsePrivate(text)
	if err != nil {
		return "", err
	}
	return publicOf(ed25519.PrivateKey(key)), nil
}

func publicOf(key ed25519.PrivateKey) string {
	return PrefixPublic + base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
}

// makeNew ends every sentence about a secret that cannot be used.
const makeNew = `Copy it once more, or press "Make a new one".`

// key is one secret of Standard Webhooks.
type key interface {
	// sign appends the signature of content, with its version.
	sign(dst, content []byte) []byte
}

// shared is a key that both sides hold.
type shared []byte

func (k shared) sign(dst, content []byte) []byte {
	mac := hmac.New(sha256.New, k)
	mac.Write(content)
	return base64.StdEncoding.AppendEncode(append(dst, "v1,"...), mac.Sum(nil))
}

// private is a key that only we hold.
type private ed25519.PrivateKey

func (k private) sign(dst, content []byte) []byte {
	signature := ed25519.Sign(ed25519.PrivateKey(k), content)
	return base64.StdEncoding.AppendEncode(append(dst, "v1a,"...), signature)
}

// parseKey reads a secret to sign with.
func parseKey(text string) (key, *core.Error) {
	if rest, ok := strings.CutPrefix(text, PrefixSecret); ok {
		return asKey(parseShared(rest))
	}
	if rest, ok := strings.CutPrefix(text, PrefixPrivate); ok {
		return asKey(parsePrivate(rest))
	}
	if strings.HasPrefix(text, PrefixPublic) {
		return nil, wrong("This is the public key, which is for the receiver. Hookbird signs with the private one, which starts with %s.", PrefixPrivate)
	}
	return nil, wrong(`This secret does not look like one of Standard Webhooks: %s and then 32 to 88 letters, digits, + and /. `+
		`A private key starts with %s instead. Copy the secret once more, or press "Make a new one".`, PrefixSecret, PrefixPrivate)
}

// asKey keeps a nil key from hiding in a key that is not nil.
func asKey[K key](k K, err *core.Error) (key, *core.Error) {
	if err != nil {
		return nil, err
	}
	return k, nil
}

// parseShared reads what follows whsec_.
func parseShared(text string) (shared, *core.Error) {
	b, ok := decode(text)
	switch {
	case !ok:
		return nil, wrong("Behind %s only letters, digits, + and / can stand, with = at the end where they do not come out even. This secret is damaged or cut short. %s", PrefixSecret, makeNew)
	case len(b) < minSecret:
		return nil, wrong("This secret is too short: behind %s at least 32 characters are needed. %s", PrefixSecret, makeNew)
	case len(b) > maxSecret:
		return nil, wrong("This secret is too long: behind %s at most 88 characters are allowed. %s", PrefixSecret, makeNew)
	}
	return b, nil
}

// parsePrivate reads what follows whsk_: a seed and the public key made of it. A
// public key of another seed is refused: signing with such a pair gives the seed
// away.
func parsePrivate(text string) (private, *core.Error) {
	b, ok := decode(text)
	if !ok || len(b) != ed25519.PrivateKeySize || !bytes.Equal(ed25519.NewKeyFromSeed(b[:ed25519.SeedSize]), b) {
		return nil, wrong("This private key is damaged or cut short: behind %s belong 88 letters, digits, + and /. %s", PrefixPrivate, makeNew)
	}
	return b, nil
}

// decode reads base64 as the standard writes it, with nothing between.
func decode(text string) ([]byte, bool) {
	if strings.ContainsAny(text, "\r\n") { // which the decoder would skip
		return nil, false
	}
	b, err := base64.StdEncoding.Strict().DecodeString(text)
	return b, err == nil
}

func wrong(format string, args ...any) *core.Error {
	return core.Errorf(core.CodeInvalid, format, args...)
}
