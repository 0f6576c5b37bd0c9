package filter

import (
	"strings"

	"hookbird/core/value"
)

// head is where a condition's operator stands.
type head struct {
	start, at, behind int // of the condition, of its operator, and behind that
	op                Op  // "" if there is none; OpPattern for the documented form
	end               int // of the condition, if its right side is no pattern
}

// readable tells whether the condition is of the documented form and has a path
// that can be read. text begins at the condition.
func (h head) readable(text string) bool {
	if h.op != OpPattern {
		return false
	}
	_, err := value.ParsePath(strings.TrimSpace(text[:h.at-h.start]))
	return err == nil
}

// scan finds the operator of the condition that begins at start: the first =
// outside quotes and selectors, if it stands alone, else the leftmost of the
// extensions. It ends at a semicolon, or inside a group at the parenthesis that
// closes it.
func scan(text string, start int, inGroup bool) head {
	h := head{start: start}
	equals, open := false, 0
	for i := start; i < len(text); {
		next := i + 1
		switch c := text[i]; {
		case c == ';', c == ')' && inGroup && open == 0:
			h.end = i
			return h
		case c == '"':
			next = pastQuote(text, start, i)
		case c == '(' && h.op == "" && i > start && !isSpace(text[i-1]):
			next = pastSelector(text, i)
		case c == '(':
			open++
		case c == ')' && open > 0:
			open--
		case c == '=' && !equals:
			equals = true
			if i == start || strings.IndexByte("!<>", text[i-1]) < 0 {
				return head{start: start, at: i, behind: next, op: OpPattern}
			}
		case h.op == "":
			h.operator(text, i, inGroup)
			next = max(next, h.behind-1) // so that an = of the operator is seen
		}
		i = next
	}
	h.end = len(text)
	return h
}

// operator looks for an extension's operator at i.
func (h *head) operator(text string, i int, inGroup bool) {
	rest := text[i:]
	for _, sign := range []Op{"!=", OpAtLeast, OpAtMost, OpMore, OpLess} {
		if strings.HasPrefix(rest, string(sign)) {
			h.op, h.at, h.behind = sign, i, i+len(sign)
			if sign == "!=" {
				h.op = OpNotPattern
			}
			return
		}
	}
	if i == h.start || !isSpace(text[i]) || isSpace(text[i-1]) {
		return
	}
	for _, op := range wordOps {
		if length, ok := wordsAt(rest, op, inGroup); ok {
			h.op, h.at, h.behind = op, i, i+length
			return
		}
	}
}

// wordOps is every Op in words, the longer before those they begin with.
var wordOps = []Op{
	OpNotEmpty, OpEmpty, OpNotOneOf, OpOneOf, OpIsNot, OpIs, OpNotContains, OpContains,
	OpStarts, OpEnds, OpNotExists, OpExists,
}

// wordsAt tells whether a text begins with the words of an Op, with spaces in
// front, and how long they are. An Op without a value must end the condition.
func wordsAt(text string, op Op, inGroup bool) (length int, ok bool) {
	rest := text
	for word := range strings.FieldsSeq(string(op)) {
		trimmed := strings.TrimLeft(rest, " \t\r\n")
		if len(trimmed) == len(rest) || len(trimmed) < len(word) || !strings.EqualFold(trimmed[:len(word)], word) {
			return 0, false
		}
		rest = trimmed[len(word):]
	}
	behind := strings.TrimLeft(rest, " \t\r\n")
	ends := behind == "" || behind[0] == ';' || behind[0] == ')' && inGroup
	if ends || op.TakesValue() && (len(behind) < len(rest) || behind[0] == '"') {
		return len(text) - len(rest), true
	}
	return 0, false
}

// pastQuote gives the place behind a text in quotes that opens at i, or i+1 if
// this is no quote but a character like others.
func pastQuote(text string, start, i int) int {
	if i > start && !isSpace(text[i-1]) && strings.IndexByte(".(=,<>", text[i-1]) < 0 {
		return i + 1
	}
	for j := i + 1; j < len(text); j++ {
		if text[j] != '"' {
			continue
		}
		if j+1 < len(text) && text[j+1] == '"' {
			j++
			continue
		}
		return j + 1
	}
	return i + 1
}

// pastSelector gives the place behind a selector that opens at i, or i+1 if it
// does not close before the next semicolon.
func pastSelector(text string, i int) int {
	for j := i + 1; j < len(text) && text[j] != ';'; {
		switch text[j] {
		case ')':
			return j + 1
		case '"':
			j = pastQuote(text, i+1, j)
		default:
			j++
		}
	}
	return i + 1
}

// patternEnd gives the end of a pattern that begins at i: the next semicolon,
// whatever stands before it. Inside a group the parenthesis that closes the group
// ends it too: one that the pattern did not open, outside brackets.
func patternEnd(text string, i int, inGroup bool) int {
	end := len(text)
	if semicolon := strings.IndexByte(text[i:], ';'); semicolon >= 0 {
		end = i + semicolon
	}
	if !inGroup {
		return end
	}
	open := 0
	for ; i < end; i++ {
		switch text[i] {
		case '\\':
			i++
		case '[':
			i = bracketEnd(text[:end], i)
		case '(':
			open++
		case ')':
			if open == 0 {
				return i
			}
			open--
		}
	}
	return end
}

// bracketEnd gives the place of the bracket that closes the one at i, or the end.
func bracketEnd(text string, i int) int {
	i++
	if i < len(text) && text[i] == '^' {
		i++
	}
	for first := i; i < len(text); i++ {
		switch {
		case text[i] == '\\':
			i++
		case strings.HasPrefix(text[i:], "[:"):
			if end := strings.Index(text[i:], ":]"); end > 0 {
				i += end + 1
			}
		case text[i] == ']' && i > first:
			return i
		}
	}
	return len(text)
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\n' }
