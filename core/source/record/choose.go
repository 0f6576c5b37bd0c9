package record

import (
	"fmt"
	"strings"

	"hookbird/core"
)

// sampleRows is how many rows are looked at to find the headings.
const sampleRows = 30

// headingsAt tells which of the first rows of a table holds the headings. Above them
// may stand a title, a date, a name: rows that fill few of the columns. Rows without
// anything in them are not in the list.
//
// The row is the first that fills at least half of the columns which the fullest row
// fills. With less than three columns, and whenever what is found that way is no row
// of headings, it is the first row.
func headingsAt(rows [][]string) int {
	fullest := 0
	for _, row := range rows {
		fullest = max(fullest, filled(row))
	}
	if fullest < 3 {
		return 0
	}
	for i, row := range rows {
		if 2*filled(row) < fullest {
			continue
		}
		if checkHeadings(row) != nil {
			return 0
		}
		return i
	}
	return 0
}

func filled(row []string) (n int) {
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// columnNames makes the names of the columns from the headings of the file, or from
// how many columns there are, and from what is asked for.
func columnNames(o *Options, cells []string) []string {
	names := make([]string, max(len(cells), len(o.Columns)))
	if !o.NoHeader {
		copy(names, cells)
	}
	for i, name := range o.Columns {
		if strings.TrimSpace(name) != "" {
			names[i] = name
		}
	}
	return headings(names)
}

// checkNames refuses a row of headings that is none, unless somebody said that it is.
func checkNames(o *Options, cells []string) error {
	if len(cells) > maxColumns {
		return tooWide()
	}
	if o.HeaderRow > 0 || o.NoHeader {
		return nil
	}
	return checkHeadings(cells)
}

func tooWide() error {
	return core.Errorf(core.CodeInvalid, "It has more than %d columns.", maxColumns)
}

func noSuchRow(o *Options) error {
	return core.Errorf(core.CodeInvalid, "It has no row %d, where the headings should stand.", o.HeaderRow)
}

// jsonKeys writes `"Name":` for each name.
func jsonKeys(names []string) [][]byte {
	keys := make([][]byte, len(names))
	for i, name := range names {
		keys[i] = append(AppendString(nil, []byte(name)), ':')
	}
	return keys
}

// columnLetters is what a spreadsheet calls a column: 27 is AB.
func columnLetters(i int) string {
	if i < 26 {
		return string(rune('A' + i))
	}
	return columnLetters(i/26-1) + string(rune('A'+i%26))
}

func cellName(column, row int) string { return fmt.Sprintf("%s%d", columnLetters(column), row) }
