// Package mask hides what values say and leaves what they look like, for texts that
// are given to others: a support mailbox, a diagnosis.
package mask

import (
	"regexp"
	"strings"
	"unicode"
)

var email = regexp.MustCompile(`[^\s"'<>,;:=&@]+@[^\s"'<>,;:=&@]+`)

// Value hides what a value says and leaves what it looks like: "a…@example.org",
// "A… L…", "00000". What is no letter and no digit stays.
func Value(value string) string {
	var b strings.Builder
	at := 0
	for _, m := range email.FindAllStringIndex(value, -1) {
		b.WriteString(words(value[at:m[0]]))
		b.WriteString(address(value[m[0]:m[1]]))
		at = m[1]
	}
	b.WriteString(words(value[at:]))
	return b.String()
}

// Personal hides only what is personal wherever it stands: e-mail addresses
// and digits. Words stay, for texts that others wrote.
func Personal(text string) string {
	text = email.ReplaceAllStringFunc(text, address)
	return strings.Map(zeroDigit, text)
}

func address(text string) string {
	name, system, _ := strings.Cut(text, "@")
	first := []rune(name)[:1]
	return string(first) + "…@" + system
}

func zeroDigit(r rune) rune {
	if unicode.IsDigit(r) {
		return '0'
	}
	return r
}

// words keeps the first letter of each word.
func words(text string) string {
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
