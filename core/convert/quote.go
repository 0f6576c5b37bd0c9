package convert

import (
	"strings"
	"unicode"
)

// maxQuote is how many characters of a value a sentence repeats.
const maxQuote = 20

// quote puts a short start of a text into quotes, with dots where something was
// cut off. Characters that cannot be seen become spaces.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	n := 0
	for _, r := range text {
		if n == maxQuote {
			b.WriteRune('…')
			break
		}
		if !unicode.IsPrint(r) {
			r = ' '
		}
		b.WriteRune(r)
		n++
	}
	b.WriteByte('"')
	return b.String()
}
