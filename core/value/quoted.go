package value

import "strings"

// Quoted gives the path with its names in quotes, so that it can stand in a text
// in which other characters of a name have a meaning. A text that looks like a
// heading rather than like a path is one name.
func (p Path) Quoted() string {
	if p.isHeading() {
		return quote(p.whole.text)
	}
	parts := make([]string, len(p.steps))
	for i := range p.steps {
		s := &p.steps[i]
		parts[i] = quote(s.name.text) + s.selector(p.whole.text)
	}
	return strings.Join(parts, ".")
}

// isHeading tells whether the text is better taken as one name: it has no other
// reading, or a part of it begins or ends with a space, as in "No. of seats".
func (p Path) isHeading() bool {
	for i := range p.steps {
		if name := p.steps[i].name.text; strings.TrimSpace(name) != name {
			return true
		}
	}
	return len(p.steps) == 0
}

// selector writes the selector of the step, the value in it in quotes. text is
// that of the path.
func (s *step) selector(text string) string {
	if s.kind != pickWhere {
		return text[s.bare:s.end]
	}
	return "(" + s.prop.String() + "=" + quote(s.want) + ")"
}
