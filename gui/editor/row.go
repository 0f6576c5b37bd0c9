package editor

import (
	"strings"

	"hookbird/core"
)

// Row is one line of a table: a field to send, a fixed value, a secret value or
// a header line, as far as somebody has filled it in. Its pointer is its
// identity: it stays the same while rows are moved, added and removed.
type Row struct {
	Kind      core.FieldKind
	Name      string // what the other system calls it
	From      string // path into the record, for FieldFrom
	Value     string // for FieldValue
	Secret    core.Secret
	OmitEmpty bool

	place string // what the stored webhook calls its secret, "" for a new one
	typed bool   // by a person, whose outer spaces are slips
}

// Blank tells whether nothing at all was filled in yet: such a row is left out
// and is nobody's mistake.
func (r *Row) Blank() bool {
	return strings.TrimSpace(r.Name) == "" && r.From == "" && r.Value == "" && r.Secret.IsZero()
}

// Complete tells whether the row says enough to be sent.
func (r *Row) Complete() bool {
	return len(r.missing()) == 0
}

// missing lists what the row still lacks.
func (r *Row) missing() []Part {
	var parts []Part
	if r.Kind == core.FieldFrom && strings.TrimSpace(r.From) == "" {
		parts = append(parts, PartFrom)
	}
	if strings.TrimSpace(r.Name) == "" {
		parts = append(parts, PartRowName)
	}
	if r.Kind == core.FieldSecret && r.Secret.IsZero() {
		parts = append(parts, PartValue)
	}
	return parts
}

// Place is what the stored webhook calls the row's secret, by which it can be
// revealed; "" for one that was typed since.
func (r *Row) Place() string {
	if r.Secret.IsZero() || r.Secret.ID() == "" {
		return ""
	}
	return r.place
}

// Type puts a typed text in the place of the row's secret; an empty text takes
// the secret away.
func (r *Row) Type(text string) {
	if text == "" {
		r.Secret = core.Secret{}
		return
	}
	r.Secret = core.NewSecret(text)
}

// SetName takes a typed name.
func (r *Row) SetName(name string) { r.Name, r.typed = name, true }

// SetFrom takes a chosen or typed path.
func (r *Row) SetFrom(path string) { r.From, r.typed = path, true }

func (r *Row) trim(text string) string {
	if r.typed {
		return strings.TrimSpace(text)
	}
	return text
}

func (r *Row) field() core.Field {
	f := core.Field{Name: r.trim(r.Name), OmitEmpty: r.OmitEmpty}
	switch r.Kind {
	case core.FieldFrom:
		f.From = r.trim(r.From)
	case core.FieldSecret:
		f.Secret = r.Secret
	default:
		f.Value = r.Value
	}
	return f
}

func rowOfField(f core.Field) *Row {
	return &Row{
		Kind: f.Kind(), Name: f.Name, From: f.From, Value: f.Value,
		Secret: f.Secret, OmitEmpty: f.OmitEmpty,
	}
}

func rowOfHeader(h core.Header) *Row {
	kind := core.FieldValue
	if !h.Secret.IsZero() {
		kind = core.FieldSecret
	}
	return &Row{Kind: kind, Name: h.Name, Value: h.Value, Secret: h.Secret}
}

func (r *Row) header() core.Header {
	h := core.Header{Name: r.trim(r.Name)}
	if r.Kind == core.FieldSecret {
		h.Secret = r.Secret
	} else {
		h.Value = r.Value
	}
	return h
}

// Rows is an ordered list of rows of mixed kinds. The order is the order in
// which they are sent.
type Rows []*Row

// Of gives the rows of one kind, in order.
func (rs Rows) Of(kind core.FieldKind) Rows {
	var of Rows
	for _, r := range rs {
		if r.Kind == kind {
			of = append(of, r)
		}
	}
	return of
}

// Add puts a row behind the last one of its kind, at the end if it is the first.
func (rs Rows) Add(row *Row) Rows {
	at := len(rs)
	for i := len(rs) - 1; i >= 0; i-- {
		if rs[i].Kind == row.Kind {
			at = i + 1
			break
		}
	}
	added := make(Rows, 0, len(rs)+1)
	added = append(added, rs[:at]...)
	added = append(added, row)
	return append(added, rs[at:]...)
}

// Remove takes a row out.
func (rs Rows) Remove(row *Row) Rows {
	rest := make(Rows, 0, len(rs))
	for _, r := range rs {
		if r != row {
			rest = append(rest, r)
		}
	}
	return rest
}

// Move swaps a row with the one before (by -1) or behind it (by 1) of the same
// kind, and tells whether there was one. Rows of other kinds stay where they are.
func (rs Rows) Move(row *Row, by int) bool {
	at := rs.index(row)
	if at < 0 {
		return false
	}
	for i := at + by; i >= 0 && i < len(rs); i += by {
		if rs[i].Kind == row.Kind {
			rs[at], rs[i] = rs[i], rs[at]
			return true
		}
	}
	return false
}

func (rs Rows) index(row *Row) int {
	for i, r := range rs {
		if r == row {
			return i
		}
	}
	return -1
}
