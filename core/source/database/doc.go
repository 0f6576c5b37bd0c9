// Package database reads the rows of databases, SQLite, PostgreSQL, MySQL and
// MariaDB, SQL Server, and hands on those that are new or have changed. It never
// writes to one.
//
// What is new is told by a column whose values rise, a number or a time:
//
//	            floor             position
//	--------------|===================|------------>  the rising column
//	 known for    | looked at again   | new
//	 good         | each time         |
//
// The position is the greatest value that was read. A row with a smaller value may
// become visible later, because its transaction took longer. So rows from the floor
// on are read again, and those that came before are known by a mark each, under
// their key or under what they hold. The floor follows the position once the source
// has looked again an overlap later, and the marks below it are forgotten; it is
// never further back than maxWindow rows, except for rows that have the same value.
// A table in which nothing has happened for an overlap costs one query that gives
// the rows of the greatest value alone.
//
// Every event is committed together with its mark, and the position with the events
// it has passed. What breaks off is read again from the floor, or, of a table, from
// the last slice on, and what came before is known.
//
// Where rows are to be known again when they change, each has a mark for good.
//
// That nothing is written is ensured by the database itself: SQLite files are opened
// for reading only, PostgreSQL, MySQL and MariaDB get transactions that are read-only.
// SQL Server knows no such thing: what a query would do there is rolled back, and
// Survey says that its user should have the right to read and no other.
//
// The package must not know what a record is good for, nor how it is stored.
package database

import (
	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)
