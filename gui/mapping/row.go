package mapping

import (
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/merge"
)

// Row is one line of a table: a field to send, a fixed value, a secret value or
// a header line, as far as somebody has filled it in. Its pointer is its
// identity: it stays the same while rows are moved, added and removed.
type Row struct {
	Kind      core.FieldKind
	Name      string   // what the other system calls it
	From      string   // path into the record, for FieldFrom
	Template  string   // text with fields, for FieldTemplate
	Value     string   // for FieldValue
	Blank     bool     // the fixed value is empty on purpose
	Convert   []string // steps that From or Template goes through, in order
	OmitEmpty bool
	Secret    core.Secret

	place string // what the stored webhook calls its secret, "" for a new one
	typed bool   // by a person, whose outer spaces are slips
}

// Box is one of the controls of a row.
type Box int

// The controls of a row.
const (
	BoxFrom  Box = iota // our field, or the text with fields
	BoxName             // their name
	BoxValue            // fixed or secret value
	BoxSteps            // how it is converted
)

// boxes lists them in the order in which their problems are said.
var boxes = []Box{BoxFrom, BoxName, BoxValue, BoxSteps}

// Group says in which table a row of a message stands.
type Group int

// The tables of a message.
const (
	Taken  Group = iota // taken from the record: one field, or a text with fields
	Fixed               // the same every time
	Hidden              // secret values
)

// Group is the table that the row belongs to.
func (r *Row) Group() Group {
	switch r.Kind {
	case core.FieldValue:
		return Fixed
	case core.FieldSecret:
		return Hidden
	default:
		return Taken
	}
}

// IsBlank tells whether nothing at all was filled in yet: such a row is left out
// and is nobody's mistake.
func (r *Row) IsBlank() bool {
	return strings.TrimSpace(r.Name) == "" && r.From == "" && r.Template == "" &&
		r.Value == "" && !r.Blank && r.Secret.IsZero()
}

// Complete tells whether the row says enough to be sent.
func (r *Row) Complete() bool { return len(r.Missing()) == 0 }

// Missing lists what the row still lacks.
func (r *Row) Missing() []Box {
	var lacks []Box
	if r.Kind == core.FieldFrom && strings.TrimSpace(r.From) == "" || r.Kind == core.FieldTemplate && r.Template == "" {
		lacks = append(lacks, BoxFrom)
	}
	if strings.TrimSpace(r.Name) == "" {
		lacks = append(lacks, BoxName)
	}
	if r.Kind == core.FieldSecret && r.Secret.IsZero() {
		lacks = append(lacks, BoxValue)
	}
	return lacks
}

// MissingText says what to do about what a row lacks.
func MissingText(row *Row, box Box) string {
	switch {
	case box == BoxFrom && row.Kind == core.FieldTemplate:
		return "Type the text, or remove this row."
	case box == BoxFrom:
		return "Choose one of our fields, or remove this row."
	case box == BoxName:
		return "Type the name the other system uses, or remove this row."
	default:
		return "Type the secret value, or remove this row."
	}
}

// Unnamed tells whether a row has a field but no name for it yet, which is worth
// a quiet word before it is a problem.
func (r *Row) Unnamed() bool {
	return r.Group() == Taken && r.From+r.Template != "" && strings.TrimSpace(r.Name) == ""
}

// Title is what to call the row on screen: its field, else its name.
func (r *Row) Title() string {
	switch {
	case r.Kind == core.FieldFrom && r.From != "":
		return r.From
	case r.Name != "":
		return r.Name
	case r.Template != "":
		return r.Template
	default:
		return "this field"
	}
}

// Keep notes by what name the row's secret can be revealed.
func (r *Row) Keep(place string) { r.place = place }

// Place is what the stored webhook calls the row's secret, by which it can be
// revealed; "" for one that was typed since.
func (r *Row) Place() string {
	if r.Secret.IsZero() || r.Secret.ID() == "" || r.Secret.Missing() {
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

// SetTemplate takes a typed text with fields.
func (r *Row) SetTemplate(text string) { r.Template = text }

// SetValue takes a typed fixed value.
func (r *Row) SetValue(text string) {
	r.Value = text
	r.Blank = r.Blank && text == ""
}

// AsText makes a text with fields of a row that takes one field.
func (r *Row) AsText() {
	if r.Kind != core.FieldFrom {
		return
	}
	if r.From != "" {
		r.Template = Mention(r.From, merge.Plain)
	}
	r.Kind, r.From = core.FieldTemplate, ""
}

// AsField makes a row that takes one field of a text: the first that it has.
func (r *Row) AsField() {
	if r.Kind != core.FieldTemplate {
		return
	}
	r.From = ""
	if names := fieldsOf(r.Template); len(names) > 0 {
		r.From = names[0]
	}
	r.Kind, r.Template, r.typed = core.FieldFrom, "", true
}

// Copy gives a row that says the same under a name still to be typed. A secret is
// not copied: it has a name of its own in the store.
func (r *Row) Copy() *Row {
	c := &Row{
		Kind: r.Kind, From: r.From, Template: r.Template, Value: r.Value, Blank: r.Blank,
		Convert: slices.Clone(r.Convert), OmitEmpty: r.OmitEmpty, typed: r.typed,
	}
	return c
}

func (r *Row) trim(text string) string {
	if r.typed {
		return strings.TrimSpace(text)
	}
	return text
}

// Field gives the row as a field of a message.
func (r *Row) Field() core.Field {
	f := core.Field{Name: r.trim(r.Name), OmitEmpty: r.OmitEmpty, Convert: slices.Clone(r.Convert)}
	switch r.Kind {
	case core.FieldFrom:
		f.From = r.trim(r.From)
	case core.FieldTemplate:
		f.Template = r.Template
	case core.FieldSecret:
		f.Secret = r.Secret
	default:
		f.Value, f.Blank = r.Value, r.Blank
	}
	return f
}

// Header gives the row as a header line.
func (r *Row) Header() core.Header {
	h := core.Header{Name: r.trim(r.Name)}
	if r.Kind == core.FieldSecret {
		h.Secret = r.Secret
	} else {
		h.Value = r.Value
	}
	return h
}

// Key gives the row as a secret that texts read by its name.
func (r *Row) Key() core.NamedSecret {
	return core.NamedSecret{Name: r.trim(r.Name), Secret: r.Secret}
}
