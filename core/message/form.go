package message

import (
	"strconv"
	"strings"

	"hookbird/core/value"
)

// form packs fields as application/x-www-form-urlencoded.
type form struct {
	fields []*field
	names  []string // as sent, but not encoded: a[b]
	keys   [][]byte // the same, encoded
}

func newForm(fields []*field) *form {
	f := &form{fields: fields}
	for _, field := range fields {
		name := formName(field.name)
		f.names = append(f.names, name)
		f.keys = append(f.keys, appendForm(nil, []byte(name)))
	}
	return f
}

// formName writes a name with dots the way forms nest: a[b].
func formName(name string) string {
	steps := nameSteps(name)
	if len(steps) == 1 || strings.ContainsAny(name, "[]") {
		return name
	}
	return steps[0] + "[" + strings.Join(steps[1:], "][") + "]"
}

func (f *form) asItCame() bool                { return false }
func (f *form) tell(_ value.Value, _ *render) {}

func (f *form) pack(record value.Value, r *render) {
	for i, field := range f.fields {
		v, leaveOut := r.find(field, record)
		switch {
		case leaveOut:
		case field.literal != nil:
			r.key(f.keys[i])
			r.body = append(r.body, field.literal...)
			r.fieldPair(f.names[i], field, v)
		case nested(v):
			flatten(f.names[i], v, r)
		default:
			r.key(f.keys[i])
			r.body = appendFormValue(r.body, v)
			r.fieldPair(f.names[i], field, v)
		}
	}
}

// wholeForm packs all of a record as a form.
type wholeForm struct{}

func (wholeForm) asItCame() bool                { return false }
func (wholeForm) tell(_ value.Value, _ *render) {}

func (wholeForm) pack(record value.Value, r *render) {
	for name, v := range record.Fields() {
		flatten(name, v, r)
	}
}

// flatten writes a value under a name, what an array or object holds under
// name[0] or name[inner]. An empty one is written like a missing value.
func flatten(name string, v value.Value, r *render) {
	switch {
	case !nested(v):
		r.key(appendForm(nil, []byte(name)))
		r.body = appendFormValue(r.body, v)
		r.pair(name, v.Text(), false)
	case v.Kind() == value.Object:
		for inner, field := range v.Fields() {
			flatten(name+"["+inner+"]", field, r)
		}
	default:
		i := 0
		for element := range v.Elements() {
			flatten(name+"["+strconv.Itoa(i)+"]", element, r)
			i++
		}
	}
}

func nested(v value.Value) bool {
	return (v.Kind() == value.Object || v.Kind() == value.Array) && !v.IsEmpty()
}

// key writes the encoded name of the next pair.
func (r *render) key(encoded []byte) {
	if len(r.body) > 0 {
		r.body = append(r.body, '&')
	}
	r.body = append(append(r.body, encoded...), '=')
}

// appendFormValue writes a value as the text of a pair; an empty array or object
// is no text.
func appendFormValue(dst []byte, v value.Value) []byte {
	if v.IsEmpty() {
		return dst
	}
	var scratch [128]byte
	return appendForm(dst, v.AppendText(scratch[:0]))
}

// appendForm encodes a text as the URL standard of WHATWG does for forms: space
// as +, letters, digits and *-._ as they are, the rest percent-encoded.
func appendForm(dst, text []byte) []byte {
	const digits = "0123456789ABCDEF"
	for _, c := range text {
		switch {
		case c == ' ':
			dst = append(dst, '+')
		case formPlain[c]:
			dst = append(dst, c)
		default:
			dst = append(dst, '%', digits[c>>4], digits[c&15])
		}
	}
	return dst
}

var formPlain = func() (plain [256]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789*-._" {
		plain[c] = true
	}
	return plain
}()
