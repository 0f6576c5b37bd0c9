package export

import (
	"encoding/csv"
	"io"
	"strings"
)

// bom makes Excel read a text as UTF-8.
const bom = "\uFEFF"

// text is a CSV file with commas. Its lines end as Unix ends them, so that a line
// break within a cell stays as it is.
type text struct {
	csv   *csv.Writer
	words []string // of one row, used again for the next
}

func newText(w io.Writer, columns []Column) (*text, error) {
	if _, err := io.WriteString(w, bom); err != nil {
		return nil, err
	}
	t := &text{csv: csv.NewWriter(w), words: make([]string, 0, len(columns))}
	cells := make([]any, len(columns))
	for i, c := range columns {
		cells[i] = c.Name
	}
	return t, t.row(cells)
}

func (t *text) row(cells []any) error {
	t.words = t.words[:0]
	for _, c := range cells {
		w := word(c)
		if _, is := c.(string); is {
			w = harmless(w)
		}
		t.words = append(t.words, w)
	}
	return t.csv.Write(t.words)
}

// harmless puts an apostrophe before a text that a spreadsheet program would take
// for a formula and work out, as OWASP advises against "CSV injection".
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

func (t *text) finish() error {
	t.csv.Flush()
	return t.csv.Error()
}

func (t *text) free() error { return nil }
