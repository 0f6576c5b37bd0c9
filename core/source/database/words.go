package database

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
)

// connectTimeout is how long a server may take to let somebody in.
const connectTimeout = 10 * time.Second

// What is said about a database. {server}, {database}, {user}, {table} and {timeout}
// stand for those of the source.
const (
	wordsNoServer   = "No server called {host} was found. Check the name, and whether this computer is in the right network."
	wordsRefused    = "Nothing answers at {server}. Check whether the database is running there, and its port."
	wordsSilent     = "{server} does not answer. Check name and port, and whether a firewall stands between."
	wordsBroken     = "The connection to {server} broke off. It is tried again."
	wordsPassword   = "{server} does not accept the user {user} with this password. Check both."
	wordsNotLetIn   = "{server} does not let the user {user} in from this computer. Ask whoever looks after the database to allow it."
	wordsTLSWanted  = "{server} wants an encrypted connection. Choose one that is encrypted."
	wordsNoTLS      = "{server} cannot encrypt the connection in a way that is safe today. Choose a connection without encryption if the network is your own, or ask whoever looks after the database."
	wordsCertOther  = "The certificate of {server} is for another name, so that it may be another server. Use the name that stands in the certificate."
	wordsCertWho    = "Nobody whom this computer trusts vouches for the certificate of {server}. Choose the file with the certificate of whoever does."
	wordsCertTime   = "The certificate of {server} has run out, or the clock of this computer is wrong."
	wordsNoDatabase = "There is no database {database} at {server}, or the user {user} may not see it. Check the name: capitals may matter."
	wordsNoTable    = "There is no table {table} in the database {database}, or the user {user} may not see it. Choose it again."
	wordsNoColumn   = "A column that is asked for is not there. Choose it again, or check the query."
	wordsNoRight    = "The user {user} has no right to read this. Ask whoever looks after the database for the right to read {table}."
	wordsWrites     = "The query would change something in the database. Only queries that read are run."
	wordsQuery      = "The database does not understand the query, or a value in it. Check it."
	wordsFull       = "{server} has too many connections open. It is tried again."
	wordsSlow       = "The database did not answer within {timeout}. It is tried again. If that happens each time, an index on the rising column helps, or a longer time."
	wordsStopping   = "{server} is being started or stopped. It is tried again."
	wordsNoInstance = "There is no such instance of SQL Server at {host}, or its browser service does not answer. Enter the port in its place."
	wordsBusy       = "Another program is writing to {database} at the moment. It is tried again."
	wordsNotThere   = "The file {file} is not there. Choose it again."
	wordsNotAFile   = "{file} is a folder. Choose the file of the database in it."
	wordsNoFileRead = "The file {file} may not be read. Ask for the right to read it, and its folder."
	wordsNotSQLite  = "{file} is no SQLite database."
	wordsEncrypted  = "{file} is encrypted, or no SQLite database. An encrypted one cannot be read."
	wordsAccess     = "{file} is a database of Microsoft Access, not of SQLite. Save the table as CSV, or use the database server behind it."
	wordsDamaged    = "The database {file} is damaged. The program that it belongs to may be able to mend it."
	wordsHalf       = "{file} was left in the middle of a change, which only the program that it belongs to can finish. Start that program."
	wordsUnknown    = "The database {database} could not be read. It is tried again. If it was never read before, check which kind it is, and its port."
)

// explain puts an error into words. What the server says follows, without the
// password, if one should stand in it.
func (s *session) explain(err error) error {
	if err == nil || errors.Is(err, context.Canceled) && !errors.Is(err, errSlow) {
		return err
	}
	if _, ours := errors.AsType[*core.Error](err); ours {
		return err
	}
	t := s.dialect.words(err)
	if t.text == "" {
		said := t.said
		t = wordsOfNetwork(err)
		t.said = said
	}
	if errors.Is(err, errSlow) {
		t = trouble{text: wordsSilent}
		if s.let {
			t.text = wordsSlow
		}
	}
	switch {
	case t.text == wordsTLSWanted && s.source.TLS != core.TLSOff:
		t.text = wordsNotLetIn // it was tried
	case t.text == wordsPassword && s.source.Kind == core.MySQL && s.source.TLS == core.TLSOff && !strings.HasPrefix(s.source.Host, "/"):
		t.text += " It may also want an encrypted connection." // of which MySQL says no other thing
	}
	code := core.CodeUnavailable
	if t.no {
		code = core.CodeInvalid
	}
	sentence := s.fill(t.text)
	if said := s.heard(t.said); said != "" {
		sentence += " It says: " + said
	}
	return core.Wrap(code, err, sentence)
}

// wordsOfNetwork says what errors mean that no database has made.
func wordsOfNetwork(err error) trouble {
	var (
		dns     *net.DNSError
		name    x509.HostnameError
		unknown x509.UnknownAuthorityError
		bad     x509.CertificateInvalidError
		header  tls.RecordHeaderError
		alert   tls.AlertError
		timeout net.Error
	)
	switch {
	case errors.As(err, &dns) && !dns.IsTimeout:
		return trouble{text: wordsNoServer}
	case errors.As(err, &name):
		return trouble{text: wordsCertOther, no: true}
	case errors.As(err, &unknown):
		return trouble{text: wordsCertWho, no: true}
	case errors.As(err, &bad):
		return trouble{text: wordsCertTime, no: true}
	case errors.As(err, &header), errors.As(err, &alert), strings.Contains(err.Error(), "refused TLS"):
		return trouble{text: wordsNoTLS, no: true}
	case errors.Is(err, connRefused), errors.Is(err, syscall.ENOENT):
		return trouble{text: wordsRefused}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return trouble{text: wordsSilent}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, driver.ErrBadConn),
		errors.Is(err, net.ErrClosed), errors.Is(err, connReset), errors.Is(err, syscall.EPIPE),
		strings.Contains(err.Error(), "conn closed"):
		return trouble{text: wordsBroken}
	}
	return trouble{text: wordsUnknown}
}

// fill puts the names of the source into a sentence.
func (s *session) fill(sentence string) string {
	d := s.source
	table := d.Table
	if table == "" {
		table = "the tables of the query"
	}
	user, database := d.User, d.Name
	if user == "" {
		user = "without a name"
	}
	if database == "" {
		database = "without a name"
	}
	if d.Kind == core.SQLite {
		database = d.File
	}
	return strings.NewReplacer(
		"{server}", serverOf(d, s.dialect.port()), "{host}", hostOf(d), "{database}", database, "{user}", user,
		"{table}", table, "{file}", d.File, "{timeout}", s.timeout().String(),
	).Replace(sentence)
}

// maxHeard is how many characters of what a server says are shown.
const maxHeard = 300

// heard makes one line of what a server says.
func (s *session) heard(said string) string {
	if s.password != "" {
		said = strings.ReplaceAll(said, s.password, core.Dots)
	}
	said = strings.Join(strings.FieldsFunc(strings.ToValidUTF8(said, ""), func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r)
	}), " ")
	if utf8.RuneCountInString(said) > maxHeard {
		said = string([]rune(said)[:maxHeard]) + "…"
	}
	return said
}
