package signing

import (
	"strings"

	"hookbird/core"
	"hookbird/core/sign"
)

// kind is one of the ways to sign, as they are offered.
type kind int

// The ways, in the order they are offered.
const (
	kindShared kind = iota // Standard Webhooks; both sides hold the key
	kindPair               // Standard Webhooks; the receiver holds the public key
	kindOwn                // a header line of their own
	kindEither             // Standard Webhooks with a stored key of which nobody knows yet which it is
)

var kindNames = [...]string{
	kindShared: "Standard Webhooks (recommended)",
	kindPair:   "Standard Webhooks with a public key",
	kindOwn:    "A header line of their own",
	kindEither: "Standard Webhooks",
}

var kindHelps = [...]string{
	kindShared: "Many systems know how to check it. Both sides hold the same secret key.",
	kindPair:   "Only you can sign. The other system gets a public key, which need not be kept secret.",
	kindOwn:    "For systems with rules of their own. Their help page says what they look for.",
	kindEither: "Many systems know how to check it.",
}

// isStandard tells whether two keys may sign at the same time.
func (k kind) isStandard() bool { return k != kindOwn }

// newKey makes a key of the kind.
func (k kind) newKey() core.Secret {
	if k == kindPair {
		private, _ := sign.NewPair()
		return core.NewSecret(private)
	}
	return core.NewSecret(sign.NewSecret())
}

// fresh is what a kind begins with. The key of a header line of their own is
// mostly one that they give.
func (k kind) fresh() core.Sign {
	if k == kindOwn {
		return core.Sign{Style: core.SignHMAC, Algorithm: "sha256", Encoding: "hex"}
	}
	return core.Sign{Style: core.SignStandard, Secret: k.newKey()}
}

// kindOfKey tells by a key of Standard Webhooks what it is for.
func kindOfKey(text string) kind {
	if strings.HasPrefix(strings.TrimSpace(text), sign.PrefixPrivate) {
		return kindPair
	}
	return kindShared
}
