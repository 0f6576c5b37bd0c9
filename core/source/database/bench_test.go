package database

import (
	"database/sql"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/sourcetest"
)

// bench is a source of a database with a host of its own.
type bench struct {
	t    *testing.T
	host *sourcetest.Host
	src  *core.Source
	env  source.Env
	db   *Database
	ask  *sql.DB // the program that the database belongs to
}

// vault knows one secret.
type vault string

func (v vault) Reveal(s core.Secret) (string, error) {
	if text, ok := s.Text(); ok {
		return text, nil
	}
	return string(v), nil
}

func newBench(t *testing.T, d core.DatabaseSource, ask *sql.DB) *bench {
	t.Helper()
	b := &bench{
		t: t, host: &sourcetest.Host{}, ask: ask, env: source.Env{Vault: vault("")},
		src: &core.Source{ID: "till", Kind: core.KindDatabase, Existing: core.Existing{Do: core.ExistingSend}, Database: &d},
	}
	b.start()
	t.Cleanup(func() { b.db.close() })
	return b
}

// start begins as after a start of the program.
func (b *bench) start() {
	if b.db != nil {
		b.db.close()
	}
	b.db = New(b.src, b.host, b.env, slog.New(slog.DiscardHandler))
}

func (b *bench) exec(query string, args ...any) {
	b.t.Helper()
	if _, err := b.ask.Exec(query, args...); err != nil {
		b.t.Fatalf("%s: %v", query, err)
	}
}

func (b *bench) look() error { return b.db.look(b.t.Context()) }

// try runs a statement as a query is run.
func (b *bench) try(statement string) error {
	if err := b.db.prepare(); err != nil {
		return err
	}
	return b.db.session.read(b.t.Context(), statement, nil, func(row) error { return nil })
}

func (b *bench) mustLook() {
	b.t.Helper()
	if err := b.look(); err != nil {
		b.t.Fatalf("%v (%s)", err, core.Sentence(err))
	}
}

// want looks at all events since it was last called.
func (b *bench) want(want ...string) {
	b.t.Helper()
	if got := b.host.Got(); !slices.Equal(got, want) {
		b.t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// sqliteFile makes a file that another program has open.
func sqliteFile(t *testing.T, more string) (core.DatabaseSource, *sql.DB) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "till.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_busy_timeout=5000"+more)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return core.DatabaseSource{Kind: core.SQLite, File: file}, db
}

// orders is a bench with a table of orders.
func orders(t *testing.T, n int) *bench {
	t.Helper()
	d, db := sqliteFile(t, "")
	d.Table, d.Rising = "orders", "id"
	b := newBench(t, d, db)
	b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT)")
	b.insert(1, n)
	return b
}

func (b *bench) insert(from, to int) {
	b.t.Helper()
	tx, err := b.ask.Begin()
	if err != nil {
		b.t.Fatal(err)
	}
	for i := from; i <= to; i++ {
		if _, err := tx.Exec(fmt.Sprintf("INSERT INTO orders (id, name) VALUES (%d, 'Ada %d')", i, i)); err != nil {
			b.t.Fatal(err)
		}
	}
	if err := tx.Commit(); err != nil {
		b.t.Fatal(err)
	}
}

// came is the event of an order.
func came(ids ...int) (all []string) {
	for _, i := range ids {
		all = append(all, fmt.Sprintf(`orders, id %d: {"id":%d,"name":"Ada %d"}`, i, i, i))
	}
	return all
}
