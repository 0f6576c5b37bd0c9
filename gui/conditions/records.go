package conditions

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"hookbird/core/control"
	"hookbird/core/value"
	"hookbird/gui/mapping"
	"hookbird/gui/words"
)

// records are those that conditions are shown with.
type records struct {
	examples *mapping.Examples
	data     []value.Value     // of those that came in, or of the made-up one if none did
	real     bool              // they came in
	counted  map[string][]seen // by path, of those that were asked for
}

func newRecords(samples []control.Sample, chosen int) *records {
	r := &records{examples: mapping.NewExamples(samples, chosen), counted: map[string][]seen{}}
	r.real = slices.ContainsFunc(samples, func(s control.Sample) bool { return s.Seq != 0 })
	for _, s := range samples {
		if (s.Seq != 0) != r.real {
			continue
		}
		if data, err := value.Parse(s.Data); err == nil {
			r.data = append(r.data, data)
		}
	}
	return r
}

// fields lists what can be chosen, with what the example has there.
func (r *records) fields() []offer {
	var list []offer
	for _, f := range r.examples.All() {
		list = append(list, offer{text: f.Path, note: f.Value})
	}
	return list
}

// seen is a value that records have, and how many of them.
type seen struct {
	text  string
	count int
}

// longest is how long a value may be, in characters, to be offered or counted.
const longest = 60

// values lists what the records have under a path, the most frequent first.
func (r *records) values(path string) []seen {
	list, known := r.counted[path]
	if !known {
		list = r.count(path)
		r.counted[path] = list
	}
	return list
}

func (r *records) count(path string) []seen {
	p, err := value.ParsePath(path)
	if err != nil {
		return nil
	}
	at := map[string]int{}
	var list []seen
	for _, record := range r.data {
		for _, text := range textsOf(p, record) {
			i, known := at[text]
			if !known {
				i, at[text] = len(list), len(list)
				list = append(list, seen{text: text})
			}
			list[i].count++
		}
	}
	slices.SortStableFunc(list, func(a, b seen) int { return cmp.Compare(b.count, a.count) })
	return list
}

// textsOf lists the plain values of one record under a path, each once.
func textsOf(p value.Path, record value.Value) []string {
	var texts []string
	p.Each(record, func(v value.Value) bool {
		if v.Kind() != value.Array && v.Kind() != value.Object && !v.IsEmpty() {
			text := v.Text()
			if utf8.RuneCountInString(text) <= longest && !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		}
		return true
	})
	return texts
}

// offers lists the values to choose from for a field.
func (r *records) offers(path string) []offer {
	var list []offer
	for _, v := range r.values(path) {
		o := offer{text: v.text}
		if r.real {
			o.note = words.Records(uint64(v.count))
		}
		list = append(list, o)
	}
	return list
}

// knows tells whether a record has a field, or none could have: there is no
// record, or the path cannot be read.
func (r *records) knows(path string) bool {
	p, err := value.ParsePath(path)
	if err != nil || len(r.data) == 0 {
		return true
	}
	return slices.ContainsFunc(r.data, func(record value.Value) bool {
		found := false
		p.Each(record, func(value.Value) bool {
			found = true
			return false
		})
		return found
	})
}

// unknown says that no record has a field, and which one was probably meant; ""
// if one has it.
func (r *records) unknown(path string) string {
	if path == "" || r.knows(path) {
		return ""
	}
	text := fmt.Sprintf("No record so far has a field called %s.", path)
	if meant, ok := r.examples.Meant(path); ok {
		text += fmt.Sprintf(" Did you mean %s?", meant)
	}
	return text
}

// told is how many values of a field, and how many fields, a sentence names.
const told = 3

// were says what the records have in the fields of a filter: "role was member 12
// times, guest 8 times."
func (r *records) were(fields []string) string {
	text := ""
	for _, field := range fields {
		if values := r.values(field); r.real && len(values) > 0 {
			text = join(text, field+" was "+counts(values)+".")
		}
	}
	return text
}

// counts says how often there was which value.
func counts(values []seen) string {
	if len(values) > told && values[0].count == 1 {
		return "another one each time, as " + values[0].text
	}
	text := ""
	for i, v := range values[:min(told, len(values))] {
		if i > 0 {
			text += ", "
		}
		text += v.text + " " + times(v.count)
	}
	if len(values) > told {
		text += ", and something else in others"
	}
	return text
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	default:
		return words.Number(uint64(n)) + " times"
	}
}
