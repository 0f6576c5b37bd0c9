package value

import (
	"strings"

	"hookbird/core"
)

// MaxPath is how long the text of a path may be, in bytes.
const MaxPath = 1000

// Path names a field of a record, or several. Its text is tried as the name of a
// field first, exactly and then without case, so that any heading of a
// spreadsheet can stand as it is; after that it is read as names joined by dots,
// each again exactly and then without case:
//
//	First Name
//	individualContact.zipCode
//	individualContact."zip.code"      a name in quotes may hold anything, a quote being doubled
//	addresses(isMain).zipCode         of the items whose isMain is true
//	indicators(*).value               of every item
//	items(code=A1).price              of the items whose code is A1, with case
//	lines(2).sku                      of the second item
//
// A parenthesis chooses items of a list only if it stands directly behind a
// name; behind a space it belongs to the name, as in "Amount (net)". An object
// counts as a list of one item. A list needs a selector before the names of its
// items. The zero Path finds nothing.
type Path struct {
	whole name
	steps []step // nil if the text can only be a whole name
	many  bool
}

// name is the name of a field, as text and as bytes.
type name struct {
	text  string
	bytes []byte
}

func newName(s string) name { return name{s, []byte(s)} }

// ParsePath reads a path. CodeInvalid if it is empty, too long, or cannot be read
// as a path although it looks like one, as with a quote or a parenthesis that
// does not close; every other text is at least the name of a field.
func ParsePath(s string) (Path, error) {
	if strings.TrimSpace(s) == "" {
		return Path{}, core.Errorf(core.CodeInvalid, "Choose a field of the record.")
	}
	if len(s) > MaxPath {
		return Path{}, core.Errorf(core.CodeInvalid, "The name of this field is too long: it has %d bytes, and %d are allowed.", len(s), MaxPath)
	}
	p := Path{whole: newName(s)}
	r := pathReader{text: s}
	if p.steps = r.steps(); r.fault != "" {
		return Path{}, core.Errorf(core.CodeInvalid, "The field %s cannot be read: %s.", short(s), r.fault)
	}
	for _, s := range p.steps {
		p.many = p.many || s.kind == pickAll
	}
	return p, nil
}

// String gives the path as it was written.
func (p Path) String() string { return p.whole.text }

// Many tells whether the path may find several values, because it holds (*).
func (p Path) Many() bool { return p.many }

// short bounds a text that a sentence repeats.
func short(s string) string {
	const most = 60
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}
