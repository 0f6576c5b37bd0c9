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

func (c *plain) explain(record value.Value) Verdict {
	w := witness{}
	c.path.Each(record, func(v value.Value) bool {
		w.look(c, v)
		return true
	})
	v := Verdict{Text: string(c.append(nil)), OK: c.verdict(w.seen, w.hit), Saw: w.saw}
	if v.Sentence = c.path.Missing(record); w.found > 0 {
		v.Sentence = c.path.String() + " " + w.told(c, v.OK) + "."
	}
	return v
}

// witness is what was seen of a condition's field.
type witness struct {
	found     int // values
	seen, hit bool
	saw       []string
	last      value.Value
}

func (w *witness) look(c *plain, v value.Value) {
	w.found++
	w.last = v
	if v.Kind() != value.Null {
		w.seen = true
		w.hit = w.hit || c.fits(v)
	}
	if len(w.saw) < maxSaw {
		w.saw = append(w.saw, short(v.Text()))
	}
}

// told says what the field is, and where it can be told what is amiss with it.
func (w *witness) told(c *plain, ok bool) string {
	if w.found > 1 {
		text := "is " + strings.Join(w.saw, ", ")
		if w.found > maxSaw {
			text += fmt.Sprintf(" and %d more", w.found-maxSaw)
		}
		return text
	}
	if isBlank(w.last) {
		return "is empty"
	}
	text := "is " + w.saw[0]
	if !ok {
		text += c.remark(w.last)
	}
	return text
}

// remark says what is amiss with a value that looks as if it should fit.
func (c *plain) remark(v value.Value) string {
	text := v.View(nil)
	switch {
	case v.Kind() == value.Array && !c.path.Many():
		return fmt.Sprintf(", a list (%s(*) looks at each of its items)", c.path)
	case c.op.isOrder() && !ordered(text, c.wants[0].text):
		return ", which cannot be compared with " + c.wants[0].text
	case c.op.isPattern() && c.pattern.plain && string(folded(nil, text)) == string(folded(nil, []byte(c.pattern.literal))):
		return " (capitals and spaces count here)"
	default:
		return ""
	}
}

// ordered tells whether two texts can be compared.
func ordered(text []byte, want string) bool {
	_, ok := value.Compare(string(text), want)
	return ok
}

func (g *group) explain(record value.Value) Verdict {
	v := Verdict{Text: string(g.append(nil)), OK: g.holds(record)}
	var told []string
	for _, c := range g.list {
		part := c.explain(record)
		v.Parts = append(v.Parts, part)
		if part.OK == (v.OK != (g.kind == groupNot)) {
			told = append(told, strings.TrimSuffix(part.Sentence, "."))
		}
	}
	v.Sentence = strings.Join(told, "; ") + "."
	return v
}
