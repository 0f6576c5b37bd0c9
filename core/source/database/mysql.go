package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/go-sql-driver/mysql"

	"hookbird/core"
)

type mysqlDialect struct{ limited }

func (mysqlDialect) port() int                { return 3306 }
func (mysqlDialect) readOnly() bool           { return true }
func (mysqlDialect) quote(name string) string { return doubled(name, "`", "`") }
func (mysqlDialect) place(int) string         { return "?" }

func (mysqlDialect) self() string { return "SELECT CONNECTION_ID()" }

func (mysqlDialect) kill(number int64) string {
	return "KILL QUERY " + strconv.FormatInt(number, 10)
}

func (mysqlDialect) open(d *core.DatabaseSource, password string) (*sql.DB, error) {
	connector, err := mysqlConnector(d, password)
	if err != nil {
		return nil, err
	}
	return sql.OpenDB(readsOnly{connector}), nil
}

// readsOnly makes connections of which every transaction is read-only. One alone would
// be ended by a statement that changes a table, which is then carried out.
type readsOnly struct{ driver.Connector }

// Connect implements driver.Connector.
func (c readsOnly) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.(driver.ExecerContext).ExecContext(ctx, "SET SESSION TRANSACTION READ ONLY", nil); err != nil {
		_ = conn.Close() // nothing was done with it
		return nil, err
	}
	return conn, nil
}

// mysqlConnector makes settings in which nothing comes from elsewhere.
func mysqlConnector(d *core.DatabaseSource, password string) (driver.Connector, error) {
	secure, err := tlsOf(d)
	if err != nil {
		return nil, err
	}
	c := mysql.NewConfig()
	c.User, c.Passwd, c.DBName = d.User, password, d.Name
	c.Net, c.Addr = "tcp", addressOf(d, mysqlDialect{}.port())
	if strings.HasPrefix(d.Host, "/") {
		c.Net, c.Addr = "unix", d.Host
	}
	c.TLS, c.AllowFallbackToPlaintext = secure, d.TLS == core.TLSPrefer
	c.Timeout, c.Logger = connectTimeout, &mysql.NopLogger{}
	c.Params = map[string]string{"time_zone": "'+00:00'"} // a TIMESTAMP is then in UTC, and rises all the year
	return mysql.NewConnector(c)
}

func (mysqlDialect) class(typeName string) class {
	switch strings.TrimPrefix(typeName, "UNSIGNED ") {
	case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT", "DECIMAL", "YEAR":
		return numeric
	case "FLOAT":
		return single
	case "DOUBLE":
		return double
	case "DATE":
		return date
	case "TIME":
		return clock
	case "DATETIME":
		return wall
	case "TIMESTAMP":
		return instant
	case "BLOB", "TINYBLOB", "MEDIUMBLOB", "LONGBLOB", "BINARY", "VARBINARY", "GEOMETRY", "VECTOR":
		return blob
	case "BIT":
		return bits
	case "JSON":
		return document
	}
	return other
}

func (mysqlDialect) bind(_ class, p point) any {
	if p.kind == number {
		if n, err := strconv.ParseInt(p.text, 10, 64); err == nil {
			return n
		}
		if n, err := strconv.ParseUint(p.text, 10, 64); err == nil {
			return n
		}
	}
	if p.kind == octets {
		return p.bytes()
	}
	return p.text
}

func (mysqlDialect) lowest(c class, _ string) point {
	switch c {
	case numeric, single, double:
		return point{number, "-9223372036854775808"}
	case date, wall, instant:
		return point{text, "1000-01-01"}
	case blob:
		return point{kind: octets}
	}
	return point{kind: text}
}

func (mysqlDialect) since(c class, t time.Time) (point, bool) {
	switch c {
	case instant:
		return point{text, t.UTC().Format(time.DateTime)}, true
	case date, wall:
		return point{text, dayText(t)}, true
	}
	return point{}, false
}

func (mysqlDialect) tables() string {
	return "SELECT '', table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name"
}

func (mysqlDialect) keys(table string) (query string, args []any) {
	query = `SELECT column_name FROM information_schema.key_column_usage
		WHERE constraint_name = 'PRIMARY' AND table_schema = COALESCE(NULLIF(?, ''), DATABASE()) AND table_name = ?
		ORDER BY ordinal_position`
	schema, name, ok := strings.Cut(table, ".")
	if !ok {
		schema, name = "", table
	}
	return query, []any{schema, name}
}

// mysqlWords are what numbers of errors mean.
var mysqlWords = map[uint16]trouble{
	1045: {text: wordsPassword, no: true}, 1698: {text: wordsPassword, no: true},
	1130: {text: wordsNotLetIn, no: true}, 1129: {text: wordsNotLetIn},
	3159: {text: wordsTLSWanted, no: true}, 4151: {text: wordsNotLetIn, no: true}, 3118: {text: wordsNotLetIn, no: true},
	1049: {text: wordsNoDatabase, no: true},
	1146: {text: wordsNoTable, no: true}, 1051: {text: wordsNoTable, no: true},
	1054: {text: wordsNoColumn, no: true},
	1044: {text: wordsNoRight, no: true}, 1142: {text: wordsNoRight, no: true}, 1143: {text: wordsNoRight, no: true}, 1227: {text: wordsNoRight, no: true}, 1370: {text: wordsNoRight, no: true},
	1792: {text: wordsWrites, no: true}, 1290: {text: wordsWrites, no: true},
	1064: {text: wordsQuery, no: true}, 1055: {text: wordsQuery, no: true}, 1052: {text: wordsQuery, no: true}, 1060: {text: wordsQuery, no: true},
	1305: {text: wordsQuery, no: true}, 1210: {text: wordsQuery, no: true}, 1222: {text: wordsQuery, no: true}, 1241: {text: wordsQuery, no: true},
	1040: {text: wordsFull}, 1203: {text: wordsFull}, 1226: {text: wordsFull},
	1205: {text: wordsSlow}, 1317: {text: wordsSlow}, 1969: {text: wordsSlow}, 3024: {text: wordsSlow},
	1053: {text: wordsStopping}, 1927: {text: wordsStopping}, 4031: {text: wordsStopping},
}

func (mysqlDialect) words(err error) trouble {
	if errors.Is(err, mysql.ErrNoTLS) {
		return trouble{text: wordsNoTLS, no: true}
	}
	if errors.Is(err, mysql.ErrInvalidConn) || errors.Is(err, mysql.ErrMalformPkt) {
		return trouble{text: wordsBroken}
	}
	e, ok := errors.AsType[*mysql.MySQLError](err)
	if !ok {
		return trouble{}
	}
	t := mysqlWords[e.Number]
	t.said = e.Message
	if strings.Contains(e.Message, "insecure transport") {
		t.text, t.no = wordsTLSWanted, true
	}
	return t
}
