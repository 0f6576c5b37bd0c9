package mapping

import (
	"slices"
	"strings"

	"hookbird/core/control"
	"hookbird/core/convert"
	"hookbird/core/merge"
)

// typing is a merge field that somebody is in the middle of.
type typing struct {
	opener string // "[" or "${"
	from   int    // where the name, or the step, begins in the text, in bytes
	query  string // what is typed of it
	step   bool   // behind a |
}

// typingAt finds out whether somebody is typing a merge field just before an
// offset of a text.
func typingAt(text string, cursor int, place merge.Place) (typing, bool) {
	t := typing{from: -1}
	for i := cursor - 1; i >= 0; i-- {
		if escaped(text, i) {
			continue
		}
		switch text[i] {
		case '\n', ']', '}':
			return typing{}, false
		case '|':
			if t.from < 0 {
				t.from, t.step = i+1, true
			}
		case '[':
			return t.opened("[", text, i, cursor, place)
		case '{':
			if i > 0 && text[i-1] == '$' && !escaped(text, i-1) {
				return t.opened("${", text, i, cursor, place)
			}
		}
	}
	return typing{}, false
}

// opened ends the search at what opens the field.
func (t typing) opened(opener, text string, at, cursor int, place merge.Place) (typing, bool) {
	if place == merge.JSON && opener == "[" && !inString(text[:at]) {
		return typing{}, false // it begins a list
	}
	t.opener = opener
	if t.from < 0 {
		t.from = at + 1
	}
	t.query = strings.TrimLeft(text[t.from:cursor], " ")
	return t, true
}

// escaped tells whether a character has an odd number of backslashes before it.
func escaped(text string, at int) bool {
	n := 0
	for at-1-n >= 0 && text[at-1-n] == '\\' {
		n++
	}
	return n%2 == 1
}

// inString tells whether a JSON text ends within a string.
func inString(json string) bool {
	in := false
	for i := range len(json) {
		if json[i] == '"' && !escaped(json, i) {
			in = !in
		}
	}
	return in
}

// suggestion is one thing that can be put in place of what is typed.
type suggestion struct {
	insert string
	title  string // what stands in the list
	note   string // what it is, or what the example has there
	open   bool   // more has to be typed behind it, so that the field does not close
}

// offered is how many suggestions stand in the list.
const offered = 6

// suggestions lists what somebody may mean by what is typed, the likeliest first.
func (t typing) suggestions(fields []control.SampleField, keys []string, place merge.Place) []suggestion {
	if t.step {
		return t.steps()
	}
	var list []suggestion
	for _, f := range t.likely(fields) {
		list = append(list, suggestion{insert: t.name(f.Path, place), title: f.Path, note: f.Value})
	}
	for _, k := range keys {
		if name := "secret:" + k; contains(name, t.query) {
			list = append(list, suggestion{insert: name, title: name, note: "Secret value"})
		}
	}
	for _, b := range merge.BuiltIns() {
		if contains(b.Name, t.query) || len(t.query) > 2 && contains(b.Meaning, t.query) {
			list = append(list, suggestion{insert: b.Name, title: b.Name, note: b.Meaning})
		}
	}
	return list[:min(offered, len(list))]
}

// likely gives the fields that fit, those that begin as typed first.
func (t typing) likely(fields []control.SampleField) []control.SampleField {
	var found []control.SampleField
	for _, f := range fields {
		if contains(f.Path, t.query) && (t.opener == "[" || !strings.ContainsAny(f.Path, " \t")) {
			found = append(found, f)
		}
	}
	slices.SortStableFunc(found, func(a, b control.SampleField) int {
		return rank(a.Path, t.query) - rank(b.Path, t.query)
	})
	return found
}

func rank(name, query string) int {
	if strings.HasPrefix(strings.ToLower(name), strings.ToLower(query)) {
		return 0
	}
	return 1
}

// name writes a field as it stands between what opens and what closes.
func (t typing) name(path string, place merge.Place) string {
	name := strings.TrimSuffix(strings.TrimPrefix(Mention(path, place), "["), "]")
	if t.opener == "${" {
		name = strings.ReplaceAll(name, "}", `\}`)
	}
	return name
}

// steps lists the ways to convert that fit what is typed.
func (t typing) steps() []suggestion {
	var list []suggestion
	if strings.Contains(t.query, ":") {
		return nil
	}
	for _, s := range convert.Steps() {
		if !contains(s.Name, t.query) && !contains(s.Title, t.query) {
			continue
		}
		one := suggestion{insert: s.Name, title: s.Name, note: s.Title}
		if s.Argument != convert.NoArgument && !s.Optional {
			one.insert, one.open = s.Name+":", true
		}
		list = append(list, one)
	}
	slices.SortStableFunc(list, func(a, b suggestion) int { return rank(a.title, t.query) - rank(b.title, t.query) })
	return list[:min(offered, len(list))]
}

func contains(text, part string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimSpace(part)))
}

// closer is what ends the field.
func (t typing) closer() string {
	if t.opener == "${" {
		return "}"
	}
	return "]"
}
