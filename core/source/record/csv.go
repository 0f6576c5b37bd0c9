package record

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// csvReader reads delimited text with a row of headings. encoding/csv is not
// used because it keeps whatever stands between two quotes in memory, gives up
// at the first stray quote, and hides where cells were quoted.
//
// A cell is text exactly as written, line breaks between quotes included. A
// quote inside a cell that does not begin with one is a character like any
// other. A row is blank, and passed over, if it holds nothing but delimiters.
type csvReader struct {
	w        *window
	o        Options
	started  bool
	err      error // that keeps it from being read
	delim    byte
	quote    byte // 0 for none
	names    []string
	begins   [][]byte // what stands before each cell in JSON: `{"Heading":"`, `","Heading 2":"`
	headings []byte   // the row as it is written
	line     int      // of the next row, from 1
	row      int      // of the last row, as a spreadsheet counts: headings are 1
	header   int      // row of the headings, 0 for none
	cells    []cell
	odd      bool // one of them may hold what JSON writes otherwise
}

// Columns gives the names of the columns.
func (r *csvReader) Columns() []string {
	r.begin()
	return r.names
}

// Close has nothing to free.
func (r *csvReader) Close() error { return nil }

func (r *csvReader) begin() {
	if !r.started {
		r.started = true
		r.err = r.start()
	}
}

func (r *csvReader) read() (rec Record, line int, total bool, err error) {
	if r.begin(); r.err != nil {
		return Record{}, 0, false, r.err
	}
	for {
		line := r.line
		raw, err := r.nextRow()
		if err != nil {
			return Record{}, line, false, err
		}
		if blank(raw, r.delim) {
			continue
		}
		if len(r.begins) > 1 && bytes.Equal(raw, r.headings) {
			return Record{}, line, false, onceMore(line)
		}
		data, err := r.object(raw, line)
		if err != nil {
			return Record{}, line, false, err
		}
		return Record{Data: data, Place: placeOf(r.row)}, line, r.totals(), nil
	}
}

// onceMore is a row that is the headings again, as in a file that was put together from
// several.
func onceMore(line int) *Bad {
	return &Bad{Line: line, Fine: true, Text: "These are the headings once more and no record, so they were left out."}
}

// placeOf says where a row stands.
func placeOf(row int) string {
	return string(strconv.AppendInt(append(make([]byte, 0, len("row ")+10), "row "...), int64(row), 10))
}

// totals tells whether the row that was read last looks like one of totals.
func (r *csvReader) totals() bool {
	for _, c := range r.cells {
		if len(c.text) > 0 && !isTotalWord(c.text) {
			return false // so nearly always
		} else if len(c.text) > 0 {
			break
		}
	}
	return looksLikeTotals(max(len(r.begins), len(r.cells)), func(i int) ([]byte, bool) {
		if i >= len(r.cells) {
			return nil, false
		}
		return r.cells[i].text, false
	})
}

// nextRow takes a row without its line end. The row is whole and well formed;
// any other is a *Bad.
func (r *csvReader) nextRow() ([]byte, error) {
	r.w.skipMark()
	scan := rowScan{delim: r.delim, quote: r.quote}
	s, err := r.w.next(scan.end)
	if err != nil {
		return nil, err
	}
	r.row++
	line := r.line
	switch {
	case s.cut && scan.state == inQuotes && !s.long:
		return nil, r.unclosed(s.bytes, line)
	case s.long && scan.state == inQuotes:
		return nil, &Bad{Line: line, Text: "A quotation mark that is opened here is never closed, so the rest of the file could not be read."}
	}
	r.line += scan.lines
	switch {
	case s.long:
		return nil, tooLong(line, r.w.limit)
	case scan.stray:
		return nil, &Bad{Line: line, Text: stray(line, max(line, r.line-1))}
	}
	r.odd = scan.odd
	return withoutEnd(s.bytes), nil
}

// withoutEnd takes away the end of a line.
func withoutEnd(line []byte) []byte {
	n := len(line)
	for n > 0 && (line[n-1] == '\n' || line[n-1] == '\r') {
		n--
	}
	return line[:n]
}

// unclosed gives up one line of a row that runs to the end of the file because
// of a quotation mark, and goes on with the line after it.
func (r *csvReader) unclosed(rest []byte, line int) *Bad {
	first := lineEnd(rest)
	if first < 0 {
		first = len(rest)
	}
	r.w.unread(len(rest) - first)
	r.line++
	return &Bad{Line: line, Text: "A quotation mark is opened in this row and never closed, so the row was left out."}
}

func stray(from, to int) string {
	if from == to {
		return "A cell goes on after its closing quotation mark, so the row was left out."
	}
	return fmt.Sprintf("A cell goes on after its closing quotation mark, so lines %d to %d were left out.", from, to)
}

// blank tells whether a row holds no cell worth the name: spreadsheets write
// such rows for cells that were cleared.
func blank(raw []byte, delim byte) bool {
	for _, c := range raw {
		if c != delim {
			return false
		}
	}
	return true
}

// object writes a row as a JSON object in the order of its columns. Cells that
// a short row lacks are absent. Empty cells beyond the last heading are
// nothing; others mean that the row is out of step with its headings.
func (r *csvReader) object(raw []byte, line int) ([]byte, error) {
	r.cells = split(r.cells[:0], raw, r.delim, r.quote)
	if len(r.cells) > len(r.begins) {
		for _, extra := range r.cells[len(r.begins):] {
			if len(extra.text) > 0 {
				return nil, &Bad{Line: line, Text: fmt.Sprintf("This row has %s, but there are only %s, so it was left out.",
					plural(len(r.cells), "cell"), plural(len(r.begins), "heading"))}
			}
		}
		r.cells = r.cells[:len(r.begins)]
	}
	if !utf8.Valid(raw) {
		return nil, &Bad{Line: line, Text: "This row is not written in UTF-8, so it was left out."}
	}
	if len(r.cells) == 0 {
		return []byte("{}"), nil
	}
	data := make([]byte, 0, r.room(raw))
	for i, c := range r.cells {
		data = append(data, r.begins[i]...)
		if r.odd || c.doubled != 0 {
			data = appendEscaped(data, c.value())
		} else {
			data = append(data, c.text...)
		}
	}
	return append(data, `"}`...), nil
}

// room guesses how long the object of a row becomes.
func (r *csvReader) room(raw []byte) int {
	n := len(raw) + len(`"}`)
	for _, begin := range r.begins[:len(r.cells)] {
		n += len(begin)
	}
	return n
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
