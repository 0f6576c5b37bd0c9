package filter

import (
	"fmt"
	"regexp"
	"strings"
)

// Doubts lists what can be read but was probably meant otherwise, a sentence
// each: a value in quotes behind =, "13*" for what begins with 13, or "and"
// between conditions. What it says changes nothing of what the filter means.
func (f *Filter) Doubts() []string {
	var list []string
	for _, c := range f.list {
		list = doubts(c, list)
	}
	return list
}

// doubts adds those about a condition, or about the conditions of a group.
func doubts(c condition, list []string) []string {
	switch c := c.(type) {
	case *group:
		for _, each := range c.list {
			list = doubts(each, list)
		}
	case *plain:
		if doubt := c.doubt(); doubt != "" {
			list = append(list, fmt.Sprintf("%s: %s", short(string(c.append(nil))), doubt))
		}
	}
	return list
}

// joint is a word or sign that joins conditions elsewhere.
var joint = regexp.MustCompile(`(?i)\s(?:and|or)\s+|\s*(?:&&|\|\|)\s*`)

// starred is a pattern in which a star may stand for any text.
var starred = regexp.MustCompile(`\A([\pL\pN @._-]*[\pL\pN])\*\z`)

// doubt says what is odd about a condition with a pattern, or "".
func (c *plain) doubt() string {
	if !c.op.isPattern() {
		return ""
	}
	path := c.path.String()
	if h := scan(path, 0, false); h.op != "" {
		return fmt.Sprintf("All that stands before the first = is the name of a field. Write the value in quotes: %s %s", strings.TrimSpace(path[:h.behind]), quote(strings.TrimSpace(path[h.behind:])+"="+c.operand))
	}
	inner := strings.Trim(c.operand, `"`)
	star := starred.FindStringSubmatch(c.operand)
	at := joint.FindStringIndex(c.operand)
	switch {
	case strings.HasPrefix(c.operand, "="):
		return "One = is enough; the second belongs to the value."
	case len(inner) == len(c.operand)-2:
		return fmt.Sprintf("The quotes belong to the value. Write it without them, or %s %s %s.", path, map[bool]Op{false: OpIs, true: OpIsNot}[c.op.negative()], c.operand)
	case star != nil:
		return fmt.Sprintf("The star repeats the character before it. Write %s.* for what begins with %s.", star[1], star[1])
	case at != nil && scan(c.operand[at[1]:], 0, false).op != "":
		return fmt.Sprintf("All behind = is one value. Write a semicolon between conditions that must all be true, or any(%s=%s;%s).", path, c.operand[:at[0]], c.operand[at[1]:])
	default:
		return ""
	}
}
