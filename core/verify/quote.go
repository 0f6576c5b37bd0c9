package verify

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// quote writes a text as a literal of a language: between marks, with a backslash
// before each of special, and what cannot be seen by its number.
func quote(text, mark, special, number string) string {
	var b strings.Builder
	b.WriteString(mark)
	for _, r := range text {
		switch {
		case strings.ContainsRune(special, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case unicode.IsPrint(r):
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, number, r)
		}
	}
	b.WriteString(mark)
	return b.String()
}

func quotePHP(text string) string {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return quote(text, `"`, `"\$`, `\u{%x}`)
	}
	return quote(text, `'`, `'\`, "")
}

func quotePython(text string) string { return quote(text, `"`, `"\`, `\U%08x`) }

func quoteScript(text string) string { return quote(text, `'`, `'\`, `\u{%x}`) }

func quoteGo(text string) string { return strconv.Quote(text) }
