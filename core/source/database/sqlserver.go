package database

import (
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"

	mssql "github.com/microsoft/go-mssqldb"
	"github.com/microsoft/go-mssqldb/msdsn"

	"hookbird/core"
)

type sqlserverDialect struct{ obedient }

func (sqlserverDialect) port() int                { return 1433 }
func (sqlserverDialect) readOnly() bool           { return false }
func (sqlserverDialect) quote(name string) string { return doubled(name, "[", "]") }
func (sqlserverDialect) place(int) string         { return "@p1" }

func (sqlserverDialect) first(n int) (after, end string) {
	return "TOP (" + strconv.Itoa(n) + ") ", ""
}

func (sqlserverDialect) nth(n int) string {
	return " OFFSET " + strconv.Itoa(n) + " ROWS FETCH NEXT 1 ROWS ONLY"
}

func (s sqlserverDialect) open(d *core.DatabaseSource, password string) (*sql.DB, error) {
	c, err := msdsn.Parse("sqlserver://localhost?app+name=Hookbird&encrypt=true&trustservercertificate=true")
	if err != nil {
		return nil, err
	}
	secure, err := tlsOf(d)
	if err != nil {
		return nil, err
	}
	c.Host, c.Instance = sqlserverHost(d)
	c.Port, c.Database, c.User, c.Password = uint64(portOf(d, s.port())), d.Name, d.User, password
	if c.Instance != "" && d.Port == 0 {
		c.Port = 0 // the server tells where the instance is
	}
	c.DialTimeout = connectTimeout
	c.ReadOnlyIntent = d.Name != ""
	c.TrustServerCertificate = d.TLS != core.TLSVerify
	if secure == nil {
		c.Encryption, c.TLSConfig = msdsn.EncryptionDisabled, nil
	} else {
		secure.ServerName, secure.DynamicRecordSizingDisabled = c.Host, true // one record a packet, as the server expects
		c.TLSConfig = secure
	}
	return sql.OpenDB(sqlserverConnector{c}), nil
}

// sqlserverHost parts "SERVER\INSTANCE".
func sqlserverHost(d *core.DatabaseSource) (host, instance string) {
	host, instance, _ = strings.Cut(hostOf(d), `\`)
	if host == "." || host == "(local)" {
		host = "localhost"
	}
	return host, instance
}

func (sqlserverDialect) class(typeName string) class {
	switch typeName {
	case "TINYINT", "SMALLINT", "INT", "BIGINT", "DECIMAL", "MONEY", "SMALLMONEY":
		return numeric
	case "REAL":
		return single
	case "FLOAT":
		return double
	case "BIT":
		return truth
	case "DATE":
		return date
	case "TIME":
		return clock
	case "SMALLDATETIME", "DATETIME":
		return oldWall
	case "DATETIME2":
		return wall
	case "DATETIMEOFFSET":
		return instant
	case "BINARY", "VARBINARY", "IMAGE", "UDT":
		return blob
	case "UNIQUEIDENTIFIER":
		return guid
	}
	return other
}

// bind gives times as texts: the server turns those into what the column holds, and
// can still use its index. Of a DATETIME only the driver's own kind is exact.
func (sqlserverDialect) bind(c class, p point) any {
	switch p.kind {
	case number:
		if n, err := strconv.ParseInt(p.text, 10, 64); err == nil {
			return n
		}
	case moment:
		switch c {
		case oldWall:
			return mssql.DateTime1(p.time())
		case date:
			return p.time().Format(time.DateOnly)
		case instant:
			return p.time().Format("2006-01-02T15:04:05.9999999-07:00")
		}
		return p.time().Format("2006-01-02T15:04:05.9999999")
	case octets:
		return p.bytes()
	}
	return p.text
}

func (sqlserverDialect) lowest(c class, typeName string) point {
	switch {
	case typeName == "TINYINT":
		return point{number, "0"}
	case typeName == "SMALLINT":
		return point{number, "-32768"}
	case typeName == "INT", typeName == "SMALLMONEY":
		return point{number, "-2147483648"}
	case c == numeric, c == single, c == double:
		return point{number, "-9223372036854775808"}
	case c == oldWall, c == date, c == wall, c == instant:
		return timePoint(time.Date(1753, 1, 1, 0, 0, 0, 0, time.UTC))
	case c == blob:
		return point{octets, "00"}
	}
	return point{kind: text}
}

func (sqlserverDialect) since(c class, t time.Time) (point, bool) {
	switch c {
	case instant:
		return timePoint(t), true
	case date, wall, oldWall:
		return timePoint(wallOf(t)), true
	}
	return point{}, false
}

func (sqlserverDialect) tables() string {
	return `SELECT CASE WHEN table_schema = SCHEMA_NAME() THEN '' ELSE table_schema END, table_name
		FROM INFORMATION_SCHEMA.TABLES ORDER BY 1, 2`
}

func (s sqlserverDialect) keys(table string) (query string, args []any) {
	return `SELECT c.name FROM sys.indexes i
		JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id
		JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
		WHERE i.object_id = OBJECT_ID(@p1) AND i.is_primary_key = 1 ORDER BY k.key_ordinal`, []any{tableName(s, table)}
}

// sqlserverWords are what numbers of errors mean.
var sqlserverWords = map[int32]trouble{
	18456: {text: wordsPassword, no: true}, 18452: {text: wordsPassword, no: true}, 18470: {text: wordsNotLetIn, no: true},
	18486: {text: wordsNotLetIn, no: true}, 18487: {text: wordsNotLetIn, no: true}, 18488: {text: wordsNotLetIn, no: true},
	4060: {text: wordsNoDatabase, no: true}, 911: {text: wordsNoDatabase, no: true},
	208: {text: wordsNoTable, no: true},
	207: {text: wordsNoColumn, no: true},
	229: {text: wordsNoRight, no: true}, 230: {text: wordsNoRight, no: true}, 262: {text: wordsNoRight, no: true}, 916: {text: wordsNoRight, no: true},
	102: {text: wordsQuery, no: true}, 156: {text: wordsQuery, no: true}, 137: {text: wordsQuery, no: true}, 195: {text: wordsQuery, no: true},
	209: {text: wordsQuery, no: true}, 8120: {text: wordsQuery, no: true}, 245: {text: wordsQuery, no: true}, 241: {text: wordsQuery, no: true},
	3906: {text: wordsWrites, no: true},
	1222: {text: wordsSlow}, 1205: {text: wordsSlow},
	17809: {text: wordsFull}, 10928: {text: wordsFull}, 10929: {text: wordsFull},
	6005: {text: wordsStopping}, 17142: {text: wordsStopping}, 40613: {text: wordsStopping}, 40197: {text: wordsStopping},
	40615: {text: wordsNotLetIn, no: true},
}

func (sqlserverDialect) words(err error) trouble {
	e, ok := errors.AsType[mssql.Error](err)
	if !ok {
		if p, isPointer := errors.AsType[*mssql.Error](err); isPointer {
			e, ok = *p, true
		}
	}
	if !ok {
		return wordsOfText(err)
	}
	t := trouble{said: e.Message}
	for _, each := range append([]mssql.Error{e}, e.All...) {
		if known, is := sqlserverWords[each.Number]; is {
			t = known
			t.said = each.Message
			if known.text == wordsNoDatabase {
				break // a failed login follows
			}
		}
	}
	return t
}

// wordsOfText knows what the driver says in its own words.
func wordsOfText(err error) trouble {
	said := err.Error()
	for _, sign := range []string{"no instance matching", "unable to get instances from Sql Server Browser"} {
		if strings.Contains(said, sign) {
			return trouble{text: wordsNoInstance, no: true}
		}
	}
	if strings.Contains(said, "TLS Handshake failed") || strings.Contains(said, "server does not support encryption") {
		return trouble{text: wordsNoTLS, no: true}
	}
	return trouble{}
}
