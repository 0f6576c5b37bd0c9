package record

import (
	"bytes"
	"errors"
	"io"

	"hookbird/core"
)

// start reads what stands before the records: Excel's "sep=" line, rows above the
// headings, and the headings.
func (r *csvReader) start() error {
	sep, err := r.sepLine()
	if err != nil {
		return err
	}
	sample, err := r.w.peek(firstWindow)
	if err != nil {
		return err
	}
	if r.delim = sep; r.o.Delimiter != "" {
		r.delim = r.o.Delimiter[0]
	}
	if r.delim == 0 {
		r.delim = r.guess(sample)
	}
	if r.o.NoHeader {
		r.name(make([]string, r.widest(sample)))
		return nil
	}
	err = r.readHeadings(r.rowsAbove(sample))
	if bad, ok := errors.AsType[*Bad](err); ok {
		return core.Errorf(core.CodeInvalid, "Its row of headings, line %d, cannot be read. %s", bad.Line, bad.Text)
	}
	return err
}

func (r *csvReader) guess(sample []byte) byte {
	if r.o.Kind == TSV && delimiterScore(sample, '\t', r.quote)[0] > 0 {
		return '\t'
	}
	return guessDelimiter(sample, r.quote)
}

func (r *csvReader) name(cells []string) {
	r.names = columnNames(&r.o, cells)
	r.begins = cellBegins(r.names)
}

// cellBegins writes what stands before each cell of an object whose values are texts.
func cellBegins(names []string) [][]byte {
	begins := make([][]byte, len(names))
	for i, key := range jsonKeys(names) {
		before := `",`
		if i == 0 {
			before = "{"
		}
		begins[i] = append(append([]byte(before), key...), '"')
	}
	return begins
}

// widest is how many cells the longest of the first rows has.
func (r *csvReader) widest(sample []byte) (columns int) {
	n := 0
	for row := range rowsOf(sample, r.delim, r.quote) {
		if n++; n > sampleRows {
			break
		}
		columns = max(columns, min(len(row), maxColumns))
	}
	return columns
}

// rowsAbove is how many rows stand above the headings.
func (r *csvReader) rowsAbove(sample []byte) int {
	if r.o.HeaderRow > 0 {
		return r.o.HeaderRow - 1
	}
	var rows [][]string
	var at []int
	for n := 0; len(sample) > 0 && len(rows) < sampleRows; n++ {
		scan := rowScan{delim: r.delim, quote: r.quote}
		end := scan.end(sample)
		if end < 0 {
			end = len(sample)
		}
		raw := bytes.TrimRight(sample[:end], "\r\n")
		sample = sample[end:]
		if !blank(raw, r.delim) {
			rows, at = append(rows, texts(split(nil, raw, r.delim, r.quote))), append(at, n)
		}
	}
	if len(rows) == 0 {
		return 0
	}
	return at[headingsAt(rows)]
}

func texts(cells []cell) []string {
	list := make([]string, len(cells))
	for i, c := range cells {
		list[i] = string(c.value())
	}
	return list
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

// readHeadings passes over the rows above them and takes the headings.
func (r *csvReader) readHeadings(above int) error {
	for range above {
		if _, err := r.nextRow(); r.o.HeaderRow > 0 && err == io.EOF {
			return noSuchRow(&r.o)
		} else if err != nil && !isBad(err) {
			return err
		}
	}
	raw, err := r.nextRow()
	for err == nil && len(raw) == 0 && r.o.HeaderRow == 0 { // of a file that holds only empty lines
		raw, err = r.nextRow()
	}
	if err == io.EOF && r.o.HeaderRow > 1 {
		return noSuchRow(&r.o)
	} else if err != nil {
		return err
	}
	words := texts(split(nil, raw, r.delim, r.quote))
	if err := checkNames(&r.o, words); err != nil {
		return err
	}
	r.header, r.headings = r.row, bytes.Clone(raw)
	r.name(words)
	return nil
}

func isBad(err error) bool {
	_, ok := errors.AsType[*Bad](err)
	return ok
}
