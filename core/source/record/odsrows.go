package record

import "hookbird/core"

// odsRows reads the rows of a sheet of LibreOffice. Rows and cells that are alike
// stand in the file once, with how often they are there.
type odsRows struct {
	d      *document
	x      *xmlScan
	until  int // elements that are open once the sheet has ended
	row    int // that came last
	again  int // times that it comes again
	merged int
	last   sheetRow
	cell   odsCell
}

// odsCell is a cell as it is written.
type odsCell struct {
	kind     string // office:value-type
	val      string
	plain    string // office:string-value
	formula  bool
	failed   bool
	covered  bool
	repeated int
	text     []byte
	lines    int // paragraphs of text
}

func newODSRows(d *document) *odsRows {
	return &odsRows{d: d, x: d.x, until: d.x.depth() - 1}
}

func (r *odsRows) close() { r.d.part.close() }

// next gives the next row. Empty rows that are there many times are passed over.
func (r *odsRows) next(row *sheetRow) error {
	if r.again > 0 {
		r.again--
		return r.give(row)
	}
	for {
		token, err := r.x.next()
		switch {
		case err != nil:
			return err
		case token == xmlEnd && r.x.depth() == r.until:
			return r.atEnd()
		case token != xmlStart || string(r.x.name) != "table:table-row":
			continue
		}
		times := r.count("table:number-rows-repeated")
		if err := r.readRow(); err != nil {
			return err
		}
		if r.last.blank() && !r.last.long {
			r.row += times
			continue
		}
		r.again = times - 1
		return r.give(row)
	}
}

// atEnd reads what is left of the file, so that one that is cut off is found out.
func (r *odsRows) atEnd() error {
	r.until = -1 // which never comes
	for {
		if _, err := r.x.next(); err != nil {
			return err
		}
	}
}

// give gives the row that was read last, once more.
func (r *odsRows) give(row *sheetRow) error {
	if r.row++; r.row > maxRows {
		return core.Errorf(core.CodeInvalid, "This sheet has more than %d rows, which no spreadsheet has.", maxRows)
	}
	row.reset(r.row)
	row.cells = append(row.cells, r.last.cells...)
	row.text = append(row.text, r.last.text...)
	row.long = r.last.long
	return nil
}

// count reads how often something is there, at least once.
func (r *odsRows) count(name string) int {
	return min(max(number(r.x, name), 1), maxRows+1)
}

func (r *odsRows) readRow() error {
	r.last.reset(0)
	until, column := r.x.depth()-1, 0
	for {
		token, err := r.x.next()
		switch {
		case err != nil:
			return err
		case token == xmlEnd && r.x.depth() == until:
			return nil
		case token != xmlStart:
			continue
		}
		switch string(r.x.name) {
		case "table:table-cell", "table:covered-table-cell":
			r.begin()
			if err := r.readCell(); err != nil {
				return err
			}
			if err := r.put(column); err != nil {
				return err
			}
			column = min(column+r.cell.repeated, maxColumns+1)
		default:
			if err := skip(r.x); err != nil {
				return err
			}
		}
	}
}

// begin reads what the tag of a cell says.
func (r *odsRows) begin() {
	c := odsCell{text: r.cell.text[:0], covered: string(r.x.name) == "table:covered-table-cell", repeated: 1}
	for attrs := r.x.attrs; ; {
		name, val, rest, ok := attr(attrs)
		if !ok {
			break
		}
		switch string(name) {
		case "office:value-type":
			c.kind = string(val)
		case "calcext:value-type":
			c.failed = string(val) == "error"
		case "office:value", "office:date-value", "office:time-value", "office:boolean-value":
			c.val = string(val)
		case "office:string-value":
			c.plain, _ = r.x.attr("office:string-value")
		case "table:formula":
			c.formula = true
		case "table:number-columns-spanned", "table:number-rows-spanned":
			if string(val) != "1" {
				r.merged++
			}
		case "table:number-columns-repeated":
			c.repeated = r.count("table:number-columns-repeated")
		}
		attrs = rest
	}
	r.cell = c
}

// readCell reads the text of a cell: its paragraphs, without comments and drawings.
func (r *odsRows) readCell() error {
	until := r.x.depth() - 1
	for {
		token, err := r.x.next()
		switch {
		case err != nil:
			return err
		case token == xmlEnd && r.x.depth() == until:
			return nil
		case token != xmlStart:
			continue
		}
		if string(r.x.name) == "text:p" {
			if r.cell.lines++; r.cell.lines > 1 {
				r.cell.add("\n", r.d.limit)
			}
			err = r.paragraph()
		} else {
			err = skip(r.x)
		}
		if err != nil {
			return err
		}
	}
}

// add adds to the text of a cell. What is beyond the limit is cut, which shows that
// it was too long.
func (c *odsCell) add(text string, limit int) {
	if len(c.text) <= limit {
		c.text = append(c.text, text...)
	}
}

// paragraph reads text, and what is written as elements in it.
func (r *odsRows) paragraph() error {
	from := len(r.cell.text)
	for until := r.x.depth() - 1; ; {
		token, err := r.x.next()
		switch {
		case err != nil:
			return err
		case token == xmlEnd && r.x.depth() == until:
			return nil
		case token == xmlText:
			r.spaced(r.x.text, from)
		case token == xmlStart:
			if err := r.inline(); err != nil {
				return err
			}
		}
	}
}

func (r *odsRows) inline() error {
	switch string(r.x.name) {
	case "text:s":
		for range max(number(r.x, "text:c"), 1) {
			if len(r.cell.text) > r.d.limit {
				break
			}
			r.cell.text = append(r.cell.text, ' ')
		}
	case "text:tab":
		r.cell.add("\t", r.d.limit)
	case "text:line-break":
		r.cell.add("\n", r.d.limit)
	case "office:annotation", "text:note", "text:ruby-text":
		return skip(r.x)
	}
	return nil
}

// spaced adds text: with its spaces, which LibreOffice writes as they are, and with
// one space for line ends and tabs, which stand in elements where they are meant. A
// paragraph, which began at from, does not begin with one of those.
func (r *odsRows) spaced(text []byte, from int) {
	if len(r.cell.text) > r.d.limit {
		return
	}
	for _, c := range text {
		switch n := len(r.cell.text); {
		case c == ' ' || !isSpace(c):
			r.cell.text = append(r.cell.text, c)
		case n > from && r.cell.text[n-1] != ' ':
			r.cell.text = append(r.cell.text, ' ')
		}
	}
}

// put puts a cell into its row, as often as it is there.
func (r *odsRows) put(column int) error {
	row := &r.last
	c := sheetCell{kind: textCell, from: len(row.text)}
	row.text = r.cell.appendTo(row.text, &c)
	if c.kind == emptyCell || c.kind == textCell && c.from == len(row.text) {
		return nil
	}
	if len(row.text) > r.d.limit {
		row.text, row.long = row.text[:c.from], true
		return nil
	}
	if column+r.cell.repeated > maxColumns {
		return tooWide()
	}
	for i := range r.cell.repeated {
		row.set(column+i, c)
	}
	return nil
}

// appendTo appends what a cell holds, and says what it is.
func (o *odsCell) appendTo(to []byte, c *sheetCell) []byte {
	switch {
	case o.covered:
		c.kind = emptyCell
		return to
	case o.failed:
		c.kind = errorCell
		return append(to, o.text...)
	}
	switch o.kind {
	case "float", "percentage", "currency":
		if out, ok := appendNumber(to, []byte(o.val)); ok {
			c.kind = numberCell
			return out
		}
	case "date":
		c.date = true
		return append(to, o.val...)
	case "time":
		c.date = true
		return append(to, odsClock(o.val)...)
	case "boolean":
		c.kind = falseCell
		if o.val == "true" {
			c.kind = trueCell
		}
		return to
	case "":
		if o.formula && o.lines == 0 {
			c.kind = unreckonedCell
			return to
		}
	}
	if o.lines == 0 {
		return append(to, o.plain...)
	}
	return append(to, o.text...)
}
