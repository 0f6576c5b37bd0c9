package merge

import (
	"bytes"
	"time"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// Place is what a text is part of. It decides how each value is written, and
// where merge fields may stand.
type Place uint8

// The places.
const (
	Plain   Place = iota // as it is
	Header               // the value of a header line
	Form                 // pairs such as name=[Name]&city=[City]
	JSON                 // one JSON document
	XML                  // one XML document, or a part of one
	Address              // a whole web address
)

// Limits of a text.
const (
	MaxText   = 256 << 10 // bytes, as typed
	MaxFields = 1000      // merge fields
	MaxLine   = 8000      // bytes of an address or a header line, filled in
	MaxResult = 32 << 20  // bytes of anything else, filled in
)

// Text is a text with merge fields, ready to be filled in from any goroutine.
type Text struct {
	text   string
	place  Place
	pieces []piece
	fields []*field
}

// piece is a stretch of text, and the merge field behind it; nil at the end.
type piece struct {
	typed   []byte // without the backslashes that protect
	literal []byte // as it goes out
	field   *field
}

// Scope is what a text is filled in from. The zero Scope is that of a record
// without a field. Event, Secret and Missing may be nil.
type Scope struct {
	Data     value.Value // the record
	Event    *core.Event // the event it is of, for built-ins
	Delivery string      // id of the message on its way
	At       time.Time   // when it is sent
	// Secret gives a secret by its name in [secret:name]. What it gives is
	// encoded like every value, but core.Dots, which are to be seen as dots.
	Secret func(name string) string
	// Missing hears of every field that the record lacks and for which no step put
	// another value, with its offset in bytes in the text as typed.
	Missing func(path string, offset int)
}

// Parse reads a text with merge fields. CodeInvalid, with a sentence that says
// where, if it cannot be read in this place.
func Parse(text string, place Place) (*Text, error) {
	if len(text) > MaxText {
		return nil, wrong("This text is too long: it has %d bytes, and %d are allowed.", len(text), MaxText)
	}
	if !utf8.ValidString(text) {
		return nil, wrong("This text holds bytes that are no text. Type it anew.")
	}
	p := newParser(text, place)
	if err := p.all(); err != nil {
		return nil, err
	}
	return p.done, nil
}

// Append appends the text, filled in, to dst. CodeInvalid if a value cannot be
// written: the sentence names the field. dst is then given back as it was.
func (t *Text) Append(dst []byte, s *Scope) ([]byte, error) {
	base := len(dst)
	segment := segment{base: base, open: -1}
	for i := range t.pieces {
		p := &t.pieces[i]
		if err := segment.literal(dst, p.literal); err != nil {
			return dst[:base], err
		}
		dst = append(dst, p.literal...)
		if p.field == nil {
			continue
		}
		segment.field(dst, p.field)
		filled, err := p.field.append(dst, s)
		if err == nil && len(filled)-base > t.limit() {
			err = wrong("With the value of %s this text becomes longer than %d characters, which is too long.", p.field.typed(), t.limit())
		}
		if err != nil {
			return dst[:base], err
		}
		dst = filled
	}
	if err := segment.end(dst); err != nil {
		return dst[:base], err
	}
	if t.place == Header {
		dst = append(dst[:base], trimSpaces(dst[base:])...)
	}
	return dst, nil
}

func (t *Text) limit() int {
	if t.place == Address || t.place == Header {
		return MaxLine
	}
	return MaxResult
}

// String gives the text as typed.
func (t *Text) String() string { return t.text }

// Site gives, of an Address, what stands in front of path and query: scheme, host
// and port, in which no merge field can be. It is empty for other places.
func (t *Text) Site() string {
	if t.place != Address {
		return ""
	}
	return newAddressGuide(t.Sample("x")).site
}

// Sample gives the text as typed, but with a word in place of every merge field
// and without the backslashes that protect brackets.
func (t *Text) Sample(word string) string {
	var b bytes.Buffer
	for _, p := range t.pieces {
		b.Write(p.typed)
		if p.field != nil {
			b.WriteString(word)
		}
	}
	return b.String()
}

func wrong(format string, args ...any) *core.Error {
	return core.Errorf(core.CodeInvalid, format, args...)
}
