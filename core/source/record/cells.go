package record

import (
	"bytes"
	"unicode/utf8"
)

// cellKind is what stands in a cell of a workbook.
type cellKind uint8

const (
	emptyCell cellKind = iota
	textCell           // text, dates as well
	numberCell
	trueCell
	falseCell
	errorCell      // "#REF!"
	unreckonedCell // a formula whose result is not in the file
)

// sheetCell is a cell of a workbook. Its text stands in its row.
type sheetCell struct {
	kind     cellKind
	date     bool // the text is a date or a time
	from, to int
}

// sheetRow is a row of a workbook. It is used again for the next one.
type sheetRow struct {
	n     int // as the spreadsheet counts, from 1
	cells []sheetCell
	text  []byte
	long  bool // it was longer than the limit, and the rest of it is not here
}

func (r *sheetRow) reset(n int) {
	r.n, r.cells, r.text, r.long = n, r.cells[:0], r.text[:0], false
}

// value is the text of a cell.
func (r *sheetRow) value(c sheetCell) []byte { return r.text[c.from:c.to] }

// set puts a cell whose text is the end of r.text into column i.
func (r *sheetRow) set(i int, c sheetCell) {
	for len(r.cells) <= i {
		r.cells = append(r.cells, sheetCell{})
	}
	c.to = len(r.text)
	r.cells[i] = c
}

// blank tells whether the row holds nothing.
func (r *sheetRow) blank() bool {
	for _, c := range r.cells {
		if c.kind == unreckonedCell || c.kind != emptyCell && (c.kind != textCell || c.from < c.to) {
			return false
		}
	}
	return true
}

// words are the texts of all cells.
func (r *sheetRow) words() []string {
	words := make([]string, len(r.cells))
	for i, c := range r.cells {
		words[i] = c.word(r)
	}
	return words
}

func (c sheetCell) word(r *sheetRow) string {
	switch c.kind {
	case trueCell:
		return "true"
	case falseCell:
		return "false"
	}
	return string(r.value(c))
}

// appendJSON appends what stands in the cell as JSON.
func (c sheetCell) appendJSON(to []byte, r *sheetRow) []byte {
	switch c.kind {
	case numberCell:
		return append(to, r.value(c)...)
	case trueCell:
		return append(to, "true"...)
	case falseCell:
		return append(to, "false"...)
	}
	text := r.value(c)
	if !utf8.Valid(text) {
		text = bytes.ToValidUTF8(text, []byte("\ufffd"))
	}
	return AppendString(to, text)
}

// sheetRows gives the rows of a sheet, from the top to the bottom. Rows without
// cells may be left out.
type sheetRows interface {
	next(row *sheetRow) error // io.EOF behind the last one
	close()
}
