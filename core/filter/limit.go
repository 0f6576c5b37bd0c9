package filter

import "hookbird/core/value"

// maxWork is what a filter may do for one record, in units of about a nanosecond.
// Each of its conditions has an equal part of it, so that what one may do depends
// neither on the others' order nor on what they found.
const maxWork = 440_000_000

// What is done costs, in these units.
const (
	valueWork = 128 // for each value
	byteWork  = 2   // for each byte of its text
	startWork = 512 // for a pattern to begin with a value
	stepWork  = 10  // for each step of a pattern at each byte
	orderWork = 128 // for each number, date or time to compare with
	wantWork  = 4   // for each text to compare with
)

// limit bounds what a condition does for one record.
type limit struct {
	work  int64 // that it may do
	each  int64 // that a value costs, whatever its length
	inNot bool  // that it does not hold would speak for the record
}

// setLimits gives each of the conditions of a filter its limit.
func setLimits(list []condition) {
	n := int64(0)
	eachPlain(list, false, func(*plain, bool) { n++ })
	eachPlain(list, false, func(c *plain, inNot bool) {
		c.limit = limit{work: maxWork / n, each: valueWork, inNot: inNot}
		for _, want := range c.wants {
			c.limit.each += wantWork
			if want.ordered {
				c.limit.each += orderWork
			}
		}
	})
}

// eachPlain visits all plain conditions; inNot tells of each whether it stands in
// one not(…), or in an odd number of them.
func eachPlain(list []condition, inNot bool, visit func(c *plain, inNot bool)) {
	for _, c := range list {
		switch c := c.(type) {
		case *group:
			eachPlain(c.list, inNot != (c.kind == groupNot), visit)
		case *plain:
			visit(c, inNot)
		}
	}
}

// cost is what it costs the condition to look at a value.
func (c *plain) cost(v value.Value) int64 {
	switch {
	case c.op.isThere():
		return 0
	case c.pattern.re != nil:
		return startWork + stepWork*int64(c.pattern.size)*int64(len(v.Raw())+1)
	case c.op.isPattern(), c.op.isEmpty():
		return valueWork
	default:
		return c.limit.each + byteWork*int64(len(v.Raw()))
	}
}
