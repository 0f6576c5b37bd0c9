package message

import (
	"fmt"

	"hookbird/core"
	"hookbird/core/value"
)

// packer writes a record the way a webhook wants it.
type packer interface {
	// asItCame tells whether the record's own bytes are the body.
	asItCame() bool
	// pack appends the body to r.body.
	pack(record value.Value, r *render)
	// tell adds the pairs of a body that goes out as it came.
	tell(record value.Value, r *render)
}

// render is one body in the making, and what is told of it when it is shown.
type render struct {
	body    []byte
	telling bool
	pairs   []core.Pair
	notes   []core.Note
	names   []string // paths of the record, listed when the first field is missing
}

// pair tells of a name and its value.
func (r *render) pair(name, text string, secret bool) {
	if r.telling {
		r.pairs = append(r.pairs, core.Pair{Name: name, Value: text, Secret: secret})
	}
}

// fieldPair tells of a field with the value that was found for it.
func (r *render) fieldPair(name string, f *field, v value.Value) {
	switch {
	case !r.telling:
	case f.kind == core.FieldFrom:
		r.pair(name, v.Text(), false)
	default:
		r.pair(name, f.text, f.kind == core.FieldSecret)
	}
}

// find looks up a field's value. leaveOut tells that nothing is sent for it. A
// value that is missing is null.
func (r *render) find(f *field, record value.Value) (v value.Value, leaveOut bool) {
	if f.kind != core.FieldFrom {
		return v, f.omitEmpty && f.empty()
	}
	v, ok := f.path.Find(record)
	leaveOut = f.omitEmpty && v.IsEmpty()
	if r.telling {
		r.remark(f, record, ok, leaveOut)
	}
	return v, leaveOut
}

// remark notes what to know about a field: that the record lacks it, or that it
// is left out.
func (r *render) remark(f *field, record value.Value, ok, leaveOut bool) {
	where := fmt.Sprintf("field:%d", f.at)
	if !ok {
		text := fmt.Sprintf("The record has no field called %q.", f.path)
		if r.names == nil {
			r.names = names(record)
		}
		if meant, found := value.Suggest(f.path.String(), r.names); found {
			text += fmt.Sprintf(" Did you mean %q?", meant)
		}
		r.notes = append(r.notes, core.Note{Warn: true, Where: where, Text: text})
		return
	}
	if leaveOut {
		r.notes = append(r.notes, core.Note{Where: where, Text: fmt.Sprintf("%s is left out, because it is empty in this record.", f.name)})
	}
}

func names(record value.Value) []string {
	list := []string{}
	for _, f := range value.Paths(record) {
		list = append(list, f.Path)
	}
	return list
}

// parseRecord reads an event's data.
func parseRecord(data []byte) (value.Value, error) {
	doc, err := value.Parse(data)
	if err != nil {
		return doc, core.Wrap(core.CodeInvalid, err, "No message can be made of this record. "+core.Sentence(err))
	}
	if doc.Kind() != value.Object {
		return doc, wrong("No message can be made of this record: it is not one object of JSON, with names and values.")
	}
	return doc, nil
}

// allOf gives the packer that sends all of a record.
func allOf(style core.BodyStyle) packer {
	if style == core.BodyForm {
		return wholeForm{}
	}
	return wholeJSON{}
}
