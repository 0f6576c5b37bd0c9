package sign

import (
	"crypto/ed25519"
	"crypto/hmac"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

// DefaultTolerance is how far a message's time may lie from the receiver's.
const DefaultTolerance = 5 * time.Minute

// maxSignatures bounds the work that a foreign header line can cause.
const maxSignatures = 32

// Verify is the receiver's side of Standard Webhooks: whether a message was
// signed with this secret (whsec_…, whsk_… or whpk_…) at most tolerance before or
// after now; a tolerance of 0 means DefaultTolerance. header gives the value of a
// header line, "" if there is none. One good signature of several is enough. It
// returns nil for a message that is genuine, else CodeInvalid with a sentence.
func Verify(secret string, header func(string) string, body []byte, now time.Time, tolerance time.Duration) error {
	check, err := parseCheck(secret)
	if err != nil {
		return err
	}
	id, timestamp, list := header(HeaderID), header(HeaderTimestamp), header(HeaderSignature)
	for _, line := range []Line{{HeaderID, id}, {HeaderTimestamp, timestamp}, {HeaderSignature, list}} {
		if line.Value == "" {
			return wrong("The message is not signed: it has no header line %s.", line.Name)
		}
	}
	if err := checkTime(timestamp, now, tolerance); err != nil {
		return err
	}
	return checkSignatures(check, signed(id, timestamp, body), list)
}

func checkTime(timestamp string, now time.Time, tolerance time.Duration) error {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return wrong("The header line %s does not hold a time in seconds.", HeaderTimestamp)
	}
	if tolerance == 0 {
		tolerance = DefaultTolerance
	}
	if age := now.Sub(time.Unix(seconds, 0)); age.Abs() > tolerance {
		return wrong("The message was not signed just now. Look whether the clocks of both computers are right.")
	}
	return nil
}

// checkSignatures looks for one good signature.
func checkSignatures(check check, content []byte, list string) error {
	n := 0
	for one := range strings.SplitSeq(list, " ") {
		if n++; n > maxSignatures {
			return wrong("The header line %s holds more than %d signatures.", HeaderSignature, maxSignatures)
		}
		if check(content, one) {
			return nil
		}
	}
	return wrong("None of the message's signatures was made with this secret, or the message was changed on the way.")
}

// check tells whether a signature, with its version, is one of content.
type check func(content []byte, signature string) bool

// parseCheck reads a secret to verify with.
func parseCheck(secret string) (check, *core.Error) {
	if rest, ok := strings.CutPrefix(secret, PrefixPublic); ok {
		public, ok := decode(rest)
		if !ok || len(public) != ed25519.PublicKeySize {
			return nil, wrong("This public key is damaged or cut short: behind %s belong 44 letters, digits, + and /. Copy it once more.", PrefixPublic)
		}
		return checkPublic(public), nil
	}
	key, err := parseKey(secret)
	if err != nil {
		return nil, err
	}
	if key, ok := key.(private); ok {
		return checkPublic(ed25519.PrivateKey(key).Public().(ed25519.PublicKey)), nil
	}
	return func(content []byte, signature string) bool {
		return hmac.Equal(key.sign(nil, content), []byte(signature))
	}, nil
}

func checkPublic(public ed25519.PublicKey) check {
	return func(content []byte, signature string) bool {
		text, ok := strings.CutPrefix(signature, "v1a,")
		if !ok {
			return false
		}
		b, ok := decode(text)
		return ok && ed25519.Verify(public, content, b)
	}
}
