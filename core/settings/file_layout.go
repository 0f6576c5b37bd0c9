package settings

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// Limits of how a file is read.
const (
	maxRow   = 1 << 20 // of the headings
	maxSheet = 200     // bytes of the name of a sheet or an element
)

// encodings are those that files can be said to have.
var encodings = []string{"utf-8", "utf-16", "windows-1252", "iso-8859-15"}

// layoutFields are what tells how the rows of a file are to be read.
func (p *parser) layoutFields(l *core.Layout) fields {
	return fields{
		"encoding":   func(n *node) { l.Encoding = strings.ToLower(p.text(n)) },
		"delimiter":  func(n *node) { l.Delimiter = p.text(n) },
		"quote":      func(n *node) { l.Quote = p.text(n) },
		"no_header":  func(n *node) { l.NoHeader = p.flag(n) },
		"header_row": func(n *node) { l.HeaderRow = p.whole(n, 1, maxRow) },
		"columns":    func(n *node) { l.Columns = p.texts(n) },
		"sheet":      func(n *node) { l.Sheet = p.text(n) },
	}
}

func laidOut(l core.Layout) outLayout {
	return outLayout{
		Encoding: l.Encoding, Delimiter: l.Delimiter, Quote: l.Quote, NoHeader: l.NoHeader,
		HeaderRow: l.HeaderRow, Columns: l.Columns, Sheet: l.Sheet,
	}
}

// inFiles writes what only files that are no tables have.
func inFiles(l core.Layout) outInFiles { return outInFiles{l.Element, l.List} }

func (c *checker) layout(l *core.Layout) {
	if l.Encoding != "" && !slices.Contains(encodings, l.Encoding) {
		c.add("/encoding", "Hookbird does not know the encoding %s. It knows %s.", quoted(l.Encoding), joined(encodings))
	}
	if l.Delimiter != "" && !delimiter(l.Delimiter) {
		c.add("/delimiter", "The character between two columns is a single one, such as a comma, a semicolon or a tab.")
	}
	switch {
	case l.Quote == "" || l.Quote == "none":
	case len(l.Quote) != 1 || l.Quote[0] <= ' ' || l.Quote[0] > '~' || strings.Contains(letters, l.Quote):
		c.add("/quote", `What stands around a cell is a single character such as ", or none.`)
	case l.Quote == l.Delimiter:
		c.add("/quote", "The same character cannot stand between columns and around cells. Change one of the two.")
	}
	switch {
	case l.HeaderRow < 0 || l.HeaderRow > maxRow:
		c.add("/header_row", "The row with the headings is from 1 to %d.", maxRow)
	case l.NoHeader && l.HeaderRow > 0:
		c.add("/header_row", "A table without headings has no row of them. Remove one of the two.")
	}
	c.headings(l.Columns)
	if len(l.Sheet) > maxSheet || hidden(l.Sheet) {
		c.add("/sheet", "The name of a sheet has at most %d characters, and none that cannot be seen.", maxSheet)
	}
}

// headings looks at names of columns, of which an empty one stands for that of the
// file.
func (c *checker) headings(columns []string) {
	if len(columns) > maxNames {
		c.names("/columns", columns)
		return
	}
	seen := map[string]bool{}
	for i, name := range columns {
		if at := "/columns/" + strconv.Itoa(i); name != "" {
			c.name(at, name, seen)
		}
	}
}

// delimiter tells whether s can stand between two columns of a CSV file: one
// character of ASCII that is not part of what cells hold.
func delimiter(s string) bool {
	return len(s) == 1 && (s == "\t" || s[0] >= ' ' && s[0] <= '~') && s != `"` &&
		!strings.Contains(letters, s)
}

// inFiles looks at how records are found in files that are no tables.
func (c *checker) inFiles(l *core.Layout) {
	if len(l.Element) > maxSheet || !utf8.ValidString(l.Element) || strings.ContainsAny(l.Element, " \t\r\n<>/=\"'&") {
		c.add("/element", "This is no name of an element. It is a single word such as person.")
	}
	if l.List != "" {
		_, err := value.ParsePath(l.List)
		c.check("/list", err)
	}
}
