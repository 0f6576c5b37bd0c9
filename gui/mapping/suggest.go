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
// offset of a text. A field does not go over the end of a line.
func typingAt(text string, cursor int, place merge.Place) (typing, bool) {
	t, open := typing{}, -1
	for i := strings.LastIndexByte(text[:cursor], '\n') + 1; i < cursor; i++ {
		switch c := text[i]; {
		case c == '\\':
			i++ // what follows is text
		case open < 0 && c == '[', open < 0 && c == '$' && strings.HasPrefix(text[i:cursor], "${"):
			t, open = typing{opener: text[i : i+1], from: i + 1}, i
			if c == '$' {
				t.opener, t.from = "${", i+2
				i++
			}
		case open >= 0 && t.closer() == text[i:i+1]:
			open = -1
		case open >= 0 && c == '[' && t.opener == "[": // the first one was a bracket
			t, open = typing{opener: "[", from: i + 1}, i
		case open >= 0 && c == '|':
			t.from, t.step = i+1, true
		}
	}
	if open < 0 || place == merge.JSON && t.opener == "[" && !inString(text[:open]) {
		return typing{}, false // outside of a string it begins a list
	}
	t.query = strings.TrimLeft(text[t.from:cursor], " ")
	return t, true
}

// inString tells whether a JSON text ends within a string.
func inString(json string) bool {
	in := false
	for i := 0; i < len(json); i++ {
		switch json[i] {
		case '\\':
			i++
		case '"':
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
