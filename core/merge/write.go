package merge

import (
	"fmt"
	"strings"
)

// Write gives the merge field that reads a path, as it is typed in a place:
// [First Name].
func Write(path string, place Place) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, r := range path {
		switch {
		case place == JSON && (isControl(r) || r == '"'):
			writeEscape(&b, r)
		case guarded(path, i, r):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte(']')
	return b.String()
}

// guarded tells whether a character of a path needs a backslash.
func guarded(path string, i int, r rune) bool {
	switch r {
	case '|', '[', ']', '\\', '\n', '\r':
		return true
	case ' ', '\t':
		return i == 0 || i+1 == len(path)
	case '@':
		return i == 0
	case ':':
		return path[:i+1] == secretPrefix
	}
	return false
}

func writeEscape(b *strings.Builder, r rune) {
	if r == '"' {
		b.WriteString(`\"`)
		return
	}
	fmt.Fprintf(b, `\u%04x`, r)
}
