package message

import (
	"strings"
	"time"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/sign"
)

// reserved are header lines that Hookbird writes itself, by their names in lower
// case, each with the reason why nobody else can.
var reserved = map[string]string{
	"content-length":      "The length is worked out from what is sent",
	"content-type":        "It follows from how the data is packed",
	"host":                "It follows from the web address",
	"user-agent":          "It says that Hookbird sends",
	"webhook-id":          "It holds the number of the message",
	"hookbird-hops":       "It keeps records from going round for ever",
	"connection":          "It is about the connection and not about the message",
	"keep-alive":          "It is about the connection and not about the message",
	"proxy-authorization": "It is about the connection and not about the message",
	"proxy-connection":    "It is about the connection and not about the message",
	"te":                  "It is about the connection and not about the message",
	"trailer":             "It is about the connection and not about the message",
	"transfer-encoding":   "It is about the connection and not about the message",
	"upgrade":             "It is about the connection and not about the message",
	"expect":              "It is about the connection and not about the message",
}

// MaxHeaderValue is how long the value of a header line may be, in bytes.
const MaxHeaderValue = 8000

// checkHeaderName says what is wrong with the name of an extra header line.
func checkHeaderName(name string) *core.Error {
	if name == "" {
		return wrong("Type the name of the header line, or remove this row.")
	}
	if len(name) > MaxName {
		return wrong("The name of this header line is too long: it has %d characters, and %d are allowed.", len(name), MaxName)
	}
	if reason, taken := reserved[strings.ToLower(name)]; taken {
		return wrong("The header line %s is written by Hookbird itself. %s. Remove this row.", name, reason)
	}
	for _, r := range name {
		if !isToken(r) {
			return wrong("The name of a header line cannot hold %q. Use letters, digits and dashes.", string(r))
		}
	}
	return nil
}

// checkHeaderValue says what is wrong with the value, which it does not repeat.
func checkHeaderValue(name, text string) *core.Error {
	switch {
	case len(text) > MaxHeaderValue:
		return wrong("The value of the header line %s is too long: at most %d characters are allowed.", name, MaxHeaderValue)
	case strings.ContainsAny(text, "\r\n"):
		return wrong("The value of the header line %s holds a line break. Remove it.", name)
	case strings.ContainsFunc(text, isControl) || !utf8.ValidString(text):
		return wrong("The value of the header line %s holds a character that cannot be seen. Remove it.", name)
	case strings.TrimSpace(text) != text:
		return wrong("The value of the header line %s has a space before or behind it. Remove it.", name)
	}
	return nil
}

// checkNotSigned refuses a header line that the signature writes.
func checkNotSigned(name string, s *core.Sign) *core.Error {
	for _, line := range sign.Shown(*s, time.Time{}) {
		if strings.EqualFold(line.Name, name) {
			return wrong("The header line %s is written by the signature. Remove this row, or give the signature another place.", name)
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

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// orNil gives the first error that is one, as an error that is nil if none is.
func orNil(errs ...*core.Error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
