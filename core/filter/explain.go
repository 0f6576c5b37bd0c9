package filter

import (
	"strings"

	"hookbird/core/value"
)

// Limits of what a Verdict repeats of a record.
const (
	maxSaw     = 5  // values
	maxSawText = 60 // characters of each
)

// Verdict tells whether one condition holds of a record, and why.
type Verdict struct {
	Text     string    // the condition
	OK       bool      // it holds
	Saw      []string  // the first values that were found, shortened
	Sentence string    // what was found, in words: "role is GUEST."
	Parts    []Verdict // of a group: those of its conditions
}

func (c *plain) explain(record value.Value) Verdict {
	v := Verdict{Text: string(c.append(nil))}
	seen, hit, found := false, false, 0
	c.path.Each(record, func(each value.Value) bool {
		found++
		if each.Kind() != value.Null {
			seen = true
			hit = hit || c.fits(each)
		}
		if len(v.Saw) < maxSaw {
			v.Saw = append(v.Saw, short(each.Text()))
		}
		return true
	})
	v.OK = c.verdict(seen, hit)
	v.Sentence = c.sentence(v.Saw, found)
	return v
}

// sentence tells what was found.
func (c *plain) sentence(saw []string, found int) string {
	name := c.path.String()
	switch {
	case found == 0:
		return "The record has no " + name + "."
	case strings.TrimSpace(strings.Join(saw, "")) == "" && found <= len(saw):
		return name + " is empty."
	case found > len(saw):
		return name + " is " + strings.Join(saw, ", ") + " and more."
	default:
		return name + " is " + strings.Join(saw, ", ") + "."
	}
}

func (g *group) explain(record value.Value) Verdict {
	v := Verdict{Text: string(g.append(nil)), OK: g.holds(record)}
	for _, c := range g.list {
		v.Parts = append(v.Parts, c.explain(record))
	}
	var told []string
	for _, part := range v.Parts {
		if part.OK == (v.OK == (g.kind != groupNot)) {
			told = append(told, strings.TrimSuffix(part.Sentence, "."))
		}
	}
	v.Sentence = strings.Join(told, ", ") + "."
	return v
}
