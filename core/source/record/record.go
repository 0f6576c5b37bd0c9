// Package record reads the records of a file: CSV, JSON, JSON Lines and XML, in the
// encodings that office programs write, and workbooks of Excel and LibreOffice. It
// streams: however large a file or a single cell is, memory stays bounded.
//
// It must not know where files come from, what becomes of them, or what a
// record is good for.
package record

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"hookbird/core"
)

// DefaultLimit is how many bytes one record may have unless Options say
// otherwise.
const DefaultLimit = 1 << 20

// Kind is a way to write records into a file.
type Kind int

// The kinds.
const (
	CSV    Kind = iota + 1
	JSON        // one object, an array of objects, or objects one after the other
	NDJSON      // one object a line
	TSV         // CSV whose delimiter is a tab
	XLSX        // a workbook of Excel, with or without macros
	ODS         // a workbook of LibreOffice
	XML         // an element that repeats
)

// Workbook tells whether a file of this kind has sheets.
func (k Kind) Workbook() bool { return k == XLSX || k == ODS }

// Table tells whether a file of this kind has rows and columns.
func (k Kind) Table() bool { return k == CSV || k == TSV || k.Workbook() }

// KindOf tells by its name what kind of file this is. ok is false for names
// that say nothing; such a file is read as CSV by whoever insists.
func KindOf(name string) (kind Kind, ok bool) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv":
		return CSV, true
	case ".tsv", ".tab":
		return TSV, true
	case ".xlsx", ".xlsm":
		return XLSX, true
	case ".ods":
		return ODS, true
	case ".xml":
		return XML, true
	case ".json":
		return JSON, true
	case ".ndjson", ".jsonl":
		return NDJSON, true
	}
	return CSV, false
}

// Record is one record of a file.
type Record struct {
	Data  []byte // one JSON object; the reader keeps no hold of it
	Place string // where it stood, as a person counts: "row 48", "line 3"; "" for an only one
	// Notes say what is odd about it, as sentences: a formula that has come to nothing,
	// a cell beside the table. It is a record all the same. Nearly always nil.
	Notes []string
}

// Bad is a record that could not be read, while those after it may be.
type Bad struct {
	Line int    // where it begins, from 1
	Text string // a sentence that says what is wrong
	Fine bool   // nothing is wrong: it is a row of totals, or the headings once more
}

// Error gives the line and the sentence.
func (b *Bad) Error() string { return fmt.Sprintf("line %d: %s", b.Line, b.Text) }

// Reader gives the records of one file, one after the other. One goroutine uses
// it.
type Reader interface {
	// Next gives the next record. The error is a *Bad for a record that is left
	// out, io.EOF after the last one, and a core.Error of CodeInvalid when the
	// rest of the file cannot be understood. What the file's own reader returns
	// comes through as it is.
	Next() (Record, error)

	// Columns gives the names of the columns of a table, in order, and nil for what is
	// no table, for an empty one, and for one that cannot be read: Next says why.
	// Records of a workbook have all of them; those of a CSV file lack the cells that
	// their row lacks.
	Columns() []string

	// Close frees what it holds, on disk as well, but does not close the file.
	Close() error
}

// Options say how to read a file.
type Options struct {
	Kind      Kind     // 0 goes by what is in the file; New takes it for CSV
	Encoding  Encoding // of text; "" means UTF-8 for New, is found out by Open, and is what an XML file says of itself
	Delimiter string   // of CSV: one ASCII character, or "" to detect
	Quote     string   // of CSV: what stands around cells: "" means ", "none" nothing, else one ASCII character
	NoHeader  bool     // of tables: the first row is a record
	HeaderRow int      // of tables: the row with the headings, from 1; 0 detects
	Columns   []string // of tables: names in place of the headings; "" in it keeps the one that is there
	Sheet     string   // of workbooks: "" means the first that can be seen
	Element   string   // of XML: the one that repeats, like "member" or "members/member"; "" detects
	List      string   // of JSON: path to the list, like "data.items"; "" means the top
	Limit     int      // bytes of one record; 0 means DefaultLimit
}

// With gives o as a layout has it.
func (o Options) With(l core.Layout) Options {
	if l.Encoding != "" {
		o.Encoding = Encoding(l.Encoding)
	}
	o.Delimiter, o.Quote = l.Delimiter, l.Quote
	o.NoHeader, o.HeaderRow, o.Columns = l.NoHeader, l.HeaderRow, l.Columns
	o.Sheet, o.Element, o.List = l.Sheet, l.Element, l.List
	return o
}

// New makes a reader of text. It reads nothing yet.
func New(r io.Reader, o Options) (Reader, error) {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	switch o.Kind {
	case XLSX, ODS:
		return nil, core.Errorf(core.CodeInvalid, "A workbook cannot be read as text.")
	case XML:
		return &xmlReader{r: r, o: o}, nil
	}
	text, err := decode(r, o.Encoding)
	if err != nil {
		return nil, err
	}
	switch o.Kind {
	case JSON:
		return &jsonReader{w: newWindow(text, o.Limit), line: 1, path: listPath(o.List)}, nil
	case NDJSON:
		return &lineReader{w: newWindow(text, o.Limit)}, nil
	}
	return newCSV(text, o)
}

func newCSV(text io.Reader, o Options) (Reader, error) {
	r := &csvReader{w: newWindow(text, o.Limit), o: o, line: 1}
	switch {
	case o.Quote == "":
		r.quote = '"'
	case len(o.Quote) == 1 && validDelimiter(o.Quote[0]) || o.Quote == `"`:
		r.quote = o.Quote[0]
	case o.Quote != "none":
		return nil, core.Errorf(core.CodeInvalid, "The quotation mark %q cannot be used. Choose a single character, or none.", o.Quote)
	}
	if len(o.Delimiter) > 1 || o.Delimiter != "" && (!validDelimiter(o.Delimiter[0]) || o.Delimiter[0] == r.quote) {
		return nil, core.Errorf(core.CodeInvalid, "The delimiter %q cannot be used. Choose a comma, a semicolon, a tab or another single character.", o.Delimiter)
	}
	return &withoutTotals{tableRows: r}, nil
}

// size puts a number of bytes in words.
func size(n int) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
