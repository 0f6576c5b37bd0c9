package filter

import (
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// Limits of a filter.
const (
	MaxText       = 20_000 // bytes of its text
	MaxConditions = 200    // in it, those in groups too
	MaxNesting    = 20     // groups inside one another
)

// Filter is conditions that must all hold. It never changes, and any goroutine
// may use it. The zero Filter takes every record.
type Filter struct {
	list []condition
}

// Parse reads the text of a filter. An empty text takes every record. What
// cannot be read is refused with CodeInvalid and a sentence that names the
// condition.
func Parse(text string) (*Filter, error) {
	if len(text) > MaxText {
		return nil, core.Errorf(core.CodeInvalid, "These conditions are too long: %d bytes, and %d are allowed.", len(text), MaxText)
	}
	if !utf8.ValidString(text) {
		return nil, core.Errorf(core.CodeInvalid, "These conditions are not UTF-8 text. Type them anew.")
	}
	r := reader{text: text}
	list := r.list(0)
	if r.err != nil {
		return nil, r.err
	}
	list = opened(list)
	setLimits(list)
	return &Filter{list}, nil
}

// opened puts the conditions of an all(…) in its place.
func opened(list []condition) []condition {
	var open []condition
	for _, c := range list {
		if g, ok := c.(*group); ok && g.kind == groupAll {
			open = append(open, opened(g.list)...)
			continue
		}
		open = append(open, c)
	}
	return open
}

// Match tells whether the filter takes a record.
func (f *Filter) Match(record value.Value) bool {
	var m memo
	for _, c := range f.list {
		if !holds(c, record, &m) {
			return false
		}
	}
	return true
}

// IsZero tells whether the filter takes every record, having no condition.
func (f *Filter) IsZero() bool { return len(f.list) == 0 }

// String gives the text of the filter in its plainest form, which Parse reads to
// the same filter.
func (f *Filter) String() string { return string(appendList(nil, f.list)) }

// Fields lists the paths that the filter reads, each once, in order.
func (f *Filter) Fields() []string {
	var list []string
	seen := map[string]bool{}
	for _, c := range f.list {
		c.fields(func(p value.Path) {
			if !seen[p.String()] {
				seen[p.String()] = true
				list = append(list, p.String())
			}
		})
	}
	return list
}

// Explain tells for each condition whether it holds of a record, and what it saw.
func (f *Filter) Explain(record value.Value) []Verdict {
	var m memo
	list := make([]Verdict, len(f.list))
	for i, c := range f.list {
		list[i] = c.explain(record, &m)
	}
	return list
}
