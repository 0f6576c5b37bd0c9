package database

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	mssql "github.com/microsoft/go-mssqldb"

	"hookbird/core"
)

func sqlserver(d core.DatabaseSource) *session {
	d.Kind = core.SQLServer
	return &session{source: &d, dialect: sqlserverDialect{}, password: "geheim"}
}

func TestStatementsOfSQLServer(t *testing.T) {
	s := sqlserver(core.DatabaseSource{Table: "sales.orders", Rising: "at"})
	r := &reading{session: s, dialect: s.dialect, source: s.source, from: tableName(s.dialect, "sales.or]ders"), list: "*", columns: []column{{"a]t", "DATETIME", oldWall}}}
	at := timePoint(time.Date(2026, 1, 31, 12, 0, 0, 3_333_333, time.UTC))
	text, args := r.page(at, 1000)
	if want := "SELECT TOP (1000) * FROM [sales].[or]]ders] WHERE [a]]t] >= @p1 ORDER BY [a]]t]"; text != want {
		t.Errorf("%s, want %s", text, want)
	}
	if _, ok := args[0].(mssql.DateTime1); !ok || len(args) != 1 {
		t.Errorf("%T", args)
	}
	if text, args = r.page(point{}, 5); text != "SELECT TOP (5) * FROM [sales].[or]]ders] WHERE [a]]t] IS NOT NULL ORDER BY [a]]t]" || args != nil {
		t.Error(text, args)
	}
	for c, want := range map[class]string{
		wall: "2026-01-31T12:00:00.0033333", date: "2026-01-31", instant: "2026-01-31T12:00:00.0033333+00:00",
	} {
		if got := s.dialect.bind(c, at); got != want {
			t.Errorf("%v: %v", c, got)
		}
	}
	if got := s.dialect.bind(numeric, point{number, "12.50"}); got != "12.50" {
		t.Error(got)
	}
	if host, instance := sqlserverHost(&core.DatabaseSource{Host: `.\SQLEXPRESS`}); host != "localhost" || instance != "SQLEXPRESS" {
		t.Error(host, instance)
	}
}

func TestWordsOfSQLServer(t *testing.T) {
	s := sqlserver(core.DatabaseSource{Host: "db", Name: "shop", User: "ada", Table: "orders"})
	for _, tt := range []struct {
		err  error
		code core.Code
		want string
	}{
		{mssql.Error{Number: 18456, Message: "Login failed for user 'ada' with geheim."}, core.CodeInvalid, "db:1433 does not accept the user ada with this password. Check both. It says: Login failed for user 'ada' with ••••••••."},
		{mssql.Error{Number: 18456, Message: "Login failed.", All: []mssql.Error{{Number: 4060, Message: "Cannot open database"}, {Number: 18456, Message: "Login failed."}}}, core.CodeInvalid, "There is no database shop"},
		{fmt.Errorf("read: %w", mssql.Error{Number: 208, Message: "Invalid object name\n 'orders'."}), core.CodeInvalid, "There is no table orders in the database shop, or the user ada may not see it. Choose it again. It says: Invalid object name 'orders'."},
		{mssql.Error{Number: 229, Message: strings.Repeat("x", 1000)}, core.CodeInvalid, "has no right to read this"},
		{mssql.Error{Number: 102}, core.CodeInvalid, "does not understand the query"},
		{mssql.Error{Number: 1205}, core.CodeUnavailable, "did not answer within 30s"},
		{mssql.Error{Number: 99999, Message: "?"}, core.CodeUnavailable, "and its port. It says: ?"},
		{errors.New("unable to open tcp connection: TLS Handshake failed: x"), core.CodeInvalid, "cannot encrypt the connection"},
		{errors.New("no instance matching 'X' returned from host 'db'"), core.CodeInvalid, "no such instance"},
		{io.ErrUnexpectedEOF, core.CodeUnavailable, "broke off"},
	} {
		err := s.explain(tt.err)
		if core.CodeOf(err) != tt.code || !strings.Contains(core.Sentence(err), tt.want) || len(core.Sentence(err)) > 700 {
			t.Errorf("%v: %s %s", tt.err, core.CodeOf(err), core.Sentence(err))
		}
	}
}

func TestSurveySaysThatSQLServerCannotBeHeld(t *testing.T) {
	if n := readOnlyNote(sqlserver(core.DatabaseSource{}).source); n == nil || !strings.Contains(n.Text, "db_datareader") {
		t.Error(n)
	}
	if n := readOnlyNote(&core.DatabaseSource{Kind: core.Postgres}); n != nil {
		t.Error(n)
	}
}
