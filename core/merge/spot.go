package merge

import (
	"bytes"
	"unicode/utf8"

	"hookbird/core/value"
)

// spot is where in a text a value stands, which decides how it is written.
type spot uint8

const (
	spotPlain  spot = iota
	spotHeader      // spaces around it trimmed
	spotForm        // form-encoded
	spotString      // inside a JSON string
	spotValue       // JSON of its own
	spotXML         // text of an element or of an attribute
	spotCDATA       // within <![CDATA[ ]]>
	spotPath        // percent-encoded, and never empty
	spotQuery       // percent-encoded
)

// encodesBytes tells whether a value becomes letters, digits and percent signs.
func (s spot) encodesBytes() bool {
	return s == spotForm || s == spotPath || s == spotQuery
}

// append appends a text as it is written in this spot.
func (s spot) append(dst, text []byte) []byte {
	switch s {
	case spotHeader:
		return append(dst, trimSpaces(text)...)
	case spotForm:
		return appendForm(dst, text)
	case spotString:
		return value.AppendEscaped(dst, text)
	case spotValue:
		return append(value.AppendEscaped(append(dst, '"'), text), '"')
	case spotXML:
		return appendXML(dst, text)
	case spotCDATA: // a value that stands outside of it needs no care for what ends it
		dst = append(dst, "]]>"...)
		return append(appendXML(dst, text), "<![CDATA["...)
	case spotPath, spotQuery:
		return appendPercent(dst, text)
	default:
		return append(dst, text...)
	}
}

const hexDigits = "0123456789ABCDEF"

// appendForm encodes a text as the URL standard of WHATWG does for forms.
func appendForm(dst, text []byte) []byte {
	for _, c := range text {
		switch {
		case c == ' ':
			dst = append(dst, '+')
		case isAlnum(c) || c == '*' || c == '-' || c == '.' || c == '_':
			dst = append(dst, c)
		default:
			dst = append(dst, '%', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return dst
}

// appendPercent encodes all but the unreserved characters of RFC 3986, which is
// right in every part of a path and of a query.
func appendPercent(dst, text []byte) []byte {
	for _, c := range text {
		if isAlnum(c) || c == '-' || c == '.' || c == '_' || c == '~' {
			dst = append(dst, c)
			continue
		}
		dst = append(dst, '%', hexDigits[c>>4], hexDigits[c&15])
	}
	return dst
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// appendXML writes a text so that it is the same in an element and in an
// attribute. Characters that XML cannot hold, which nobody can see, are left out.
func appendXML(dst, text []byte) []byte {
	for len(text) > 0 {
		r, n := utf8.DecodeRune(text)
		text = text[n:]
		switch r {
		case '&':
			dst = append(dst, "&amp;"...)
		case '<':
			dst = append(dst, "&lt;"...)
		case '>':
			dst = append(dst, "&gt;"...)
		case '"':
			dst = append(dst, "&#34;"...)
		case '\'':
			dst = append(dst, "&#39;"...)
		case '\t', '\n', '\r':
			dst = append(dst, '&', '#', 'x', hexDigits[r], ';')
		default:
			if r >= ' ' && r != 0xfffe && r != 0xffff {
				dst = utf8.AppendRune(dst, r)
			}
		}
	}
	return dst
}

func trimSpaces(text []byte) []byte { return bytes.Trim(text, " ") }

func hasControl(text []byte) bool { return bytes.IndexFunc(text, isControl) >= 0 }

// isControl tells whether a character cannot be seen and stands for none.
func isControl(r rune) bool { return r < ' ' || r == 0x7f }
