package attempt

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
	"unicode"
	"unicode/utf8"
)

// form is one of the texts that stand for a secret.
type form struct {
	chars  []rune
	layers int  // encodings that may lie over it
	exact  bool // with its capitals as they are
}

func newForm(text string, layers int, exact bool) *form {
	f := &form{layers: layers, exact: exact}
	for rest := []byte(text); len(rest) > 0 && len(f.chars) < maxForm; {
		r := literal(rest)
		if !exact {
			r.char = fold(r.char)
		}
		f.chars = append(f.chars, r.char)
		rest = rest[r.size:]
	}
	return f
}

// is tells whether the i-th character of a form is this one.
func (f *form) is(i int, char rune) bool {
	return char == f.chars[i] || !f.exact && fold(char) == f.chars[i]
}

// fold gives what a character has in common with itself in the other case.
func fold(char rune) rune {
	if char < utf8.RuneSelf {
		return lower(char)
	}
	return unicode.ToLower(unicode.ToUpper(char))
}

// forms gives what may stand for a text: itself, also in other case, and what it
// is in hexadecimal and in base64. Encodings that write character by character
// need none: they are undone where the answer is read.
func forms(text string) []*form {
	if len(text) < minForms {
		return []*form{newForm(text, 0, true)}
	}
	text = text[:min(len(text), maxForm)]
	list := []*form{newForm(text, layers, false), newForm(hex.EncodeToString([]byte(text)), layers, false)}
	seen := map[string]bool{}
	for _, written := range base64Forms(text) {
		if !seen[written] {
			seen[written] = true
			list = append(list, newForm(written, layers, true))
		}
	}
	return list
}

// minForms is how long a text has to be for its encodings to stand for it: those
// of a shorter one are found anywhere.
const minForms = 4

// base64Forms gives what a text looks like in base64, also in the middle of a
// longer one: there it begins at one of three places of a group, and the
// characters that it shares with its neighbours are left out.
func base64Forms(text string) []string {
	var list []string
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		whole := encoding.EncodeToString([]byte(text))
		list = append(list, whole, strings.TrimRight(whole, "="))
		for shift := range 3 {
			form := encoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + text))
			from := (shift*8 + 5) / 6
			to := (shift + len(text)) * 8 / 6
			if to-from >= minBase64 {
				list = append(list, form[from:to])
			}
		}
	}
	return list
}

// minBase64 is how long a piece of base64 has to be to stand for a secret.
const minBase64 = 6
