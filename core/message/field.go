package message

import (
	"fmt"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/merge"
	"hookbird/core/value"
)

// field is one field of a body, compiled.
type field struct {
	at        int // its place among the webhook's fields
	name      name
	kind      core.FieldKind
	path      value.Path    // where its value stands, if kind is FieldFrom
	text      *text         // what its value is made of, if kind is FieldTemplate
	chain     convert.Chain // that the value goes through
	literal   []byte        // a fixed value, as JSON where it goes there
	shown     string        // the same, to show
	hidden    bool          // it holds a secret
	omitEmpty bool
}

func (f *field) where() string { return fmt.Sprintf("field:%d", f.at) }

func (c *compiler) fields(w *core.Webhook, style core.BodyStyle) ([]*field, error) {
	fields := make([]*field, 0, len(w.Body.Fields))
	for i, f := range w.Body.Fields {
		compiled, err := c.field(i, f, w.Body.Keys)
		if err != nil {
			if err := c.wrong(fmt.Sprintf("field:%d", i), err); err != nil {
				return nil, err
			}
			continue
		}
		if compiled == nil {
			continue
		}
		if compiled.literal != nil && style == core.BodyJSON {
			compiled.literal = value.AppendQuoted(nil, compiled.shown)
		}
		fields = append(fields, compiled)
	}
	return fields, nil
}

// field compiles one field; nil without an error if it has no name yet and is
// left out.
func (c *compiler) field(i int, f core.Field, keys []core.NamedSecret) (*field, error) {
	if f.Name == "" {
		if c.note == nil {
			return nil, wrong("A field has no name. Type the name the other system uses, or remove it.")
		}
		if f.From != "" {
			c.note(core.Note{Where: fmt.Sprintf("field:%d", i), Text: f.From + " is left out until you name it."})
		}
		return nil, nil
	}
	compiled := &field{at: i, kind: f.Kind(), omitEmpty: f.OmitEmpty}
	var err error
	if compiled.name, err = parseName(f.Name); err != nil {
		return nil, err
	}
	return compiled, c.origin(compiled, f, keys)
}

// origin compiles where a field's value comes from.
func (c *compiler) origin(compiled *field, f core.Field, keys []core.NamedSecret) (err error) {
	switch compiled.kind {
	case core.FieldFrom:
		compiled.path, err = value.ParsePath(f.From)
	case core.FieldTemplate:
		compiled.text, err = c.text(compiled.where(), f.Template, merge.Plain, keys)
	case core.FieldSecret:
		compiled.hidden = true
		compiled.shown, err = c.secret(f.Secret)
	default:
		compiled.shown, err = f.Value, filledIn(f.Value)
	}
	if err != nil {
		return err
	}
	if compiled.kind == core.FieldValue || compiled.kind == core.FieldSecret {
		compiled.literal = append([]byte{}, compiled.shown...)
		return nil
	}
	if compiled.chain, err = convert.Parse(f.Convert); err != nil {
		return err
	}
	if compiled.text != nil && compiled.text.hidden {
		compiled.hidden, compiled.chain = true, compiled.chain.Quiet()
	}
	return nil
}
