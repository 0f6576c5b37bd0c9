//go:build unix

package database

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

func TestPostgres(t *testing.T) {
	s := startPostgres(t)
	s.must(t, `CREATE TABLE orders (id bigserial PRIMARY KEY, name text)`, `GRANT SELECT ON orders TO hookbird`)
	t.Run("values", func(t *testing.T) { postgresValues(t, s) })
	t.Run("late", func(t *testing.T) { lateRows(t, s) })
	t.Run("changed", func(t *testing.T) { changedRows(t, s, "timestamptz", "clock_timestamp()") })
	t.Run("query", func(t *testing.T) {
		queries(t, s, "SELECT o.*, 'x' AS more FROM orders o WHERE o.id > :last AND 'a:last' <> ''")
	})
	t.Run("since", func(t *testing.T) { since(t, s, "timestamptz", "timestamp", "date") })
	t.Run("words", func(t *testing.T) { postgresWords(t, s) })
	t.Run("survey", func(t *testing.T) { surveys(t, s) })
	t.Run("read only", func(t *testing.T) {
		s.must(t, `CREATE FUNCTION writes() RETURNS int LANGUAGE sql AS 'INSERT INTO orders (name) VALUES (''x''); SELECT 1'`)
		b := s.bench(t, "", "id")
		b.src.Database.Query, b.src.Database.User, b.src.Database.TLS = "SELECT writes() AS id WHERE 1 > :last", "hookbird", core.TLSOff
		s.must(t, "GRANT INSERT ON orders TO hookbird", "GRANT USAGE ON SEQUENCE orders_id_seq TO hookbird")
		says(t, b.look(), core.CodeInvalid, "would change something")
	})
	t.Run("only reads", func(t *testing.T) {
		s.must(t, "GRANT ALL ON ALL TABLES IN SCHEMA public TO hookbird", "GRANT ALL ON SCHEMA public TO hookbird")
		onlyReads(t, s, "INSERT INTO orders (name) VALUES ('x') RETURNING id", "UPDATE orders SET name = 'x' RETURNING id", "DELETE FROM orders RETURNING id",
			"WITH d AS (DELETE FROM orders RETURNING id) SELECT * FROM d", "SELECT * INTO copied FROM orders", "CREATE TABLE made (id int)",
			"SELECT nextval('orders_id_seq')", "SELECT * FROM orders FOR UPDATE", "TRUNCATE orders")
		err := s.bench(t, "orders", "id").try("SELECT set_config('transaction_read_only', 'off', false)")
		if err == nil {
			t.Error("the transaction was told to write")
		}
	})
	t.Run("columns go", func(t *testing.T) { columnsGo(t, s) })
	t.Run("asks anew", func(t *testing.T) { asksAnew(t, s) })
	t.Run("future", func(t *testing.T) {
		future(t, s, "timestamptz", "now()", "'infinity'", "'-infinity'", "'20000-01-01'", "'0044-03-15 BC'")
	})
	t.Run("tls", func(t *testing.T) {
		dir := s.source.CAFile // its folder is the server's
		s.must(t, "ALTER SYSTEM SET ssl_cert_file = '"+filepath.Join(filepath.Dir(dir), "cert.pem")+"'",
			"ALTER SYSTEM SET ssl_key_file = '"+filepath.Join(filepath.Dir(dir), "key.pem")+"'",
			"ALTER SYSTEM SET ssl = on", "SELECT pg_reload_conf()")
		protected(t, s)
		b := s.bench(t, "orders", "id")
		b.src.Database.User = "tls"
		b.env.Vault = vault("x")
		if _, err := Survey(t.Context(), b.src, b.env); core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), "no right to read") {
			t.Errorf("with TLS this user is let in: %v", err)
		}
	})
	t.Run("slow", func(t *testing.T) { slow(t, s, "SELECT 1 AS id FROM pg_sleep(60) WHERE 1 > :last") })
	t.Run("cost", func(t *testing.T) { cost(t, s) })
	t.Run("vanishes", func(t *testing.T) { vanishes(t, s) })
}

func postgresValues(t *testing.T, s *server) {
	s.must(t, `CREATE TYPE mood AS ENUM ('fine')`, `CREATE TABLE vals (id int PRIMARY KEY, n numeric(30,10), f4 real, f8 double precision, b boolean,
		ts timestamp, tz timestamptz, d date, tm time, j json, jb jsonb, bin bytea, u uuid, m mood, arr int[], x xml, inf timestamptz, nan numeric, none text, "Größe ""x" text)`,
		`GRANT SELECT ON vals TO hookbird`,
		`INSERT INTO vals VALUES (1, 12345678901234567890.1234567890, 0.1, 0.1, true, '2026-01-31 12:00:00.123456', '2026-01-31 12:00:00+02', '2026-01-31', '12:00:01',
		'{"a":  1.10}', '{"b": [1.10]}', '\x00ff', '00112233-4455-6677-8899-aabbccddeeff', 'fine', '{1,2}', '<a/>', 'infinity', 'NaN', NULL, 'ß')`)
	b := s.bench(t, "vals", "id")
	b.mustLook()
	b.want(`vals, id 1: {"id":1,"n":12345678901234567890.1234567890,"f4":0.1,"f8":0.1,"b":true,"ts":"2026-01-31T12:00:00.123456","tz":"2026-01-31T10:00:00Z",` +
		`"d":"2026-01-31","tm":"12:00:01","j":{"a":1.10},"jb":{"b":[1.10]},"bin":"AP8=","u":"00112233-4455-6677-8899-aabbccddeeff","m":"fine","arr":"{1,2}","x":"<a/>","inf":"infinity","nan":"NaN","none":null,"Größe \"x":"ß"}`)
	for _, rising := range []string{"n", "f8", "ts", "tz", "d", "bin"} { // each can be bound again
		b := s.bench(t, "vals", rising)
		b.mustLook()
		b.mustLook()
		if n := len(b.host.Events()); n != 1 {
			t.Errorf("%s: %d events", rising, n)
		}
		b = s.bench(t, "", rising)
		b.src.Database.Query = "SELECT * FROM vals WHERE " + rising + " >= :last"
		b.mustLook()
		b.mustLook()
		if n := len(b.host.Events()); n != 1 {
			t.Errorf("query by %s: %d events", rising, n)
		}
	}
}

// lateRows reads while transactions are open that got smaller numbers.
func lateRows(t *testing.T, s *server) {
	s.must(t, "DELETE FROM orders")
	b := s.bench(t, "orders", "id")
	late, err := s.ask.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := late.Exec("INSERT INTO orders (id, name) VALUES (101, 'Ada 101')"); err != nil {
		t.Fatal(err)
	}
	s.must(t, "INSERT INTO orders (id, name) VALUES (102, 'Ada 102')")
	b.mustLook()
	b.want(came(102)...)
	if err := late.Commit(); err != nil {
		t.Fatal(err)
	}
	b.mustLook()
	b.want(came(101)...)
	b.start()
	b.mustLook()
	b.want()
}

// changedRows has rows change, by a column of a time.
func changedRows(t *testing.T, s *server, kind, now string) {
	s.must(t, "CREATE TABLE people (name varchar(20) PRIMARY KEY, town text, at "+kind+")", "CREATE INDEX people_at ON people (at)")
	if s.source.Kind == core.Postgres {
		s.must(t, "GRANT SELECT ON people TO hookbird")
	}
	s.must(t, "INSERT INTO people VALUES ('Ada', 'Bern', "+now+"), ('Grace', 'Basel', "+now+")")
	b := s.bench(t, "people", "at")
	b.src.Database.Changed = true
	b.src.Existing.Do = core.ExistingSkip
	b.mustLook()
	s.must(t, "UPDATE people SET town = 'Genf', at = "+now+" WHERE name = 'Ada'", "INSERT INTO people VALUES ('Mary', 'Basel', "+now+")")
	b.mustLook()
	b.mustLook()
	var got []string
	for _, e := range b.host.Events() {
		got = append(got, e.Type+" "+e.Origin)
	}
	slices.Sort(got) // both may have the same time
	if !slices.Equal(got, []string{"record.created people, name Mary", "record.updated people, name Ada"}) {
		t.Error(got)
	}
}

func queries(t *testing.T, s *server, query string) {
	s.must(t, "DELETE FROM orders", "INSERT INTO orders (id, name) VALUES (201, 'Ada')")
	b := s.bench(t, "", "id")
	b.src.Database.Query = query
	b.src.Existing.Do = core.ExistingSkip
	b.mustLook()
	s.must(t, "INSERT INTO orders (id, name) VALUES (203, 'Mary')")
	b.mustLook()
	s.must(t, "INSERT INTO orders (id, name) VALUES (202, 'Grace')")
	b.mustLook()
	b.mustLook()
	b.want(`shop, id 203: {"id":203,"name":"Mary","more":"x"}`, `shop, id 202: {"id":202,"name":"Grace","more":"x"}`)
}

// since takes rows from a day on, of columns of kinds of times.
func since(t *testing.T, s *server, kinds ...string) {
	for _, kind := range kinds {
		s.must(t, "DROP TABLE IF EXISTS days", "CREATE TABLE days (id int PRIMARY KEY, at "+kind+")")
		if s.source.Kind == core.Postgres {
			s.must(t, "GRANT SELECT ON days TO hookbird")
		}
		s.must(t, "INSERT INTO days VALUES (1, '2026-01-29 12:00:00'), (2, '2026-02-01 12:00:00'), (3, '2026-02-03 12:00:00')")
		for _, query := range []string{"", "SELECT * FROM days WHERE at > :last"} {
			b := s.bench(t, "days", "at")
			if b.src.Database.Query = query; query != "" {
				b.src.Database.Table = ""
			}
			b.src.Existing = core.Existing{Do: core.ExistingSince, Since: time.Date(2026, 2, 1, 0, 0, 0, 0, time.Local)}
			b.mustLook()
			var got []string
			for _, e := range b.host.Events() {
				got = append(got, string(e.Data[:7]))
			}
			if strings.Join(got, " ") != `{"id":2 {"id":3` {
				t.Errorf("%s %q: %q", kind, query, got)
			}
		}
	}
}

// says compares an error's sentence, and looks for the password in all that is known
// of it.
func says(t *testing.T, err error, code core.Code, want string) {
	t.Helper()
	if err == nil {
		t.Errorf("no error, want %s", want)
		return
	}
	if core.CodeOf(err) != code || !strings.Contains(core.Sentence(err), want) {
		t.Errorf("%s: %s, want %s", core.CodeOf(err), core.Sentence(err), want)
	}
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(e.Error(), password) || strings.Contains(e.Error(), "wrong-one") {
			t.Errorf("the password is in %v", e)
		}
	}
}

// trouble looks at a source with settings that lead to nothing.
func troubleOf(t *testing.T, s *server, change func(*core.DatabaseSource, *bench)) error {
	t.Helper()
	b := s.bench(t, "orders", "id")
	b.src.Database.Timeout = 5 * time.Second
	change(b.src.Database, b)
	_, err := Survey(t.Context(), b.src, b.env)
	return err
}

// wordsOfAll are those that all servers have alike.
func wordsOfAll(t *testing.T, s *server) {
	for want, change := range map[string]func(*core.DatabaseSource, *bench){
		"No server called nowhere.invalid was found":      func(d *core.DatabaseSource, _ *bench) { d.Host = "nowhere.invalid" },
		"Nothing answers at 127.0.0.1:":                   func(d *core.DatabaseSource, _ *bench) { d.Port = freePort(t) },
		"does not accept the user hookbird":               func(_ *core.DatabaseSource, b *bench) { b.env.Vault = vault("wrong-one") },
		"There is no table guests in the database shop":   func(d *core.DatabaseSource, _ *bench) { d.Table = "guests" },
		"There is no column nr in orders. Choose another": func(d *core.DatabaseSource, _ *bench) { d.Rising = "nr" },
		"A column that is asked for is not there": func(d *core.DatabaseSource, _ *bench) {
			d.Table, d.Query = "", "SELECT nr FROM orders WHERE id > :last"
		},
		"does not understand the query": func(d *core.DatabaseSource, _ *bench) {
			d.Table, d.Query = "", "SELECT nr FROM FROM orders WHERE id > :last"
		},
	} {
		err := troubleOf(t, s, change)
		says(t, err, core.CodeOf(err), want)
	}
}

func postgresWords(t *testing.T, s *server) {
	wordsOfAll(t, s)
	s.must(t, "CREATE TABLE secrets (id int)")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.Name = "nothing" }), core.CodeInvalid, "There is no database nothing at 127.0.0.1:")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.Table = "secrets" }), core.CodeInvalid, "has no right to read this")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.User, d.TLS = "tls", core.TLSOff }), core.CodeInvalid, "wants an encrypted connection")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.TLS = core.TLSVerify }), core.CodeInvalid, "cannot encrypt the connection")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.User = "stranger" }), core.CodeInvalid, "does not let the user stranger in")
}

// protected has a server prove who it is.
func protected(t *testing.T, s *server) {
	ca := s.source.CAFile
	with := func(host, file string) error {
		return troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.TLS, d.Host, d.CAFile = core.TLSVerify, host, file })
	}
	if err := with("127.0.0.1", ca); err != nil {
		t.Error(err)
	}
	says(t, with("127.0.0.1", ""), core.CodeInvalid, "Nobody whom this computer trusts vouches for")
	says(t, with("localhost", ca), core.CodeInvalid, "is for another name")
	says(t, with("127.0.0.1", ca+".none"), core.CodeInvalid, "could not be read. Choose it again.")
	says(t, with("127.0.0.1", filepath.Join(filepath.Dir(ca), "key.pem")), core.CodeInvalid, "holds no certificate")
}

func surveys(t *testing.T, s *server) {
	s.must(t, "DELETE FROM orders", "INSERT INTO orders (id, name) VALUES (1, 'Ada'), (2, 'Ada'), (3, NULL)")
	b := s.bench(t, "", "")
	v, err := Survey(t.Context(), b.src, b.env)
	if err != nil || !slices.Contains(v.Tables, "orders") || !strings.HasPrefix(v.Text, "The connection works.") {
		t.Errorf("%+v, %v", v, err)
	}
	for _, query := range []string{"", "SELECT * FROM orders WHERE id > :last"} {
		for _, rising := range []string{"", "id"} {
			b := s.bench(t, "orders", rising)
			if b.src.Database.Query = query; query != "" {
				b.src.Database.Table = ""
			}
			v, err := Survey(t.Context(), b.src, b.env)
			if err != nil || len(v.Columns) != 2 || v.Columns[0].Name != "id" {
				t.Fatalf("%+v, %v", v, err)
			}
			if query != "" && rising == "" {
				continue // without the rising column there is nothing to ask for
			}
			if v.Records != 3 || len(v.Samples) != 3 || !v.Columns[0].Rising || !v.Columns[0].Key || v.Columns[1].Rising || v.Columns[1].Key {
				t.Errorf("%q: %+v", query, v)
			}
		}
	}
}

// slow runs a query that does not end.
func slow(t *testing.T, s *server, query string) {
	b := s.bench(t, "", "id")
	b.src.Database.Query, b.src.Database.Timeout = query, 300*time.Millisecond
	says(t, b.look(), core.CodeUnavailable, "did not answer within 300ms")
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	began := time.Now()
	if err := b.db.look(ctx); err == nil || time.Since(began) > 5*time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

// vanishes kills the server while it is read, and starts it again.
func vanishes(t *testing.T, s *server) {
	s.must(t, "DELETE FROM orders")
	const n = 8000
	for from := 1; from <= n; from += 1000 {
		var rows []string
		for i := from; i < from+1000; i++ {
			rows = append(rows, fmt.Sprintf("(%d,'%s')", i, strings.Repeat("x", 3000)))
		}
		s.must(t, "INSERT INTO orders (id, name) VALUES "+strings.Join(rows, ","))
	}
	for _, query := range []string{"", "SELECT * FROM orders WHERE id > :last"} {
		bench := s.bench(t, "orders", "id")
		if bench.src.Database.Query = query; query != "" {
			bench.src.Database.Table = ""
		}
		bench.host.Refuse(func(commit int) error {
			if commit == 4 {
				s.stop()
			}
			return nil
		})
		err := bench.look()
		if err == nil || core.CodeOf(err) != core.CodeUnavailable || strings.Contains(core.Sentence(err), "could not be read") {
			t.Errorf("%q: %v", query, err)
		}
		bench.db.next(time.Now(), err)
		says(t, bench.look(), core.CodeUnavailable, "Nothing answers at")
		s.start()
		bench.mustLook()
		seen := map[string]bool{}
		for _, e := range bench.host.Events() {
			if seen[e.Origin] {
				t.Fatalf("%s came twice", e.Origin)
			}
			seen[e.Origin] = true
		}
		if len(seen) != n {
			t.Errorf("%q: %d rows of %d", query, len(seen), n)
		}
	}
}

// cost measures a look at a table in which nothing has changed.
func cost(t *testing.T, s *server) {
	s.must(t, "DELETE FROM orders", "INSERT INTO orders (id, name) VALUES (1, 'Ada 1')")
	b := s.bench(t, "orders", "id")
	b.mustLook()
	const polls = 50
	before := cpu(t)
	for range polls {
		b.mustLook()
	}
	if each := (cpu(t) - before) / polls; each > 10*time.Millisecond && !raced {
		t.Errorf("%v of CPU a look", each)
	} else {
		t.Logf("%v of CPU a look", each)
	}
}
