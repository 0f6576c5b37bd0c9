package filter

import (
	"fmt"
	"strings"

	"hookbird/core/value"
)

// maxSaw is how many values a Verdict repeats.
const maxSaw = 5

// Verdict tells whether one condition holds of a record, and why.
type Verdict struct {
	Text     string    // the condition
	OK       bool      // it holds
	Saw      []string  // the first values that were found, long ones cut
	Sentence string    // what was found, in words: "role is GUEST."
	Parts    []Verdict // of a group: those of its conditions
}

func (c *plain) explain(record value.Value, m *memo) Verdict {
	w := witness{look: look{left: c.limit.work}}
	c.path.Each(record, func(v value.Value) bool {
		w.add(c, v, m)
		return !w.tooLong
	})
	v := Verdict{Text: string(c.append(nil)), OK: c.verdict(w.look), Saw: w.saw}
	if w.found == 0 {
		v.Sentence = c.path.Missing(record)
		return v
	}
	v.Sentence = c.path.String() + " " + w.told(c, v.OK, m) + "."
	return v
}

// witness is what was seen of a condition's field.
type witness struct {
	look
	found int // values
	saw   []string
	last  value.Value
}

func (w *witness) add(c *plain, v value.Value, m *memo) {
	w.found++
	w.last = v
	if !w.hit && !w.tooLong {
		w.take(c, v, m)
	}
	if len(w.saw) < maxSaw {
		w.saw = append(w.saw, shortBytes(m.text(v, nil)))
	}
}

// told says what the field is, and where it can be told what is amiss with it.
func (w *witness) told(c *plain, ok bool, m *memo) string {
	switch {
	case w.tooLong && w.found > 1:
		return "has more values than can be compared"
	case w.tooLong:
		return "is too long to be compared"
	case w.found > 1:
		text := "is " + strings.Join(w.saw, ", ")
		if w.found > maxSaw {
			text += fmt.Sprintf(" and %d more", w.found-maxSaw)
		}
		return text
	case isBlank(w.last, m):
		return "is empty"
	}
	text := "is " + w.saw[0]
	if !ok {
		text += c.remark(w.last, m)
	}
	return text
}

// remark says what is amiss with a value that looks as if it should fit.
func (c *plain) remark(v value.Value, m *memo) string {
	text := m.text(v, nil)
	switch {
	case v.Kind() == value.Array && !c.path.Many():
		return fmt.Sprintf(", a list (%s(*) looks at each of its items)", c.path)
	case c.op.isOrder() && !ordered(text, c.wants[0].text):
		return ", which cannot be compared with " + c.wants[0].text
	case c.op.isPattern() && c.pattern.plain && string(m.folded(v, text, nil)) == string(folded(nil, []byte(c.pattern.literal))):
		return " (capitals and spaces count here)"
	default:
		return ""
	}
}

// ordered tells whether two texts can be compared.
func ordered(text []byte, want string) bool {
	_, ok := compare(text, want)
	return ok
}

func (g *group) explain(record value.Value, m *memo) Verdict {
	v := Verdict{Text: string(g.append(nil)), OK: g.kind == groupAll}
	for _, c := range g.list {
		part := c.explain(record, m)
		v.Parts = append(v.Parts, part)
		if part.OK == (g.kind == groupAny) {
			v.OK = g.kind != groupAll
		}
	}
	var told []string
	for _, part := range v.Parts {
		if part.OK == (v.OK != (g.kind == groupNot)) {
			told = append(told, strings.TrimSuffix(part.Sentence, "."))
		}
	}
	v.Sentence = strings.Join(told, "; ") + "."
	return v
}
