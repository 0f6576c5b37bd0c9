// Package changes tells which rows of a list are new, which have changed, and which
// are gone, where the list holds everything each time it is read.
//
// A row is known by its key fields, and what it holds by a fingerprint: both are
// hashes under a key of the store, so that what is kept says nothing of anybody. They
// are marks of the source, and go into the commit of the row's own event: whatever is
// cut off in the middle is read again from the start, and rows whose events are on
// disk are the same as before.
//
// What counts is the name of a field and what it holds. Neither the order of fields
// nor empty ones make a difference, so that a table whose columns were moved, or that
// got another empty one, is not full of changes.
//
// What it costs: about 40 bytes of memory for a row of the list that is being read, a
// million rows at most, and nothing between two readings; on disk about 60 bytes a
// row, and its keys where gone rows are wanted; two hashes and one look into the store
// a row. Rows that are the same as before are not written.
//
// The package must not know where lists come from, nor what is done about changes.
package changes

import (
	"encoding/base64"

	"hookbird/core"
	"hookbird/core/source"
)

// MaxRows is how many rows a list may have.
const MaxRows = 1_000_000

// Verdict is what is known of a row.
type Verdict int

// The verdicts.
const (
	Same    Verdict = iota // it is as it was
	Created                // it was not there before
	Updated                // it was there, and held something else
	Twice                  // a row before it in the same reading has its key
	Keyless                // a field is missing or empty by which rows are told apart
)

// Shape says what of a row counts.
type Shape struct {
	Keys  []string          // names of the fields that tell rows apart; none: rows are known by all that they hold
	Only  []string          // names of the fields whose changes count; none: all
	Alias map[string]string // names that fields are known by here, in place of those that they have
	Gone  bool              // what is in the key fields is kept, to be told once a row is gone
}

// Found is what was found out about a row.
type Found struct {
	Verdict Verdict
	Mark    core.Mark // what to commit with the row's event; without a key, there is nothing to remember
	First   int       // with Twice: where the first row with this key stands
	Field   string    // with Keyless: the name of the field; with Twice: that of the first key field
}

// id is what a row is known by, print what it holds. They are long enough that no
// two rows of all lists of the world get the same.
type (
	id    [size]byte
	print [size]byte
)

const size = 12

// Table knows the rows of one list. One goroutine may use it at a time.
type Table struct {
	host   source.Host
	source string
	place  string
	prefix string // of the keys of its marks
	shape  Shape
	seen   map[id]uint32 // in this reading: where the row stands; without key fields, how many hold the same
	row    fields
}

// keyRow is what all keys of marks begin with:
//
//	row:PLACE:ID   the print of the row that is known by ID, and its keys as source.Kept reads them
const keyRow = "row:"

// New makes a table of a source. place is whatever makes it another list: when it
// changes, nothing is known.
func New(h source.Host, src, place string, s Shape) *Table {
	sum := h.Hash("place of rows", place)
	return &Table{
		host: h, source: src, place: place, shape: s, seen: map[id]uint32{},
		prefix: keyRow + base64.RawURLEncoding.EncodeToString(sum[:6]) + ":",
	}
}

// Begin starts another reading of the list, from its first row.
func (t *Table) Begin() { t.seen = map[id]uint32{} }

// Look finds out about the next row. data is its JSON object, at says where it stands.
// The error is the store's, or a core.Error of CodeInvalid if there are too many rows.
func (t *Table) Look(data []byte, at int) (Found, error) {
	t.row.read(data, &t.shape)
	if lacks := t.row.lacks(t.shape.Keys); lacks != "" {
		return Found{Verdict: Keyless, Field: lacks}, nil
	}
	key, holds := t.known()
	first, again := t.seen[key]
	switch {
	case again && len(t.shape.Keys) > 0:
		return Found{Verdict: Twice, First: int(first), Field: t.shape.Keys[0]}, nil
	case again:
		t.seen[key] = first + 1
		key = t.equal(key, first+1)
		at = 1
	case len(t.shape.Keys) == 0:
		at = 1
	}
	if len(t.seen) >= MaxRows {
		return Found{}, core.Errorf(core.CodeInvalid, "It has more than 1,000,000 records, which is more than Hookbird can tell changes of.")
	}
	t.seen[key] = uint32(at)
	return t.compare(key, holds)
}

// compare compares a row with what is remembered of it.
func (t *Table) compare(key id, holds print) (Found, error) {
	name := t.prefix + base64.RawURLEncoding.EncodeToString(key[:])
	value, known, err := t.host.Mark(t.source, name)
	if err != nil {
		return Found{}, err
	}
	f := Found{Verdict: Created}
	if known && len(value) >= size {
		f.Verdict = Updated
		if print(value[:size]) == holds {
			f.Verdict = Same
		}
	}
	if f.Verdict != Same || t.shape.Gone && len(value) == size {
		f.Mark = core.Mark{Source: t.source, Key: name, Value: t.row.appendKeys(holds[:], &t.shape)}
	}
	return f, nil
}
