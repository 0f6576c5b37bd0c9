package filter

import (
	"bytes"

	"hookbird/core/value"
)

// condition is a plain condition or a group of them.
type condition interface {
	holds(record value.Value) bool
	append(dst []byte) []byte // its text
	fields(visit func(value.Path))
	explain(record value.Value) Verdict
}

// plain is one condition on a field.
type plain struct {
	path    value.Path
	op      Op
	operand string   // the pattern, the value or the list, as it is meant
	pattern pattern  // of the Ops with a pattern
	wants   []wanted // of the other Ops with a value
}

// wanted is a value to compare with.
type wanted struct {
	text    string // without the spaces around it
	folded  []byte
	isBool  bool // it is a word for true or false,
	truth   bool // and for which
	ordered bool // it is a number, a date or a time
}

// newWanted makes one of a text without spaces around it.
func newWanted(text string) wanted {
	w := wanted{text: text, folded: folded(nil, []byte(text)), ordered: isComparable(text)}
	w.truth, w.isBool = truth(w.folded)
	return w
}

// holds tells whether the condition is true of a record.
func (c *plain) holds(record value.Value) bool {
	seen, hit := false, false
	c.path.Each(record, func(v value.Value) bool {
		if v.Kind() == value.Null {
			return true
		}
		seen = true
		hit = c.fits(v)
		return !hit
	})
	return c.verdict(seen, hit)
}

// verdict tells what comes of whether there was a value, and whether one fits.
func (c *plain) verdict(seen, hit bool) bool {
	switch {
	case c.op == OpEmpty, c.op == OpNotExists:
		return !hit
	case c.op.negative():
		return seen && !hit
	default:
		return hit
	}
}

// fits tells whether one value is as the condition has it, its "not" aside.
func (c *plain) fits(v value.Value) bool {
	switch {
	case c.op == OpExists, c.op == OpNotExists:
		return true
	case c.op == OpEmpty, c.op == OpNotEmpty:
		return !isBlank(v)
	case c.op.isPattern():
		return c.pattern.matches(v.View(nil)) // no buffer of ours: a pattern would move it to the heap
	}
	var space [96]byte
	text := v.View(space[:0])
	if c.op.isOrder() {
		return inOrder(c.op, text, c.wants[0].text)
	}
	return c.fitsWords(text)
}

// isBlank tells whether a value says nothing, or is nothing but spaces.
func isBlank(v value.Value) bool {
	return v.IsEmpty() || v.Kind() == value.String && len(bytes.TrimSpace(v.View(nil))) == 0
}

// fitsWords compares as the forms in words do.
func (c *plain) fitsWords(text []byte) bool {
	var space [96]byte
	have := folded(space[:0], text)
	for i := range c.wants {
		want := &c.wants[i]
		fits := false
		switch c.op {
		case OpContains, OpNotContains:
			fits = bytes.Contains(have, want.folded)
		case OpStarts:
			fits = bytes.HasPrefix(have, want.folded)
		case OpEnds:
			fits = bytes.HasSuffix(have, want.folded)
		default:
			fits = want.is(have, text)
		}
		if fits {
			return true
		}
	}
	return false
}

// is tells whether a value means the same: without case, as numbers, dates or
// times, or as words for true and false.
func (w *wanted) is(have, text []byte) bool {
	if bytes.Equal(have, w.folded) {
		return true
	}
	if w.isBool {
		if is, known := truth(have); known && is == w.truth {
			return true
		}
	}
	if !w.ordered {
		return false
	}
	order, ok := value.Compare(string(text), w.text)
	return ok && order == 0
}

// inOrder compares as numbers, dates or times.
func inOrder(op Op, text []byte, want string) bool {
	order, ok := value.Compare(string(text), want)
	if !ok {
		return false
	}
	switch op {
	case OpMore:
		return order > 0
	case OpLess:
		return order < 0
	case OpAtLeast:
		return order >= 0
	default:
		return order <= 0
	}
}

func (c *plain) fields(visit func(value.Path)) { visit(c.path) }
