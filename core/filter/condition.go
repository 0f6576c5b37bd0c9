package filter

import (
	"bytes"

	"hookbird/core/value"
)

// condition is a plain condition or a group of them.
type condition interface {
	append(dst []byte) []byte // its text
	fields(visit func(value.Path))
	explain(record value.Value, m *memo) Verdict
}

// holds tells whether a condition is true of a record. It is no method of the
// interface, since the memo would then be moved to the heap.
func holds(c condition, record value.Value, m *memo) bool {
	if g, ok := c.(*group); ok {
		return g.holds(record, m)
	}
	return c.(*plain).holds(record, m)
}

// plain is one condition on a field.
type plain struct {
	path    value.Path
	op      Op
	operand string   // the pattern, the value or the list, as it is meant
	pattern pattern  // of the Ops with a pattern
	wants   []wanted // of the other Ops with a value
	limit   limit
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
func (c *plain) holds(record value.Value, m *memo) bool {
	l := look{left: c.limit.work}
	c.path.Each(record, func(v value.Value) bool {
		l.take(c, v, m)
		return !l.hit && !l.tooLong
	})
	return c.verdict(l)
}

// look is what a condition has made of the values of its field so far.
type look struct {
	seen, hit bool  // there is a value, and one that fits
	tooLong   bool  // it was not looked at all of them
	left      int64 // work that may still be done
}

// take looks at one more value.
func (l *look) take(c *plain, v value.Value, m *memo) {
	if v.Kind() == value.Null {
		return
	}
	l.seen = true
	if l.left -= c.cost(v); l.left < 0 {
		l.tooLong = true
		return
	}
	l.hit = c.fits(v, m)
}

// verdict tells what comes of a look at all values.
func (c *plain) verdict(l look) bool {
	switch {
	case l.tooLong:
		return c.limit.inNot
	case c.op == OpEmpty, c.op == OpNotExists:
		return !l.hit
	case c.op.negative():
		return l.seen && !l.hit
	default:
		return l.hit
	}
}

// fits tells whether one value is as the condition has it, its "not" aside.
func (c *plain) fits(v value.Value, m *memo) bool {
	switch {
	case c.op.isThere():
		return true
	case c.op.isEmpty():
		return !isBlank(v, m)
	case c.op.isPattern():
		return c.pattern.matches(v, m)
	}
	var space [maxShort]byte
	text := m.text(v, space[:0])
	if c.op.isOrder() {
		return inOrder(c.op, text, c.wants[0].text)
	}
	var second [2 * maxShort]byte
	return c.fitsWords(text, m.folded(v, text, second[:0]))
}

// isBlank tells whether a value says nothing, or is nothing but spaces.
func isBlank(v value.Value, m *memo) bool {
	return v.IsEmpty() || v.Kind() == value.String && len(bytes.TrimSpace(m.text(v, nil))) == 0
}

// fitsWords compares a text, which have is the folded form of, as the forms in
// words do.
func (c *plain) fitsWords(text, have []byte) bool {
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
	order, ok := compare(text, w.text)
	return ok && order == 0
}

// inOrder compares as numbers, dates or times.
func inOrder(op Op, text []byte, want string) bool {
	order, ok := compare(text, want)
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

// maxOrdered is how long a number, date or time may be, in bytes.
const maxOrdered = 128

// compare puts a text in order with a number, date or time.
func compare(text []byte, want string) (order int, ok bool) {
	if text = bytes.TrimSpace(text); len(text) > maxOrdered {
		return 0, false
	}
	return value.Compare(string(text), want)
}

func (c *plain) fields(visit func(value.Path)) { visit(c.path) }
