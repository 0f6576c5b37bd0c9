//go:build unix

package database

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

// onlyReads has statements that write run as if a query had hidden them, by a user who
// may do anything: the server itself refuses each, and nothing has changed.
func onlyReads(t *testing.T, s *server, statements ...string) {
	t.Helper()
	s.must(t, "DELETE FROM orders", "INSERT INTO orders (id, name) VALUES (1, 'Ada 1')")
	b := s.bench(t, "orders", "id")
	b.mustLook()
	for _, each := range statements {
		says(t, b.try(each), core.CodeInvalid, "The query would change something in the database. Only queries that read are run.")
	}
	var name string
	if err := s.ask.QueryRow("SELECT name FROM orders").Scan(&name); err != nil || name != "Ada 1" {
		t.Errorf("%q, %v", name, err)
	}
	b.mustLook() // the connection is as it was
	b.want(came(1)...)
}

// columnsGo renames columns of a server's table: one that somebody uses holds the
// source, one that the settings name too, and then all comes.
func columnsGo(t *testing.T, s *server) {
	s.must(t, "CREATE TABLE guests (id int PRIMARY KEY, name varchar(20), town varchar(20))", "INSERT INTO guests VALUES (1, 'Ada', 'Bern')")
	if s.source.Kind == core.Postgres {
		s.must(t, "GRANT SELECT ON guests TO hookbird")
	}
	b := s.bench(t, "guests", "id")
	b.mustLook()
	b.want(`guests, id 1: {"id":1,"name":"Ada","town":"Bern"}`)
	b.host.Hold(func(names []string) error {
		if !slices.Contains(names, "name") {
			return core.Errorf(core.CodeConflict, "The column name is gone.")
		}
		return nil
	})
	s.must(t, "ALTER TABLE guests RENAME COLUMN name TO full_name", "INSERT INTO guests VALUES (2, 'Grace', 'Basel')")
	if err := b.look(); !errors.Is(err, errWait) {
		t.Error(err)
	}
	b.want()
	s.must(t, "ALTER TABLE guests RENAME COLUMN full_name TO name", "ALTER TABLE guests RENAME COLUMN id TO nr")
	b.start()
	says(t, b.look(), core.CodeInvalid, "There is no column id in guests. Choose another one.")
	s.must(t, "ALTER TABLE guests RENAME COLUMN nr TO id")
	b.mustLook()
	b.want(`guests, id 2: {"id":2,"name":"Grace","town":"Basel"}`)
}

// asksAnew asks what becomes of rows once for each query.
func asksAnew(t *testing.T, s *server) {
	s.must(t, "DELETE FROM orders", "INSERT INTO orders (id, name) VALUES (1, 'Ada 1'), (2, 'Ada 2')")
	b := s.bench(t, "", "id")
	b.src.Existing = core.Existing{}
	for i, query := range []string{"SELECT * FROM orders WHERE id > :last", "SELECT * FROM orders WHERE id > :last AND id > 1"} {
		b.src.Database.Query = query
		b.start()
		if err := b.look(); !errors.Is(err, errWait) {
			t.Fatalf("%s: %v", query, err)
		}
		asked := b.host.Asked()
		if want := []string{"2 rows are already there.", "1 row is already there."}[i]; len(asked) != 1 || asked[0].Text != want {
			t.Fatalf("%+v, want %s", asked, want)
		}
		b.want()
		b.host.Answer(asked[0].ID, "skip")
		b.start()
		b.mustLook()
		b.want()
	}
	s.must(t, "INSERT INTO orders (id, name) VALUES (3, 'Ada 3')")
	b.mustLook()
	b.want(`shop, id 3: {"id":3,"name":"Ada 3"}`)
}

// future has a row whose time lies far ahead: it comes once, and what follows is not
// taken for old.
func future(t *testing.T, s *server, kind, now string, more ...string) {
	s.must(t, "CREATE TABLE visits (id int PRIMARY KEY, at "+kind+" NOT NULL)")
	if s.source.Kind == core.Postgres {
		s.must(t, "GRANT SELECT ON visits TO hookbird")
	}
	for i, at := range append(more, "'9999-12-31'") {
		s.must(t, "INSERT INTO visits VALUES ("+string(rune('1'+i))+", "+at+")")
	}
	for _, query := range []string{"", "SELECT * FROM visits WHERE at >= :last"} {
		b := s.bench(t, "visits", "at")
		if b.src.Database.Query = query; query != "" {
			b.src.Database.Table = ""
		}
		b.mustLook()
		if n := len(b.host.Events()); n != len(more)+1 {
			t.Errorf("%q: %d rows", query, n)
		}
		for i := range 3 {
			b.db.state = b.db.state.settled(time.Now().Add(time.Hour), 0) // as after an overlap
			s.must(t, "INSERT INTO visits VALUES ("+string(rune('7'+i))+", "+now+")")
			b.start()
			b.mustLook()
			b.mustLook()
			if got := b.host.Got(); len(got) != 1 || !strings.Contains(got[0], `{"id":`+string(rune('7'+i))) {
				t.Errorf("%q: %q", query, got)
			}
		}
		s.must(t, "DELETE FROM visits WHERE id >= 7")
	}
}
