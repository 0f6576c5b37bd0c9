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

// scanner looks for the operator of one condition.
type scanner struct {
	head
	text     string
	inGroup  bool
	open     int  // parentheses that are open, of the name or of the value
	selected int  // a selector hides what it holds up to here
	unclosed bool // one did not close: from there on parentheses are characters
	equals   bool // the first = was passed
}

// scan finds the operator of the condition that begins at start: the first =
// outside quotes and selectors, if it stands alone, else the leftmost of the
// extensions. The condition ends at a semicolon, or inside a group at the
// parenthesis that closes it.
func scan(text string, start int, inGroup bool) head {
	s := scanner{head: head{start: start}, text: text, inGroup: inGroup, selected: start}
	i := start
	for i < len(text) && s.op != OpPattern && !s.ends(i) {
		i = s.pass(i)
	}
	s.end = i
	return s.head
}

// ends tells whether the condition ends before i.
func (s *scanner) ends(i int) bool {
	return s.text[i] == ';' || s.text[i] == ')' && s.inGroup && s.open == 0
}

// pass takes in what stands at i, and gives the place behind it.
func (s *scanner) pass(i int) int {
	switch c := s.text[i]; {
	case c == '"' && s.opens(i):
		return pastQuote(s.text, i)
	case c == '(':
		return s.parenthesis(i)
	case c == ')':
		s.open = max(s.open-1, 0)
	case i < s.selected:
	case c == '=' && !s.equals:
		s.equals = true
		if i == s.start || strings.IndexByte("!<>", s.text[i-1]) < 0 {
			s.op, s.at, s.behind = OpPattern, i, i+1
		}
	case s.op == "":
		s.operator(i)
	}
	return i + 1
}

// opens tells whether a quote may open at i: before a name of the path, before
// the value, or before an item of a list.
func (s *scanner) opens(i int) bool {
	if s.op == "" {
		return i == s.start || s.text[i-1] == '.'
	}
	before := strings.TrimRight(s.text[s.behind:i], spaces)
	return before == "" || s.op.isList() && strings.HasSuffix(before, ",")
}

// parenthesis passes one that opens at i. Directly behind a name it is that of a
// selector, which is passed whole.
func (s *scanner) parenthesis(i int) int {
	if i >= s.selected && !s.unclosed && i > s.start && !isSpace(s.text[i-1]) {
		end := pastSelector(s.text, i)
		switch s.unclosed = end == i+1; {
		case s.unclosed:
		case s.op == "":
			return end
		default:
			s.selected = end // the name may hold what looks like an operator
		}
	}
	s.open++
	return i + 1
}

// operator looks for an extension's operator at i.
func (s *scanner) operator(i int) {
	length := 0
	if s.op, length = signAt(s.text[i:]); s.op == "" && i > s.start && isSpace(s.text[i]) && !isSpace(s.text[i-1]) {
		s.op, length = wordsAt(s.text[i:], s.inGroup && s.open == 0)
	}
	if s.op != "" {
		s.at, s.behind = i, i+length
		s.open = 0 // those of the name do not count for the value
	}
}

// readable tells whether there is an operator, behind a path that can be read.
func (h head) readable(text string) bool {
	if h.op == "" {
		return false
	}
	_, err := value.ParsePath(strings.Trim(text[h.start:h.at], spaces))
	return err == nil
}

// signAt gives the sign that a text begins with, as an Op.
func signAt(text string) (op Op, length int) {
	if strings.HasPrefix(text, "!=") {
		return OpNotPattern, 2
	}
	for _, sign := range []Op{OpAtLeast, OpAtMost, OpMore, OpLess} {
		if strings.HasPrefix(text, string(sign)) {
			return sign, len(sign)
		}
	}
	return "", 0
}

// wordOps is every Op in words, the longer before those they begin with.
var wordOps = []Op{
	OpNotEmpty, OpEmpty, OpNotOneOf, OpOneOf, OpIsNot, OpIs, OpNotContains, OpContains,
	OpStarts, OpEnds, OpNotExists, OpExists,
}

// wordsAt gives the Op whose words a text begins with, with spaces in front. An Op
// without a value must end the condition.
func wordsAt(text string, inGroup bool) (op Op, length int) {
	for _, op := range wordOps {
		rest, ok := cutWords(text, string(op))
		behind := strings.TrimLeft(rest, spaces)
		ends := behind == "" || behind[0] == ';' || behind[0] == ')' && inGroup
		if ok && (ends || op.TakesValue() && (len(behind) < len(rest) || behind[0] == '"')) {
			return op, len(text) - len(rest)
		}
	}
	return "", 0
}

// cutWords cuts words off a text, whatever their case, each with spaces in front.
func cutWords(text, words string) (rest string, ok bool) {
	rest = text
	for word := range strings.FieldsSeq(words) {
		trimmed := strings.TrimLeft(rest, spaces)
		if len(trimmed) == len(rest) || len(trimmed) < len(word) || !strings.EqualFold(trimmed[:len(word)], word) {
			return text, false
		}
		rest = trimmed[len(word):]
	}
	return rest, true
}

func isSpace(c byte) bool { return strings.IndexByte(spaces, c) >= 0 }
