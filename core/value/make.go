package value

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// NewText makes a value of a text. Its Raw is the text as JSON in which nothing
// is escaped that need not be. Bytes that are not UTF-8 become U+FFFD.
func NewText(s string) Value {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	data := AppendQuoted(make([]byte, 0, len(s)+2), s)
	only := node{kind: String, end: int32(len(data)), next: 1, escaped: len(data) > len(s)+2}
	return Value{doc: &document{data: data, nodes: []node{only}}}
}

// NewArray makes an array of values, each as it was written.
func NewArray(list []Value) Value {
	doc := &document{data: []byte{'['}, nodes: make([]node, 1, len(list)+1)}
	for i, v := range list {
		if i > 0 {
			doc.data = append(doc.data, ',')
		}
		doc.add(v)
	}
	doc.data = append(doc.data, ']')
	doc.nodes[0] = node{kind: Array, end: int32(len(doc.data)), next: int32(len(doc.nodes))}
	return Value{doc: doc}
}

// add appends a copy of v, its text and its nodes.
func (d *document) add(v Value) {
	moved, base := int32(len(d.data)), int32(len(d.nodes))
	d.data = append(d.data, v.Raw()...)
	if v.doc == nil {
		d.nodes = append(d.nodes, node{start: moved, end: int32(len(d.data)), next: base + 1})
		return
	}
	top := v.node()
	for _, n := range v.doc.nodes[v.at:top.next] {
		n.start += moved - top.start
		n.end += moved - top.start
		n.next += base - v.at
		d.nodes = append(d.nodes, n)
	}
}

// AppendQuoted appends a text as a JSON string in which nothing is escaped that
// need not be. Bytes that are not UTF-8 become U+FFFD.
func AppendQuoted(dst []byte, text string) []byte {
	dst = append(dst, '"')
	dst = AppendEscaped(dst, text)
	return append(dst, '"')
}

// AppendEscaped appends the inside of the JSON string that AppendQuoted appends.
func AppendEscaped[T string | []byte](dst []byte, text T) []byte {
	from := len(dst)
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			dst = append(dst, '\\', c)
		case c < ' ':
			dst = appendControl(dst, c)
		default:
			dst = append(dst, c)
		}
	}
	if !utf8.Valid(dst[from:]) {
		return append(dst[:from], bytes.ToValidUTF8(dst[from:], []byte("\ufffd"))...)
	}
	return dst
}

// appendControl appends a control character, the short way where there is one.
func appendControl(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	if short := strings.IndexByte("\b\t\n\f\r", c); short >= 0 {
		return append(dst, '\\', "btnfr"[short])
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}
