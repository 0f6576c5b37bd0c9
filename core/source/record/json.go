package record

import (
	"bytes"
	"fmt"
	"io"

	"hookbird/core"
)

// jsonReader reads one object, an array of objects, or objects one after the
// other. Each object's bytes stay as they are.
type jsonReader struct {
	w      *window
	line   int      // of what comes next
	count  int      // values so far
	list   bool     // they stand in an array
	ended  bool     // the array is closed
	path   []string // to what holds the records
	inside int      // objects around that, whose end is still to come
}

// Columns gives nil: there are none.
func (r *jsonReader) Columns() []string { return nil }

// Close has nothing to free.
func (r *jsonReader) Close() error { return nil }

func (r *jsonReader) Next() (Record, error) {
	if err := r.advance(); err != nil {
		return Record{}, err
	}
	r.count++
	line := r.line
	scan := valueScan{}
	s, err := r.w.next(scan.end)
	if err != nil {
		return Record{}, err
	}
	r.line += scan.lines
	switch {
	case s.cut && !scan.mayEnd():
		return Record{}, core.Errorf(core.CodeInvalid, "The record that begins in line %d never ends: the file is cut off or a bracket is missing.", line)
	case s.long:
		return Record{}, tooLong(line, r.w.limit)
	}
	if why := WrongObject(s.bytes); why != "" {
		return Record{}, &Bad{Line: line, Text: why}
	}
	data := bytes.Clone(s.bytes)
	return Record{Data: data, Place: r.place()}, nil
}

// place names the record, or nothing if the file has only the one.
func (r *jsonReader) place() string {
	if rest, _ := r.space(); r.count == 1 && !r.list && (len(rest) == 0 || r.inside > 0) {
		return ""
	}
	return fmt.Sprintf("record %d", r.count)
}

// advance goes to the next value, or gives io.EOF after the last.
func (r *jsonReader) advance() error {
	next, err := r.space()
	switch {
	case err != nil:
		return err
	case r.count == 0 && !r.list:
		return r.first(next)
	case r.list:
		return r.inList(next)
	case r.inside > 0:
		return r.leave()
	case len(next) == 0:
		return io.EOF
	}
	return nil
}

// first looks at the first byte of the file.
func (r *jsonReader) first(next []byte) error {
	if len(next) > 0 && len(r.path) > 0 {
		var err error
		if next, err = r.descend(next); err != nil {
			return err
		}
	}
	switch {
	case len(next) == 0:
		return io.EOF
	case next[0] == '[':
		r.w.use(1)
		r.list = true
		next, err := r.space()
		if err == nil && len(next) > 0 && next[0] == ']' {
			return r.close()
		}
		return r.cutOff(next, err)
	case next[0] != '{':
		return core.Errorf(core.CodeInvalid, "It is not JSON: it begins with %q in line %d, where a curly or square bracket must stand.", next[:1], r.line)
	}
	return nil
}

// inList goes on behind a value of an array.
func (r *jsonReader) inList(next []byte) error {
	switch {
	case r.ended:
		return io.EOF
	case len(next) > 0 && next[0] == ']':
		return r.close()
	case len(next) > 0 && next[0] == ',':
		r.w.use(1)
		return r.cutOff(r.space())
	case len(next) == 0:
		return r.cutOff(next, nil)
	}
	return core.Errorf(core.CodeInvalid, "A comma is missing behind record %d, in line %d.", r.count, r.line)
}

func (r *jsonReader) cutOff(next []byte, err error) error {
	if err == nil && len(next) == 0 {
		return core.Errorf(core.CodeInvalid, "The file is cut off in line %d: the list of records that it begins with is not closed.", r.line)
	}
	return err
}

// close takes the end of the array, behind which nothing may stand.
func (r *jsonReader) close() error {
	r.w.use(1)
	r.ended = true
	if r.inside > 0 {
		return r.leave()
	}
	next, err := r.space()
	if err == nil && len(next) > 0 {
		return core.Errorf(core.CodeInvalid, "Something stands behind the end of the list of records, in line %d.", r.line)
	}
	if err == nil {
		err = io.EOF
	}
	return err
}

// space passes over white space and shows the byte behind it, none at the end.
func (r *jsonReader) space() ([]byte, error) {
	for {
		r.w.skipMark()
		next, err := r.w.peek(1)
		if err != nil || len(next) == 0 || !isSpace(next[0]) {
			return next, err
		}
		if next[0] == '\n' {
			r.line++
		}
		r.w.use(1)
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }

// valueScan finds the end of a JSON value by its brackets and quotes, however
// the value is cut into pieces. Whether it is JSON is found out later.
type valueScan struct {
	depth   int
	text    bool // inside a string
	escaped bool
	scalar  bool // a number or a word, which ends where something else begins
	lines   int
}

func (s *valueScan) end(fresh []byte) int {
	if s.text && !s.escaped && bytes.IndexByte(fresh, '"') < 0 && bytes.IndexByte(fresh, '\\') < 0 {
		s.lines += bytes.Count(fresh, []byte("\n")) // in the middle of a long string
		return -1
	}
	for i, c := range fresh {
		switch {
		case s.text:
			if s.inText(c) {
				return i + 1
			}
		case s.scalar && (isSpace(c) || c == ',' || c == ']' || c == '}'):
			return i
		case c == '"' && !s.scalar:
			s.text = true
		case c == '{' || c == '[':
			s.depth++
		case c == '}' || c == ']':
			if s.depth--; s.depth <= 0 {
				return i + 1
			}
		default:
			s.scalar = s.depth == 0
		}
		if c == '\n' {
			s.lines++
		}
	}
	return -1
}

// inText looks at a byte of a string and tells whether the value ends with it.
func (s *valueScan) inText(c byte) bool {
	switch {
	case s.escaped:
		s.escaped = false
	case c == '\\':
		s.escaped = true
	case c == '"':
		s.text = false
		return s.depth == 0
	}
	return false
}

// mayEnd tells whether the value may end with the file.
func (s *valueScan) mayEnd() bool { return s.scalar }

// Elements gives the values of a JSON array, which must be valid, as the bytes
// they are, and stops after max of them. complete tells that these are all.
func Elements(array []byte, max int) (values [][]byte, complete bool) {
	rest := array[1:]
	for {
		for isSpace(rest[0]) || rest[0] == ',' {
			rest = rest[1:]
		}
		if rest[0] == ']' {
			return values, true
		}
		if len(values) == max {
			return values, false
		}
		scan := valueScan{}
		n := scan.end(rest)
		values = append(values, rest[:n:n])
		rest = rest[n:]
	}
}
