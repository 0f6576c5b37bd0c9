package record

import (
	"bytes"
	"errors"
	"fmt"
	"unicode/utf8"

	"hookbird/core"
)

// csvReader reads delimited text with a row of headings. encoding/csv is not
// used because it keeps whatever stands between two quotes in memory, gives up
// at the first stray quote, and hides where cells were quoted.
//
// A cell is text exactly as written, line breaks between quotes included. A
// quote inside a cell that does not begin with one is a character like any
// other. A row is blank, and passed over, if it holds nothing but delimiters.
type csvReader struct {
	w     *window
	wish  string // delimiter that was asked for
	delim byte
	keys  [][]byte // each `"Heading":`
	line  int      // of the next row, from 1
	row   int      // of the last row, as a spreadsheet counts: headings are 1
	cells []cell
}

func (r *csvReader) Next() (Record, error) {
	if r.delim == 0 {
		if err := r.start(); err != nil {
			return Record{}, err
		}
	}
	for {
		line := r.line
		raw, err := r.nextRow()
		if err != nil {
			return Record{}, err
		}
		if blank(raw, r.delim) {
			continue
		}
		data, err := r.object(raw, line)
		if err != nil {
			return Record{}, err
		}
		return Record{Data: data, Place: fmt.Sprintf("row %d", r.row)}, nil
	}
}

// nextRow takes a row without its line end. The row is whole and well formed;
// any other is a *Bad.
func (r *csvReader) nextRow() ([]byte, error) {
	scan := rowScan{delim: r.delim}
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
	return bytes.TrimRight(s.bytes, "\r\n"), nil
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
	r.cells = split(r.cells[:0], raw, r.delim)
	if len(r.cells) > len(r.keys) {
		for _, extra := range r.cells[len(r.keys):] {
			if len(extra.text) > 0 {
				return nil, &Bad{Line: line, Text: fmt.Sprintf("This row has %s, but there are only %s, so it was left out.",
					plural(len(r.cells), "cell"), plural(len(r.keys), "heading"))}
			}
		}
		r.cells = r.cells[:len(r.keys)]
	}
	if !utf8.Valid(raw) {
		return nil, &Bad{Line: line, Text: "This row is not written in UTF-8, so it was left out."}
	}
	data := make([]byte, 0, r.room(raw))
	data = append(data, '{')
	for i, c := range r.cells {
		if i > 0 {
			data = append(data, ',')
		}
		data = append(data, r.keys[i]...)
		data = AppendString(data, c.value())
	}
	return append(data, '}'), nil
}

// room guesses how long the object of a row becomes.
func (r *csvReader) room(raw []byte) int {
	n := len(raw) + 2*len(r.cells) + 2
	for _, key := range r.keys[:len(r.cells)] {
		n += len(key)
	}
	return n
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

// start reads what stands before the records: Excel's "sep=" line and the row
// of headings.
func (r *csvReader) start() error {
	sep, err := r.sepLine()
	if err != nil {
		return err
	}
	if r.delim = sep; r.wish != "" {
		r.delim = r.wish[0]
	}
	if r.delim == 0 {
		sample, err := r.w.peek(firstWindow)
		if err != nil {
			return err
		}
		r.delim = guessDelimiter(sample)
	}
	err = r.readHeadings()
	if bad, ok := errors.AsType[*Bad](err); ok {
		return core.Errorf(core.CodeInvalid, "Its row of headings, line %d, cannot be read. %s", bad.Line, bad.Text)
	}
	return err
}

// sepLine takes the line that tells Excel the delimiter, if there is one.
func (r *csvReader) sepLine() (byte, error) {
	head, err := r.w.peek(len(`"sep=;"` + "\r\n"))
	if err != nil {
		return 0, err
	}
	end := lineEnd(head)
	if end < 0 {
		end = len(head)
	}
	line := bytes.TrimRight(head[:end], "\r\n")
	text := bytes.Trim(line, `"`)
	if len(text) != len("sep=;") || !bytes.EqualFold(text[:4], []byte("sep=")) || !validDelimiter(text[4]) {
		return 0, nil
	}
	r.w.use(end)
	r.line++
	return text[4], nil
}

func (r *csvReader) readHeadings() error {
	for {
		raw, err := r.nextRow()
		if err != nil {
			return err
		}
		if blank(raw, r.delim) && len(raw) == 0 {
			continue // blank lines above the headings
		}
		cells := split(nil, raw, r.delim)
		names := make([]string, len(cells))
		for i, c := range cells {
			names[i] = string(c.value())
		}
		if err := checkHeadings(names); err != nil {
			return err
		}
		for _, name := range headings(names) {
			r.keys = append(r.keys, append(AppendString(nil, []byte(name)), ':'))
		}
		return nil
	}
}
