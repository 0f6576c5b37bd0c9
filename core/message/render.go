package message

import (
	"fmt"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/core/value"
)

// render is one message in the making, and what is told of it when it is shown.
type render struct {
	id      string // the message's
	webhook string
	several bool        // it holds more than one record
	scope   merge.Scope // of the record at hand
	where   string      // place of the text that is filled in
	kind    string      // Content-Type of a body that has its own
	body    []byte
	bound   int    // bytes that it may have
	parts   *parts // of a multipart form; nil for others

	telling bool
	prefix  string // of the names of pairs
	pairs   []core.Pair
	notes   []core.Note
	names   []string // paths of the record at hand, listed when the first field is missing
}

// begin starts a message.
func (r *render) begin(b *Builder, records []Record, at time.Time) {
	r.webhook, r.bound, r.several = b.webhookID, b.bound, len(records) > 1
	r.scope.At = at
	if r.telling {
		r.scope.Missing = r.missing
	}
	if !r.several {
		r.id = core.DeliveryID(records[0].Event.ID, b.webhookID)
		r.enter(records[0])
		return
	}
	events := make([]*core.Event, len(records))
	for i := range records {
		events[i] = records[i].Event
	}
	r.id = ID(b.webhookID, events)
}

// enter goes on to a record.
func (r *render) enter(record Record) {
	r.scope.Data, r.scope.Event, r.scope.Delivery = record.Data, record.Event, r.id
	if r.several {
		r.scope.Delivery = core.DeliveryID(record.Event.ID, r.webhook)
	}
	r.names = nil
}

// wrong reports that something cannot be sent: an error, or a note in what is
// shown.
func (r *render) wrong(where string, err error) error {
	if !r.telling {
		return err
	}
	r.note(true, where, core.Sentence(err))
	return nil
}

// fits tells whether the body is not too long yet.
func (r *render) fits() error {
	size := len(r.body)
	if r.parts != nil {
		size += len(r.parts.values) + r.parts.names
	}
	if size <= r.bound {
		return nil
	}
	return wrong("This message would be longer than %d MB, which is too long. Send fewer records together, or fewer fields.", MaxBody>>20)
}

// note tells something once.
func (r *render) note(warn bool, where, text string) {
	n := core.Note{Warn: warn, Where: where, Text: text}
	if !slices.Contains(r.notes, n) {
		r.notes = append(r.notes, n)
	}
}

// pair tells of a name and its value.
func (r *render) pair(name, text string, secret bool) {
	if r.telling {
		r.pairs = append(r.pairs, core.Pair{Name: r.prefix + name, Value: text, Secret: secret})
	}
}

// tellAll tells of a record that goes out as it came.
func (r *render) tellAll(record Record) {
	if !r.telling {
		return
	}
	for name, v := range record.Data.Fields() {
		r.pair(name, v.Text(), false)
	}
}

// find gives a field's value in the record at hand. leaveOut tells that nothing is
// sent for it. A value that is missing is null.
func (r *render) find(f *field) (v value.Value, leaveOut bool, err error) {
	if f.literal != nil {
		return v, f.omitEmpty && f.kind == core.FieldValue && f.shown == "", nil // a secret's emptiness would show
	}
	found := true
	if f.kind == core.FieldTemplate {
		v, err = r.made(f)
	} else {
		v, found = f.path.Find(r.scope.Data)
	}
	if err == nil && (!f.hidden || !r.telling) {
		v, err = f.chain.Apply(v)
	}
	if err != nil {
		return v, true, r.wrong(f.where(), wrong("The field %q cannot be sent: %s", f.name.shown(), core.Sentence(err)))
	}
	leaveOut = f.omitEmpty && v.IsEmpty()
	if r.telling {
		r.remark(f, found, v.IsEmpty())
	}
	return v, leaveOut, nil
}

// made fills in the template of a field. What a conversion makes of a secret is
// shown as dots altogether.
func (r *render) made(f *field) (value.Value, error) {
	var scratch [128]byte
	text, err := f.text.fill(scratch[:0], r)
	if err != nil {
		return value.Value{}, err
	}
	if r.telling && f.hidden && !f.chain.IsZero() {
		return value.NewText(core.Dots), nil
	}
	return value.NewText(string(text)), nil
}

// remark notes what to know about a field: that the record lacks it, or that it
// is left out.
func (r *render) remark(f *field, found, empty bool) {
	switch {
	case !found:
		text := fmt.Sprintf("The record has no field called %q.", f.path)
		if meant, ok := r.suggest(f.path.String()); ok {
			text += fmt.Sprintf(" Did you mean %q?", meant)
		}
		r.note(empty, f.where(), text)
	case f.omitEmpty && empty:
		r.note(false, f.where(), f.name.shown()+" is left out, because it is empty in this record.")
	}
}

// missing notes a merge field that the record lacks.
func (r *render) missing(path string, _ int) {
	text := fmt.Sprintf("The record has no field called [%s].", path)
	if meant, ok := r.suggest(path); ok {
		text += fmt.Sprintf(" Did you mean [%s]?", meant)
	}
	r.note(true, r.where, text)
}

// suggest finds the field of the record at hand that was probably meant.
func (r *render) suggest(path string) (string, bool) {
	if r.names == nil {
		r.names = []string{}
		for _, f := range value.Paths(r.scope.Data) {
			r.names = append(r.names, f.Path)
		}
	}
	return value.Suggest(path, r.names)
}
