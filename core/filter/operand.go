package filter

import (
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// spaces count for nothing around a path, a pattern and a value.
const spaces = " \t\r\n"

// setPattern gives the condition its pattern, which may have so many steps.
func (c *plain) setPattern(text string, most int) (err error) {
	c.operand = trimPattern(text)
	c.pattern, err = compilePattern(c.operand, most)
	return err
}

// setValue gives the condition the value it compares with.
func (c *plain) setValue(text string) error {
	c.operand = strings.TrimSpace(text)
	want := newWanted(c.operand)
	c.wants = []wanted{want}
	switch {
	case c.operand == "" && c.op == OpIsNot:
		return core.Errorf(core.CodeInvalid, "A value is missing. For one that is filled in, write: is not empty.")
	case c.operand == "" && c.op == OpIs:
		return core.Errorf(core.CodeInvalid, "A value is missing. For one that is not filled in, write: is empty.")
	case c.operand == "":
		return core.Errorf(core.CodeInvalid, "A value is missing behind %q.", string(c.op))
	case c.op.isOrder() && !want.ordered:
		return core.Errorf(core.CodeInvalid, "%s is no number, date or time. Write them like 12.5, 2026-11-22 or 19:30.", short(c.operand))
	}
	return nil
}

// setList gives the condition the values of a list with commas.
func (c *plain) setList(text string) error {
	var items []string
	for more := true; more; {
		item, rest, ok := cutValue(text, ",")
		if !ok || rest != "" && rest[0] != ',' {
			return core.Errorf(core.CodeInvalid, "%s", badQuote)
		}
		if item = strings.TrimSpace(item); item != "" {
			c.wants = append(c.wants, newWanted(item))
			items = append(items, spellItem(item))
		}
		more = rest != ""
		text = strings.TrimPrefix(rest, ",")
	}
	if len(items) == 0 {
		return core.Errorf(core.CodeInvalid, "Values are missing behind %q. Write them with commas between them.", string(c.op))
	}
	c.operand = strings.Join(items, ", ")
	return nil
}

const badQuote = "A quote does not close, or something stands behind it. Write a quote inside a value twice."

// cutValue cuts a value off a text: one in quotes, or what stands before one of
// these bytes. rest has no spaces in front.
func cutValue(text, stops string) (item, rest string, ok bool) {
	text = strings.TrimSpace(text)
	if !strings.HasPrefix(text, `"`) {
		if end := strings.IndexAny(text, stops); end >= 0 {
			return text[:end], text[end:], true
		}
		return text, "", true
	}
	end := pastQuote(text, 0)
	if end == 1 {
		return "", "", false
	}
	return strings.ReplaceAll(text[1:end-1], `""`, `"`), strings.TrimSpace(text[end:]), true
}

// trimPattern drops the spaces around a pattern, but for one behind a backslash.
func trimPattern(text string) string {
	text = strings.TrimLeft(text, spaces)
	trimmed := strings.TrimRight(text, spaces)
	slashes := len(trimmed) - len(strings.TrimRight(trimmed, `\`))
	if slashes%2 == 1 && len(trimmed) < len(text) {
		return text[:len(trimmed)+1]
	}
	return trimmed
}

// isComparable tells whether a text is a number, a date or a time.
func isComparable(text string) bool {
	_, ok := value.Compare(text, text)
	return ok
}
