package database

import (
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"hookbird/core"
)

type sqliteDialect struct {
	limited
	obedient
}

func (sqliteDialect) port() int                { return 0 }
func (sqliteDialect) readOnly() bool           { return true }
func (sqliteDialect) quote(name string) string { return doubled(name, `"`, `"`) }
func (sqliteDialect) place(int) string         { return "?1" }

func (sqliteDialect) open(*core.DatabaseSource, string) (*sql.DB, error) {
	return nil, errors.New("a file is opened for each reading")
}

// busyTime is how long a reading waits for another program that writes.
const busyTime = 5 * time.Second

// openSQLite opens a file so that nothing is written to it. more are parameters of
// SQLite.
func openSQLite(file, more string) (*sql.DB, error) {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	u := url.URL{Scheme: "file", Path: path}
	wait := strconv.FormatInt(busyTime.Milliseconds(), 10)
	db, err := sql.Open("sqlite", u.String()+"?mode=ro&_query_only=1&_dqs=0&_busy_timeout="+wait+more)
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// class is that of a type as it was declared, which says little in SQLite.
func (sqliteDialect) class(typeName string) class {
	name, _, _ := strings.Cut(typeName, "(")
	switch strings.TrimSpace(name) {
	case "BOOLEAN", "BOOL":
		return truth
	case "DATE", "DATETIME", "TIMESTAMP", "TIME":
		return wall
	case "JSON":
		return document
	}
	return dynamic
}

func (sqliteDialect) bind(_ class, p point) any {
	switch p.kind {
	case number:
		if n, err := strconv.ParseInt(p.text, 10, 64); err == nil {
			return n
		}
		if f, err := strconv.ParseFloat(p.text, 64); err == nil {
			return f
		}
	case octets:
		return p.bytes()
	}
	return p.text
}

// lowest is less than all numbers, and those are less than all texts. Where a column
// holds texts it is compared as one, and a minus is before all digits.
func (sqliteDialect) lowest(class, string) point { return point{number, "-9223372036854775808"} }

// since takes it that a time is written with the year first.
func (sqliteDialect) since(c class, t time.Time) (point, bool) {
	return point{text, dayText(t)}, c == wall
}

func (sqliteDialect) tables() string {
	return `SELECT '', name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name`
}

func (sqliteDialect) keys(table string) (query string, args []any) {
	return `SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk`, []any{table}
}

// words knows SQLite's codes; the lower byte says what kind of trouble it is.
func (sqliteDialect) words(err error) trouble {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return trouble{}
	}
	said := strings.TrimPrefix(e.Error(), "SQL logic error: ")
	if e.Code() == sqlite3.SQLITE_READONLY { // without a reason that the file has
		return trouble{text: wordsWrites, no: true}
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_NOTADB:
		return trouble{text: wordsEncrypted, no: true}
	case sqlite3.SQLITE_CORRUPT:
		return trouble{text: wordsDamaged}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return trouble{text: wordsBusy}
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY:
		return trouble{text: wordsHalf}
	case sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return trouble{text: wordsNoFileRead, no: true}
	case sqlite3.SQLITE_ERROR, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_RANGE:
		switch {
		case strings.Contains(said, "no such table"):
			return trouble{text: wordsNoTable, no: true}
		case strings.Contains(said, "no such column"):
			return trouble{text: wordsNoColumn, said: said, no: true}
		}
		return trouble{text: wordsQuery, said: said, no: true}
	}
	return trouble{said: said}
}
