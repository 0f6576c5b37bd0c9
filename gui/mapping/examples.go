package mapping

import (
	"slices"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/convert"
	"hookbird/core/merge"
	"hookbird/core/value"
)

// Examples are records to show a mapping with: the one that is looked at, and
// others of the same webhook. The zero Examples has no record. It belongs to the
// UI goroutine.
type Examples struct {
	samples []control.Sample
	chosen  int
	all     []control.SampleField // of all records, those of the chosen one first
	data    value.Value           // of the chosen one
}

// NewExamples makes examples of the records there are, and which of them is
// looked at.
func NewExamples(samples []control.Sample, chosen int) *Examples {
	e := &Examples{samples: samples, chosen: chosen}
	e.all = slices.Clone(e.Fields())
	for _, s := range samples {
		for _, f := range s.Fields {
			if !e.has(f.Path) {
				e.all = append(e.all, control.SampleField{Path: f.Path})
			}
		}
	}
	if data, err := value.Parse(e.Chosen().Data); err == nil {
		e.data = data
	}
	return e
}

func (e *Examples) has(path string) bool {
	return slices.ContainsFunc(e.all, func(f control.SampleField) bool { return f.Path == path })
}

// Chosen is the record that is looked at.
func (e *Examples) Chosen() control.Sample {
	if e == nil || e.chosen < 0 || e.chosen >= len(e.samples) {
		return control.Sample{}
	}
	return e.samples[e.chosen]
}

// Fields lists the fields of the record that is looked at.
func (e *Examples) Fields() []control.SampleField { return e.Chosen().Fields }

// All lists the fields of all records, those of the one that is looked at first.
// The others have no value.
func (e *Examples) All() []control.SampleField {
	if e == nil {
		return nil
	}
	return e.all
}

// Now is what the record has under a path.
func (e *Examples) Now(path string) (text string, known bool) {
	v, known := e.find(path)
	return v.Text(), known
}

func (e *Examples) find(path string) (value.Value, bool) {
	if e == nil {
		return value.Value{}, false
	}
	p, err := value.ParsePath(path)
	if err != nil {
		return value.Value{}, false
	}
	return p.Find(e.data)
}

// Values lists what the records have under a path, each value once, that of the
// record that is looked at first. Empty ones are left out, and so is what a
// made-up record has, as long as there are others.
func (e *Examples) Values(path string) []string {
	if e == nil {
		return nil
	}
	var real, madeUp []string
	if now, _ := e.Now(path); e.Chosen().Seq != 0 {
		real = addValue(real, now)
	}
	for _, s := range e.samples {
		for _, f := range s.Fields {
			switch {
			case f.Path != path:
			case s.Seq == 0:
				madeUp = addValue(madeUp, f.Value)
			default:
				real = addValue(real, f.Value)
			}
		}
	}
	if len(real) > 0 {
		return real
	}
	return madeUp
}

func addValue(values []string, text string) []string {
	if text == "" || slices.Contains(values, text) {
		return values
	}
	return append(values, text)
}

// Known tells whether any record has a field under a path. Without a record
// everything is.
func (e *Examples) Known(path string) bool {
	if len(e.All()) == 0 || e.has(path) {
		return true
	}
	p, err := value.ParsePath(path)
	if err != nil {
		return false
	}
	for _, s := range e.samples {
		if data, err := value.Parse(s.Data); err == nil {
			if _, found := p.Find(data); found {
				return true
			}
		}
	}
	return false
}

// Meant is the field that somebody probably meant by a path that no record has.
func (e *Examples) Meant(path string) (string, bool) {
	all := e.All()
	names := make([]string, len(all))
	for i, f := range all {
		names[i] = f.Path
	}
	return value.Suggest(path, names)
}

// Sent is what goes out of a row for the record that is looked at. It fails with
// a sentence where the row's value cannot be converted.
func (e *Examples) Sent(row *Row) (string, error) {
	v, err := e.origin(row)
	if err != nil {
		return "", err
	}
	chain, err := convert.Parse(row.Convert)
	if err != nil {
		return "", err
	}
	if v, err = chain.Apply(v); err != nil {
		return "", err
	}
	return v.Text(), nil
}

// Steps is what a row's value is after each of its steps, as far as they work.
func (e *Examples) Steps(row *Row) ([]string, error) {
	v, err := e.origin(row)
	if err != nil {
		return nil, err
	}
	var texts []string
	for _, step := range row.Convert {
		chain, err := convert.Parse([]string{step})
		if err == nil {
			v, err = chain.Apply(v)
		}
		if err != nil {
			return texts, err
		}
		texts = append(texts, v.Text())
	}
	return texts, nil
}

// origin is a row's value before any step.
func (e *Examples) origin(row *Row) (value.Value, error) {
	if row.Kind != core.FieldTemplate {
		v, _ := e.find(row.Field().From)
		return v, nil
	}
	text, err := e.filled(row.Template)
	return value.NewText(text), err
}

// filled fills a text with fields in, for the record that is looked at. Secrets
// are dots.
func (e *Examples) filled(template string) (string, error) {
	t, err := merge.Parse(template, merge.Plain)
	if err != nil {
		return "", err
	}
	scope := &merge.Scope{Secret: func(string) string { return core.Dots }}
	if e != nil {
		scope.Data = e.data
	}
	text, err := t.Append(nil, scope)
	return string(text), err
}
