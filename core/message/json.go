package message

import (
	"fmt"
	"unicode/utf8"

	"hookbird/core/value"
)

// tree packs fields as one JSON object, in which names with dots nest. Its root
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
		if err := t.root.add(nameSteps(f.name), f); err != nil {
			if err := c.wrong(fmt.Sprintf("field:%d", f.at), err); err != nil {
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
		next = &branch{name: steps[0], key: append(appendJSON(nil, steps[0]), ':')}
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

func (t *tree) asItCame() bool                { return false }
func (t *tree) tell(_ value.Value, _ *render) {}

func (t *tree) pack(record value.Value, r *render) {
	r.object(t.root, record)
}

// object writes the object of a branch and tells whether anything stands in it.
func (r *render) object(b *branch, record value.Value) bool {
	r.body = append(r.body, '{')
	any := false
	for _, in := range b.inner {
		before := len(r.body)
		if any {
			r.body = append(r.body, ',')
		}
		r.body = append(r.body, in.key...)
		if !r.branch(in, record) {
			r.body = r.body[:before]
			continue
		}
		any = true
	}
	r.body = append(r.body, '}')
	return any
}

// branch writes the value of a branch; false if it is left out, as an object is
// whose every field is.
func (r *render) branch(b *branch, record value.Value) bool {
	if b.field == nil {
		return r.object(b, record)
	}
	v, leaveOut := r.find(b.field, record)
	if leaveOut {
		return false
	}
	if b.field.literal != nil {
		r.body = append(r.body, b.field.literal...)
	} else {
		r.body = append(r.body, v.Raw()...)
	}
	r.fieldPair(b.field.name, b.field, v)
	return true
}

// wholeJSON sends a record as it came.
type wholeJSON struct{}

func (wholeJSON) asItCame() bool                { return true }
func (wholeJSON) pack(_ value.Value, _ *render) {}

func (wholeJSON) tell(record value.Value, r *render) {
	for name, v := range record.Fields() {
		r.pair(name, v.Text(), false)
	}
}

// appendJSON writes a text as a JSON string, escaping only what has to be.
func appendJSON(dst []byte, text string) []byte {
	const digits = "0123456789abcdef"
	dst = append(dst, '"')
	for _, r := range text { // bytes that are not UTF-8 come as U+FFFD
		switch {
		case r == '"' || r == '\\':
			dst = append(dst, '\\', byte(r))
		case r == '\n':
			dst = append(dst, '\\', 'n')
		case r == '\r':
			dst = append(dst, '\\', 'r')
		case r == '\t':
			dst = append(dst, '\\', 't')
		case r < ' ' || r == 0x7f:
			dst = append(dst, '\\', 'u', '0', '0', digits[r>>4], digits[r&15])
		default:
			dst = utf8.AppendRune(dst, r)
		}
	}
	return append(dst, '"')
}
