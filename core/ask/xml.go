package ask

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"hookbird/core"
	"hookbird/core/value"

	"golang.org/x/net/html/charset"
)

// Bounds of XML.
const (
	maxElements = 500_000        // elements and attributes together
	maxDeep     = value.MaxDepth // elements inside one another
)

// element is an element, or an attribute, of XML.
type element struct {
	name string
	text []byte
	kids []*element
	none bool // xsi:nil
}

// fromXML makes JSON of XML: an object of what stands in its outermost element.
// What comes once is a value, what comes again a list; attributes are names like
// any other; text beside them is called "text". Prefixes are left out. There are no
// entities but those of XML itself.
func fromXML(body []byte) ([]byte, error) {
	root, err := parseXML(body)
	if err != nil {
		return nil, err
	}
	if len(root.kids) == 0 && len(root.text) == 0 {
		return []byte("{}"), nil
	}
	if len(root.kids) == 0 {
		root.kids = []*element{{name: "text", text: root.text}}
		root.text = nil
	}
	return root.write(make([]byte, 0, len(body))), nil
}

// parseXML reads a whole document.
func parseXML(body []byte) (*element, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = charset.NewReaderLabel
	t := tree{names: map[string]string{}}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, badXML()
		}
		if err := t.take(token); err != nil {
			return nil, err
		}
	}
	if t.root == nil || len(t.open) > 0 {
		return nil, badXML()
	}
	return t.root, nil
}

func badXML() error {
	return core.Errorf(core.CodeInvalid, "Its answer looks like XML, but cannot be read.")
}

// tree is XML in the reading.
type tree struct {
	root  *element
	open  []*element
	tags  []xml.Name // of the open elements, as they are written
	count int
	names map[string]string
}

func (t *tree) take(token xml.Token) error {
	switch token := token.(type) {
	case xml.StartElement:
		return t.begin(token)
	case xml.EndElement:
		n := len(t.open) - 1
		if n < 0 || t.tags[n] != token.Name {
			return badXML()
		}
		t.open[n].text = bytes.TrimSpace(t.open[n].text)
		t.open, t.tags = t.open[:n], t.tags[:n]
	case xml.CharData:
		if n := len(t.open) - 1; n >= 0 {
			t.open[n].text = append(t.open[n].text, token...)
		}
	}
	return nil
}

// begin opens an element.
func (t *tree) begin(start xml.StartElement) error {
	t.count += 1 + len(start.Attr)
	switch {
	case len(t.open) == 0 && t.root != nil:
		return badXML()
	case t.count > maxElements || len(t.open) >= maxDeep:
		return core.Errorf(core.CodeInvalid, "Its answer is XML of more parts than Hookbird reads at once. Ask for fewer records at a time.")
	}
	e := &element{name: t.known(start.Name.Local)}
	for _, a := range start.Attr {
		switch {
		case a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" || a.Name.Space == "xml":
		case a.Name.Space == "xsi":
			e.none = e.none || a.Name.Local == "nil" && (a.Value == "true" || a.Value == "1")
		default:
			e.kids = append(e.kids, &element{name: t.known(a.Name.Local), text: []byte(a.Value)})
		}
	}
	if n := len(t.open) - 1; n >= 0 {
		t.open[n].kids = append(t.open[n].kids, e)
	} else {
		t.root = e
	}
	t.open, t.tags = append(t.open, e), append(t.tags, start.Name)
	return nil
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

// write appends an element as JSON.
func (e *element) write(dst []byte) []byte {
	switch {
	case len(e.kids) == 0 && e.none:
		return append(dst, "null"...)
	case len(e.kids) == 0:
		return value.AppendQuoted(dst, string(e.text))
	}
	groups, order := e.groups()
	dst = append(dst, '{')
	for i, name := range order {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(value.AppendQuoted(dst, name), ':')
		dst = writeGroup(dst, groups[name])
	}
	return append(dst, '}')
}

// groups puts together what has the same name, in the order of the first.
func (e *element) groups() (groups map[string][]*element, order []string) {
	groups = make(map[string][]*element, len(e.kids))
	kids := e.kids
	if len(e.text) > 0 {
		kids = append(kids, &element{name: "text", text: e.text})
	}
	for _, kid := range kids {
		if _, ok := groups[kid.name]; !ok {
			order = append(order, kid.name)
		}
		groups[kid.name] = append(groups[kid.name], kid)
	}
	return groups, order
}

func writeGroup(dst []byte, list []*element) []byte {
	if len(list) == 1 {
		return list[0].write(dst)
	}
	dst = append(dst, '[')
	for i, e := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = e.write(dst)
	}
	return append(dst, ']')
}
