package database

import (
	"crypto/tls"
	"crypto/x509"
	"database/sql"
	"net"
	"os"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

// dialect is what kinds of databases do each in their own way.
type dialect interface {
	// open gives a pool for a database. Nothing is asked yet.
	open(d *core.DatabaseSource, password string) (*sql.DB, error)
	// readOnly tells whether a transaction can be told to be.
	readOnly() bool
	// quote writes the name of a column, or a part of a table's.
	quote(name string) string
	// place is the n-th placeholder of a statement, from 1.
	place(n int) string
	// first gives what makes a SELECT give n rows: a part after SELECT, one at the end.
	first(n int) (after, end string)
	// nth gives what makes an ordered SELECT give the one row after n others.
	nth(n int) string
	// class is that of a type, by the name that the driver has for it.
	class(typeName string) class
	// bind gives what a driver takes for a value of a column.
	bind(c class, p point) any
	// lowest is a value that no other of a column is less than.
	lowest(c class, typeName string) point
	// since is the value that a column has at a time; false if it holds no times.
	since(c class, t time.Time) (point, bool)
	// tables gives names of schemas and tables; a schema is "" where it need not be said.
	tables() string
	// keys gives the names of the columns of a table's key, in order.
	keys(table string) (query string, args []any)
	// self gives the number of a connection, where a query goes on at the server after
	// nobody listens any more; kill ends it. "" where it ends by itself.
	self() string
	kill(number int64) string
	// port is the usual one.
	port() int
	// words says what an error of the server means.
	words(err error) trouble
}

// trouble is what an error means.
type trouble struct {
	text string // what to say, "" if it is not known
	said string // what the server says itself
	no   bool   // the same again leads to nothing
}

func dialectOf(kind core.DatabaseKind) (dialect, error) {
	switch kind {
	case core.SQLite:
		return sqliteDialect{}, nil
	case core.Postgres:
		return postgresDialect{}, nil
	case core.MySQL:
		return mysqlDialect{}, nil
	case core.SQLServer:
		return sqlserverDialect{}, nil
	}
	return nil, core.Errorf(core.CodeInvalid, "Choose which kind of database it is.")
}

// hostOf gives the name of the server, or a folder or file of a socket.
func hostOf(d *core.DatabaseSource) string {
	if d.Host == "" {
		return "localhost"
	}
	return d.Host
}

// addressOf gives server and port.
func addressOf(d *core.DatabaseSource, usual int) string {
	return net.JoinHostPort(hostOf(d), strconv.Itoa(portOf(d, usual)))
}

// serverOf is what a person knows the server by.
func serverOf(d *core.DatabaseSource, usual int) string {
	if strings.HasPrefix(d.Host, "/") {
		return d.Host
	}
	return addressOf(d, usual)
}

func portOf(d *core.DatabaseSource, usual int) int {
	if d.Port != 0 {
		return d.Port
	}
	return usual
}

// tlsOf gives how a connection is protected; nil for not at all.
func tlsOf(d *core.DatabaseSource) (*tls.Config, error) {
	if d.TLS == core.TLSOff || strings.HasPrefix(d.Host, "/") {
		return nil, nil
	}
	c := &tls.Config{ServerName: hostOf(d), MinVersion: tls.VersionTLS12}
	if d.TLS != core.TLSVerify {
		c.InsecureSkipVerify = true // better than nothing, as these servers make a certificate for themselves
		return c, nil
	}
	if d.CAFile == "" {
		return c, nil
	}
	pem, err := os.ReadFile(d.CAFile)
	if err != nil {
		return nil, core.Wrap(core.CodeInvalid, err, "The file with the certificate, "+d.CAFile+", could not be read. Choose it again.")
	}
	c.RootCAs = x509.NewCertPool()
	if !c.RootCAs.AppendCertsFromPEM(pem) {
		return nil, core.Errorf(core.CodeInvalid, "The file %s holds no certificate. A PEM file is needed, which begins with -----BEGIN CERTIFICATE-----.", d.CAFile)
	}
	return c, nil
}

// tableName writes "schema.name" so that a statement can hold it.
func tableName(d dialect, table string) string {
	if schema, name, ok := strings.Cut(table, "."); ok {
		return d.quote(schema) + "." + d.quote(name)
	}
	return d.quote(table)
}

// doubled writes a name between quotes.
func doubled(name, open, end string) string {
	return open + strings.ReplaceAll(name, end, end+end) + end
}

// limited is what most databases call first and nth.
type limited struct{}

func (limited) first(n int) (after, end string) { return "", " LIMIT " + strconv.Itoa(n) }

// obedient databases end a query once nobody listens any more.
type obedient struct{}

func (obedient) self() string      { return "" }
func (obedient) kill(int64) string { return "" }

func (limited) nth(n int) string { return " LIMIT 1 OFFSET " + strconv.Itoa(n) }

// dayText gives a time as SQLite, MySQL and people write it; a day alone if it is
// the first moment of it, which is then before whatever follows it.
func dayText(t time.Time) string {
	if t.Equal(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())) {
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}

// wallOf gives a time that shows in UTC what t shows where it is.
func wallOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), time.UTC)
}
