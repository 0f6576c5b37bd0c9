package form

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/source"
)

// maxInputs is how many fields a form can have.
const maxInputs = 200

// Validate says what is wrong with a form, each thing with its place as a JSON
// pointer ("/fields/0/name"); nil if all is well.
func Validate(f *core.FormSource) core.Errors {
	var errs core.Errors
	if len(f.Inputs) == 0 || len(f.Inputs) > maxInputs {
		return core.Errors{wrong("A form has from 1 to %d fields.", maxInputs).At("/fields")}
	}
	for i, in := range f.Inputs {
		at := fmt.Sprintf("/fields/%d", i)
		if strings.TrimSpace(in.Name) == "" {
			errs = append(errs, wrong("A field has no name. Give it one, or remove it.").At(at+"/name"))
		} else if slices.ContainsFunc(f.Inputs[:i], func(o core.Input) bool { return o.Name == in.Name }) {
			errs = append(errs, wrong("The field %q is there twice. Each field has a name of its own.", in.Name).At(at+"/name"))
		}
		if _, known := kinds[in.Kind]; !known {
			errs = append(errs, wrong("Hookbird does not know this kind of field.").At(at+"/kind"))
			continue
		}
		if in.Kind == core.InputChoice && len(in.Choices) == 0 {
			errs = append(errs, wrong("The field %q has nothing to choose from. Add its choices.", in.Name).At(at+"/choices"))
			continue
		}
		in.Required = false
		if _, err := appendInput(nil, in, in.Default); err != nil {
			errs = append(errs, wrong("What %q is filled in with at first cannot stand there. %s", in.Name, err.Message).At(at+"/default"))
		}
	}
	return errs
}

// Survey says what a form asks for, and shows the record of one that is left as it
// is. CodeInvalid if it cannot be filled in.
func Survey(_ context.Context, src *core.Source, _ source.Env) (core.Survey, error) {
	if errs := Validate(src.Form); len(errs) > 0 {
		return core.Survey{}, errs[0]
	}
	s := core.Survey{Records: -1, Text: "A form with 1 field."}
	if n := len(src.Form.Inputs); n > 1 {
		s.Text = fmt.Sprintf("A form with %d fields.", n)
	}
	blank := src.Clone().Form
	for i := range blank.Inputs {
		blank.Inputs[i].Required = false
		s.Columns = append(s.Columns, core.Column{Name: blank.Inputs[i].Name})
	}
	data, _ := read(blank, nil) // its defaults were looked at
	s.Samples = [][]byte{data}
	return s, nil
}
