package record

import (
	"bytes"
	"errors"
	"strconv"

	"hookbird/core"
)

// Bounds of a sheet, as Excel has them.
const maxRows = 1 << 20

// xlsxRows reads the rows of a sheet of Excel.
type xlsxRows struct {
	w      *workbook
	part   *part
	x      *xmlScan
	row    int // that came last
	merged int // stretches of merged cells, once all rows were read
	val    []byte
	texts  textOf
}

// rows begins to read a sheet.
func (w *workbook) rows(sheet sheetPart) (*xlsxRows, error) {
	if err := errors.Join(w.readStyles(), w.readStrings()); err != nil {
		w.strings.close()
		return nil, first(err)
	}
	p, err := w.open(sheet.part)
	if err != nil {
		w.strings.close()
		return nil, err
	}
	r := &xlsxRows{w: w, part: p, x: p.xml, texts: textOf{limit: w.limit}}
	return r, nil
}

// first is the first of joined errors, as it is.
func first(err error) error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		return joined.Unwrap()[0]
	}
	return err
}

func (r *xlsxRows) close() {
	r.part.close()
	r.w.strings.close()
}

// next reads up to the end of the next row.
func (r *xlsxRows) next(row *sheetRow) error {
	for {
		token, err := r.x.next()
		if err != nil {
			return err
		}
		if token != xmlStart {
			continue
		}
		switch string(local(r.x.name)) {
		case "row":
			return r.readRow(row)
		case "mergeCell":
			r.merged++
		}
	}
}

func (r *xlsxRows) readRow(row *sheetRow) error {
	r.row++
	if n, ok := r.x.attr("r"); ok {
		if at, err := strconv.Atoi(n); err == nil && at > r.row {
			r.row = at
		}
	}
	if r.row > maxRows {
		return core.Errorf(core.CodeInvalid, "This sheet has more than %d rows, which no spreadsheet has.", maxRows)
	}
	row.reset(r.row)
	until, column := r.x.depth()-1, 0
	for {
		token, err := r.x.next()
		switch {
		case err != nil:
			return err
		case token == xmlEnd && r.x.depth() == until:
			return nil
		case token != xmlStart || string(local(r.x.name)) != "c":
			continue
		}
		if column, err = r.readCell(row, column); err != nil {
			return err
		}
	}
}

// readCell reads a cell and tells which column is the next one.
func (r *xlsxRows) readCell(row *sheetRow, column int) (next int, err error) {
	kind, style := cellType(0), 0
	for attrs := r.x.attrs; ; {
		name, val, rest, ok := attr(attrs)
		if !ok {
			break
		}
		switch string(name) {
		case "r":
			if at := columnOf(val); at >= 0 {
				column = at
			}
		case "t":
			kind = typeOfCell(val)
		case "s":
			style, _ = strconv.Atoi(string(val))
		}
		attrs = rest
	}
	if column >= maxColumns {
		return 0, core.Errorf(core.CodeInvalid, "It has more than %d columns.", maxColumns)
	}
	return column + 1, r.fill(row, column, kind, style)
}

// cellType says how the value of a cell is written.
type cellType byte

const (
	typeNumber cellType = 'n'
	typeShared cellType = 's'
	typeText   cellType = 't' // of a formula
	typeInline cellType = 'i'
	typeBool   cellType = 'b'
	typeError  cellType = 'e'
	typeDate   cellType = 'd'
)

func typeOfCell(name []byte) cellType {
	switch string(name) {
	case "s":
		return typeShared
	case "str":
		return typeText
	case "inlineStr":
		return typeInline
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeNumber
}

// fill reads what stands in a cell up to its end.
func (r *xlsxRows) fill(row *sheetRow, column int, kind cellType, style int) error {
	r.val = r.val[:0]
	until, formula, hasValue, inValue := r.x.depth()-1, false, false, false
	for {
		token, err := r.x.next()
		if err != nil {
			return err
		}
		switch token {
		case xmlEnd:
			if inValue = false; r.x.depth() == until {
				return r.put(row, column, kind, style, formula && !hasValue)
			}
		case xmlStart:
			switch string(local(r.x.name)) {
			case "f":
				formula = true
			case "v":
				inValue, hasValue = true, true
			case "is":
				if r.val, err = r.texts.read(r.x, r.val[:0]); err != nil {
					return err
				}
				kind, hasValue = typeInline, true
			}
		case xmlText:
			if inValue && len(r.val) <= r.w.limit {
				r.val = append(r.val, r.x.text...)
			}
		}
	}
}

// put puts what a cell holds into its row.
func (r *xlsxRows) put(row *sheetRow, column int, kind cellType, style int, unreckoned bool) error {
	c := sheetCell{kind: textCell, from: len(row.text)}
	if unreckoned {
		c.kind = unreckonedCell
		row.set(column, c)
		return nil
	}
	if len(row.text)+len(r.val) > r.w.limit {
		row.long = true
		return nil
	}
	if len(r.val) == 0 && kind != typeInline && kind != typeText {
		return nil // a cell that only has a style
	}
	switch kind {
	case typeShared:
		if err := r.shared(row); err != nil {
			return err
		}
	case typeText, typeInline:
		row.text = append(row.text, r.val...)
		if kind == typeText {
			row.text = unescapeOffice(row.text, c.from)
		}
	case typeError:
		c.kind = errorCell
		row.text = append(row.text, r.val...)
	case typeBool:
		c.kind = falseCell
		if string(bytes.TrimSpace(r.val)) == "1" || string(r.val) == "true" {
			c.kind = trueCell
		}
	case typeDate:
		c.date = true
		row.text = append(row.text, r.val...)
	default:
		c.kind, c.date = r.number(row, style)
	}
	row.set(column, c)
	return nil
}

// shared puts a text that stands in the table of texts into a row.
func (r *xlsxRows) shared(row *sheetRow) error {
	n, err := strconv.Atoi(string(bytes.TrimSpace(r.val)))
	if err != nil {
		n = -1
	}
	from, ok := len(row.text), false
	row.text, ok, err = r.w.strings.appendTo(row.text, n)
	if !ok && err == nil {
		return core.Errorf(core.CodeInvalid, "This workbook is damaged: the text of a cell in row %d is missing. Open it and save it once more.", r.row)
	}
	if len(row.text) > r.w.limit {
		row.text, row.long = row.text[:from], true
	}
	return err
}

// number puts a number, or the day or time that it stands for, into a row.
func (r *xlsxRows) number(row *sheetRow, style int) (kind cellKind, date bool) {
	var ok bool
	if style >= 0 && style < len(r.w.formats) && r.w.formats[style] != noDate {
		if row.text, ok = appendSerial(row.text, r.val, r.w.formats[style], r.w.since1904); ok {
			return textCell, true
		}
	}
	if row.text, ok = appendNumber(row.text, r.val); ok {
		return numberCell, false
	}
	row.text = append(row.text, r.val...)
	return textCell, false
}

// columnOf reads the column of a cell's name: 27 for AB12, -1 for none.
func columnOf(name []byte) int {
	n := 0
	for _, c := range name {
		if c |= 0x20; c < 'a' || c > 'z' {
			break
		}
		if n = n*26 + int(c-'a') + 1; n > maxColumns {
			break
		}
	}
	return n - 1
}
