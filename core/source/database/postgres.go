package database

import (
	"crypto/tls"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"hookbird/core"
)

type postgresDialect struct {
	limited
	obedient
}

func (postgresDialect) port() int                { return 5432 }
func (postgresDialect) readOnly() bool           { return true }
func (postgresDialect) quote(name string) string { return doubled(name, `"`, `"`) }
func (postgresDialect) place(int) string         { return "$1" }

// open makes settings in which nothing comes from the environment of the program.
func (p postgresDialect) open(d *core.DatabaseSource, password string) (*sql.DB, error) {
	c, err := pgx.ParseConfig("host=localhost sslmode=disable passfile='' servicefile=''")
	if err != nil {
		return nil, err
	}
	secure, err := tlsOf(d)
	if err != nil {
		return nil, err
	}
	c.Host, c.Port, c.Database, c.User, c.Password = hostOf(d), uint16(portOf(d, p.port())), d.Name, d.User, password
	c.RuntimeParams = map[string]string{"application_name": "Hookbird"}
	c.ConnectTimeout = connectTimeout
	c.TLSConfig, c.Fallbacks, c.ValidateConnect = secure, fallback(d, secure, c), nil
	c.DefaultQueryExecMode = pgx.QueryExecModeDescribeExec // leaves nothing behind, so that poolers between are no trouble
	return stdlib.OpenDB(*c), nil
}

// fallback gives the way without TLS, where that is allowed.
func fallback(d *core.DatabaseSource, secure *tls.Config, c *pgx.ConnConfig) []*pgconn.FallbackConfig {
	if secure == nil || d.TLS == core.TLSVerify {
		return nil
	}
	return []*pgconn.FallbackConfig{{Host: c.Host, Port: c.Port}}
}

func (postgresDialect) class(typeName string) class {
	switch typeName {
	case "INT2", "INT4", "INT8", "NUMERIC", "OID", "XID", "CID":
		return numeric
	case "FLOAT4":
		return single
	case "FLOAT8":
		return double
	case "BOOL":
		return truth
	case "DATE":
		return date
	case "TIMESTAMP":
		return wall
	case "TIMESTAMPTZ":
		return instant
	case "BYTEA":
		return blob
	case "JSON", "JSONB":
		return document
	}
	return other
}

func (postgresDialect) bind(_ class, p point) any {
	switch p.kind {
	case number:
		if n, err := strconv.ParseInt(p.text, 10, 64); err == nil {
			return n
		}
	case moment:
		return p.time()
	case octets:
		return p.bytes()
	}
	return p.text
}

func (postgresDialect) lowest(c class, typeName string) point {
	switch {
	case typeName == "INT2":
		return point{number, "-32768"}
	case typeName == "INT4":
		return point{number, "-2147483648"}
	case c == numeric, c == single, c == double:
		return point{number, "-9223372036854775808"}
	case c == date, c == wall, c == instant:
		return point{text, "-infinity"}
	case c == blob:
		return point{kind: octets}
	}
	return point{kind: text}
}

func (postgresDialect) since(c class, t time.Time) (point, bool) {
	switch c {
	case instant:
		return timePoint(t), true
	case date, wall:
		return timePoint(wallOf(t)), true
	}
	return point{}, false
}

func (postgresDialect) tables() string {
	return `SELECT CASE WHEN table_schema = current_schema() THEN '' ELSE table_schema END, table_name
		FROM information_schema.tables
		WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_schema NOT LIKE 'pg\_%'
		ORDER BY 1, 2`
}

func (p postgresDialect) keys(table string) (query string, args []any) {
	return `SELECT a.attname FROM pg_index i
		JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k(num, place) ON true
		JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.num
		WHERE i.indrelid = to_regclass($1) AND i.indisprimary ORDER BY k.place`, []any{tableName(p, table)}
}

func (postgresDialect) words(err error) trouble {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return trouble{}
	}
	t := trouble{said: e.Message}
	switch e.Code {
	case "28P01":
		t.text, t.no = wordsPassword, true
	case "28000":
		t.text, t.no = wordsNotLetIn, true
		if strings.Contains(e.Message, "no encryption") || strings.Contains(e.Message, "SSL off") {
			t.text = wordsTLSWanted
		} else if strings.Contains(e.Message, "does not exist") {
			t.text = wordsPassword
		}
	case "3D000":
		t.text, t.no = wordsNoDatabase, true
	case "42P01", "3F000":
		t.text, t.no = wordsNoTable, true
	case "42703":
		t.text, t.no = wordsNoColumn, true
	case "42501":
		t.text, t.no = wordsNoRight, true
	case "25006":
		t.text, t.no = wordsWrites, true
	case "53300":
		t.text = wordsFull
	case "57014":
		t.text = wordsSlow
	case "57P01", "57P02", "57P03":
		t.text = wordsStopping
	default:
		if strings.HasPrefix(e.Code, "42") || strings.HasPrefix(e.Code, "22") {
			t.text, t.no = wordsQuery, true
		}
	}
	return t
}
