package persist

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"sync"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"hookbird/persist/codec"
)

// textSearch looks for a text in what is stored, whatever its case, and however
// JSON writes its letters. It is not for several goroutines.
type textSearch struct {
	needle []byte // folded
	plain  bool   // the needle is ASCII
	raw    bool   // it may be meant as JSON writes it
	rarest int    // place of the byte in needle that is looked for first
	buf    []byte // of the text that is folded, used again
}

func newTextSearch(text string) *textSearch {
	t := &textSearch{needle: fold(nil, []byte(text), false)}
	t.plain = !special(t.needle, false)
	t.raw = bytes.IndexByte(t.needle, '\\') >= 0
	for i, c := range t.needle {
		if rarity(c) > rarity(t.needle[t.rarest]) {
			t.rarest = i
		}
	}
	return t
}

// rarity orders bytes by how seldom they are in records.
func rarity(c byte) int {
	switch {
	case bytes.IndexByte([]byte(`" :,{}`), c) >= 0:
		return 0
	case bytes.IndexByte([]byte("etaoinsrlmd"), c) >= 0:
		return 1
	case c >= 'a' && c <= 'z', c == '.', c == '0', c == '1', c == '2':
		return 2
	}
	return 3
}

func (t *textSearch) inEvent(e codec.EventLook) bool {
	return t.in(e.Data, true) || t.in(e.Title, false) || t.in(e.Origin, false) || t.in(e.Type, false)
}

func (t *textSearch) inAnswers(answers [][]byte) bool {
	for _, a := range answers {
		if t.in(a, true) || t.in(a, false) {
			return true
		}
	}
	return false
}

// in tells whether a text holds the needle; json says that it may be written with
// escapes.
func (t *textSearch) in(text []byte, json bool) bool {
	switch {
	case len(text) < len(t.needle) && t.plain:
		return false // folding makes no text longer in letters, and escapes are longer still
	case !special(text, json):
		return t.plain && t.inPlain(text)
	}
	t.buf = fold(t.buf[:0], text, json)
	return bytes.Contains(t.buf, t.needle) || json && t.raw && t.in(text, false)
}

// special tells whether a text has bytes beyond ASCII or, in JSON, a backslash.
func special(text []byte, json bool) bool {
	const high, low = 0x8080808080808080, 0x0101010101010101
	const slashes = low * '\\'
	for len(text) >= 8 {
		x := binary.LittleEndian.Uint64(text)
		if x&high != 0 {
			return true
		}
		if y := x ^ slashes; json && (y-low)&^y&high != 0 { // a byte of y is zero
			return true
		}
		text = text[8:]
	}
	for _, c := range text {
		if c >= utf8.RuneSelf || json && c == '\\' {
			return true
		}
	}
	return false
}

// inPlain looks in ASCII, by the needle's rarest byte.
func (t *textSearch) inPlain(text []byte) bool {
	if len(t.needle) == 0 {
		return true
	}
	c := t.needle[t.rarest]
	if t.at(text, c) {
		return true
	}
	return c >= 'a' && c <= 'z' && t.at(text, c-('a'-'A'))
}

// at looks for the needle wherever the text has the byte c.
func (t *textSearch) at(text []byte, c byte) bool {
	rest := len(t.needle) - t.rarest
	for i := t.rarest; i+rest <= len(text); i++ {
		n := bytes.IndexByte(text[i:len(text)-rest+1], c)
		if n < 0 {
			return false
		}
		if i += n; equalPlain(text[i-t.rarest:i+rest], t.needle) {
			return true
		}
	}
	return false
}

// equalPlain compares ASCII with a needle in lower case.
func equalPlain(text, needle []byte) bool {
	for i, c := range text {
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != needle[i] {
			return false
		}
	}
	return true
}

// fold appends a text so that texts which differ in case alone become the same; in
// JSON, escapes become what they stand for.
func fold(dst, text []byte, json bool) []byte {
	for i := 0; i < len(text); {
		c := text[i]
		switch {
		case c == '\\' && json:
			r, n := unescape(text[i:])
			dst = utf8.AppendRune(dst, foldRune(r))
			i += n
		case c < utf8.RuneSelf:
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			dst = append(dst, c)
			i++
		default:
			r, n := utf8.DecodeRune(text[i:])
			dst = utf8.AppendRune(dst, foldRune(r))
			i += n
		}
	}
	return dst
}

// unescape reads the escape that a JSON text begins with, and its length. What is
// none stands for itself.
func unescape(text []byte) (r rune, n int) {
	if len(text) < 2 {
		return '\\', 1
	}
	switch c := text[1]; c {
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case '"', '\\', '/':
		return rune(c), 2
	case 'u':
		return unescapeRune(text)
	}
	return '\\', 1
}

func unescapeRune(text []byte) (r rune, n int) {
	r, ok := hex4(text)
	if !ok {
		return '\\', 1
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if second, ok := hex4(text[6:]); ok {
		if both := utf16.DecodeRune(r, second); both != utf8.RuneError {
			return both, 12
		}
	}
	return utf8.RuneError, 6
}

// hex4 reads an escape like \u00fc.
func hex4(text []byte) (rune, bool) {
	if len(text) < 6 || text[0] != '\\' || text[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(text[2:6]), 16, 16)
	return rune(n), err == nil
}

// foldRune gives the same rune for all that differ in case alone: K, k and the
// Kelvin sign.
func foldRune(r rune) rune {
	if table := foldTable(); uint(r) < uint(len(table)) {
		return rune(table[r])
	}
	return slowFold(r)
}

// foldTable has what slowFold gives for the runes of nearly all texts.
var foldTable = sync.OnceValue(func() *[1 << 16]uint16 {
	var table [1 << 16]uint16
	for r := range table {
		table[r] = uint16(slowFold(rune(r)))
	}
	return &table
})

func slowFold(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	return unicode.ToLower(least)
}
