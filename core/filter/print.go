package filter

import "strings"

// append prints the condition as Parse reads it.
func (c *plain) append(dst []byte) []byte {
	path := c.path.String()
	dst = append(dst, path...)
	switch {
	case c.op.isPattern():
		sign := "="
		if c.op.negative() {
			sign = "!="
		} else if strings.HasSuffix(path, "!") || strings.HasSuffix(path, "<") || strings.HasSuffix(path, ">") {
			sign = " =" // "a!=b" would be another condition
		}
		dst = append(dst, sign...)
		return append(dst, c.operand...)
	case c.op.isOrder():
		dst = append(dst, c.op...)
		return append(dst, c.operand...)
	}
	dst = append(dst, ' ')
	dst = append(dst, c.op...)
	if c.op.TakesValue() {
		dst = append(dst, ' ')
		dst = append(dst, c.spellOperand()...)
	}
	return dst
}

// spellOperand writes the value of a form in words.
func (c *plain) spellOperand() string {
	if c.op.isList() || !needsQuotes(c.operand) && !c.op.swallows(c.operand) {
		return c.operand
	}
	return quote(c.operand)
}

// swallows tells whether the Op would take the beginning of a value for its own
// words: "is" behind which "not" stands is another Op.
func (o Op) swallows(text string) bool {
	if o != OpIs && o != OpIsNot {
		return false
	}
	for _, word := range []string{"not", "empty", "one"} {
		if len(text) >= len(word) && strings.EqualFold(text[:len(word)], word) {
			return true
		}
	}
	return false
}

// spellItem writes one value of a list.
func spellItem(text string) string {
	if needsQuotes(text) || strings.Contains(text, ",") {
		return quote(text)
	}
	return text
}

// needsQuotes tells whether a value holds what would end it.
func needsQuotes(text string) bool { return strings.ContainsAny(text, `;="()`) }

func quote(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }
