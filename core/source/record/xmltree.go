package record

import (
	"bytes"
	"strings"
)

// xmlTree is the element of one record.
type xmlTree struct {
	root  *xmlNode
	names map[string]string
	size  int // of the JSON, about
	limit int
}

// xmlNode is an element or an attribute.
type xmlNode struct {
	name string
	text []byte
	kids []*xmlNode
	none bool // it says that it holds nothing
}

// maxNames is how many different names are kept to be used again.
const maxNames = 10_000

// read reads the element that has begun, to its end. long tells that it is larger
// than the limit, and not kept.
func (t *xmlTree) read(x *xmlScan, limit int) (long bool, err error) {
	if t.names == nil {
		t.names = map[string]string{}
	}
	t.size, t.limit = 0, limit
	t.root = t.node(x)
	open := []*xmlNode{t.root}
	for until := x.depth() - 1; ; {
		token, err := x.next()
		if err != nil {
			return false, err
		}
		last := open[len(open)-1]
		switch {
		case token == xmlEnd && x.depth() == until:
			return t.size > limit, nil
		case t.size > limit:
			t.root = nil
		case token == xmlStart:
			n := t.node(x)
			last.kids, open = append(last.kids, n), append(open, n)
		case token == xmlEnd:
			last.text = bytes.TrimSpace(last.text)
			open = open[:len(open)-1]
		case len(bytes.TrimSpace(x.text)) > 0 || len(last.text) > 0:
			last.text = append(last.text, x.text...)
			t.size += len(x.text)
		}
	}
}

// node makes a node of the tag that came last, with its attributes.
func (t *xmlTree) node(x *xmlScan) *xmlNode {
	n := &xmlNode{name: t.name(local(x.name))}
	t.size += len(n.name) + len(`"":{},`)
	for attrs := x.attrs; t.size <= t.limit; {
		name, val, rest, ok := attr(attrs)
		if !ok {
			break
		}
		attrs = rest
		switch prefix, _, prefixed := strings.Cut(string(name), ":"); {
		case prefix == "xmlns" || prefixed && prefix == "xml":
		case prefixed && prefix == "xsi":
			n.none = n.none || string(name) == "xsi:nil" && (string(val) == "true" || string(val) == "1")
		default:
			meant, err := x.unescape(val)
			if err != nil {
				meant = val
			}
			n.kids = append(n.kids, &xmlNode{name: t.name(local(name)), text: bytes.Clone(meant)})
			t.size += len(name) + len(val) + len(`"":"",`)
		}
	}
	return n
}

// name gives each name once, however often it is there.
func (t *xmlTree) name(raw []byte) string {
	name, ok := t.names[string(raw)]
	if !ok {
		name = string(raw)
		if len(t.names) < maxNames {
			t.names[name] = name
		}
	}
	return name
}

// object writes the record as a JSON object.
func (t *xmlTree) object() []byte {
	t.root.text = bytes.TrimSpace(t.root.text)
	data := make([]byte, 0, t.size)
	if len(t.root.kids) > 0 {
		return t.root.appendJSON(data)
	}
	if len(t.root.text) == 0 {
		return append(data, "{}"...)
	}
	return append(AppendString(append(data, `{"text":`...), t.root.text), '}')
}

func (n *xmlNode) appendJSON(to []byte) []byte {
	switch {
	case len(n.kids) == 0 && n.none:
		return append(to, "null"...)
	case len(n.kids) == 0:
		return AppendString(to, n.text)
	}
	kids := n.kids
	if len(n.text) > 0 {
		kids = append(kids, &xmlNode{name: "text", text: n.text})
	}
	groups, order := grouped(kids)
	to = append(to, '{')
	for i, name := range order {
		if i > 0 {
			to = append(to, ',')
		}
		to = append(AppendString(to, []byte(name)), ':')
		to = appendGroup(to, groups[name])
	}
	return append(to, '}')
}

// grouped puts together what has the same name, in the order of the first.
func grouped(kids []*xmlNode) (groups map[string][]*xmlNode, order []string) {
	groups = make(map[string][]*xmlNode, len(kids))
	for _, kid := range kids {
		if _, ok := groups[kid.name]; !ok {
			order = append(order, kid.name)
		}
		groups[kid.name] = append(groups[kid.name], kid)
	}
	return groups, order
}

func appendGroup(to []byte, list []*xmlNode) []byte {
	if len(list) == 1 {
		return list[0].appendJSON(to)
	}
	to = append(to, '[')
	for i, n := range list {
		if i > 0 {
			to = append(to, ',')
		}
		to = n.appendJSON(to)
	}
	return append(to, ']')
}
