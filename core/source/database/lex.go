package database

import (
	"strings"

	"hookbird/core"
)

// reader reads a query as far as it takes to know which of its words are words, and
// not texts, names in quotes, or comments. It errs to the side of seeing a word.
type reader struct {
	kind   core.DatabaseKind
	words  []word
	places []int // where :last stands
	depth  int   // of brackets
	ended  bool  // by a semicolon
	second bool  // something came after it
	end    int   // of the statement
}

type word struct {
	text  string // in capitals
	depth int
}

var errUnended = core.Errorf(core.CodeInvalid, "The query ends in the middle of a text or a comment. Look for a quote that is missing.")

// read reads all of a query.
func (r *reader) read(q string) error {
	for at := 0; at < len(q); {
		if n := blank(q[at:]); n > 0 {
			at += n
			continue
		}
		n, err := r.comment(q[at:])
		if err != nil {
			return err
		}
		if n == 0 {
			if n, err = r.token(q, at); err != nil {
				return err
			}
		}
		at += n
	}
	return nil
}

// blank gives how many spaces q begins with.
func blank(q string) int { return len(q) - len(strings.TrimLeft(q, " \t\r\n\f\v")) }

// comment gives how long the comment is that q begins with, 0 for none.
func (r *reader) comment(q string) (int, error) {
	mysql := r.kind == core.MySQL
	switch {
	case strings.HasPrefix(q, "--") && (!mysql || len(q) == 2 || blank(q[2:]) > 0), mysql && q[0] == '#':
		if n := strings.IndexByte(q, '\n'); n >= 0 {
			return n, nil
		}
		return len(q), nil
	case mysql && (strings.HasPrefix(q, "/*!") || strings.HasPrefix(q, "/*M!")):
		return 0, core.Errorf(core.CodeInvalid, "The query holds a comment that the database would carry out, /*! … */. Leave it out.")
	case strings.HasPrefix(q, "/*"):
		return r.block(q)
	}
	return 0, nil
}

// block gives the length of a /* comment */, which may hold others where the
// database says so.
func (r *reader) block(q string) (int, error) {
	nests := r.kind == core.Postgres || r.kind == core.SQLServer
	deep := 1
	for at := 2; at+1 < len(q); at++ {
		switch {
		case q[at:at+2] == "*/":
			deep--
			at++
			if deep == 0 {
				return at + 1, nil
			}
		case nests && q[at:at+2] == "/*":
			deep++
			at++
		}
	}
	return 0, errUnended
}

// token reads what is no comment, and gives its length.
func (r *reader) token(q string, at int) (int, error) {
	c := q[at]
	if c == ';' {
		r.ended = true
		return 1, nil
	}
	if r.ended {
		r.second = true
	}
	n, err := r.tokenIn(q, at)
	if !r.ended {
		r.end = at + n
	}
	return n, err
}

func (r *reader) tokenIn(q string, at int) (int, error) {
	rest := q[at:]
	switch c := rest[0]; {
	case c == '\'', c == '"', c == '`' && (r.kind == core.MySQL || r.kind == core.SQLite):
		return r.quoted(rest, c, r.escapes(q, at, c))
	case c == '[' && (r.kind == core.SQLServer || r.kind == core.SQLite):
		return r.quoted(rest, ']', false)
	case c == '$' && r.kind == core.Postgres:
		return dollars(rest)
	case c == ':' && isLast(q, at):
		r.places = append(r.places, at)
		return 1 + len(lastName), nil
	case c == '(':
		r.depth++
	case c == ')':
		r.depth--
	case isWordChar(c):
		return r.word(q, at), nil
	}
	return 1, nil
}

// escapes tells whether a backslash keeps a quote from ending the text.
func (r *reader) escapes(q string, at int, quote byte) bool {
	switch r.kind {
	case core.MySQL:
		return quote != '`'
	case core.Postgres:
		lone := at < 2 || !isWordChar(q[at-2])
		return quote == '\'' && at > 0 && (q[at-1] == 'e' || q[at-1] == 'E') && lone
	}
	return false
}

// quoted gives the length of what q begins with, up to its closing quote, which
// stands for itself where it is doubled.
func (r *reader) quoted(q string, end byte, escapes bool) (int, error) {
	for at := 1; at < len(q); at++ {
		switch {
		case escapes && q[at] == '\\':
			at++
		case q[at] == end && at+1 < len(q) && q[at+1] == end:
			at++
		case q[at] == end:
			return at + 1, nil
		}
	}
	return 0, errUnended
}

// dollars gives the length of a $tag$text$tag$, or of the dollar alone.
func dollars(q string) (int, error) {
	n := 1
	for n < len(q) && isWordChar(q[n]) && q[n] != '$' {
		n++
	}
	if n == len(q) || q[n] != '$' || n > 1 && q[1] >= '0' && q[1] <= '9' {
		return 1, nil
	}
	tag := q[:n+1]
	end := strings.Index(q[len(tag):], tag)
	if end < 0 {
		return 0, errUnended
	}
	return len(tag) + end + len(tag), nil
}

// isLast tells whether :last stands at a place.
func isLast(q string, at int) bool {
	after := at + 1 + len(lastName)
	return after <= len(q) && strings.EqualFold(q[at+1:after], lastName) &&
		(after == len(q) || !isWordChar(q[after])) && (at == 0 || q[at-1] != ':')
}

// word reads a word. One that follows a dot is the name of a column.
func (r *reader) word(q string, at int) int {
	n := 1
	for at+n < len(q) && isWordChar(q[at+n]) {
		n++
	}
	if !afterDot(q, at) {
		r.words = append(r.words, word{strings.ToUpper(q[at : at+n]), max(r.depth, 0)})
	}
	return n
}

// afterDot tells whether what stands at a place is the name of a column, behind that
// of its table. A dot may also end a number.
func afterDot(q string, at int) bool {
	if at == 0 || q[at-1] != '.' {
		return false
	}
	from := at - 1
	for from > 0 && isWordChar(q[from-1]) {
		from--
	}
	first := q[from]
	return first != '$' && (first < '0' || first > '9')
}

func isWordChar(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c == '@' || c >= 0x80
}
