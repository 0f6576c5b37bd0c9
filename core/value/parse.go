package value

import (
	"unicode/utf8"

	"hookbird/core"
)

// Limits of a document.
const (
	MaxDepth = 200     // arrays and objects inside one another
	MaxSize  = 1 << 30 // bytes
)

// Parse reads one JSON text (RFC 8259, strictly: valid UTF-8, nothing behind the
// value) and keeps data, which must not change from then on. What is no JSON is
// refused with CodeInvalid and a sentence that names the offset in bytes.
func Parse(data []byte) (Value, error) {
	if len(data) > MaxSize {
		return Value{}, core.Errorf(core.CodeInvalid, "This JSON is too long: it has %d bytes, and %d can be read.", len(data), MaxSize)
	}
	p := parser{data: data, doc: &document{data: data, nodes: make([]node, 0, len(data)/12+8)}}
	p.space()
	p.value(0)
	p.space()
	if p.fault == "" && p.pos < len(data) {
		p.fail("there is something behind its end")
	}
	if p.fault != "" {
		return Value{}, core.Errorf(core.CodeInvalid, "This is not JSON: %s (at byte %d).", p.fault, p.at)
	}
	return Value{doc: p.doc}, nil
}

// parser reads data from pos on. The first fault counts; after it, what is read
// is of no use.
type parser struct {
	data  []byte
	pos   int
	doc   *document
	fault string
	at    int // where the fault is
}

func (p *parser) fail(fault string) {
	if p.fault == "" {
		p.fault, p.at = fault, p.pos
	}
}

// peek gives the byte at pos, or 0 at the end, which no JSON holds.
func (p *parser) peek() byte {
	if p.pos < len(p.data) {
		return p.data[p.pos]
	}
	return 0
}

func (p *parser) space() {
	for p.pos < len(p.data) && isSpace(p.data[p.pos]) {
		p.pos++
	}
}

// value reads one value, with no space before it.
func (p *parser) value(depth int) {
	switch c := p.peek(); {
	case c == '{' || c == '[':
		p.container(depth + 1)
	case c == '"':
		p.str()
	case c == '-' || c >= '0' && c <= '9':
		p.number()
	case c == 't':
		p.word("true", Bool)
	case c == 'f':
		p.word("false", Bool)
	case c == 'n':
		p.word("null", Null)
	case p.pos == len(p.data):
		p.fail("it ends where a value should stand")
	default:
		p.fail("there is something else where a value should stand")
	}
}

// begin adds a node that starts at pos and gives its index; end completes it.
func (p *parser) begin(k Kind) int {
	p.doc.nodes = append(p.doc.nodes, node{kind: k, start: int32(p.pos)})
	return len(p.doc.nodes) - 1
}

func (p *parser) end(at int) {
	n := &p.doc.nodes[at]
	n.end = int32(p.pos)
	n.next = int32(len(p.doc.nodes))
}

// container reads an object or an array.
func (p *parser) container(depth int) {
	if depth > MaxDepth {
		p.fail("its arrays and objects are nested too deeply")
		return
	}
	kind, closing := Array, byte(']')
	if p.peek() == '{' {
		kind, closing = Object, '}'
	}
	at := p.begin(kind)
	p.pos++
	p.space()
	if p.peek() != closing {
		p.members(kind, closing, depth)
	}
	if p.fault != "" {
		return
	}
	p.pos++
	p.end(at)
}

// members reads what stands inside a container, up to its closing byte.
func (p *parser) members(kind Kind, closing byte, depth int) {
	for p.fault == "" {
		if kind == Object {
			p.name()
		}
		if p.fault == "" {
			p.value(depth)
		}
		p.space()
		switch {
		case p.fault != "" || p.peek() == closing:
			return
		case p.peek() != ',':
			p.fail("a comma or " + string(closing) + " is missing")
		default:
			p.pos++
			p.space()
		}
	}
}

// name reads the name of a field with the colon behind it.
func (p *parser) name() {
	if p.peek() != '"' {
		p.fail("the name of a field in quotes is missing")
		return
	}
	p.str()
	p.space()
	if p.fault == "" && p.peek() != ':' {
		p.fail("a colon behind the name of a field is missing")
		return
	}
	p.pos++
	p.space()
}

func (p *parser) word(word string, k Kind) {
	at := p.begin(k)
	for i := range len(word) {
		if p.peek() != word[i] {
			p.fail("there is a word that is not true, false or null")
			return
		}
		p.pos++
	}
	p.end(at)
}

func (p *parser) number() {
	at := p.begin(Number)
	if p.peek() == '-' {
		p.pos++
	}
	if p.peek() == '0' {
		p.pos++
	} else {
		p.digits()
	}
	if p.peek() == '.' {
		p.pos++
		p.digits()
	}
	if c := p.peek(); c == 'e' || c == 'E' {
		p.pos++
		if c := p.peek(); c == '+' || c == '-' {
			p.pos++
		}
		p.digits()
	}
	p.end(at)
}

// digits reads one digit at least.
func (p *parser) digits() {
	from := p.pos
	for c := p.peek(); c >= '0' && c <= '9'; c = p.peek() {
		p.pos++
	}
	if p.pos == from {
		p.fail("a digit is missing in a number")
	}
}

func (p *parser) str() {
	at := p.begin(String)
	p.pos++
	for p.fault == "" {
		switch c := p.peek(); {
		case c == '"':
			p.pos++
			p.end(at)
			return
		case c == '\\':
			p.doc.nodes[at].escaped = true
			p.escape()
		case c >= utf8.RuneSelf:
			r, size := utf8.DecodeRune(p.data[p.pos:])
			if r == utf8.RuneError && size == 1 {
				p.fail("its text is not UTF-8")
				return
			}
			p.pos += size
		case p.pos == len(p.data):
			p.fail("a closing quote is missing")
		case c < ' ':
			p.fail("a text holds a control character that is not escaped")
		default:
			p.pos++
		}
	}
}

// escape reads a backslash and what belongs to it.
func (p *parser) escape() {
	p.pos++
	switch p.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		p.pos++
	case 'u':
		p.pos++
		for range 4 {
			if hexDigit(p.peek()) == 0xff {
				p.fail("a \\u is not followed by four hexadecimal digits")
				return
			}
			p.pos++
		}
	default:
		p.fail("a backslash is followed by a character it cannot stand before")
	}
}
