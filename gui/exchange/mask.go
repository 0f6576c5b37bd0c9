package exchange

import (
	"regexp"
	"strings"
	"unicode"
)

var email = regexp.MustCompile(`[^\s"'<>,;:=&@]+@[^\s"'<>,;:=&@]+`)

// Mask hides what a value says and leaves what it looks like: "a…@example.org",
// "A… L…", "00000". What is no letter and no digit stays.
func Mask(value string) string {
	var b strings.Builder
	at := 0
	for _, m := range email.FindAllStringIndex(value, -1) {
		b.WriteString(maskWords(value[at:m[0]]))
		b.WriteString(maskEmail(value[m[0]:m[1]]))
		at = m[1]
	}
	b.WriteString(maskWords(value[at:]))
	return b.String()
}

// maskPersonal hides only what is personal wherever it stands: e-mail addresses
// and digits. Words stay, for texts that others wrote.
func maskPersonal(text string) string {
	text = email.ReplaceAllStringFunc(text, maskEmail)
	return strings.Map(zeroDigit, text)
}

func maskEmail(address string) string {
	name, system, _ := strings.Cut(address, "@")
	first := []rune(name)[:1]
	return string(first) + "…@" + system
}

func zeroDigit(r rune) rune {
	if unicode.IsDigit(r) {
		return '0'
	}
	return r
}

// maskWords keeps the first letter of each word.
func maskWords(text string) string {
	var b strings.Builder
	letters := 0 // so far of the word
	for _, r := range text {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) {
			letters = 0
			b.WriteRune(zeroDigit(r))
			continue
		}
		switch letters++; letters {
		case 1:
			b.WriteRune(r)
		case 2:
			b.WriteRune('…')
		}
	}
	return b.String()
}
