package record

import (
	"bytes"
	"encoding/json"
	"hash/maphash"
	"slices"

	"hookbird/core"
)

// Bounds of what is kept in mind of columns.
const (
	bookColumns = 500 // that are looked at
	bookSamples = 5   // different values of each
	bookSample  = 200 // bytes of a value that is shown
)

// columnBook gathers what the columns of a table, or the fields of records, hold.
type columnBook struct {
	list []*columnNotes
	at   map[string]*columnNotes
	seed maphash.Seed
}

// columnNotes is what one column holds.
type columnNotes struct {
	name    string
	samples []string
	filled  int64
	seen    map[uint64]struct{} // hashes of its values, nil once one came twice
	doctor  doctor
}

func (b *columnBook) begin(names []string) {
	b.at, b.seed = map[string]*columnNotes{}, maphash.MakeSeed()
	for _, name := range names {
		b.column(name)
	}
}

// column finds or makes the notes on a column; nil if there are too many.
func (b *columnBook) column(name string) *columnNotes {
	c, ok := b.at[name]
	if !ok && len(b.list) < bookColumns {
		c = &columnNotes{name: name, seen: map[uint64]struct{}{}}
		b.list, b.at[name] = append(b.list, c), c
	}
	return c
}

// add takes a record.
func (b *columnBook) add(data []byte) {
	eachMember(data, func(name, val []byte) {
		if c := b.column(textOfJSON(name)); c != nil {
			c.add(textOfJSON(val), val[0] == '"', b.seed)
		}
	})
}

func (c *columnNotes) add(text string, isText bool, seed maphash.Seed) {
	if text == "" {
		return
	}
	c.filled++
	if c.seen != nil {
		h := maphash.String(seed, text)
		if _, twice := c.seen[h]; twice {
			c.seen = nil
		} else {
			c.seen[h] = struct{}{}
		}
	}
	if len(c.samples) < bookSamples {
		if shown := cut(text); !slices.Contains(c.samples, shown) {
			c.samples = append(c.samples, shown)
		}
	}
	if isText || text[0] == '-' || text[0] >= '0' && text[0] <= '9' {
		c.doctor.look(text, isText)
	}
}

// cut shortens a value that is shown.
func cut(text string) string {
	if len(text) <= bookSample {
		return text
	}
	n := bookSample
	for text[n]&0xc0 == 0x80 {
		n--
	}
	return text[:n] + "…"
}

// columns says what the columns hold. Which of them tell rows apart is only known
// when all rows were seen.
func (b *columnBook) columns(records int64, more bool) []core.Column {
	list := make([]core.Column, len(b.list))
	for i, c := range b.list {
		list[i] = core.Column{Name: c.name, Samples: c.samples, Key: !more && records > 1 && c.filled == records && c.seen != nil}
	}
	return list
}

func (b *columnBook) findings() (list []core.Finding) {
	for _, c := range b.list {
		list = append(list, c.doctor.findings(c.name)...)
	}
	return list
}

// eachMember visits the members of a JSON object, which must be valid, as they are
// written: names with their quotes.
func eachMember(object []byte, visit func(name, val []byte)) {
	rest := object[1:]
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		if len(rest) == 0 || rest[0] == '}' {
			return
		}
		name := value(rest)
		rest = bytes.TrimLeft(rest[len(name):], " \t\r\n:")
		val := value(rest)
		visit(name, val)
		rest = rest[len(val):]
	}
}

// value cuts off the JSON value that text begins with.
func value(text []byte) []byte {
	scan := valueScan{}
	return text[:scan.end(text)]
}

// textOfJSON is what a JSON string means; what is no string stays as it is written,
// and null is nothing.
func textOfJSON(raw []byte) string {
	switch {
	case string(raw) == "null":
		return ""
	case len(raw) < 2 || raw[0] != '"':
		return string(raw)
	case bytes.IndexByte(raw, '\\') < 0:
		return string(raw[1 : len(raw)-1])
	}
	var text string
	_ = json.Unmarshal(raw, &text) // it is valid
	return text
}
