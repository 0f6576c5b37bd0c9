package message

import (
	"cmp"
	"strconv"

	"hookbird/core/value"
)

// pairs packs fields as names and values, written as a form or as a multipart
// form.
type pairs struct {
	fields []*field
	names  []string // as sent, but not encoded: a[b]
	keys   [][]byte // the same, encoded for a form
}

func newPairs(fields []*field) *pairs {
	p := &pairs{fields: fields}
	for _, f := range fields {
		text := f.name.form()
		p.names = append(p.names, text)
		p.keys = append(p.keys, appendForm(nil, []byte(text)))
	}
	return p
}

func (p *pairs) pack(records []Record, r *render) error {
	r.enter(records[0])
	for i, f := range p.fields {
		v, leaveOut, err := r.find(f)
		switch {
		case err != nil || leaveOut:
		case f.literal != nil:
			r.add(p.names[i], p.keys[i], f.literal, f.hidden)
		case nested(v) && !f.chain.Whole():
			err = r.flatten(p.names[i], v)
		default:
			r.addValue(p.names[i], p.keys[i], v, f.hidden)
		}
		if err = cmp.Or(err, r.fits()); err != nil {
			return err
		}
	}
	return nil
}

// wholePairs packs all of a record.
type wholePairs struct{}

func (wholePairs) pack(records []Record, r *render) error {
	for name, v := range records[0].Data.Fields() {
		if err := r.flatten(name, v); err != nil {
			return err
		}
	}
	return nil
}

// flatten writes a value under a name, what an array or object holds under
// name[0] or name[inner]. An empty one is written like a missing value. A name is
// repeated for all that it holds, so that a short record can become a long form.
func (r *render) flatten(name string, v value.Value) error {
	switch {
	case !nested(v):
		r.addValue(name, nil, v, false)
		return r.fits()
	case v.Kind() == value.Object:
		for inner, field := range v.Fields() {
			if err := r.flatten(name+"["+inner+"]", field); err != nil {
				return err
			}
		}
	default:
		i := 0
		for element := range v.Elements() {
			if err := r.flatten(name+"["+strconv.Itoa(i)+"]", element); err != nil {
				return err
			}
			i++
		}
	}
	return nil
}

func nested(v value.Value) bool {
	return (v.Kind() == value.Object || v.Kind() == value.Array) && !v.IsEmpty()
}

// addValue writes a pair whose value is text; an empty array or object is no text.
func (r *render) addValue(name string, key []byte, v value.Value, hidden bool) {
	var scratch [128]byte
	var text []byte
	if !v.IsEmpty() {
		text = v.View(scratch[:0])
	}
	r.add(name, key, text, hidden)
}

// add writes a pair. key is the name as a form writes it, nil if that is not
// known yet. hidden tells that dots stand for a secret in what is shown.
func (r *render) add(name string, key, text []byte, hidden bool) {
	if r.telling {
		r.pair(name, string(text), hidden)
	}
	if r.parts != nil {
		r.parts.add(name, text)
		return
	}
	if len(r.body) > 0 {
		r.body = append(r.body, '&')
	}
	if key != nil {
		r.body = append(r.body, key...)
	} else {
		r.body = appendForm(r.body, []byte(name))
	}
	r.body = append(r.body, '=')
	if hidden && r.telling {
		r.body = appendFormDots(r.body, text)
	} else {
		r.body = appendForm(r.body, text)
	}
}
