package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"hookbird/core"
)

const (
	idleTime = 5 * time.Minute // for so long a connection that is not used is kept
	killTime = 3 * time.Second // so long it may take to end a query
)

// Reasons to end a reading.
var (
	errEnough = errors.New("enough was read")
	errSlow   = errors.New("the database takes too long")
	errMoved  = errors.New("the file was written to while it was read")
)

// session is how a source reads its database. One goroutine may use it at a time.
type session struct {
	source   *core.DatabaseSource
	vault    core.Vault
	dialect  dialect
	password string
	db       *sql.DB // of servers: keeps one connection
	number   int64   // of its connection, where that has to be known
	let      bool    // the server has let somebody in since it was last asked
	sound    func() error
}

// column is a column of what is read.
type column struct {
	name     string
	typeName string
	class    class
}

// row is what is read at a time. It must not be kept.
type row struct {
	columns []column
	values  []any
}

func newSession(d *core.DatabaseSource, vault core.Vault) (*session, error) {
	kind, err := dialectOf(d.Kind)
	if err != nil {
		return nil, err
	}
	return &session{source: d, vault: vault, dialect: kind}, nil
}

// timeout is how long the database may take to give something.
func (s *session) timeout() time.Duration {
	if s.source.Timeout > 0 {
		return s.source.Timeout
	}
	return core.DefaultQueryTimeout
}

// close gives back what is kept.
func (s *session) close() {
	if s.db != nil {
		_ = s.db.Close() // nothing was written
		s.db = nil
	}
}

// read has visit called with each row that a query gives. The database may take
// timeout for each; what visit takes does not count. An error of visit ends it, and
// is returned, but for errEnough.
func (s *session) read(ctx context.Context, query string, args []any, visit func(row) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clock := time.AfterFunc(s.timeout(), func() { cancel(errSlow) })
	defer clock.Stop()
	err := s.reading(ctx, func(db *sql.DB) error {
		return s.query(ctx, db, query, args, func(rows *sql.Rows, columns []column) error {
			return each(rows, columns, func(r row) error {
				clock.Stop()
				err := visit(r)
				clock.Reset(s.timeout())
				return err
			})
		})
	})
	err = s.late(ctx, err)
	if e, ok := errors.AsType[*visitError](err); ok {
		return e.error
	}
	return s.explain(err)
}

// visitError is an error that does not come from the database.
type visitError struct{ error }

// late says that an error comes from an end that was put to it, and has the server
// end what it does.
func (s *session) late(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil {
		return err
	}
	s.kill()
	if errors.Is(context.Cause(ctx), errSlow) {
		return fmt.Errorf("%w: %w", errSlow, err)
	}
	return err
}

// kill ends a query that would go on at the server.
func (s *session) kill() {
	if s.number == 0 || s.db == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), killTime)
	defer cancel()
	_, _ = s.db.ExecContext(ctx, s.dialect.kill(s.number)) // it may have ended by itself
	s.number = 0
}

// reading calls f with a pool that stays as it is meanwhile.
func (s *session) reading(ctx context.Context, f func(*sql.DB) error) error {
	if s.let = s.source.Kind == core.SQLite; s.let {
		return s.readFile(ctx, f)
	}
	if err := s.connect(); err != nil {
		return err
	}
	return f(s.db)
}

// connect makes the pool of a server.
func (s *session) connect() error {
	if s.db != nil {
		return nil
	}
	if !s.source.Password.IsZero() {
		password, err := s.vault.Reveal(s.source.Password)
		if err != nil {
			return err
		}
		s.password = password
	}
	db, err := s.dialect.open(s.source, s.password)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	db.SetMaxIdleConns(1)
	db.SetConnMaxIdleTime(idleTime)
	s.db = db
	return nil
}

// query runs a query in a transaction that is rolled back, and has f called with what
// it gives.
func (s *session) query(ctx context.Context, db *sql.DB, query string, args []any, f func(*sql.Rows, []column) error) error {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: s.dialect.readOnly()})
	if err != nil {
		return err
	}
	s.let = true
	defer func() { _ = tx.Rollback() }() // nothing was written
	if err := s.introduce(ctx, tx); err != nil {
		return err
	}
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // its error is that of rows.Err
	columns, err := s.columns(rows)
	if err != nil {
		return err
	}
	return f(rows, columns)
}

// introduce finds out about the number of the connection, where that has to be known.
func (s *session) introduce(ctx context.Context, tx *sql.Tx) error {
	query := s.dialect.self()
	if query == "" {
		return nil
	}
	return tx.QueryRowContext(ctx, query).Scan(&s.number)
}

// each reads row after row.
func each(rows *sql.Rows, columns []column, visit func(row) error) error {
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		err := visit(row{columns, values})
		if errors.Is(err, errEnough) {
			return nil
		}
		if err != nil {
			return &visitError{err}
		}
	}
	return rows.Err()
}

// columns gives what the columns of rows are.
func (s *session) columns(rows *sql.Rows) ([]column, error) {
	types, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	columns := make([]column, len(types))
	for i, t := range types {
		name := strings.ToUpper(t.DatabaseTypeName())
		columns[i] = column{t.Name(), name, s.dialect.class(name)}
	}
	return columns, nil
}

// one reads the first value of the first row; nil if there is none.
func (s *session) one(ctx context.Context, query string, args ...any) (v any, of column, err error) {
	err = s.read(ctx, query, args, func(r row) error {
		v, of = r.values[0], r.columns[0]
		return errEnough
	})
	return v, of, err
}

// texts reads all rows as texts.
func (s *session) texts(ctx context.Context, query string, args ...any) (all [][]string, err error) {
	err = s.read(ctx, query, args, func(r row) error {
		line := make([]string, len(r.values))
		for i, v := range r.values {
			line[i] = plain(v)
		}
		all = append(all, line)
		return nil
	})
	return all, err
}

// plain gives a name as a driver gives it.
func plain(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	return ""
}

// describe gives the columns of what a query would give.
func (s *session) describe(ctx context.Context, query string, args []any) (columns []column, err error) {
	ctx, cancel := context.WithTimeoutCause(ctx, s.timeout(), errSlow)
	defer cancel()
	err = s.reading(ctx, func(db *sql.DB) error {
		return s.query(ctx, db, query, args, func(_ *sql.Rows, list []column) error {
			columns = list
			return nil
		})
	})
	err = s.late(ctx, err)
	return columns, s.explain(err)
}
