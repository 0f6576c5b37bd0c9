package paste

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// lexer splits a command line the way of bash, and takes what PowerShell writes
// otherwise where bash could not mean it. A quote that does not close ends with the
// text.
type lexer struct {
	rest string
	word strings.Builder
	open bool // a word has begun
	list []string
}

// words gives the words of the first command of a text.
func words(text string) []string {
	l := &lexer{rest: strings.ReplaceAll(text, "\r\n", "\n")}
	for l.rest != "" && l.step() {
	}
	l.end()
	return l.list
}

// step reads on by a character or a quoted part; false at the end of the command.
func (l *lexer) step() bool {
	c := l.rest[0]
	switch {
	case c == '\n':
		l.end()
		l.rest = strings.TrimLeft(l.rest, " \t\n")
		return goesOn(l.rest)
	case c == ' ' || c == '\t':
		l.end()
		l.rest = l.rest[1:]
	case (c == '\\' || c == '`') && l.lineBreak():
	case c == '\\':
		l.rest = l.rest[1:]
		l.take()
	case c == '\'':
		l.plain()
	case c == '"':
		l.rest = l.rest[1:]
		l.double()
	case strings.HasPrefix(l.rest, "$'"):
		l.rest = l.rest[2:]
		l.escaped()
	case strings.HasPrefix(l.rest, `$"`):
		l.rest = l.rest[2:]
		l.double()
	case l.stops():
		return false
	default:
		l.take()
	}
	return true
}

// goesOn tells whether a line is more of the command although nothing at the end of
// the line before says so, as help pages sometimes print it.
func goesOn(line string) bool {
	for _, start := range []string{"-", "'", `"`, "http://", "https://"} {
		if strings.HasPrefix(line, start) {
			return true
		}
	}
	return false
}

// stops tells whether the command ends here: at a pipe, or at a semicolon or & that
// stands alone.
func (l *lexer) stops() bool {
	if l.open {
		return false
	}
	first, _, _ := strings.Cut(l.rest, " ")
	switch strings.TrimRight(first, "\n") {
	case "|", "||", "&", "&&", ";", ">", ">>", "2>", "2>&1":
		return true
	}
	return false
}

// lineBreak takes a mark at the end of a line that says that the command goes on,
// with spaces that were copied behind it.
func (l *lexer) lineBreak() bool {
	rest := strings.TrimLeft(l.rest[1:], " \t")
	if !strings.HasPrefix(rest, "\n") {
		return false
	}
	l.rest = rest[1:]
	return true
}

// take takes the next character as it is.
func (l *lexer) take() {
	_, size := utf8.DecodeRuneInString(l.rest)
	l.open = true
	l.word.WriteString(l.rest[:size])
	l.rest = l.rest[size:]
}

// plain takes a part in single quotes.
func (l *lexer) plain() {
	inner, rest, _ := strings.Cut(l.rest[1:], "'")
	l.open = true
	l.word.WriteString(inner)
	l.rest = rest
}

// double takes a part in double quotes, behind the first of them.
func (l *lexer) double() {
	l.open = true
	for l.rest != "" {
		switch c := l.rest[0]; {
		case c == '"':
			l.rest = l.rest[1:]
			return
		case (c == '\\' || c == '`') && len(l.rest) > 1 && strings.IndexByte("\"\\$`\n", l.rest[1]) >= 0:
			if l.rest[1] != '\n' {
				l.word.WriteByte(l.rest[1])
			}
			l.rest = l.rest[2:]
		default:
			l.take()
		}
	}
}

// escaped takes a part in $'…', in which a backslash means what it does in C.
func (l *lexer) escaped() {
	l.open = true
	for l.rest != "" {
		switch {
		case l.rest[0] == '\'':
			l.rest = l.rest[1:]
			return
		case l.rest[0] == '\\' && len(l.rest) > 1:
			l.escape()
		default:
			l.take()
		}
	}
}

// escape takes a backslash with what belongs to it.
func (l *lexer) escape() {
	const letters, means = `ntrabfve`, "\n\t\r\a\b\f\v\x1b"
	c := l.rest[1]
	if i := strings.IndexByte(letters, c); i >= 0 {
		l.word.WriteByte(means[i])
		l.rest = l.rest[2:]
		return
	}
	most := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]
	n := 0
	for n < most && n+2 < len(l.rest) && strings.IndexByte("0123456789abcdefABCDEF", l.rest[n+2]) >= 0 {
		n++
	}
	if n == 0 {
		l.rest = l.rest[1:]
		l.take()
		return
	}
	r, _ := strconv.ParseUint(l.rest[2:n+2], 16, 32)
	l.word.WriteRune(rune(r))
	l.rest = l.rest[n+2:]
}

// end ends a word.
func (l *lexer) end() {
	if l.open {
		l.list = append(l.list, strings.ToValidUTF8(l.word.String(), "\ufffd"))
	}
	l.word.Reset()
	l.open = false
}
