package changes

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"hookbird/core/source"
	"hookbird/core/source/record"
)

// fields are those of a row that hold something, by name.
type fields struct {
	list []field
	buf  []byte
}

type field struct {
	name  string
	value []byte // as JSON
}

// read takes the fields of an object.
func (f *fields) read(object []byte, s *Shape) {
	f.list = f.list[:0]
	sorted := true
	source.Fields(object, func(key, value []byte) {
		if len(value) < 3 && string(value) == `""` || string(value) == "null" {
			return
		}
		name := nameOf(key)
		if here, ok := s.Alias[name]; ok {
			name = here
		}
		sorted = sorted && (len(f.list) == 0 || f.list[len(f.list)-1].name <= name)
		f.list = append(f.list, field{name, value})
	})
	if !sorted {
		slices.SortStableFunc(f.list, func(a, b field) int { return strings.Compare(a.name, b.name) })
	}
}

// nameOf reads the name of a field, which stands without its quotes.
func nameOf(key []byte) string {
	if bytes.IndexByte(key, '\\') < 0 {
		return string(key)
	}
	var name string
	if json.Unmarshal(slices.Concat([]byte{'"'}, key, []byte{'"'}), &name) != nil {
		return string(key)
	}
	return name
}

// find gives what a field holds: of that which is called exactly so or, where none
// is, without regard to case.
func (f *fields) find(name string) []byte {
	var folded []byte
	for _, x := range f.list {
		if x.name == name {
			return x.value
		}
		if folded == nil && strings.EqualFold(x.name, name) {
			folded = x.value
		}
	}
	return folded
}

// lacks names the first of the key fields in which nothing stands.
func (f *fields) lacks(keys []string) string {
	for _, name := range keys {
		if value := f.find(name); len(value) == 0 || blank(value) {
			return name
		}
	}
	return ""
}

func blank(value []byte) bool {
	return value[0] == '"' && strings.TrimSpace(text(value)) == ""
}

// text gives what a value says, without the quotes of a text.
func text(value []byte) string {
	if value[0] != '"' {
		return string(value)
	}
	return nameOf(value[1 : len(value)-1])
}

// known gives what the row is known by, and what it holds.
func (t *Table) known() (key id, holds print) {
	sum := t.host.Hash("row holds", t.place, string(t.row.all(t.shape.Only, t.shape.Keys)))
	holds = print(sum[:size])
	if len(t.shape.Keys) == 0 {
		return id(holds), holds
	}
	parts := append(make([]string, 0, 8), "row key", t.place)
	for _, name := range t.shape.Keys {
		parts = append(parts, strings.TrimSpace(text(t.row.find(name))))
	}
	sum = t.host.Hash(parts...)
	return id(sum[:size]), holds
}

// equal gives what a row is known by before which so many hold the same.
func (t *Table) equal(key id, before uint32) id {
	sum := t.host.Hash("row again", string(key[:]), strconv.Itoa(int(before)))
	return id(sum[:size])
}

// all writes down the fields that count, so that no two rows are written alike.
func (f *fields) all(only, keys []string) []byte {
	f.buf = f.buf[:0]
	for _, x := range f.list {
		if len(only) > 0 && !among(only, x.name) && !among(keys, x.name) {
			continue
		}
		f.buf = binary.AppendUvarint(f.buf, uint64(len(x.name)))
		f.buf = append(f.buf, x.name...)
		f.buf = binary.AppendUvarint(f.buf, uint64(len(x.value)))
		f.buf = append(f.buf, x.value...)
	}
	return f.buf
}

func among(names []string, name string) bool {
	for _, n := range names {
		if strings.EqualFold(n, name) {
			return true
		}
	}
	return false
}

// appendKeys appends the key fields as an object, if they are to be kept.
func (f *fields) appendKeys(to []byte, s *Shape) []byte {
	if !s.Gone || len(s.Keys) == 0 {
		return slices.Clone(to)
	}
	to = append(slices.Clone(to), '{')
	for i, name := range s.Keys {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(record.AppendString(to, []byte(name)), ':')
		to = append(to, f.find(name)...)
	}
	return append(to, '}')
}
