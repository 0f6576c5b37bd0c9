package value

import (
	"iter"
)

// Kind says what a Value is.
type Kind uint8

// The kinds of JSON value.
const (
	Null Kind = iota
	Bool
	Number
	String
	Array
	Object
)

// Value is one value inside a parsed document. It points into the bytes that
// Parse was given, which must not change while it is in use. The zero Value is
// null. Values may be read from any goroutine.
type Value struct {
	doc *document
	at  int32 // index of its node
}

// document is a parsed text and its nodes in the order of the text: a container
// is followed by all that it holds, and a name by its value.
type document struct {
	data  []byte
	nodes []node
}

type node struct {
	start, end int32 // its bytes in data
	next       int32 // index of the first node behind it and all it holds
	kind       Kind
	escaped    bool // a string that holds a backslash
}

// Kind says what v is.
func (v Value) Kind() Kind {
	if v.doc == nil {
		return Null
	}
	return v.node().kind
}

// IsEmpty tells whether v says nothing: null, "", [] or {}.
func (v Value) IsEmpty() bool {
	if v.doc == nil {
		return true
	}
	n := v.node()
	switch n.kind {
	case Null:
		return true
	case String:
		return n.end-n.start == 2
	case Array, Object:
		return n.next == v.at+1
	default:
		return false
	}
}

// Raw gives v exactly as it was written, without the space around it. The slice
// belongs to the document.
func (v Value) Raw() []byte {
	if v.doc == nil {
		return []byte("null")
	}
	n := v.node()
	return v.doc.data[n.start:n.end:n.end]
}

// Text gives v as a person would write it: a string without its quotes, a number
// as it was written, true, false, nothing for null, and arrays and objects as
// JSON without space.
func (v Value) Text() string {
	if v.Kind() == Null {
		return ""
	}
	if n := v.node(); n.kind == String && !n.escaped {
		return string(v.doc.data[n.start+1 : n.end-1])
	}
	return string(v.AppendText(nil))
}

// AppendText appends what Text gives to dst.
func (v Value) AppendText(dst []byte) []byte {
	switch v.Kind() {
	case Null:
		return dst
	case String:
		return v.doc.appendString(dst, v.at)
	case Array, Object:
		return appendCompact(dst, v.Raw())
	default:
		return append(dst, v.Raw()...)
	}
}

// View gives what Text gives: in place where it stands in the document as it is,
// else appended to buf[:0], which may be nil. The slice must not be changed, and
// holds until buf is used again.
func (v Value) View(buf []byte) []byte {
	switch v.Kind() {
	case Null:
		return buf[:0]
	case Bool, Number:
		return v.Raw()
	case String:
		if n := v.node(); !n.escaped {
			return v.doc.data[n.start+1 : n.end-1 : n.end-1]
		}
	}
	return v.AppendText(buf[:0])
}

// Fields visits the names of an object with their values in the order in which
// they stand, twice what stands twice. It visits nothing in any other value.
func (v Value) Fields() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		if v.Kind() != Object {
			return
		}
		nodes := v.doc.nodes
		for name := v.at + 1; name < nodes[v.at].next; name = nodes[name+1].next {
			if !yield(v.doc.text(name), Value{v.doc, name + 1}) {
				return
			}
		}
	}
}

// Elements visits the elements of an array in order. It visits nothing in any
// other value.
func (v Value) Elements() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		if v.Kind() != Array {
			return
		}
		nodes := v.doc.nodes
		for at := v.at + 1; at < nodes[v.at].next; at = nodes[at].next {
			if !yield(Value{v.doc, at}) {
				return
			}
		}
	}
}

func (v Value) node() *node { return &v.doc.nodes[v.at] }

// text gives the string at a node, unquoted.
func (d *document) text(at int32) string {
	n := &d.nodes[at]
	if !n.escaped {
		return string(d.data[n.start+1 : n.end-1])
	}
	return string(d.appendString(nil, at))
}

func (d *document) appendString(dst []byte, at int32) []byte {
	n := &d.nodes[at]
	inner := d.data[n.start+1 : n.end-1]
	if !n.escaped {
		return append(dst, inner...)
	}
	return appendUnescaped(dst, inner)
}
