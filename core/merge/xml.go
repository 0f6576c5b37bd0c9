package merge

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// xmlGuide knows which part of an XML document is read.
type xmlGuide struct{ in xmlPart }

type xmlPart uint8

const (
	xmlText xmlPart = iota
	xmlTag
	xmlDouble // an attribute in double quotes
	xmlSingle
	xmlCDATA
)

// xmlBlocks are what is sent as typed: fields in it are text.
var xmlBlocks = []struct{ open, close string }{{"<!--", "-->"}, {"<?", "?>"}}

const openCDATA, closeCDATA = "<![CDATA[", "]]>"

func (g *xmlGuide) take(rest string) (int, error) {
	switch g.in {
	case xmlText:
		return g.takeText(rest), nil
	case xmlCDATA:
		if strings.HasPrefix(rest, closeCDATA) {
			g.in = xmlText
			return len(closeCDATA), nil
		}
	case xmlTag:
		g.takeTag(rest[0])
	case xmlDouble:
		if rest[0] == '"' {
			g.in = xmlTag
		}
	case xmlSingle:
		if rest[0] == '\'' {
			g.in = xmlTag
		}
	}
	return 0, nil
}

func (g *xmlGuide) takeText(rest string) int {
	for _, block := range xmlBlocks {
		if strings.HasPrefix(rest, block.open) {
			if end := strings.Index(rest, block.close); end >= 0 {
				return end + len(block.close)
			}
			return len(rest)
		}
	}
	switch {
	case strings.HasPrefix(rest, openCDATA):
		g.in = xmlCDATA
		return len(openCDATA)
	case rest[0] == '<':
		g.in = xmlTag
	}
	return 0
}

func (g *xmlGuide) takeTag(c byte) {
	switch c {
	case '>':
		g.in = xmlText
	case '"':
		g.in = xmlDouble
	case '\'':
		g.in = xmlSingle
	}
}

func (g *xmlGuide) spot() (spot, error) {
	switch g.in {
	case xmlTag:
		return 0, wrong("The merge field at {at} stands inside a tag. In XML it can stand in the text between tags, and in the quotes of an attribute.")
	case xmlCDATA:
		return spotCDATA, nil
	default:
		return spotXML, nil
	}
}

func (g *xmlGuide) literal(dst, text []byte, _, _ bool) []byte { return append(dst, text...) }

// check tells where the text around the fields is not well-formed.
func (g *xmlGuide) check(t *Text, mask string) (at int, problem string) {
	if at, problem = xmlProblem(mask); problem != "" {
		return at, problem
	}
	empty, _ := t.Append(nil, &Scope{})
	if _, problem = xmlProblem(string(empty)); problem != "" { // as ]][x]> is
		return 0, "In XML ]] and > cannot stand together, which they do while the merge field between them is empty. Write &gt; for the >."
	}
	return 0, ""
}

// xmlProblem reads XML up to what is wrong in it.
func xmlProblem(text string) (at int, problem string) {
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return 0, ""
		}
		if err == nil {
			continue
		}
		at = int(d.InputOffset())
		if _, ok := errors.AsType[*xml.SyntaxError](err); !ok {
			return at, `This XML says at {at} that it is not in UTF-8, in which Hookbird sends everything. Write encoding="UTF-8".`
		}
		return at, "This XML cannot be read at {at}: look for a tag that does not close, a quote that is missing, or an & that should be &amp;."
	}
}
