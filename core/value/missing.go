package value

import (
	"fmt"
	"strings"
)

// Missing says in a sentence why the path finds nothing in a record, and what to
// write instead where that can be told. It is "" if the path finds something.
func (p Path) Missing(record Value) string {
	if _, ok := p.Find(record); ok || p.whole.text == "" {
		return ""
	}
	if len(p.steps) == 0 {
		return p.unknown(record, "The record", p.whole.text)
	}
	v, so := record, "The record"
	for i := range p.steps {
		s := &p.steps[i]
		next, ok := v.named(s.name)
		if !ok {
			return p.lacking(v, i, so)
		}
		so = p.whole.text[:s.end]
		if s.kind != pickWhole {
			list := next
			if next, ok = s.first(list); !ok {
				return s.chosen(list, p.whole.text)
			}
		}
		v = next
	}
	return ""
}

// lacking tells that v, which the path so far has found, has no field for the
// step at i.
func (p Path) lacking(v Value, i int, so string) string {
	switch {
	case v.Kind() == Object:
		return p.unknown(v, so, p.steps[i].name.text)
	case i == 0:
		return "The record is not one object with names and values."
	case v.IsEmpty():
		return so + " is empty."
	case v.Kind() == Array && p.steps[i-1].kind == pickWhole:
		rest := p.whole.text[p.steps[i-1].end:]
		return fmt.Sprintf("%s is a list. Write %s(*)%s for any of its items, or %s(1)%s for the first.", so, so, rest, so, rest)
	default:
		return fmt.Sprintf("%s holds no fields of its own.", so)
	}
}

// unknown tells that an object has no field of this name, and which one may be
// meant.
func (p Path) unknown(v Value, so, name string) string {
	sentence := fmt.Sprintf("%s has no field called %q.", so, name)
	var names []string
	for _, f := range distinct(v) {
		names = append(names, f.Path)
	}
	if so == "The record" && len(p.steps) < 2 {
		for _, f := range Paths(v) {
			names = append(names, f.Path)
		}
	}
	if meant, ok := Suggest(name, names); ok {
		sentence += fmt.Sprintf(" Did you mean %q?", meant)
	}
	return sentence
}

// first gives the first item of a list that the step chooses.
func (s *step) first(list Value) (found Value, ok bool) {
	s.items(list, nil, func(item Value) bool {
		found, ok = item, true
		return false
	})
	return found, ok
}

// chosen tells that the step chooses nothing in a list. text is that of the path.
func (s *step) chosen(list Value, text string) string {
	name, selector := text[:s.bare], text[s.bare+1:s.end-1]
	if list.Kind() != Array && list.Kind() != Object && list.Kind() != Null {
		return fmt.Sprintf("%s is no list of items to choose from.", name)
	}
	count := 0
	(&step{kind: pickAll}).items(list, nil, func(Value) bool {
		count++
		return true
	})
	switch {
	case count == 0:
		return name + " is empty."
	case s.kind == pickNth && count == 1:
		return name + " has only 1 item."
	case s.kind == pickNth:
		return fmt.Sprintf("%s has only %d items.", name, count)
	default:
		return fmt.Sprintf("No item of %s has %s.", name, strings.TrimSpace(selector))
	}
}
