package record

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// lineReader reads JSON Lines: one object a line, blank lines passed over.
type lineReader struct {
	w    *window
	line int
}

// Columns gives nil: there are none.
func (r *lineReader) Columns() []string { return nil }

// Close has nothing to free.
func (r *lineReader) Close() error { return nil }

func (r *lineReader) Next() (Record, error) {
	for {
		r.w.skipMark()
		s, err := r.w.next(lineEnd)
		if err != nil {
			return Record{}, err
		}
		r.line++
		if s.long {
			return Record{}, tooLong(r.line, r.w.limit)
		}
		text := bytes.TrimSpace(s.bytes)
		if len(text) == 0 {
			continue
		}
		if why := WrongObject(text); why != "" {
			return Record{}, &Bad{Line: r.line, Text: why}
		}
		return Record{Data: bytes.Clone(text), Place: fmt.Sprintf("line %d", r.line)}, nil
	}
}

func tooLong(line, limit int) *Bad {
	return &Bad{Line: line, Text: "This record is longer than " + size(limit) + ", so it was left out."}
}

// WrongObject says in a sentence what keeps text from being one JSON object
// with nothing around it; "" if it is one.
func WrongObject(text []byte) string {
	switch {
	case len(text) > 0 && text[0] == '{' && json.Valid(text) && utf8.Valid(text):
		return ""
	case !json.Valid(text):
		return "This is not JSON: " + WhyNotJSON(text)
	case !utf8.Valid(text):
		return "This is not written in UTF-8."
	}
	return "This is JSON, but not an object in curly braces."
}

// WhyNotJSON says where and how text fails to be JSON, as the end of a sentence.
// The line is left out when the text has only one.
func WhyNotJSON(text []byte) string {
	var whole json.RawMessage
	var wrong *json.SyntaxError
	if !errors.As(json.Unmarshal(text, &whole), &wrong) {
		return "it holds something else."
	}
	end := int(wrong.Offset) // counts the character that is wrong, if one is
	before, char := text[:min(end, len(text))], ""
	if end > 0 && end <= len(text) && wrong.Error() != "unexpected end of JSON input" {
		before = text[:end-1]
		r, _ := utf8.DecodeRune(text[end-1:])
		char = string(r)
	}
	where := fmt.Sprintf("column %d", utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:])+1)
	if bytes.IndexByte(bytes.TrimSpace(text), '\n') >= 0 {
		where = fmt.Sprintf("line %d, %s", 1+bytes.Count(before, []byte("\n")), where)
	}
	if char == "" {
		return where + ": it ends too early."
	}
	return fmt.Sprintf("%s: %q does not belong there.", where, char)
}
