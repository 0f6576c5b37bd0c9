package record

import "bytes"

// rowScan finds the end of a row, byte by byte, however the row is cut into
// pieces. A row ends at a newline, a carriage return or both, outside quotes.
type rowScan struct {
	delim byte
	quote byte // 0 for none
	state scanState
	lines int  // ended so far, with the row's own
	stray bool // a cell went on after its closing quote
	odd   bool // a cell may hold what JSON writes otherwise
}

type scanState int

const (
	atCell     scanState = iota // at the first byte of a cell
	inCell                      // in a cell without quotes
	inQuotes                    // between quotes
	afterQuote                  // behind a quote that may close the cell
	afterCR                     // behind a carriage return that ended the row
)

// end tells how many of the fresh bytes belong to the row, -1 if all of them
// and perhaps more.
func (s *rowScan) end(fresh []byte) int {
	if s.goesOn(fresh) {
		return -1
	}
	for i := 0; i < len(fresh); i++ {
		i += s.plain(fresh[i : len(fresh)-1]) // most bytes are in the middle of a cell
		c := fresh[i]
		switch {
		case s.state == afterCR:
			if c == '\n' {
				return i + 1
			}
			return i
		case s.state == inQuotes:
			s.odd = s.odd || c != s.quote && escaped[c]
			if c == s.quote {
				s.state = afterQuote
			} else if c == '\n' {
				s.lines++
			}
		case c == '\n':
			s.lines++
			return i + 1
		case c == '\r':
			s.lines++
			s.state = afterCR
		case c == s.delim:
			s.state = atCell
		case c == s.quote && s.state != inCell && s.quote != 0:
			s.state = inQuotes // opens the cell, or was doubled in it
		default:
			s.stray = s.stray || s.state == afterQuote
			s.odd = s.odd || escaped[c]
			s.state = inCell
		}
	}
	return -1
}

// plain counts the bytes in the middle of a cell that can be passed over.
func (s *rowScan) plain(fresh []byte) int {
	stop := s.delim
	switch s.state {
	case inQuotes:
		stop = s.quote
	case inCell:
	default:
		return 0
	}
	for i, c := range fresh {
		if c == stop || escaped[c] {
			return i
		}
	}
	return len(fresh)
}

// goesOn passes quickly over a piece from the middle of a long cell.
func (s *rowScan) goesOn(fresh []byte) bool {
	on := false
	switch s.state {
	case inQuotes:
		if on = bytes.IndexByte(fresh, s.quote) < 0; on {
			s.lines += bytes.Count(fresh, []byte("\n"))
		}
	case inCell:
		on = bytes.IndexByte(fresh, '\n') < 0 && bytes.IndexByte(fresh, s.delim) < 0 && bytes.IndexByte(fresh, '\r') < 0
	}
	s.odd = s.odd || on // it was not looked at closely
	return on
}

// cell is a part of a row. Its text still has the quotes that are doubled.
type cell struct {
	text    []byte
	doubled byte // which quote that is, 0 for none
}

// value is what stands in the cell.
func (c cell) value() []byte {
	if c.doubled != 0 {
		return bytes.ReplaceAll(c.text, []byte{c.doubled, c.doubled}, []byte{c.doubled})
	}
	return c.text
}

// split cuts a well-formed row into its cells.
func split(cells []cell, raw []byte, delim, quote byte) []cell {
	for {
		var c cell
		if len(raw) > 0 && raw[0] == quote && quote != 0 {
			c, raw = quotedCell(raw[1:], quote)
		} else {
			end := bytes.IndexByte(raw, delim)
			if end < 0 {
				end = len(raw)
			}
			c, raw = cell{text: raw[:end]}, raw[end:]
		}
		cells = append(cells, c)
		if len(raw) == 0 {
			return cells
		}
		raw = raw[1:] // the delimiter
	}
}

// quotedCell takes a cell whose opening quote has been taken.
func quotedCell(raw []byte, quote byte) (c cell, rest []byte) {
	for i := 0; ; i++ {
		n := bytes.IndexByte(raw[i:], quote)
		if n < 0 { // the quote closed nothing: not in a well-formed row
			return cell{text: raw, doubled: c.doubled}, nil
		}
		i += n
		if i+1 == len(raw) || raw[i+1] != quote {
			return cell{text: raw[:i], doubled: c.doubled}, raw[i+1:]
		}
		c.doubled = quote
		i++
	}
}

const hexDigits = "0123456789abcdef"

// escaped are the bytes that JSON writes otherwise in a string.
var escaped = func() (table [256]bool) {
	for c := range ' ' {
		table[c] = true
	}
	table['"'], table['\\'] = true, true
	return table
}()

// AppendString appends text, which must be UTF-8, as a JSON string that differs
// from the text only where JSON demands it.
func AppendString(to, text []byte) []byte {
	return append(appendEscaped(append(to, '"'), text), '"')
}

// appendEscaped is AppendString without the quotes.
func appendEscaped(to, text []byte) []byte {
	done := 0
	for i, c := range text {
		if !escaped[c] {
			continue
		}
		to = append(to, text[done:i]...)
		done = i + 1
		switch c {
		case '"', '\\':
			to = append(to, '\\', c)
		case '\n':
			to = append(to, '\\', 'n')
		case '\r':
			to = append(to, '\\', 'r')
		case '\t':
			to = append(to, '\\', 't')
		default:
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		}
	}
	return append(to, text[done:]...)
}
