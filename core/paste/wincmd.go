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
func windowsWords(text string) []string {
	s := splitter{rest: withoutCarets(strings.ReplaceAll(text, "\r\n", "\n"))}
	for s.rest != "" {
		s.step()
	}
	s.end()
	return s.list
}

// splitter splits a command line the way programs on Windows do.
type splitter struct {
	rest  string
	word  strings.Builder
	open  bool // a word has begun
	quote bool // and is inside quotes
	list  []string
}

func (s *splitter) step() {
	slashes := len(s.rest) - len(strings.TrimLeft(s.rest, `\`))
	switch {
	case slashes > 0:
		s.slashes(slashes)
	case s.quote && strings.HasPrefix(s.rest, `""`):
		s.take(`"`, 2)
	case s.rest[0] == '"':
		s.quote = !s.quote
		s.take("", 1)
	case !s.quote && strings.IndexByte(" \t\n", s.rest[0]) >= 0:
		s.end()
		s.rest = s.rest[1:]
	default:
		s.take(s.rest[:1], 1)
	}
}

// slashes takes backslashes. In front of a quote two of them are one, and one that
// is left makes the quote an ordinary character.
func (s *splitter) slashes(n int) {
	switch {
	case !strings.HasPrefix(s.rest[n:], `"`):
		s.take(s.rest[:n], n)
	case n%2 == 0:
		s.take(s.rest[:n/2], n)
	default:
		s.take(s.rest[:n/2]+`"`, n+1)
	}
}

// take puts a text into the word for so many bytes of the line.
func (s *splitter) take(text string, n int) {
	s.open = true
	s.word.WriteString(text)
	s.rest = s.rest[n:]
}

func (s *splitter) end() {
	if s.open {
		s.list = append(s.list, s.word.String())
	}
	s.word.Reset()
	s.open = false
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
