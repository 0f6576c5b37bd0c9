package convert

import (
	"strings"
	"unicode/utf8"
)

// cursor reads a text from its start. Each of its methods takes something off the
// text and tells whether it was there.
type cursor struct{ text string }

// number takes a number of so many digits at least and at most.
func (c *cursor) number(least, most int) (n int, ok bool) {
	i := 0
	for i < len(c.text) && i < most && c.text[i] >= '0' && c.text[i] <= '9' {
		n = n*10 + int(c.text[i]-'0')
		i++
	}
	c.text = c.text[i:]
	return n, i >= least
}

// digits takes all digits, nine at most.
func (c *cursor) digits() (text string, ok bool) {
	rest := strings.TrimLeft(c.text, "0123456789")
	text, c.text = c.text[:len(c.text)-len(rest)], rest
	return text, text != "" && len(text) <= 9
}

// literal takes a text, in which a space stands for any space.
func (c *cursor) literal(text string) bool {
	for _, r := range text {
		if r == ' ' {
			before := len(c.text)
			if c.blanks(); len(c.text) == before {
				return false
			}
			continue
		}
		got, size := utf8.DecodeRuneInString(c.text)
		if got != r || size == 0 {
			return false
		}
		c.text = c.text[size:]
	}
	return true
}

// blanks takes all space.
func (c *cursor) blanks() { c.text = strings.TrimLeftFunc(c.text, isBlank) }

// word takes the first of some words that stands here, without regard to case, and
// gives its place.
func (c *cursor) word(words []string) (i int, ok bool) {
	for i, w := range words {
		if len(c.text) >= len(w) && same(c.text[:len(w)], w) {
			c.text = c.text[len(w):]
			return i, true
		}
	}
	return 0, false
}

// month takes the English name of a month, in full or its start with or without a
// point behind it.
func (c *cursor) month() (n int, ok bool) {
	if i, ok := c.word(months); ok {
		return i + 1, true
	}
	i, ok := c.word(shortMonths)
	if ok && i == 8 {
		_, _ = c.word([]string{"t"}) // Sept is written as well as Sep
	}
	if ok {
		c.text = strings.TrimPrefix(c.text, ".")
	}
	return i + 1, ok
}

// weekday takes the English name of a day, in full or its start.
func (c *cursor) weekday() (n int, ok bool) {
	if i, ok := c.word(weekdays); ok {
		return i, true
	}
	i, ok := c.word(shortWeekdays)
	return i, ok
}

// half takes AM or PM.
func (c *cursor) half() (pm, ok bool) {
	i, ok := c.word([]string{"am", "a.m.", "pm", "p.m."})
	return i > 1, ok
}

// offset takes how far a clock is ahead of UTC, in minutes: Z, UTC, GMT, +01:00,
// +0100 or +01.
func (c *cursor) offset() (minutes int, ok bool) {
	if _, ok := c.word([]string{"utc", "gmt", "z"}); ok {
		return 0, true
	}
	sign := 1
	if i, ok := c.word([]string{"+", "-", "\u2212"}); !ok {
		return 0, false
	} else if i > 0 {
		sign = -1
	}
	hours, ok := c.number(2, 2)
	if !ok || hours > 23 {
		return 0, false
	}
	colon := c.literal(":")
	if !colon && (c.text == "" || c.text[0] < '0' || c.text[0] > '9') {
		return sign * hours * 60, true
	}
	minutes, ok = c.number(2, 2)
	return sign * (hours*60 + minutes), ok && minutes < 60
}

var (
	months = []string{
		"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
	}
	shortMonths = []string{
		"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
	}
	weekdays      = []string{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"}
	shortWeekdays = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}
)
