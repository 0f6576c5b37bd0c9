package message

import (
	"bytes"

	"hookbird/core"
)

// appendForm encodes a text as the URL standard of WHATWG does for forms: space
// as +, letters, digits and *-._ as they are, the rest percent-encoded.
func appendForm(dst, text []byte) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range text {
		switch {
		case c == ' ':
			dst = append(dst, '+')
		case formPlain[c]:
			dst = append(dst, c)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}

// appendFormDots is appendForm for a text to be read, in which the dots that
// stand for a secret are to be seen as dots.
func appendFormDots(dst, text []byte) []byte {
	for {
		i := bytes.Index(text, []byte(core.Dots))
		if i < 0 {
			return appendForm(dst, text)
		}
		dst = append(appendForm(dst, text[:i]), core.Dots...)
		text = text[i+len(core.Dots):]
	}
}

var formPlain = func() (plain [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._" {
		plain[c] = true
	}
	return plain
}()
