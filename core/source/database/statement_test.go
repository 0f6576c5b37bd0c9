package database

import (
	"strings"
	"testing"

	"hookbird/core"
)

func TestQueries(t *testing.T) {
	tests := []struct {
		kind        core.DatabaseKind
		query, want string // want is the statement, or a part of what is wrong
	}{
		{core.Postgres, "SELECT * FROM orders WHERE id > :last", "SELECT * FROM orders WHERE id > $1"},
		{core.Postgres, "select *, ':last' from o where a > :LAST and b::text <> ':last' -- :last\n ;  -- end", "select *, ':last' from o where a > $1 and b::text <> ':last'"},
		{core.Postgres, "SELECT $q$;:last$q$ FROM o WHERE at > :last::timestamptz", "SELECT $q$;:last$q$ FROM o WHERE at > $1::timestamptz"},
		{core.Postgres, `SELECT E'\';' FROM o WHERE a > :last`, `SELECT E'\';' FROM o WHERE a > $1`},
		{core.Postgres, `SELECT '\' FROM o WHERE a > :last`, `SELECT '\' FROM o WHERE a > $1`},
		{core.MySQL, `SELECT '\';' FROM o WHERE a > :last OR b > :last`, `SELECT '\';' FROM o WHERE a > ? OR b > ?`},
		{core.MySQL, "SELECT a--1 FROM o # :last ;\nWHERE a > :last", "SELECT a--1 FROM o # :last ;\nWHERE a > ?"},
		{core.SQLServer, "WITH q AS (SELECT TOP 3 * FROM [o;]) SELECT * FROM q WHERE id > :last", "WITH q AS (SELECT TOP 3 * FROM [o;]) SELECT * FROM q WHERE id > @p1"},
		{core.SQLite, `SELECT "update", o.delete FROM o WHERE a > :last`, `SELECT "update", o.delete FROM o WHERE a > ?1`},
		{core.SQLite, "SELECT * FROM (SELECT * FROM o LIMIT 5) WHERE a > :last", "SELECT * FROM (SELECT * FROM o LIMIT 5) WHERE a > ?1"},
		{core.SQLServer, "SELECT o.[set], o.print, 1.5 AS n FROM o WHERE a > :last", "SELECT o.[set], o.print, 1.5 AS n FROM o WHERE a > @p1"},

		{core.SQLite, "SELECT * FROM orders", "lacks :last"},
		{core.SQLite, "SELECT * FROM orders WHERE a = ':last'", "lacks :last"},
		{core.SQLite, "SELECT * FROM orders WHERE a > :lastly", "lacks :last"},
		{core.SQLite, " -- nothing\n", "The query is empty"},
		{core.SQLite, "DELETE FROM orders WHERE id > :last", "begins with DELETE"},
		{core.SQLite, "PRAGMA journal_mode", "begins with PRAGMA"},
		{core.SQLite, "SELECT 1 WHERE :last; DROP TABLE orders", "more than one statement"},
		{core.Postgres, "WITH d AS (DELETE FROM o RETURNING *) SELECT * FROM d WHERE id > :last", "holds DELETE"},
		{core.Postgres, "SELECT * INTO copy FROM o WHERE id > :last", "holds INTO"},
		{core.MySQL, "SELECT * FROM o WHERE id > :last INTO OUTFILE '/tmp/x'", "holds INTO"},
		{core.MySQL, "SELECT /*!50000 1; */ * FROM o WHERE id > :last", "would carry out"},
		{core.MySQL, "SELECT * FROM o WHERE id > :last /* no end", "in the middle of"},
		{core.Postgres, "SELECT * FROM o WHERE id > :last /* a /* b */", "in the middle of"},
		{core.MySQL, "SELECT 'a FROM o WHERE id > :last", "in the middle of"},
		{core.MySQL, "SELECT * FROM o WHERE id > :last LIMIT 100", "Leave LIMIT out"},
		{core.SQLServer, "SELECT TOP 100 * FROM o WHERE id > :last", "Leave TOP out"},
		{core.MySQL, "SELECT * FROM o WHERE id > :last FOR UPDATE", "holds UPDATE"},
		{core.MySQL, "SELECT * FROM o WHERE id > :last LOCK IN SHARE MODE", "holds LOCK IN"},
		{core.Postgres, "SELECT * FROM o WHERE id > :last FOR KEY SHARE", "holds KEY SHARE"},
		{core.MySQL, "SELECT NEXT VALUE FOR s AS id FROM o WHERE id > :last", "holds NEXT VALUE"},
		{core.Postgres, "SELECT dblink_exec('x', 'DELETE') AS id WHERE 1 > :last", "holds DBLINK_EXEC"},
		{core.SQLServer, "SELECT * FROM o WHERE id > :last WAITFOR DELAY '1:0:0'", "holds WAITFOR"},
		{core.SQLServer, "SELECT * FROM o WHERE id > :last AND 1 = 1.DELETE FROM o", "holds DELETE"},
		{core.SQLServer, "SELECT * FROM o WHERE id > :last AND 1 = $1.COMMIT", "holds COMMIT"},
		{core.SQLServer, "SELECT * FROM o WITH (UPDLOCK) WHERE id > :last", "holds UPDLOCK"},
		{core.SQLServer, "SELECT * FROM OPENQUERY(far, 'DELETE o') WHERE id > :last", "holds OPENQUERY"},
		{core.SQLServer, "SELECT * FROM o WHERE id > :last -- /*\n; DROP TABLE o --*/", "more than one statement"},
		{"", "SELECT 1 WHERE :last", "Choose which kind of database"},
		{core.SQLite, strings.Repeat("SELECT ", 20_000), "too long"},
	}
	for _, tt := range tests {
		s, err := parseQuery(tt.kind, tt.query)
		if checked := CheckQuery(tt.kind, tt.query); err == nil && checked != nil {
			err = checked
		} else if err != nil && checked == nil {
			t.Errorf("%s: CheckQuery takes what is refused: %v", tt.query, err)
		}
		if err != nil {
			if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: %v", tt.query, err)
			}
			continue
		}
		d, _ := dialectOf(tt.kind)
		if got := s.text(d); got != tt.want {
			t.Errorf("%s: %s", tt.query, got)
		}
	}
}

// FuzzQuery reads any text as a query. What is run holds what was typed in, with
// placeholders for :last and nothing else in its place.
func FuzzQuery(f *testing.F) {
	f.Add("SELECT * FROM o WHERE a > :last AND b = E'\\'' -- x", 0)
	f.Add("SELECT $a$:last$a$, [b], `c` /* /* */ */ WHERE :last;", 1)
	kinds := []core.DatabaseKind{core.SQLite, core.Postgres, core.MySQL, core.SQLServer}
	f.Fuzz(func(t *testing.T, query string, n int) {
		kind := kinds[uint(n)%4]
		s, err := parseQuery(kind, query)
		if err != nil {
			if core.CodeOf(err) != core.CodeInvalid {
				t.Fatal(err)
			}
			return
		}
		if len(s.args(1)) != len(s)-1 || len(s) < 2 {
			t.Fatalf("%q", s)
		}
		rest := query
		for i, part := range s {
			if !strings.HasPrefix(rest, part) {
				t.Fatalf("%q is not %q", s, query)
			}
			rest = rest[len(part):]
			if i < len(s)-1 {
				if !strings.EqualFold(rest[:5], ":last") {
					t.Fatalf("%q is not %q", s, query)
				}
				rest = rest[5:]
			}
		}
	})
}
