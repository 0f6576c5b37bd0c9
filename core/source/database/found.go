package database

import (
	"fmt"
	"path/filepath"
	"strconv"

	"hookbird/core"
)

// found says what was found.
func (p *pass) found() string {
	switch {
	case p.fresh+p.changed == 0:
		return ""
	case p.changed == 0:
		return rowsText(p.fresh) + " new."
	case p.fresh == 0:
		return rowsText(p.changed) + " changed."
	}
	return fmt.Sprintf("%s new, %s changed.", rowsText(p.fresh), grouped(int64(p.changed)))
}

func rowsText(n int) string {
	if n == 1 {
		return "1 row"
	}
	return grouped(int64(n)) + " rows"
}

// titleOf is what to call a table or query, short.
func titleOf(d *core.DatabaseSource) string {
	switch {
	case d.Table != "":
		return d.Table
	case d.Kind == core.SQLite:
		return filepath.Base(d.File)
	case d.Name != "":
		return d.Name
	}
	return hostOf(d)
}

// there says how many rows are there already; -1 stands for nobody knows how many.
func there(n int64) string {
	switch n {
	case -1:
		return "Rows are already there, more than could be counted in time."
	case 1:
		return "1 row is already there."
	}
	return grouped(n) + " rows are already there."
}

// grouped writes a number with commas.
func grouped(n int64) string {
	if n < 1000 {
		return strconv.FormatInt(n, 10)
	}
	return fmt.Sprintf("%s,%03d", grouped(n/1000), n%1000)
}

// title is what records say that they come from.
func (t *Database) title() string { return titleOf(t.db) }
