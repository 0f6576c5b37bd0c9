// Package record reads the records of a file: CSV, JSON and JSON Lines, in the
// encodings that office programs write. It streams: however large a file or a
// single cell is, memory stays bounded.
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
)

// KindOf tells by its name what kind of file this is. ok is false for names
// that say nothing; such a file is read as CSV by whoever insists.
func KindOf(name string) (kind Kind, ok bool) {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".csv", ".tsv", ".tab":
		return CSV, true
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
}

// Bad is a record that could not be read, while those after it may be.
type Bad struct {
	Line int    // where it begins, from 1
	Text string // a sentence that says what is wrong
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
}

// Options say how to read a file.
type Options struct {
	Kind      Kind
	Encoding  Encoding // "" means UTF-8
	Delimiter string   // of CSV: one ASCII character, or "" to detect
	Limit     int      // bytes of one record; 0 means DefaultLimit
}

// New makes a reader. It reads nothing yet.
func New(r io.Reader, o Options) (Reader, error) {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	text, err := decode(r, o.Encoding)
	if err != nil {
		return nil, err
	}
	w := newWindow(text, o.Limit)
	switch o.Kind {
	case JSON:
		return &jsonReader{w: w, line: 1}, nil
	case NDJSON:
		return &lineReader{w: w}, nil
	}
	if len(o.Delimiter) > 1 || o.Delimiter != "" && !validDelimiter(o.Delimiter[0]) {
		return nil, core.Errorf(core.CodeInvalid, "The delimiter %q cannot be used. Choose a comma, a semicolon, a tab or another single character.", o.Delimiter)
	}
	return &csvReader{w: w, wish: o.Delimiter, line: 1}, nil
}

// size puts a number of bytes in words.
func size(n int) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}
