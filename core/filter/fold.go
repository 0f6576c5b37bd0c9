package filter

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// folded appends a text to dst so that texts which differ in nothing but case
// become the same, without the spaces around it.
func folded(dst, text []byte) []byte {
	text = bytes.TrimSpace(text)
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		r, length := utf8.DecodeRune(text[i:])
		dst = utf8.AppendRune(dst, foldRune(r))
		i += length
	}
	return dst
}

// foldRune gives the same rune for all that differ in case alone: K, k and the
// Kelvin sign.
func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return unicode.ToLower(least)
}

// truth reads the words for true and false; known is false for all others.
func truth(folded []byte) (is, known bool) {
	switch string(folded) {
	case "true", "yes", "1", "on":
		return true, true
	case "false", "no", "0", "off":
		return false, true
	default:
		return false, false
	}
}
