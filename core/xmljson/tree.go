package xmljson

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strings"

	"hookbird/core/value"
)

// textName is the name of text beside attributes or elements.
const textName = "text"

// element is an element, or an attribute.
type element struct {
	name string
	text []byte
	kids []*element
	none bool // it says of itself that it is nil
}

// tree is a document in the reading.
type tree struct {
	root  *element
	open  []*element
	tags  []xml.Name // of the open elements, as they are written
	count int        // of elements and attributes
	most  int
	names map[string]string
}

// take adds a token, or says what is wrong with it.
func (t *tree) take(token xml.Token) (why string) {
	last := len(t.open) - 1
	switch token := token.(type) {
	case xml.StartElement:
		return t.begin(token)
	case xml.EndElement:
		if last < 0 || t.tags[last] != token.Name {
			return "an element ends that did not begin there."
		}
		t.open[last].text = bytes.TrimSpace(t.open[last].text)
		t.open, t.tags = t.open[:last], t.tags[:last]
	case xml.CharData:
		if last >= 0 {
			t.open[last].text = append(t.open[last].text, token...)
		} else if len(bytes.TrimSpace(token)) > 0 {
			return "there is text outside of the outermost element."
		}
	}
	return ""
}

// begin opens an element.
func (t *tree) begin(start xml.StartElement) (why string) {
	t.count += 1 + len(start.Attr)
	switch {
	case len(t.open) == 0 && t.root != nil:
		return "a second outermost element begins."
	case t.count > t.most || len(t.open) >= MaxDepth:
		return "there are more elements, or deeper ones, than are read at once."
	}
	e := &element{name: t.known(start.Name.Local)}
	for _, a := range start.Attr {
		t.attribute(e, a)
	}
	if n := len(t.open) - 1; n >= 0 {
		t.open[n].kids = append(t.open[n].kids, e)
	} else {
		t.root = e
	}
	t.open, t.tags = append(t.open, e), append(t.tags, start.Name)
	return ""
}

// attribute adds an attribute, unless it is for those who read XML.
func (t *tree) attribute(e *element, a xml.Attr) {
	switch {
	case a.Name.Space == "xmlns", a.Name.Space == "" && a.Name.Local == "xmlns", a.Name.Space == "xml":
	case a.Name.Space == "xsi":
		e.none = e.none || a.Name.Local == "nil" && (a.Value == "true" || a.Value == "1")
	default:
		e.kids = append(e.kids, &element{name: t.known(a.Name.Local), text: []byte(a.Value)})
	}
}

// known gives each name once, however often it stands there.
func (t *tree) known(name string) string {
	if same, ok := t.names[name]; ok {
		return same
	}
	name = strings.Clone(name)
	t.names[name] = name
	return name
}

// append appends an element as JSON.
func (e *element) append(dst []byte) []byte {
	switch {
	case len(e.kids) == 0 && e.none:
		return append(dst, "null"...)
	case len(e.kids) == 0:
		return value.AppendQuoted(dst, string(e.text))
	}
	dst = append(dst, '{')
	for i, group := range e.groups() {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(value.AppendQuoted(dst, group[0].name), ':')
		dst = appendGroup(dst, group)
	}
	return append(dst, '}')
}

// groups puts together what has the same name, in the order of the first.
func (e *element) groups() (groups [][]*element) {
	kids := e.kids
	if len(e.text) > 0 {
		kids = append(slices.Clip(kids), &element{name: textName, text: e.text})
	}
	at := make(map[string]int, len(kids))
	for _, kid := range kids {
		i, ok := at[kid.name]
		if !ok {
			i = len(groups)
			at[kid.name] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], kid)
	}
	return groups
}

// appendGroup appends what is there again as a list.
func appendGroup(dst []byte, list []*element) []byte {
	if len(list) == 1 {
		return list[0].append(dst)
	}
	dst = append(dst, '[')
	for i, e := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = e.append(dst)
	}
	return append(dst, ']')
}
