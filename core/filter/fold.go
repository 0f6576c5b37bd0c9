package filter

import (
	"bytes"
	"sync"
	"unicode"
	"unicode/utf8"
)

// folded appends a text to dst so that texts which differ in nothing but case
// become the same, without the spaces around it.
func folded(dst, text []byte) []byte {
	text = bytes.TrimSpace(text)
	var table *[1 << 16]uint16
	for i := 0; i < len(text); {
		if c := text[i]; c < utf8.RuneSelf {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
			continue
		}
		if table == nil {
			table = foldTable()
		}
		r, length := utf8.DecodeRune(text[i:])
		if int(r) < len(table) {
			r = rune(table[r])
		} else {
			r = foldRune(r)
		}
		dst = utf8.AppendRune(dst, r)
		i += length
	}
	return dst
}

// foldTable has what foldRune gives for the runes of nearly all texts, since
// foldRune is slow.
var foldTable = sync.OnceValue(func() *[1 << 16]uint16 {
	var table [1 << 16]uint16
	for r := range table {
		table[r] = uint16(foldRune(rune(r)))
	}
	return &table
})

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
