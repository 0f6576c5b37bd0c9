package message

import "hookbird/core/value"

// tree writes fields as one JSON object, in which names with dots nest. Its root
// has no key.
type tree struct{ root *branch }

// branch is a name of the object with either a field or the names inside it.
type branch struct {
	name  string
	key   []byte // the name as JSON, with its colon
	field *field // nil: an object of the inner ones
	inner []*branch
}

// tree puts the fields in their places. a.b and a.c share the object a, which
// stands where the first of them does.
func (c *compiler) tree(fields []*field) (*tree, error) {
	t := &tree{root: &branch{}}
	for _, f := range fields {
		if err := t.root.add(f.name.steps, f); err != nil {
			if err := c.wrong(f.where(), err); err != nil {
				return nil, err
			}
		}
	}
	return t, nil
}

// add hangs a field below b. Two fields cannot have one name, nor can one be a
// value and an object at once.
func (b *branch) add(steps []string, f *field) error {
	var next *branch
	for _, in := range b.inner {
		if in.name == steps[0] {
			next = in
		}
	}
	switch {
	case next == nil:
		next = &branch{name: steps[0], key: append(value.AppendQuoted(nil, steps[0]), ':')}
		b.inner = append(b.inner, next)
	case len(steps) == 1 && next.field != nil:
		return wrong("This name is used twice. The other system will only keep one.")
	case len(steps) == 1 || next.field != nil:
		return wrong("The name %s is used both for a value and for the names inside it.", steps[0])
	}
	if len(steps) > 1 {
		return next.add(steps[1:], f)
	}
	next.field = f
	return nil
}

func (t *tree) write(record Record, r *render) error {
	r.enter(record)
	_, err := r.object(t.root)
	return err
}

// object writes the object of a branch and tells whether anything stands in it.
func (r *render) object(b *branch) (any bool, err error) {
	r.body = append(r.body, '{')
	for _, in := range b.inner {
		before := len(r.body)
		if any {
			r.body = append(r.body, ',')
		}
		r.body = append(r.body, in.key...)
		written, err := r.branch(in)
		if err != nil {
			return any, err
		}
		if !written {
			r.body = r.body[:before]
		}
		any = any || written
	}
	r.body = append(r.body, '}')
	return any, nil
}

// branch writes the value of a branch; written is false if it is left out, as an
// object is whose every field is.
func (r *render) branch(b *branch) (written bool, err error) {
	f := b.field
	if f == nil {
		return r.object(b)
	}
	v, leaveOut, err := r.find(f)
	switch {
	case err != nil || leaveOut:
		return false, err
	case f.literal != nil:
		r.body = append(r.body, f.literal...)
		r.pair(f.name.shown(), f.shown, f.hidden)
	default:
		r.body = append(r.body, v.Raw()...)
		if r.telling {
			r.pair(f.name.shown(), v.Text(), f.hidden)
		}
	}
	return true, r.fits()
}
