// Package database reads the rows of databases: SQLite, PostgreSQL, MySQL and
// MariaDB, SQL Server. It never writes to one.
package database

import (
	_ "github.com/go-sql-driver/mysql"
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "github.com/microsoft/go-mssqldb"
	_ "modernc.org/sqlite"
)
