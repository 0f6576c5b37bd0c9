package settings

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"hookbird/core"
)

// Bounds of a file that could otherwise take far more memory than its bytes.
const (
	maxDepth  = 32        // of nesting; the format itself needs 6
	maxMember = 200       // bytes of a member's name
	maxValues = 2_000_000 // values in all; the largest real file has about half of them
)

// node is a JSON value that knows its place.
type node struct {
	parent   *node
	name     string // as a member of an object
	index    int    // as an item of a list
	value    any    // nil, bool, json.Number or string; unused for the two below
	object   bool
	list     bool
	children []*node // members of an object or items of a list, in order
}

// get gives a member of an object, or nil.
func (n *node) get(name string) *node {
	if !n.object {
		return nil
	}
	for _, m := range n.children {
		if m.name == name {
			return m
		}
	}
	return nil
}

// at gives the place of a value as a JSON pointer. It is put together when it is
// asked for: most values are never wrong.
func (n *node) at() string {
	switch {
	case n.parent == nil:
		return ""
	case n.parent.list:
		return n.parent.at() + "/" + strconv.Itoa(n.index)
	default:
		return n.parent.pointer(n.name)
	}
}

// escapes are those of RFC 6901.
var escapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointer gives the place of a member, whether it is there or not.
func (n *node) pointer(name string) string { return n.at() + "/" + escapes.Replace(name) }

// tree reads a file into nodes.
func (p *parser) tree(data []byte) (*node, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	switch {
	case len(bytes.TrimSpace(data)) == 0:
		return nil, core.Errorf(core.CodeInvalid, "The file is empty.")
	case !utf8.Valid(data):
		return nil, core.Errorf(core.CodeInvalid, "The file is not written in UTF-8. Save it again with that encoding.")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	n := &node{}
	err := p.read(d, n, 0)
	if err == nil {
		if _, more := d.Token(); !errors.Is(more, io.EOF) {
			err = notJSON(data, d.InputOffset(), "there is something behind the end of the settings")
		}
		return n, err
	}
	if e, ok := errors.AsType[*core.Error](err); ok {
		return nil, e
	}
	return nil, notJSON(data, d.InputOffset(), "a comma, a bracket or a quotation mark may be missing there")
}

// notJSON says where a file stops being JSON.
func notJSON(data []byte, offset int64, why string) *core.Error {
	before := data[:min(int(offset), len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return core.Errorf(core.CodeInvalid, "The file cannot be read as JSON from line %d, character %d on: %s.", line, column, why)
}

// read reads the next value, which is to stand at n's place.
func (p *parser) read(d *json.Decoder, n *node, depth int) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	if p.values++; p.values > maxValues {
		return core.Errorf(core.CodeInvalid, "The file holds more than %d values, which no settings file does.", maxValues)
	}
	open, nests := token.(json.Delim)
	if !nests {
		n.value = token
		return nil
	}
	if depth == maxDepth {
		return core.Errorf(core.CodeInvalid, "The file nests too deep here for a settings file.").At(n.at())
	}
	if open == '{' {
		n.object = true
		err = p.readMembers(d, n, depth)
	} else {
		n.list = true
		err = p.readItems(d, n, depth)
	}
	if err != nil {
		return err
	}
	_, err = d.Token() // the closing bracket
	return err
}

func (p *parser) readMembers(d *json.Decoder, n *node, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		name, ok := token.(string)
		if !ok {
			return errors.New("name of a member is no text")
		}
		if len(name) > maxMember {
			return core.Errorf(core.CodeInvalid, "The name %s is longer than any in a settings file.", quoted(name)).At(n.at())
		}
		m := &node{parent: n, name: name}
		if err := p.read(d, m, depth+1); err != nil {
			return err
		}
		if seen[name] {
			p.wrong(m.at(), "%s is here twice. Remove one of the two.", quoted(name))
			continue
		}
		seen[name] = true
		n.children = append(n.children, m)
	}
	return nil
}

func (p *parser) readItems(d *json.Decoder, n *node, depth int) error {
	for d.More() {
		item := &node{parent: n, index: len(n.children)}
		if err := p.read(d, item, depth+1); err != nil {
			return err
		}
		n.children = append(n.children, item)
	}
	return nil
}

// quoted shows a name from the file in a sentence, cut if it is long.
func quoted(name string) string {
	const most = 40
	if utf8.RuneCountInString(name) > most {
		name = string([]rune(name)[:most]) + "…"
	}
	return fmt.Sprintf("%q", name)
}
