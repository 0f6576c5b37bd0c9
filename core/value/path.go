package value

import (
	"bytes"
	"strings"

	"hookbird/core"
)

// MaxPath is how long the text of a path may be, in bytes.
const MaxPath = 1000

// Path names a field of a record. Its text is tried as the name of a field
// first, exactly and then without case, so that any heading of a spreadsheet can
// stand as it is; after that it is read as names joined by dots, each again
// exactly and then without case. A name in quotes may hold anything, a quote
// being doubled:
//
//	First Name
//	individualContact.zipCode
//	individualContact."zip.code"
//
// The zero Path finds nothing.
type Path struct {
	text  string
	steps []string // nil if the text can only be a whole name
}

// ParsePath reads a path. CodeInvalid if it is empty, too long, or if a quote
// does not close; every other text is at least the name of a field.
func ParsePath(s string) (Path, error) {
	if strings.TrimSpace(s) == "" {
		return Path{}, core.Errorf(core.CodeInvalid, "Choose a field of the record.")
	}
	if len(s) > MaxPath {
		return Path{}, core.Errorf(core.CodeInvalid, "The name of this field is too long: it has %d bytes, and %d are allowed.", len(s), MaxPath)
	}
	steps, ok := splitPath(s)
	if !ok {
		return Path{}, core.Errorf(core.CodeInvalid, `A quote in %s does not close. Write "First Name" or person."First Name", and a quote inside a name twice.`, s)
	}
	return Path{text: s, steps: steps}, nil
}

// String gives the path as it was written.
func (p Path) String() string { return p.text }

// Find gives the value that the path names in v, which may be null.
func (p Path) Find(v Value) (Value, bool) {
	if p.text == "" {
		return Value{}, false
	}
	if found, ok := v.named(p.text); ok {
		return found, true
	}
	if len(p.steps) == 0 {
		return Value{}, false
	}
	for _, name := range p.steps {
		var ok bool
		if v, ok = v.named(name); !ok {
			return Value{}, false
		}
	}
	return v, true
}

// named gives the value under a name, exactly or else without case.
func (v Value) named(name string) (Value, bool) {
	if found, ok := v.member(func(b []byte) bool { return string(b) == name }); ok {
		return found, true
	}
	folded := []byte(name)
	return v.member(func(b []byte) bool { return bytes.EqualFold(b, folded) })
}

// splitPath splits a path at its dots. The steps are nil where the text has no
// reading but as a whole name: a step is empty, or holds a parenthesis outside
// quotes. ok is false if a quote does not close.
func splitPath(s string) (steps []string, ok bool) {
	whole := false
	for {
		name, rest, quoted, ok := cutStep(s)
		if !ok {
			return nil, false
		}
		if !quoted && (name == "" || strings.ContainsAny(name, "()")) {
			whole = true
		}
		steps = append(steps, name)
		if rest == "" {
			break
		}
		s = rest[1:] // behind the dot
	}
	if whole {
		return nil, true
	}
	return steps, true
}

// cutStep cuts the first name off a path. rest is "" or begins with a dot.
func cutStep(s string) (name, rest string, quoted, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexByte(s, '.')
		if end < 0 {
			end = len(s)
		}
		return s[:end], s[end:], false, true
	}
	for i := 1; i < len(s); i++ {
		if s[i] != '"' {
			continue
		}
		if i+1 < len(s) && s[i+1] == '"' {
			i++
			continue
		}
		rest = s[i+1:]
		ok = rest == "" || rest[0] == '.'
		return strings.ReplaceAll(s[1:i], `""`, `"`), rest, true, ok
	}
	return "", "", true, false
}
