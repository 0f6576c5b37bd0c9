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

// maxDepth is how deep a file may nest; the format itself needs 6.
const maxDepth = 32

// node is a JSON value that knows its place.
type node struct {
	at      string // JSON pointer
	value   any    // nil, bool, json.Number or string; unused for the two below
	object  bool
	list    bool
	members []member // of an object, in order
	items   []*node  // of a list
}

type member struct {
	name string
	node *node
}

// get gives a member of an object, or nil.
func (n *node) get(name string) *node {
	for _, m := range n.members {
		if m.name == name {
			return m.node
		}
	}
	return nil
}

// escapes are those of RFC 6901.
var escapes = strings.NewReplacer("~", "~0", "/", "~1")

// pointer gives the place of a member.
func (n *node) pointer(name string) string { return n.at + "/" + escapes.Replace(name) }

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
	n, err := p.read(d, "", 0)
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

func (p *parser) read(d *json.Decoder, at string, depth int) (*node, error) {
	token, err := d.Token()
	if err != nil {
		return nil, err
	}
	n := &node{at: at}
	open, nests := token.(json.Delim)
	if !nests {
		n.value = token
		return n, nil
	}
	if depth == maxDepth {
		return nil, core.Errorf(core.CodeInvalid, "The file nests too deep here for a settings file.").At(at)
	}
	if open == '{' {
		n.object = true
		err = p.readMembers(d, n, depth)
	} else {
		n.list = true
		err = p.readItems(d, n, depth)
	}
	if err != nil {
		return nil, err
	}
	_, err = d.Token() // the closing bracket
	return n, err
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
		value, err := p.read(d, n.pointer(name), depth+1)
		if err != nil {
			return err
		}
		if seen[name] {
			p.wrong(value.at, "%s is here twice. Remove one of the two.", quoted(name))
			continue
		}
		seen[name] = true
		n.members = append(n.members, member{name, value})
	}
	return nil
}

func (p *parser) readItems(d *json.Decoder, n *node, depth int) error {
	for d.More() {
		item, err := p.read(d, n.at+"/"+strconv.Itoa(len(n.items)), depth+1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
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
