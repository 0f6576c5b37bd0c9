package sign

import (
	"strings"
	"unicode/utf8"

	"hookbird/core"
)

// Limits of what an own header line is made of, in bytes.
const (
	MaxHeader = 200
	MaxPrefix = 200
	MaxText   = 64 << 10 // of the secret of an own header line
)

// Places of what Validate finds, as settings files name them.
const (
	atSecret   = "/secret"
	atPrevious = "/previous_secret"
)

// Validate says everything that is wrong with how messages are signed, each with
// its place ("/secret", "/previous_secret", "/header", …). Secrets that only the
// vault knows are not looked at, nor is anything where nothing is signed. That an
// own header line has a name that is taken, only the whole message knows.
func Validate(s *core.Sign) core.Errors {
	v := validator{}
	switch s.Style {
	case core.SignNone:
	case core.SignStandard:
		v.secret(s)
		v.previous(s)
	case core.SignHMAC:
		v.secret(s)
		v.own(s)
	default:
		v.add("/style", wrong("There is no signature called %q. Take %s or %s.", s.Style, core.SignStandard, core.SignHMAC))
	}
	return v.errs
}

type validator struct{ errs core.Errors }

// add notes what is wrong at a place, if anything is.
func (v *validator) add(place string, err *core.Error) {
	if err != nil {
		v.errs = append(v.errs, err.At(place))
	}
}

func (v *validator) secret(s *core.Sign) {
	if s.Secret.IsZero() {
		v.add(atSecret, wrong(`Messages cannot be signed without a secret. Paste the receiver's, or press "Make a new one".`))
		return
	}
	if text, typed := s.Secret.Text(); typed {
		v.add(atSecret, checkSecret(s.Style, text))
	}
}

func (v *validator) previous(s *core.Sign) {
	text, typed := s.Previous.Text()
	if !typed {
		return
	}
	v.add(atPrevious, checkSecret(s.Style, text))
	if now, known := s.Secret.Text(); known && now == text {
		v.add(atPrevious, wrong("The previous secret is the same as the new one. Make a new one above, or remove this one."))
	}
}

// checkSecret says what is wrong with the text of a secret, which it does not
// repeat.
func checkSecret(style core.SignStyle, text string) *core.Error {
	if style == core.SignStandard {
		_, err := parseKey(text)
		return err
	}
	switch {
	case text == "":
		return wrong(`The secret is empty. Paste the receiver's, or press "Make a new one".`)
	case len(text) > MaxText:
		return wrong("This secret is too long: at most %d characters are allowed.", MaxText)
	case !utf8.ValidString(text):
		return wrong("This secret holds bytes that are no text. Copy it once more.")
	}
	return nil
}

// own looks at what only an own header line has.
func (v *validator) own(s *core.Sign) {
	v.add("/header", checkHeader(s.Header))
	if hashes[s.Algorithm] == nil {
		v.add("/algorithm", wrong("There is no algorithm called %q here. Take sha256, sha512 or sha1, as the receiver says.", s.Algorithm))
	}
	if encodings[s.Encoding] == nil {
		v.add("/encoding", wrong("A signature cannot be written as %q. Take hex or base64, as the receiver says.", s.Encoding))
	}
	v.add("/prefix", checkPrefix(s.Prefix))
	if !s.Previous.IsZero() {
		v.add(atPrevious, wrong("A header line of your own holds one signature, so there is no previous secret beside the new one. Remove it."))
	}
}

func checkHeader(name string) *core.Error {
	if name == "" {
		return wrong("Type the name of the header line that the receiver looks for, such as X-Signature.")
	}
	if len(name) > MaxHeader {
		return wrong("The name of this header line is too long: it has %d characters, and %d are allowed.", len(name), MaxHeader)
	}
	for _, r := range name {
		if !isToken(r) {
			return wrong("The name of a header line cannot hold %q. Use letters, digits and dashes.", string(r))
		}
	}
	return nil
}

// isToken tells whether a character may stand in the name of a header line (RFC
// 9110, section 5.6.2).
func isToken(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' ||
		strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}

// checkPrefix looks at what stands in front of a signature.
func checkPrefix(prefix string) *core.Error {
	switch {
	case len(prefix) > MaxPrefix:
		return wrong("What stands in front of the signature is too long: it has %d characters, and %d are allowed.", len(prefix), MaxPrefix)
	case strings.HasPrefix(prefix, " "):
		return wrong("What stands in front of the signature starts with a space, which gets lost on the way. Remove it.")
	}
	for _, r := range prefix {
		if r < ' ' || r > '~' {
			return wrong("What stands in front of the signature cannot hold %q. Use plain letters, digits and signs such as =", string(r))
		}
	}
	return nil
}
