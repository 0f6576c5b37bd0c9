package settings

import (
	"net/netip"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/message"
)

// Limits of a database source.
const (
	maxHost    = 255     // bytes
	maxTable   = 400     // bytes
	maxQuery   = 100_000 // bytes
	maxOverlap = 7 * day
	minTimeout = time.Second
)

func (p *parser) databaseFields(d *core.DatabaseSource) fields {
	return fields{
		"database": func(n *node) {
			d.Kind = core.DatabaseKind(p.choice(n, string(core.SQLite), string(core.Postgres), string(core.MySQL), string(core.SQLServer)))
			if p.places[n.at()] {
				d.Kind = "" // what else is needed depends on it
			}
		},
		"file":          func(n *node) { d.File = p.path(n) },
		"host":          func(n *node) { d.Host = p.text(n) },
		"port":          func(n *node) { d.Port = p.whole(n, 1, maxPort) },
		"database_name": func(n *node) { d.Name = p.text(n) },
		"user":          func(n *node) { d.User = p.text(n) },
		"password":      func(n *node) { d.Password = p.password(n) },
		"tls": func(n *node) {
			d.TLS = databaseTLS(p.choice(n, tlsPrefer, string(core.TLSVerify), string(core.TLSOff)))
		},
		"ca_file": func(n *node) { d.CAFile = p.path(n) },
		"table":   func(n *node) { d.Table = p.text(n) },
		"query":   func(n *node) { d.Query = p.text(n) },
		"rising":  func(n *node) { d.Rising = p.text(n) },
		"keys":    func(n *node) { d.Keys = p.texts(n) },
		"changed": func(n *node) { d.Changed = p.flag(n) },
		"overlap": func(n *node) { d.Overlap = p.duration(n) },
		"every":   func(n *node) { d.Every = p.duration(n) },
		"timeout": func(n *node) { d.Timeout = p.duration(n) },
	}
}

const (
	maxPort   = 65535
	tlsPrefer = "prefer" // the word for core.TLSPrefer
)

func databaseTLS(word string) core.DatabaseTLS {
	if word == tlsPrefer {
		return core.TLSPrefer
	}
	return core.DatabaseTLS(word)
}

func (p *printer) database(d *core.DatabaseSource) outDatabasePart {
	out := outDatabasePart{
		Database: string(d.Kind), File: d.File, Host: d.Host, Port: d.Port, DatabaseName: d.Name, User: d.User,
		TLS: string(d.TLS), CAFile: d.CAFile, Table: d.Table, Query: d.Query, Rising: d.Rising, Keys: d.Keys, Changed: d.Changed,
		Overlap: lasting(d.Overlap), Every: lasting(d.Every), Timeout: lasting(d.Timeout),
	}
	if d.User != "" || !d.Password.IsZero() {
		out.Password = p.password(d.Password)
	}
	return out
}

func (c *checker) database(d *core.DatabaseSource) {
	switch d.Kind {
	case core.SQLite:
		c.sqlite(d)
	case core.Postgres, core.MySQL, core.SQLServer:
		c.server(d)
	case "":
		c.add("/database", "Choose the kind of database: %s, %s, %s (MariaDB too) or %s.", core.SQLite, core.Postgres, core.MySQL, core.SQLServer)
	default:
		c.add("/database", "Hookbird reads %s, %s, %s (MariaDB too) and %s, but not %s.", core.SQLite, core.Postgres, core.MySQL, core.SQLServer, quoted(string(d.Kind)))
	}
	c.rows(d)
	c.span("/overlap", d.Overlap, time.Second, maxOverlap)
	c.span("/every", d.Every, core.MinAskEvery, core.MaxEvery)
	c.span("/timeout", d.Timeout, minTimeout, core.MaxTimeout)
}

// sqlite looks at a database that is a file.
func (c *checker) sqlite(d *core.DatabaseSource) {
	c.file("/file", d.File, "Choose the file of the database.", filepath.IsAbs)
	for _, other := range []struct {
		at    string
		given bool
	}{
		{"/host", d.Host != ""},
		{"/port", d.Port != 0},
		{"/database_name", d.Name != ""},
		{"/user", d.User != ""},
		{"/password", !d.Password.IsZero()},
		{"/tls", d.TLS != core.TLSPrefer},
		{"/ca_file", d.CAFile != ""},
	} {
		if other.given {
			c.add(other.at, "A database of SQLite is a file on a disk, and not on a server. Remove this.")
		}
	}
}

// server looks at how a database on a server is reached.
func (c *checker) server(d *core.DatabaseSource) {
	if d.File != "" {
		c.add("/file", "This database is on a server, and no file. Remove this.")
	}
	c.host(d.Host)
	if d.Port < 0 || d.Port > maxPort {
		c.add("/port", "Ports are numbers from 1 to %d.", maxPort)
	}
	c.short("/database_name", d.Name, "Type the name of the database. One server has several.")
	if d.User != "" {
		c.short("/user", d.User, "Type the user name.")
	}
	c.databasePassword(d)
	c.databaseTLS(d)
}

func (c *checker) host(host string) {
	_, err := netip.ParseAddr(strings.Trim(host, "[]"))
	switch {
	case host == "" || err == nil:
	case len(host) > maxHost || hidden(host) || strings.ContainsAny(host, " \t@?#"):
		c.add("/host", "This is no name of a computer. It looks like db.example.org, or is left out for this computer.")
	case strings.Contains(host, "://"):
		c.add("/host", "Type the name of the computer alone, without what stands in front of ://")
	case strings.Contains(host, ":"):
		c.add("/host", "Type the name of the computer alone, and the number behind the colon as the port.")
	}
}

// short looks at a name that a server knows.
func (c *checker) short(at, text, needed string) {
	switch {
	case strings.TrimSpace(text) == "":
		c.add(at, "%s", needed)
	case len(text) > maxName || hidden(text):
		c.add(at, "A name has at most %d characters, and none that cannot be seen.", maxName)
	}
}

func (c *checker) databasePassword(d *core.DatabaseSource) {
	if d.User == "" && !d.Password.IsZero() {
		c.add("/user", "A password goes with a user name. Type it, or remove the password.")
	}
	if text, typed := d.Password.Text(); typed && (text == "" || len(text) > message.MaxFixed || hidden(text)) {
		c.add("/password", "This password is empty, too long, or holds a character that cannot be typed. Copy it once more.")
	}
}

func (c *checker) databaseTLS(d *core.DatabaseSource) {
	switch d.TLS {
	case core.TLSPrefer, core.TLSVerify, core.TLSOff:
	default:
		c.add("/tls", "A connection is protected where the server can (prefer), always (verify) or never (off), but not %s.", quoted(string(d.TLS)))
	}
	switch {
	case d.CAFile == "":
	case d.TLS == core.TLSOff:
		c.add("/ca_file", "Without a protected connection nobody proves a name. Remove the file, or protect the connection.")
	default:
		c.file("/ca_file", d.CAFile, "", filepath.IsAbs)
	}
}

// last is where the last value belongs in a query; two colons are a type in
// PostgreSQL.
var last = regexp.MustCompile(`(^|[^:\w]):last($|\W)`)

// rows looks at which rows are read, and at how new ones are known.
func (c *checker) rows(d *core.DatabaseSource) {
	switch {
	case d.Table == "" && strings.TrimSpace(d.Query) == "":
		c.add("/table", "Choose the table to read, or type a query.")
	case d.Table != "" && d.Query != "":
		c.add("/query", "Rows are those of a table or of a query, but not of both. Remove one of the two.")
	case d.Table != "" && (len(d.Table) > maxTable || hidden(d.Table) || strings.TrimSpace(d.Table) != d.Table):
		c.add("/table", "This is no name of a table. Choose it once more.")
	case len(d.Query) > maxQuery:
		c.add("/query", "This query is too long: at most %d characters are allowed.", maxQuery)
	case d.Query != "" && !last.MatchString(d.Query):
		c.add("/query", "A query has :last where the last value belongs that was read, as in WHERE id > :last. Put it there.")
	}
	if d.Rising == "" {
		c.add("/rising", "Choose the column whose values rise, such as a number or a time: by it Hookbird knows what is new.")
	} else {
		c.column("/rising", d.Rising)
	}
	c.names("/keys", d.Keys)
	if d.Changed && len(d.Keys) == 0 && d.Table == "" { // a table may have a key of its own
		c.add("/keys", "Which rows of a query have changed can only be told if columns tell rows apart. Choose them, or only take new rows.")
	}
}
