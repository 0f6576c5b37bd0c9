package local

import (
	"bytes"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"hookbird/core/source/record"
)

// Limits of a form.
const (
	maxFormFields = 10_000
	maxFormDepth  = 16 // of names in brackets
)

// form makes one JSON object of form fields. Values are texts, as they were
// sent; names in brackets nest:
//
//	name=Ada               {"name": "Ada"}
//	data[city]=Ulm         {"data": {"city": "Ulm"}}
//	tag[]=a&tag[]=b        {"tag": ["a", "b"]}
//	tag[0]=a&tag[1]=b      {"tag": ["a", "b"]}
//	tag=a&tag=b            {"tag": ["a", "b"]}
//
// Fields stay in the order in which each first appears.
func (b *batch) form(body []byte) *refusal {
	root := &node{root: true}
	for i, pair := range bytes.Split(bytes.Trim(body, "\r\n"), []byte("&")) {
		if len(pair) == 0 {
			continue
		}
		if i >= maxFormFields {
			return tooManyFields()
		}
		name, value, why := unescape(pair)
		if why == "" {
			why = root.put(name, value)
		}
		if why != "" {
			return wrongField(i, why)
		}
	}
	return b.addForm(root)
}

func tooManyFields() *refusal {
	return invalid(fmt.Sprintf("The form has more than %d fields.", maxFormFields))
}

func wrongField(i int, why string) *refusal {
	return invalid(fmt.Sprintf("Field %d of the form cannot be taken: %s", i+1, why))
}

// unescape reads a pair of name and value.
func unescape(pair []byte) (name, value, why string) {
	name, value, _ = strings.Cut(string(pair), "=")
	name, errName := url.QueryUnescape(name)
	value, errValue := url.QueryUnescape(value)
	if errName != nil || errValue != nil {
		return "", "", "a percent sign in it is not followed by two hexadecimal digits."
	}
	return name, value, ""
}

// addForm takes the record that a form is, or that one of its fields holds.
func (b *batch) addForm(root *node) *refusal {
	name := b.src.Local.JSONField
	switch {
	case len(root.below) == 0:
		return invalid("The form has no fields.")
	case name == "":
		return b.add(root.appendTo(nil), "")
	}
	field := root.byKey[name]
	if field == nil || len(field.values) != 1 {
		return invalid(fmt.Sprintf("The form has to hold the record in one field with the name %q.", name))
	}
	if no := b.json([]byte(field.values[0])); no != nil {
		no.message = fmt.Sprintf("The field %q cannot be taken. %s", name, no.message)
		return no
	}
	return nil
}

// node is a value of a form, or what has values below it.
type node struct {
	root   bool
	key    string
	values []string // more than one if its name was there more than once
	below  []*node  // in the order they came
	byKey  map[string]*node
}

// put adds a field. It says in a sentence what is wrong with it.
func (n *node) put(name, value string) string {
	if !utf8.ValidString(name) || !utf8.ValidString(value) {
		return "it is not written in UTF-8."
	}
	keys := path(name)
	if len(keys) > maxFormDepth {
		return fmt.Sprintf("its name has more than %d parts.", maxFormDepth)
	}
	for _, key := range keys {
		if len(n.values) > 0 {
			return "what its name has in front of a bracket is a value elsewhere in the form."
		}
		n = n.child(key)
	}
	if len(n.below) > 0 {
		return "its name is the beginning of another name in brackets."
	}
	n.values = append(n.values, value)
	return ""
}

// path cuts "a[b][]" into "a", "b" and "". A name that is not well-formed is one
// key as it stands.
func path(name string) []string {
	open := strings.IndexByte(name, '[')
	if open <= 0 || !strings.HasSuffix(name, "]") {
		return []string{name}
	}
	keys := []string{name[:open]}
	for _, part := range strings.Split(name[open+1:len(name)-1], "][") {
		if strings.ContainsAny(part, "[]") {
			return []string{name}
		}
		keys = append(keys, part)
	}
	return keys
}

// child gives what is below n under a key; the key "" is the next free number.
func (n *node) child(key string) *node {
	if key == "" && !n.root {
		key = n.free()
	}
	if c := n.byKey[key]; c != nil {
		return c
	}
	if n.byKey == nil {
		n.byKey = map[string]*node{}
	}
	c := &node{key: key}
	n.byKey[key] = c
	n.below = append(n.below, c)
	return c
}

func (n *node) free() string {
	for i := len(n.below); ; i++ {
		if key := strconv.Itoa(i); n.byKey[key] == nil {
			return key
		}
	}
}

// isList tells whether the keys below are 0, 1, 2 and so on, in order.
func (n *node) isList() bool {
	for i, c := range n.below {
		if c.key != strconv.Itoa(i) {
			return false
		}
	}
	return true
}

func (n *node) appendTo(b []byte) []byte {
	switch {
	case len(n.values) == 1:
		return record.AppendString(b, []byte(n.values[0]))
	case len(n.values) > 1:
		b = append(b, '[')
		for i, v := range n.values {
			b = record.AppendString(comma(b, i), []byte(v))
		}
		return append(b, ']')
	case !n.root && n.isList():
		b = append(b, '[')
		for i, c := range n.below {
			b = c.appendTo(comma(b, i))
		}
		return append(b, ']')
	}
	b = append(b, '{')
	for i, c := range n.below {
		b = append(record.AppendString(comma(b, i), []byte(c.key)), ':')
		b = c.appendTo(b)
	}
	return append(b, '}')
}

func comma(b []byte, i int) []byte {
	if i > 0 {
		return append(b, ',')
	}
	return b
}
