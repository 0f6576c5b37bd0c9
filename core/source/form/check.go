package form

import (
	"slices"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// maxValue is how many characters one field takes.
const maxValue = 100_000

// Check says what is wrong with what was filled in, each thing with the name of its
// field as the place ("/email"); nil if all is well. It may be asked at every
// keystroke. A field that is not among the values counts as its default.
func Check(src *core.Source, values map[string]string) core.Errors {
	_, errs := read(src.Form, values)
	return errs
}

// read makes the record of what was filled in, a JSON object whose fields are in the
// order of the form.
func read(f *core.FormSource, values map[string]string) (data []byte, errs core.Errors) {
	data = []byte{'{'}
	for i, in := range f.Inputs {
		text, ok := values[in.Name]
		if !ok {
			text = in.Default
		}
		if i > 0 {
			data = append(data, ',')
		}
		data = append(value.AppendQuoted(data, in.Name), ':')
		var err *core.Error
		if data, err = appendInput(data, in, text); err != nil {
			errs = append(errs, err.At(pointer(in.Name)))
		}
	}
	for name := range values {
		if !slices.ContainsFunc(f.Inputs, func(in core.Input) bool { return in.Name == name }) {
			errs = append(errs, wrong("The form has no field with this name.").At(pointer(name)))
		}
	}
	if data = append(data, '}'); len(data) > core.MaxEventData {
		errs = append(errs, wrong("Together this is longer than a record may be. Shorten it."))
	}
	return data, errs
}

// appendInput appends the value of a field as JSON, or says what is wrong with it.
func appendInput(data []byte, in core.Input, text string) ([]byte, *core.Error) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" && in.Required:
		return data, missing(in.Kind)
	case text == "":
		return append(data, empty(in.Kind)...), nil
	case utf8.RuneCountInString(text) > maxValue:
		return data, wrong("This is longer than 100,000 characters. Shorten it.")
	case !printable(text):
		return data, wrong("This holds characters that cannot be shown. Type it anew.")
	}
	kind := kinds[in.Kind]
	if kind == nil {
		return data, wrong("This field is of a kind that Hookbird does not know. Choose another in the settings of the form.")
	}
	value, err := kind(in, text)
	if err != nil {
		return data, err
	}
	return append(data, value...), nil
}

func missing(kind core.InputKind) *core.Error {
	switch kind {
	case core.InputChoice, core.InputYesNo:
		return wrong("Choose one.")
	}
	return wrong("Fill this in.")
}

// empty is the value of a field that was left empty.
func empty(kind core.InputKind) string {
	switch kind {
	case core.InputNumber, core.InputYesNo:
		return "null"
	}
	return `""`
}

// pointer gives the JSON pointer of a field.
func pointer(name string) string {
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}

func wrong(format string, args ...any) *core.Error {
	return core.Errorf(core.CodeInvalid, format, args...)
}
