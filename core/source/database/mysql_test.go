//go:build unix

package database

import (
	"testing"
	"time"

	"hookbird/core"
)

func TestMySQL(t *testing.T) {
	s := startMySQL(t)
	s.must(t, "CREATE TABLE orders (id bigint PRIMARY KEY auto_increment, name text)")
	t.Run("values", func(t *testing.T) { mysqlValues(t, s) })
	t.Run("late", func(t *testing.T) { lateRows(t, s) })
	t.Run("changed", func(t *testing.T) { changedRows(t, s, "timestamp(6) NOT NULL", "NOW(6)") })
	t.Run("query", func(t *testing.T) {
		queries(t, s, "SELECT o.*, 'x' AS more FROM orders o WHERE o.id > :last AND 'a:last' <> ''")
	})
	t.Run("since", func(t *testing.T) { since(t, s, "datetime", "timestamp", "date") })
	t.Run("words", func(t *testing.T) { mysqlSays(t, s) })
	t.Run("survey", func(t *testing.T) { surveys(t, s) })
	t.Run("read only", func(t *testing.T) {
		s.must(t, "GRANT ALL ON shop.* TO hookbird@'127.0.0.1'",
			"CREATE FUNCTION writes() RETURNS INT BEGIN INSERT INTO orders (name) VALUES ('x'); RETURN 1; END")
		b := s.bench(t, "", "id")
		b.src.Database.Query = "SELECT writes() AS id FROM DUAL WHERE 1 > :last"
		says(t, b.look(), core.CodeInvalid, "would change something")
	})
	t.Run("only reads", func(t *testing.T) {
		s.must(t, "CREATE TABLE plain (id int) ENGINE=MyISAM", "CREATE SEQUENCE numbers",
			"CREATE FUNCTION writes_plain() RETURNS INT BEGIN INSERT INTO plain VALUES (1); RETURN 1; END")
		onlyReads(t, s, "INSERT INTO orders (name) VALUES ('x')", "UPDATE orders SET name = 'x'", "DELETE FROM orders", "REPLACE INTO orders (id) VALUES (1)",
			"CREATE TABLE made (id int)", "TRUNCATE orders", "SELECT SETVAL(numbers, 5)", "SELECT * FROM orders FOR UPDATE", "INSERT INTO plain VALUES (1)", "SELECT writes_plain()", "SELECT NEXTVAL(numbers)", "DROP TABLE orders")
	})
	t.Run("columns go", func(t *testing.T) { columnsGo(t, s) })
	t.Run("asks anew", func(t *testing.T) { asksAnew(t, s) })
	t.Run("future", func(t *testing.T) { future(t, s, "datetime", "NOW()", "'2206-01-31'") })
	t.Run("slow", func(t *testing.T) {
		slow(t, s, "SELECT BENCHMARK(1000000000000, SHA2('x', 512)) AS id FROM DUAL WHERE 1 > :last")
	})
	t.Run("ends", func(t *testing.T) {
		n := 1
		for limit := time.After(10 * time.Second); n > 0; {
			if err := s.ask.QueryRow("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'hookbird' AND info LIKE '%BENCHMARK%'").Scan(&n); err != nil {
				t.Fatal(err)
			}
			select {
			case <-limit:
				t.Fatalf("%d queries go on", n)
			case <-time.After(10 * time.Millisecond):
			}
		}
	})
	t.Run("tls", func(t *testing.T) { protected(t, s) })
	t.Run("cost", func(t *testing.T) { cost(t, s) })
	t.Run("vanishes", func(t *testing.T) { vanishes(t, s) })
}

func mysqlValues(t *testing.T, s *server) {
	s.must(t, `CREATE TABLE vals (id int unsigned PRIMARY KEY, big bigint unsigned, n decimal(30,10), f4 float, f8 double, b boolean, dt datetime(3), ts timestamp NULL, d date, tm time,
		y year, bin blob, vb varbinary(5), bt bit(9), e enum('a','b'), s set('x','y'), none text, txt varchar(20), none2 int) CHARACTER SET utf8mb4`,
		"SET time_zone = '+02:00'", `INSERT INTO vals VALUES (1, 18446744073709551615, 12345678901234567890.1234567890, 0.1, 0.1, true, '2026-01-31 12:00:00.125', '2026-01-31 12:00:00', '2026-01-31', '-12:00:01',
		2026, x'00ff', x'01', b'100000001', 'b', 'x,y', NULL, 'Ä😀', NULL)`)
	b := s.bench(t, "vals", "id")
	b.mustLook()
	b.want(`vals, id 1: {"id":1,"big":18446744073709551615,"n":12345678901234567890.1234567890,"f4":0.1,"f8":0.1,"b":1,"dt":"2026-01-31T12:00:00.125","ts":"2026-01-31T10:00:00Z",` +
		`"d":"2026-01-31","tm":"-12:00:01","y":2026,"bin":"AP8=","vb":"AQ==","bt":257,"e":"b","s":"x,y","none":null,"txt":"Ä😀","none2":null}`)
	for _, rising := range []string{"big", "n", "f8", "dt", "ts", "d", "vb"} {
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

func mysqlSays(t *testing.T, s *server) {
	wordsOfAll(t, s)
	s.must(t, "CREATE DATABASE IF NOT EXISTS other", "CREATE TABLE other.secrets (id int)", "CREATE USER tls@'127.0.0.1' IDENTIFIED BY 'x' REQUIRE SSL")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.Name = "nothing" }), core.CodeInvalid, "has no right to read")
	s.must(t, "CREATE USER boss@'127.0.0.1' IDENTIFIED BY 'geheim'", "GRANT ALL ON *.* TO boss@'127.0.0.1'", "CREATE USER away@'10.1.1.1' IDENTIFIED BY 'x'")
	as := func(user, password, database string) error {
		return troubleOf(t, s, func(d *core.DatabaseSource, b *bench) { d.User, d.Name, b.env.Vault = user, database, vault(password) })
	}
	says(t, as("boss", "geheim", "nothing"), core.CodeInvalid, "There is no database nothing at 127.0.0.1:")
	says(t, as("boss", "wrong-one", "shop"), core.CodeInvalid, "does not accept the user boss with this password")
	says(t, as("away", "x", "shop"), core.CodeInvalid, "does not accept the user away")
	plain := troubleOf(t, s, func(d *core.DatabaseSource, b *bench) { d.User, d.TLS, b.env.Vault = "tls", core.TLSOff, vault("x") })
	says(t, plain, core.CodeInvalid, "does not accept the user tls with this password. Check both. It may also want an encrypted connection.")
	says(t, troubleOf(t, s, func(d *core.DatabaseSource, _ *bench) { d.Table = "other.secrets" }), core.CodeInvalid, "has no right to read this")
}
