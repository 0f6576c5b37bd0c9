package message

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/convert"
	"hookbird/core/merge"
	"hookbird/core/value"
)

func (v *validator) body() {
	style := v.w.Body.Style
	switch {
	case style == "":
	case !slices.Contains(styles, style):
		v.check("/body/style", noStyle(style))
		return
	case v.w.HTTPMethod() == "GET" && style != core.BodyNone:
		v.add("/body/style", "With GET no data is sent. Choose POST, or pack nothing.")
	}
	v.keys("/body/secrets", v.w.Body.Keys)
	switch Style(v.w) {
	case core.BodyNone:
	case core.BodyTemplate:
		v.template()
	default:
		v.fields()
	}
}

func (v *validator) template() {
	b := &v.w.Body
	if err := checkContentType(b.ContentType); err != nil {
		v.check("/body/content_type", err)
		return
	}
	switch {
	case strings.TrimSpace(b.Template) == "":
		v.add("/body/template", "Type the text that is to be sent.")
	case len(b.Template) > MaxTemplate:
		v.add("/body/template", "This text is too long: it has %d characters, and %d are allowed.", len(b.Template), MaxTemplate)
	default:
		_, err := v.c.template(b, TemplateType(b))
		v.check("/body/template", err)
	}
}

func notASCII(r rune) bool { return r < ' ' || r > '~' }

func (v *validator) fields() {
	if len(v.w.Body.Fields) > MaxFields {
		v.add("/body/fields", "A message has at most %d fields.", MaxFields)
		return
	}
	for i, f := range v.w.Body.Fields {
		at := fmt.Sprintf("/body/fields/%d", i)
		v.fieldName(at+"/name", f.Name)
		v.origin(at, f)
		v.steps(at+"/convert", f)
	}
	v.names()
}

func (v *validator) fieldName(at, name string) {
	switch {
	case name == "":
		v.add(at, "Type the name the other system uses, or remove this row.")
	case len(name) > MaxName:
		v.add(at, "This name is too long: it has %d characters, and %d are allowed.", len(name), MaxName)
	case !utf8.ValidString(name):
		v.add(at, "This name holds bytes that are no text.")
	}
}

// origin looks at where a field's value comes from, which is one place.
func (v *validator) origin(at string, f core.Field) {
	text, typed := f.Secret.Text()
	switch {
	case typed:
		v.secret(at+"/secret", text)
	case f.Kind() == core.FieldFrom:
		_, err := value.ParsePath(f.From)
		v.check(at+"/from", err)
	case f.Kind() == core.FieldTemplate:
		_, err := v.c.text("", f.Template, merge.Plain, v.w.Body.Keys)
		v.check(at+"/template", err)
	case f.Kind() == core.FieldSecret:
	case f.Value == "" && !f.Blank:
		v.add(at+"/from", "Choose one of your fields, or type a fixed value.")
	default:
		v.check(at+"/value", filledIn(f.Value))
	}
	if len(f.Value) > MaxFixed {
		v.add(at+"/value", "This value is too long: it has %d characters, and %d are allowed.", len(f.Value), MaxFixed)
	}
	if len(f.Template) > MaxFixed {
		v.add(at+"/template", "This text is too long: it has %d characters, and %d are allowed.", len(f.Template), MaxFixed)
	}
	if origins(f) > 1 {
		v.add(at, "A field has one of four: a field of the record, a fixed value, a text with fields or a secret value.")
	}
}

// origins counts where a field's value would come from.
func origins(f core.Field) int {
	n := 0
	for _, has := range []bool{f.From != "", f.Value != "" || f.Blank, f.Template != "", !f.Secret.IsZero()} {
		if has {
			n++
		}
	}
	return n
}

// steps looks at the conversion of a field.
func (v *validator) steps(at string, f core.Field) {
	if len(f.Convert) == 0 {
		return
	}
	if kind := f.Kind(); kind == core.FieldValue && (f.Value != "" || f.Blank) || kind == core.FieldSecret {
		v.add(at, "A fixed value and a secret value go out as they are typed. Remove the steps.")
		return
	}
	found := len(v.errs)
	for i, step := range f.Convert {
		_, err := convert.Parse([]string{step})
		v.check(fmt.Sprintf("%s/%d", at, i), err)
	}
	if len(v.errs) == found {
		_, err := convert.Parse(f.Convert)
		v.check(at, err)
	}
}

// names finds names that would stand twice in one message, or cannot be read.
func (v *validator) names() {
	style := Style(v.w)
	flat := style == core.BodyForm || style == core.BodyMultipart
	root := &branch{}
	seen := map[string]bool{}
	for i, f := range v.w.Body.Fields {
		at := fmt.Sprintf("/body/fields/%d/name", i)
		name, err := parseName(f.Name)
		switch {
		case f.Name == "":
		case err != nil:
			v.check(at, err)
		case !flat:
			v.check(at, root.add(name.steps, &field{name: name}))
		case seen[name.form()] && !strings.HasSuffix(name.form(), "[]"): // a name in [] makes a list
			v.add(at, "This name is used twice. The other system will only keep one.")
		}
		seen[name.form()] = true
	}
}
