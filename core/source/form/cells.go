package form

import (
	"strings"

	"hookbird/core"
)

// Bounds of a table that is pasted.
const (
	maxPaste   = 16 << 20 // bytes
	maxRows    = 10_000
	maxColumns = 1000
)

// Cells reads the text that a spreadsheet puts on the clipboard, or lines of CSV, as
// rows of cells: with tabs between them, or else semicolons or commas, whichever the
// first line has more of. A cell in quotes may hold such a mark, a line break, and
// quotes that are doubled; quotes that do not close where a cell ends are text.
func Cells(text string) ([][]string, error) {
	if len(text) > maxPaste {
		return nil, tooMany()
	}
	text = strings.TrimPrefix(strings.ToValidUTF8(text, "\ufffd"), "\ufeff")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	r := cellReader{rest: text, mark: markOf(text)}
	var rows [][]string
	for r.rest != "" {
		row, err := r.row()
		if err != nil {
			return nil, err
		}
		if rows = append(rows, row); len(rows) > maxRows+1 {
			return nil, tooMany()
		}
	}
	return rows, nil
}

func tooMany() error {
	return core.Errorf(core.CodeInvalid, "This is more than a form takes at once, which is 10,000 records. Save it as a file, and use a folder as the source.")
}

// markOf finds what stands between the cells of a table.
func markOf(text string) byte {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	switch {
	case strings.Contains(line, "\t"):
		return '\t'
	case strings.Count(line, ";") >= max(1, strings.Count(line, ",")):
		return ';'
	case strings.Contains(line, ","):
		return ','
	}
	return '\t'
}

// cellReader cuts a text into cells.
type cellReader struct {
	rest string
	mark byte
}

// row reads up to the end of a line.
func (r *cellReader) row() (row []string, err error) {
	for {
		cell := r.cell()
		if row = append(row, cell); len(row) > maxColumns {
			return nil, core.Errorf(core.CodeInvalid, "This has more than %d columns. Copy only those that the form has fields for.", maxColumns)
		}
		if r.rest == "" {
			return row, nil
		}
		end := r.rest[0]
		r.rest = r.rest[1:]
		if end == '\n' {
			return row, nil
		}
		if r.rest == "" {
			return append(row, ""), nil
		}
	}
}

// cell reads up to the mark, line break or end behind a cell, which it leaves.
func (r *cellReader) cell() string {
	if strings.HasPrefix(r.rest, `"`) {
		if cell, rest, ok := r.inQuotes(r.rest[1:]); ok {
			r.rest = rest
			return cell
		}
	}
	n := strings.IndexAny(r.rest, "\n"+string(rune(r.mark)))
	if n < 0 {
		n = len(r.rest)
	}
	cell := r.rest[:n]
	r.rest = r.rest[n:]
	return cell
}

// inQuotes reads a cell up to the quotes that close it. ok is false if there are none
// behind which a cell can end.
func (r *cellReader) inQuotes(text string) (cell, rest string, ok bool) {
	var b strings.Builder
	rest = text
	for {
		part, behind, closed := strings.Cut(rest, `"`)
		if !closed {
			return "", "", false
		}
		b.WriteString(part)
		switch {
		case behind == "" || behind[0] == '\n' || behind[0] == r.mark:
			return b.String(), behind, true
		case behind[0] != '"':
			return "", "", false
		}
		b.WriteByte('"')
		rest = behind[1:]
	}
}
