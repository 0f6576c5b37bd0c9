package local

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"hookbird/core/source/record"
	"hookbird/core/value"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// Bounds of XML.
const (
	maxElements = 100_000 // elements and attributes together
	maxXMLDepth = value.MaxDepth
)

// xml makes one JSON object of an XML document: of what stands in its outermost
// element.
//
//	<order nr="7">              {"nr": "7",
//	  <name>Ada</name>           "name": "Ada",
//	  <seat>A1</seat>            "seat": ["A1", "A2"],
//	  <seat>A2</seat>
//	  <price cur="EUR">5</price> "price": {"cur": "EUR", "text": "5"}}
//	</order>
//
// Values are texts, without the spaces around them. Prefixes of names are left out.
// There are no entities but those of XML itself, so that nothing grows in the reading.
func (b *batch) xml(body []byte, label string) *refusal {
	root, why := readXML(body, label)
	if why != "" {
		return invalid("The body cannot be read as XML: " + why)
	}
	if len(root.kids) == 0 && root.text != nil {
		root.kids, root.text = []*element{{name: "text", text: root.text}}, nil
	}
	if len(root.kids) == 0 {
		return invalid("The XML holds nothing: its outermost element is empty.")
	}
	return b.add(root.appendTo(nil), "")
}

// element is an element of XML, or an attribute.
type element struct {
	name string
	text []byte
	kids []*element
	tag  xml.Name // as it is written
}

// readXML reads a whole document, or says in a sentence why it cannot.
func readXML(body []byte, label string) (root *element, why string) {
	d, err := xmlDecoder(body, label)
	if err != nil {
		return nil, "its character set is not known here. Send it in UTF-8."
	}
	t := xmlTree{}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := d.InputPos()
		if err != nil {
			return nil, fmt.Sprintf("line %d is not as XML has to be.", line)
		}
		if why := t.take(token); why != "" {
			return nil, fmt.Sprintf("in line %d %s", line, why)
		}
	}
	if t.root == nil || len(t.open) > 0 {
		return nil, "it does not come to its end."
	}
	return t.root, ""
}

// xmlDecoder reads the character set that the request names, or a byte order mark, or
// the document itself.
func xmlDecoder(body []byte, label string) (*xml.Decoder, error) {
	var in io.Reader = bytes.NewReader(body)
	said := label != ""
	if bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")) {
		in, said = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in), true
	} else if said {
		var err error
		if in, err = charset.NewReaderLabel(label, in); err != nil {
			return nil, err
		}
	}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if said {
			return in, nil // it is UTF-8 by now, whatever it says
		}
		return charset.NewReaderLabel(label, in)
	}
	return d, nil
}

// xmlTree is a document in the reading.
type xmlTree struct {
	root  *element
	open  []*element
	count int
}

// take adds a token, or says what is wrong with it.
func (t *xmlTree) take(token xml.Token) (why string) {
	last := len(t.open) - 1
	switch token := token.(type) {
	case xml.StartElement:
		return t.begin(token)
	case xml.EndElement:
		if last < 0 || t.open[last].tag != token.Name {
			return "an element ends that did not begin there."
		}
		e := t.open[last]
		if e.text = bytes.TrimSpace(e.text); len(e.text) == 0 {
			e.text = nil
		}
		t.open = t.open[:last]
	case xml.CharData:
		if last >= 0 {
			t.open[last].text = append(t.open[last].text, token...)
		} else if len(bytes.TrimSpace(token)) > 0 {
			return "there is text outside of the outermost element."
		}
	}
	return ""
}

func (t *xmlTree) begin(start xml.StartElement) (why string) {
	t.count += 1 + len(start.Attr)
	switch {
	case len(t.open) == 0 && t.root != nil:
		return "a second outermost element begins."
	case t.count > maxElements || len(t.open) >= maxXMLDepth:
		return "there are more elements than a record can have."
	}
	e := &element{name: strings.Clone(start.Name.Local), tag: start.Name}
	for _, a := range start.Attr {
		if a.Name.Space != "xmlns" && a.Name.Space != "xml" && a.Name.Space != "xsi" && a.Name.Local != "xmlns" {
			e.kids = append(e.kids, &element{name: a.Name.Local, text: []byte(a.Value)})
		}
	}
	if n := len(t.open) - 1; n >= 0 {
		t.open[n].kids = append(t.open[n].kids, e)
	} else {
		t.root = e
	}
	t.open = append(t.open, e)
	return ""
}

// appendTo appends an element as JSON: what is there again stands in a list.
func (e *element) appendTo(to []byte) []byte {
	if len(e.kids) == 0 {
		return record.AppendString(to, e.text)
	}
	kids := e.kids
	if len(e.text) > 0 {
		kids = append(kids, &element{name: "text", text: e.text})
	}
	same, order := map[string][]*element{}, []string{}
	for _, kid := range kids {
		if same[kid.name] == nil {
			order = append(order, kid.name)
		}
		same[kid.name] = append(same[kid.name], kid)
	}
	to = append(to, '{')
	for i, name := range order {
		to = append(record.AppendString(comma(to, i), []byte(name)), ':')
		to = appendSame(to, same[name])
	}
	return append(to, '}')
}

func appendSame(to []byte, list []*element) []byte {
	if len(list) == 1 {
		return list[0].appendTo(to)
	}
	to = append(to, '[')
	for i, e := range list {
		to = e.appendTo(comma(to, i))
	}
	return append(to, ']')
}
