package filter

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// reader reads the text of a filter from pos on. The first fault counts.
type reader struct {
	text  string
	pos   int
	count int // conditions begun so far, groups too
	size  int // steps of the patterns read so far
	err   error
}

// place is where a condition begins, and which one it is.
type place struct{ start, number int }

// fail refuses a condition.
func (r *reader) fail(at place, format string, args ...any) {
	if r.err != nil {
		return
	}
	text, _, _ := strings.Cut(r.text[at.start:], ";")
	r.err = core.Errorf(core.CodeInvalid, "Condition %d (%s): %s", at.number, short(strings.Trim(text, spaces)), fmt.Sprintf(format, args...))
}

// check refuses a condition if there is an error.
func (r *reader) check(at place, err error) {
	if err != nil {
		r.fail(at, "%s", core.Sentence(err))
	}
}

// list reads conditions up to the end, or inside a group up to its parenthesis.
func (r *reader) list(depth int) []condition {
	var list []condition
	for r.err == nil {
		r.skip(spaces + ";")
		if r.pos == len(r.text) || depth > 0 && r.text[r.pos] == ')' {
			break
		}
		list = append(list, r.condition(depth))
	}
	return list
}

func (r *reader) skip(bytes string) {
	for r.pos < len(r.text) && strings.IndexByte(bytes, r.text[r.pos]) >= 0 {
		r.pos++
	}
}

// condition reads one condition, up to the semicolon or parenthesis behind it.
func (r *reader) condition(depth int) condition {
	if r.count++; r.count > MaxConditions {
		r.err = core.Errorf(core.CodeInvalid, "These are too many conditions: at most %d are allowed.", MaxConditions)
		return nil
	}
	at := place{r.pos, r.count}
	h := scan(r.text, r.pos, depth > 0)
	kind, isGroup := groupAt(r.text[r.pos:])
	switch {
	case isGroup && !h.readable(r.text):
		return r.group(at, kind, depth)
	case h.op == "":
		r.fail(at, "It compares with nothing. Write field=value, field is value, or field is empty.")
		return nil
	}
	return r.plain(at, h, depth > 0)
}

// plain reads a condition whose operator was found.
func (r *reader) plain(at place, h head, inGroup bool) condition {
	c := &plain{op: h.op}
	path := strings.Trim(r.text[h.start:h.at], spaces)
	if path == "" {
		r.fail(at, "The name of a field is missing in front.")
		return nil
	}
	var err error
	c.path, err = value.ParsePath(path)
	r.check(at, err)
	end := h.end
	switch {
	case h.op.isPattern():
		end = patternEnd(r.text, h.behind, inGroup)
		err = c.setPattern(r.text[h.behind:end], maxPatterns-r.size)
		r.size += c.pattern.size
	case h.op.isList():
		err = c.setList(r.text[h.behind:end])
	case h.op.TakesValue():
		err = r.value(c, r.text[h.behind:end])
	}
	r.check(at, err)
	r.pos = end
	return c
}

// value reads the right side of a condition with one value.
func (r *reader) value(c *plain, text string) error {
	text, rest, ok := cutValue(text, "")
	if !ok || rest != "" {
		return core.Errorf(core.CodeInvalid, "%s", badQuote)
	}
	return c.setValue(text)
}

// group reads any(…), all(…) or not(…).
func (r *reader) group(at place, kind groupKind, depth int) condition {
	if depth == MaxNesting {
		r.fail(at, "Its groups are nested too deeply: %d is the most.", MaxNesting)
		return nil
	}
	r.pos += len(kind) + 1
	g := &group{kind: kind, list: r.list(depth + 1)}
	switch {
	case r.err != nil:
		return nil
	case r.pos == len(r.text):
		r.fail(at, "The parenthesis behind %q does not close.", string(kind))
	case len(g.list) == 0:
		r.fail(at, "Nothing stands between the parentheses behind %q.", string(kind))
	default:
		r.pos++
		r.ended(at, depth)
	}
	return g
}

// ended refuses what stands behind the parenthesis that closes a group.
func (r *reader) ended(at place, depth int) {
	r.skip(spaces)
	if r.pos == len(r.text) || r.text[r.pos] == ';' || depth > 0 && r.text[r.pos] == ')' {
		return
	}
	r.fail(at, "Behind its last parenthesis stands %s. Write a semicolon between conditions.", short(r.text[r.pos:]))
}

// groupAt tells whether a text begins like a group.
func groupAt(text string) (groupKind, bool) {
	for _, kind := range []groupKind{groupAny, groupAll, groupNot} {
		n := len(kind)
		if len(text) > n && text[n] == '(' && strings.EqualFold(text[:n], string(kind)) {
			return kind, true
		}
	}
	return "", false
}

// maxTold is how many characters of a text a sentence repeats.
const maxTold = 60

// short bounds a text that a sentence repeats.
func short(text string) string {
	runes := []rune(text[:min(len(text), utf8.UTFMax*(maxTold+1))])
	if len(runes) <= maxTold {
		return text
	}
	return string(runes[:maxTold-1]) + "…"
}

// shortBytes is short without a copy of the whole text.
func shortBytes(text []byte) string {
	return short(string(text[:min(len(text), utf8.UTFMax*(maxTold+1))]))
}
