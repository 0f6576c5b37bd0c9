package convert

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"
)

// trim takes away white space around a text, and marks that cannot be seen, which
// spreadsheets and web pages leave there.
func trim(text string) string { return strings.TrimFunc(text, isBlank) }

func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
}

// lower and upper map by all of Unicode's rules: ß becomes SS. A Caser is made for
// each text, since it keeps state.
func lower(text string) string {
	if isASCII(text) {
		return strings.ToLower(text)
	}
	return cases.Lower(language.Und).String(text)
}

func upper(text string) string {
	if isASCII(text) {
		return strings.ToUpper(text)
	}
	return cases.Upper(language.Und).String(text)
}

// capitals writes the first letter of every word large. The other letters of a
// word that is all large become small; those of McDonald stay. Behind an
// apostrophe a word begins only if a single letter stands before it: O'Neill, but
// don't.
func capitals(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		n := strings.IndexFunc(text, isWord)
		if n < 0 {
			n = len(text)
		}
		b.WriteString(text[:n])
		word := wordOf(text[n:])
		b.WriteString(capital(word))
		text = text[n+len(word):]
	}
	return b.String()
}

// wordOf gives the word that a text begins with.
func wordOf(text string) string {
	letters := 0
	for i, r := range text {
		switch {
		case isWord(r):
			letters++
		case isApostrophe(r) && letters != 1:
		case !unicode.Is(unicode.Mn, r):
			return text[:i]
		}
	}
	return text
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// capital writes the first letter of a word large.
func capital(word string) string {
	r, size := utf8.DecodeRuneInString(word)
	if size == 0 {
		return ""
	}
	rest := word[size:]
	if upper(rest) == rest {
		rest = lower(rest)
	}
	return string(unicode.ToTitle(r)) + rest
}

func isASCII(text string) bool {
	for i := range len(text) {
		if text[i] >= 0x80 {
			return false
		}
	}
	return true
}
