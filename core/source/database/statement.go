package database

import (
	"slices"
	"strings"

	"hookbird/core"
)

// statement is a query that was typed in, cut where :last stands.
type statement []string

// maxQuery is how long a query may be.
const maxQuery = 100_000

// lastName stands in a query where the last value belongs.
const lastName = "last"

// parseQuery reads a query: a single SELECT with :last in it.
func parseQuery(kind core.DatabaseKind, query string) (statement, error) {
	if len(query) > maxQuery {
		return nil, core.Errorf(core.CodeInvalid, "The query is too long. Up to %d characters are read.", maxQuery)
	}
	r := reader{kind: kind}
	if err := r.read(query); err != nil {
		return nil, err
	}
	if err := r.check(); err != nil {
		return nil, err
	}
	return r.cut(query), nil
}

// text gives the statement with a placeholder in each place of :last.
func (s statement) text(d dialect) string {
	var b strings.Builder
	for i, part := range s {
		if i > 0 {
			b.WriteString(d.place(i))
		}
		b.WriteString(part)
	}
	return b.String()
}

// args gives what is bound to the placeholders.
func (s statement) args(last any) []any {
	return slices.Repeat([]any{last}, len(s)-1)
}

// cut cuts the query at its places.
func (r *reader) cut(query string) statement {
	var s statement
	from := 0
	for _, at := range r.places {
		s = append(s, query[from:at])
		from = at + 1 + len(lastName)
	}
	return append(s, query[from:r.end])
}

// forbidden are the words of statements that do more than read.
var forbidden = []string{
	"INSERT", "UPDATE", "DELETE", "MERGE", "INTO", "DROP", "ALTER", "CREATE", "TRUNCATE",
	"GRANT", "REVOKE", "EXEC", "EXECUTE", "CALL", "ATTACH", "DETACH", "PRAGMA",
}

// check tells what is wrong with what was read.
func (r *reader) check() error {
	switch {
	case len(r.words) == 0:
		return core.Errorf(core.CodeInvalid, "The query is empty. Write a SELECT, like: SELECT * FROM orders WHERE id > :last")
	case r.words[0].text != "SELECT" && r.words[0].text != "WITH":
		return core.Errorf(core.CodeInvalid, "The query begins with %s. Only a single SELECT is run, which reads and changes nothing.", r.words[0].text)
	case r.second:
		return core.Errorf(core.CodeInvalid, "There is more than one statement. Write a single SELECT without a semicolon in it.")
	}
	for _, w := range r.words {
		if slices.Contains(forbidden, w.text) {
			return core.Errorf(core.CodeInvalid, "The query holds %s. Only a single SELECT is run, which reads and changes nothing. If that is the name of a column, put it in quotes.", w.text)
		}
	}
	if len(r.places) == 0 {
		return core.Errorf(core.CodeInvalid, "The query lacks :last, the greatest value that was read before. Add it, like: WHERE id > :last")
	}
	for _, w := range r.words {
		if w.depth == 0 && r.takesPart(w.text) {
			return core.Errorf(core.CodeInvalid, "Leave %s out of the query: all rows that it gives are read, in slices.", w.text)
		}
	}
	return nil
}

// takesPart tells whether a word cuts what a query gives.
func (r *reader) takesPart(word string) bool {
	if r.kind == core.SQLServer {
		return word == "TOP" || word == "FETCH"
	}
	return word == "LIMIT" || word == "FETCH" && r.kind == core.Postgres
}
