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

// CheckQuery tells what is wrong with a query before a database is asked: it has to be
// a single SELECT with :last in it, which changes nothing and locks nothing. What it
// says is CodeInvalid, a sentence for who wrote the query.
//
// It looks at words alone. That functions of a database change nothing is ensured when
// the query is run.
func CheckQuery(kind core.DatabaseKind, query string) error {
	if _, err := dialectOf(kind); err != nil {
		return err
	}
	_, err := parseQuery(kind, query)
	return err
}

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

// forbiddenOf are those of a kind of database: what is no part of the transaction that
// is rolled back, or would do something elsewhere. SQL Server takes statements without
// a semicolon between them.
var forbiddenOf = map[core.DatabaseKind][]string{
	core.Postgres: {
		"DBLINK", "DBLINK_EXEC", "DBLINK_SEND_QUERY", "LO_EXPORT", "LO_IMPORT", "LO_CREATE", "LO_CREAT", "LO_PUT", "LO_UNLINK", "LO_FROM_BYTEA", "PG_NOTIFY", "PG_TERMINATE_BACKEND", "PG_CANCEL_BACKEND",
		"PG_RELOAD_CONF", "SET_CONFIG", "PG_ADVISORY_LOCK", "PG_ADVISORY_LOCK_SHARED",
	},
	core.MySQL: {"GET_LOCK", "NEXTVAL", "SETVAL"},
	core.SQLServer: {
		"OPENQUERY", "OPENROWSET", "OPENDATASOURCE", "UPDLOCK", "XLOCK", "TABLOCK", "TABLOCKX", "HOLDLOCK",
		"BACKUP", "RESTORE", "DBCC", "SHUTDOWN", "KILL", "RECONFIGURE", "DENY", "DECLARE", "SET", "WAITFOR", "WRITETEXT",
		"UPDATETEXT", "CHECKPOINT", "BEGIN", "COMMIT", "ROLLBACK", "SAVE", "IF", "WHILE", "RAISERROR", "PRINT",
	},
}

// pairs are words that are forbidden one after the other.
var pairs = [][2]string{{"FOR", "SHARE"}, {"KEY", "SHARE"}, {"LOCK", "IN"}, {"NEXT", "VALUE"}}

// forbids gives the first words that do more than read; "" if there are none.
func (r *reader) forbids() string {
	before := ""
	for _, w := range r.words {
		if slices.Contains(forbidden, w.text) || slices.Contains(forbiddenOf[r.kind], w.text) {
			return w.text
		}
		if slices.Contains(pairs, [2]string{before, w.text}) {
			return before + " " + w.text
		}
		before = w.text
	}
	return ""
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
	if words := r.forbids(); words != "" {
		return core.Errorf(core.CodeInvalid, "The query holds %s. Only a single SELECT is run, which reads, changes nothing, and locks nothing. If that is the name of a column, put it in quotes.", words)
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
