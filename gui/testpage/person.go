package testpage

import (
	"bytes"
	"encoding/json"
	"strings"

	"hookbird/core"
)

// person is a record made of one JSON object, with the simple values at its top
// to edit. What is nested stays as it is, and so does the order.
type person struct {
	members []member
}

// member is one name of the object. Text is what its box holds.
type member struct {
	Name string
	Text string
	raw  json.RawMessage
	typ  jsonType
}

type jsonType int

const (
	jsonText jsonType = iota
	jsonNumber
	jsonBool
	jsonNull
	jsonNested
)

// readPerson takes a record's data apart.
func readPerson(data []byte) (*person, error) {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return nil, notARecord(err)
	}
	p := &person{}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return nil, notARecord(err)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return nil, notARecord(err)
		}
		p.members = append(p.members, newMember(name.(string), raw))
	}
	if _, err := dec.Token(); err != nil {
		return nil, notARecord(err)
	}
	return p, nil
}

func notARecord(err error) error {
	return core.Wrap(core.CodeInvalid, err, "This example is no record that can be edited. Choose another one.")
}

func newMember(name string, raw json.RawMessage) member {
	m := member{Name: name, raw: raw, Text: string(raw)}
	switch raw[0] {
	case '"':
		_ = json.Unmarshal(raw, &m.Text)
		m.typ = jsonText
	case '{', '[':
		m.typ = jsonNested
	case 't', 'f':
		m.typ = jsonBool
	case 'n':
		m.Text, m.typ = "", jsonNull
	default:
		m.typ = jsonNumber
	}
	return m
}

// editable lists the members that have a box.
func (p *person) editable() []*member {
	var list []*member
	for i := range p.members {
		if p.members[i].typ != jsonNested {
			list = append(list, &p.members[i])
		}
	}
	return list
}

// data puts the record together again. A number stays a number and a yes-or-no
// value stays one as long as what was typed is one.
func (p *person) data() []byte {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range p.members {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(quote(m.Name))
		b.WriteByte(':')
		b.Write(m.json())
	}
	b.WriteByte('}')
	return b.Bytes()
}

func (m member) json() []byte {
	text := strings.TrimSpace(m.Text)
	switch m.typ {
	case jsonNested:
		return m.raw
	case jsonNull:
		if text == "" {
			return m.raw
		}
	case jsonNumber, jsonBool:
		if plain := typeOf(text); plain == m.typ {
			return []byte(text)
		}
	}
	return quote(m.Text)
}

// typeOf tells what a typed text is as JSON.
func typeOf(text string) jsonType {
	if !json.Valid([]byte(text)) {
		return jsonText
	}
	return newMember("", json.RawMessage(text)).typ
}

func quote(text string) []byte {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(text) // a string always encodes
	return bytes.TrimRight(b.Bytes(), "\n")
}

// title is what to call the record: the first values, as people read names.
func (p *person) title() string {
	var parts []string
	for _, m := range p.members {
		if m.typ == jsonText && m.Text != "" && len(parts) < 2 && isName(m.Name) {
			parts = append(parts, m.Text)
		}
	}
	if len(parts) == 0 {
		return "a made-up record"
	}
	return strings.Join(parts, " ")
}

// isName tells whether a field looks as if it held a part of somebody's name.
func isName(field string) bool {
	field = strings.ToLower(field)
	return strings.HasSuffix(field, "name") || strings.HasSuffix(field, "surname")
}

// plainName is what to look for in the other system.
func plainName(about string) string { return strings.TrimSuffix(about, " (made up)") }
