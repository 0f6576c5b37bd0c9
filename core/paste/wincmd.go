package paste

import (
	"strings"
)

// isWindows tells whether a command line is written for the command prompt of
// Windows, whose mark is a caret.
func isWindows(text string) bool {
	return strings.Contains(text, "^\n") || strings.Contains(text, "^\r\n") || strings.Contains(text, `^"`)
}

// windowsWords gives the words of a command line of the command prompt. It is read
// twice, as there: the prompt takes its carets away, then the program splits the
// rest at spaces outside of quotes.
func windowsWords(text string) []word {
	text = withoutCarets(strings.ReplaceAll(text, "\r\n", "\n"))
	var list []word
	var b strings.Builder
	open, quote, quoted := false, false, false
	end := func() {
		if open {
			list = append(list, word{b.String(), quoted})
		}
		b.Reset()
		open, quoted = false, false
	}
	for text != "" {
		slashes := len(text) - len(strings.TrimLeft(text, `\`))
		rest := text[slashes:]
		switch {
		case slashes > 0 && strings.HasPrefix(rest, `"`):
			b.WriteString(strings.Repeat(`\`, slashes/2))
			open = true
			if slashes%2 == 1 {
				b.WriteByte('"')
				rest = rest[1:]
			}
		case slashes > 0:
			b.WriteString(text[:slashes])
			open = true
		case quote && strings.HasPrefix(text, `""`):
			b.WriteByte('"')
			rest = text[2:]
		case text[0] == '"':
			quote, open, quoted = !quote, true, true
			rest = text[1:]
		case !quote && strings.IndexByte(" \t\n", text[0]) >= 0:
			end()
			rest = text[1:]
		default:
			b.WriteByte(text[0])
			open = true
			rest = text[1:]
		}
		text = rest
	}
	end()
	return list
}

// withoutCarets takes away the carets outside of quotes: each makes the character
// behind it an ordinary one, and one at the end of a line joins the next line. The
// text ends where a line ends without one.
func withoutCarets(text string) string {
	var b strings.Builder
	quote := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '"':
			quote = !quote
		case c == '\n' && !quote && !goesOn(strings.TrimLeft(text[i:], " \t\n")):
			return b.String()
		case c == '^' && !quote:
			if i++; i < len(text) && text[i] == '\n' {
				i++ // a second line break is one of the data
				if i == len(text) || text[i] != '\n' {
					i--
					continue
				}
			}
			if i == len(text) {
				return b.String()
			}
			c = text[i]
		}
		b.WriteByte(c)
	}
	return b.String()
}
