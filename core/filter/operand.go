package filter

import (
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// operand understands the right side of a condition.
func (r *reader) operand(c *plain, start int, text string) {
	if c.op.isPattern() {
		c.operand = trimPattern(text)
		var err error
		if c.pattern, err = compilePattern(c.operand); err != nil {
			r.fail(start, "%s", core.Sentence(err))
		}
		return
	}
	if !c.op.TakesValue() {
		return
	}
	if strings.TrimSpace(text) == "" {
		r.fail(start, "Behind %q a value is missing.", string(c.op))
		return
	}
	if c.op == OpOneOf || c.op == OpNotOneOf {
		r.choices(c, start, text)
		return
	}
	r.single(c, start, text)
}

// single understands one value.
func (r *reader) single(c *plain, start int, text string) {
	operand, rest, ok := cutValue(text, "")
	c.operand = strings.TrimSpace(operand)
	c.wants = []wanted{newWanted(c.operand)}
	switch _, comparable := value.Compare(c.operand, c.operand); {
	case !ok || rest != "":
		r.fail(start, "A quote does not close, or something stands behind it. Write a quote inside a value twice.")
	case c.operand == "":
		r.fail(start, "It compares with an empty value. Write: is empty.")
	case c.op.isOrder() && !comparable:
		r.fail(start, "%s is no number, date or time. Write them as 12.5, 2026-11-22 or 19:30.", short(c.operand))
	}
}

// choices understands a list with commas.
func (r *reader) choices(c *plain, start int, text string) {
	for more := true; more && r.err == nil; {
		item, rest, ok := cutValue(text, ",")
		if !ok || rest != "" && rest[0] != ',' {
			r.fail(start, "A quote does not close, or something stands behind it. Write a quote inside a value twice.")
			return
		}
		if item = strings.TrimSpace(item); item != "" {
			c.wants = append(c.wants, newWanted(item))
		}
		more = rest != ""
		text = strings.TrimPrefix(rest, ",")
	}
	if len(c.wants) == 0 {
		r.fail(start, "Its list is empty. Write the values with commas between them.")
	}
	items := make([]string, len(c.wants))
	for i := range c.wants {
		items[i] = spellItem(c.wants[i].text)
	}
	c.operand = strings.Join(items, ", ")
}

// cutValue cuts a value off a text: one in quotes, or what stands before one of
// these bytes. rest has no spaces around it.
func cutValue(text, stops string) (item, rest string, ok bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, `"`) {
		if end := strings.IndexAny(text, stops); end >= 0 {
			return text[:end], text[end:], true
		}
		return text, "", true
	}
	end := pastQuote(text, 0, 0)
	if end == 1 {
		return "", "", false
	}
	return strings.ReplaceAll(text[1:end-1], `""`, `"`), strings.TrimSpace(text[end:]), true
}

// trimPattern drops the spaces around a pattern, but for one behind a backslash.
func trimPattern(text string) string {
	text = strings.TrimLeft(text, " \t\r\n")
	short := strings.TrimRight(text, " \t\r\n")
	slashes := len(short) - len(strings.TrimRight(short, `\`))
	if slashes%2 == 1 && len(short) < len(text) {
		return text[:len(short)+1]
	}
	return short
}
