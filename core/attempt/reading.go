package attempt

import (
	"html"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// reading is one way to take the start of a text: as this character, written in
// so many bytes.
type reading struct {
	char rune
	size int
}

const (
	// layers is how many encodings may lie over each other: JSON that quotes
	// JSON, or an address in a page.
	layers = 2
	// maxEscape is how many characters one escape has at most: \ud83d\ude00.
	maxEscape = 12
	// maxReading is how many bytes one character has at most: those of an escape
	// each character of which is written as an escape.
	maxReading = maxEscape * maxEscape
)

// readings gives the ways to take the first character of a text: as it stands,
// with one encoding undone, and with two.
func readings(text []byte, depth int) (list [layers + 1]reading, n int) {
	list[0], n = literal(text), 1
	if depth == 0 || !escapes(list[0].char) {
		return list, n
	}
	once := decoded(text)
	if once != list[0] {
		list[n], n = once, n+1
	}
	if depth > 1 && escapes(once.char) {
		if twice := unescape(run(text, decoded)); twice != once {
			list[n], n = twice, n+1
		}
	}
	return list, n
}

// literal takes a character as it stands. A byte that is no UTF-8 is taken for
// Latin-1.
func literal(text []byte) reading {
	char, size := utf8.DecodeRune(text)
	if char == utf8.RuneError && size == 1 {
		char = rune(text[0])
	}
	return reading{char, size}
}

// decoded takes a character with one encoding undone.
func decoded(text []byte) reading {
	first := literal(text)
	if !escapes(first.char) {
		return first
	}
	return unescape(run(text, literal))
}

// run gives as many characters as an escape may have.
func run(text []byte, read func([]byte) reading) []reading {
	list := make([]reading, 0, maxEscape)
	for len(list) < maxEscape && len(text) > 0 {
		r := read(text)
		list = append(list, r)
		text = text[r.size:]
	}
	return list
}

// escapes tells whether an escape may begin with a character.
func escapes(char rune) bool {
	return char == '%' || char == '\\' || char == '&' || char == '+'
}

// unescape takes the escape that a run of characters begins with as the
// character it stands for, or else the first of them.
func unescape(run []reading) reading {
	switch run[0].char {
	case '+':
		return joined(' ', run[:1])
	case '%':
		return percent(run)
	case '\\':
		return backslash(run)
	case '&':
		return entity(run)
	}
	return run[0]
}

func joined(char rune, run []reading) reading {
	r := reading{char: char}
	for _, part := range run {
		r.size += part.size
	}
	return r
}

// percent reads %XX, one for each byte of UTF-8 or one for a character of
// Latin-1, and %uXXXX.
func percent(run []reading) reading {
	if len(run) > 1 && lower(run[1].char) == 'u' {
		return utf16Escape(run)
	}
	var encoded []byte
	for rest := run; len(encoded) < utf8.UTFMax && len(rest) >= 3 && rest[0].char == '%'; rest = rest[3:] {
		b, ok := hexadecimal(rest[1:3])
		if !ok {
			break
		}
		encoded = append(encoded, byte(b))
	}
	if len(encoded) == 0 {
		return run[0]
	}
	r := literal(encoded)
	return joined(r.char, run[:3*r.size])
}

// controls are the characters that have letters in programs' texts.
var controls = map[rune]rune{'0': 0, 'a': '\a', 'b': '\b', 't': '\t', 'n': '\n', 'v': '\v', 'f': '\f', 'r': '\r'}

// backslash reads \uXXXX, \UXXXXXXXX, \xXX, \n and its like, and \ before a sign.
func backslash(run []reading) reading {
	if len(run) < 2 {
		return run[0]
	}
	next := run[1].char
	for _, escape := range []struct {
		letter rune
		digits int
	}{{'U', 8}, {'x', 2}, {'X', 2}} {
		if end := 2 + escape.digits; next == escape.letter && len(run) >= end {
			if char, ok := hexadecimal(run[2:end]); ok {
				return joined(char, run[:end])
			}
		}
	}
	if lower(next) == 'u' {
		return utf16Escape(run)
	}
	if char, ok := controls[next]; ok {
		return joined(char, run[:2])
	}
	if sign(next) {
		return joined(next, run[:2])
	}
	return run[0]
}

// sign tells whether a character is one of ASCII that is no letter or digit.
func sign(char rune) bool {
	return ' ' <= char && char <= '~' && !('0' <= char && char <= '9') && !('a' <= lower(char) && lower(char) <= 'z')
}

// utf16Escape reads \uXXXX or %uXXXX, or two of them that are one character.
func utf16Escape(run []reading) reading {
	char, ok := unit(run, run[0].char)
	if !ok {
		return run[0]
	}
	if low, ok := unit(run[6:], run[0].char); ok {
		if pair := utf16.DecodeRune(char, low); pair != utf8.RuneError {
			return joined(pair, run[:12])
		}
	}
	return joined(char, run[:6])
}

// unit reads uXXXX after its first character.
func unit(run []reading, first rune) (rune, bool) {
	if len(run) < 6 || run[0].char != first || lower(run[1].char) != 'u' {
		return 0, false
	}
	return hexadecimal(run[2:6])
}

// entity reads &amp; and all other names of HTML, &#38; and &#x26;.
func entity(run []reading) reading {
	var written strings.Builder
	for i, r := range run {
		written.WriteRune(r.char)
		if r.char != ';' {
			continue
		}
		text := html.UnescapeString(written.String())
		if char, size := utf8.DecodeRuneInString(text); size == len(text) {
			return joined(char, run[:i+1])
		}
		break
	}
	return run[0]
}

func hexadecimal(digits []reading) (value rune, ok bool) {
	for _, d := range digits {
		switch c := lower(d.char); {
		case '0' <= c && c <= '9':
			value = value<<4 | (c - '0')
		case 'a' <= c && c <= 'f':
			value = value<<4 | (c - 'a' + 10)
		default:
			return 0, false
		}
	}
	return value, true
}

// lower gives a letter of ASCII in lower case.
func lower(char rune) rune {
	if 'A' <= char && char <= 'Z' {
		return char + 'a' - 'A'
	}
	return char
}
