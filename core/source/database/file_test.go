package database

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/core"
)

// FuzzFile reads files that are damaged, or none of SQLite's: all that is right, or a
// sentence, soon. Nothing is written beside them.
func FuzzFile(f *testing.F) {
	whole := smallFile(f)
	f.Add(whole, 0, byte(0))
	f.Add(whole, 100, byte(0xff))  // the root of the schema
	f.Add(whole, 4096, byte(0x05)) // the root of the table
	f.Add(whole[:5000], 0, byte(0))
	f.Add([]byte(sqliteMagic), 0, byte(0))
	f.Add([]byte("PK\x03\x04"), 1, byte(0))
	f.Fuzz(func(t *testing.T, text []byte, at int, change byte) {
		if len(text) > 0 {
			text = append([]byte(nil), text...)
			text[uint(at)%uint(len(text))] ^= change
		}
		file := filepath.Join(t.TempDir(), "till.db")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		for _, query := range []string{"", "SELECT * FROM orders WHERE id > :last"} {
			d := core.DatabaseSource{Kind: core.SQLite, File: file, Table: "orders", Rising: "id", Timeout: time.Second}
			if d.Query = query; query != "" {
				d.Table = ""
			}
			began := time.Now()
			err := newBench(t, d, nil).look()
			if said := core.Sentence(err); err != nil && (core.CodeOf(err) == core.CodeInternal || !utf8.ValidString(said) || len(said) > 1000) {
				t.Errorf("%v: %s", err, said)
			}
			if took := time.Since(began); took > 20*time.Second {
				t.Errorf("it took %v", took)
			}
		}
		if list, err := os.ReadDir(filepath.Dir(file)); err != nil || len(list) != 1 {
			t.Errorf("%d files lie there, %v", len(list), err)
		}
	})
}

// smallFile gives a database with two rows.
func smallFile(f *testing.F) []byte {
	file := filepath.Join(f.TempDir(), "till.db")
	db, err := sql.Open("sqlite", "file:"+file)
	if err != nil {
		f.Fatal(err)
	}
	if _, err := db.Exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT); INSERT INTO orders VALUES (1, 'Ada 1'), (2, ?)", strings.Repeat("x", 6000)); err != nil {
		f.Fatal(err)
	}
	if err := db.Close(); err != nil {
		f.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	return text
}
