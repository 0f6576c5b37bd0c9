package export

import (
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

// Format is a kind of file.
type Format string

// The kinds of file, by the ends of their names.
const (
	CSV  Format = ".csv"
	XLSX Format = ".xlsx"
)

// FormatOf tells by its name what kind of file is wanted, or CodeInvalid.
func FormatOf(path string) (Format, error) {
	f := Format(strings.ToLower(filepath.Ext(path)))
	if f != CSV && f != XLSX {
		return "", core.Errorf(core.CodeInvalid, "Give the file a name that ends in %s (for Excel) or in %s.", XLSX, CSV)
	}
	return f, nil
}

// Column is the heading of a column, and how wide it is shown where a file can say
// so, in letters.
type Column struct {
	Name  string
	Width float64
}

// table writes rows in one format. A cell is a string, an int or a time.Time; the
// zero time is an empty cell.
type table interface {
	row(cells []any) error
	// finish ends what was written. It is called once.
	finish() error
	// free lets go of what the table holds. It is called last, finished or not.
	free() error
}

// open begins a table in w, with its headings. Files that it needs meanwhile are
// made in dir.
func open(f Format, w io.Writer, dir string, columns []Column) (table, error) {
	if f == XLSX {
		return newBook(w, dir, columns)
	}
	return newText(w, columns)
}

// timeForm is how a text writes a time: spreadsheet programs of every language know
// it for one.
const timeForm = "2006-01-02 15:04:05"

// word writes a cell as text.
func word(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Local().Format(timeForm)
	default:
		return fmt.Sprint(v)
	}
}
