package filter

import (
	"fmt"
	"strings"

	"hookbird/core"
	"hookbird/core/value"
)

// reader reads the text of a filter from pos on. The first fault counts.
type reader struct {
	text  string
	pos   int
	count int // conditions begun so far
	err   error
}

// fail refuses the condition that begins at start.
func (r *reader) fail(start int, format string, args ...any) {
	if r.err != nil {
		return
	}
	text := r.text[start:]
	if end := strings.IndexByte(text, ';'); end >= 0 {
		text = text[:end]
	}
	r.err = core.Errorf(core.CodeInvalid, "Condition %d (%s): %s", r.count, short(strings.TrimSpace(text)), fmt.Sprintf(format, args...))
}

// list reads conditions up to the end, or inside a group up to its parenthesis.
func (r *reader) list(depth int) []condition {
	var list []condition
	for r.err == nil {
		r.skip(" \t\r\n;")
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
	start := r.pos
	if r.count++; r.count > MaxConditions {
		r.err = core.Errorf(core.CodeInvalid, "These are too many conditions: at most %d are allowed.", MaxConditions)
		return nil
	}
	h := scan(r.text, r.pos, depth > 0)
	if kind, ok := groupAt(r.text[r.pos:]); ok && !h.readable(r.text[start:]) {
		return r.group(kind, depth)
	}
	c := &plain{op: h.op}
	if h.op == "" {
		r.fail(start, "It compares with nothing. Write field=value, field is value, or field is empty.")
		return nil
	}
	end := h.end
	if h.op.isPattern() {
		end = patternEnd(r.text, h.behind, depth > 0)
	}
	r.path(c, start, r.text[start:h.at])
	r.operand(c, start, r.text[h.behind:end])
	r.pos = end
	return c
}

func (r *reader) path(c *plain, start int, text string) {
	text = strings.TrimSpace(text)
	if text == "" {
		r.fail(start, "The name of a field is missing in front.")
		return
	}
	var err error
	if c.path, err = value.ParsePath(text); err != nil {
		r.fail(start, "%s", core.Sentence(err))
	}
}

// group reads any(…), all(…) or not(…).
func (r *reader) group(kind groupKind, depth int) condition {
	start := r.pos
	if depth == MaxNesting {
		r.fail(start, "Its groups are nested too deeply; %d is the most.", MaxNesting)
		return nil
	}
	r.pos += len(kind) + 1
	g := &group{kind: kind, list: r.list(depth + 1)}
	switch {
	case r.err != nil:
		return nil
	case r.pos == len(r.text):
		r.fail(start, "The parenthesis of %s( does not close.", kind)
	case len(g.list) == 0:
		r.fail(start, "Nothing stands inside %s().", kind)
	default:
		r.pos++
		r.ended(start, depth)
	}
	return g
}

// ended refuses what stands behind the parenthesis that closes a group.
func (r *reader) ended(start, depth int) {
	r.skip(" \t\r\n")
	if r.pos == len(r.text) || r.text[r.pos] == ';' || depth > 0 && r.text[r.pos] == ')' {
		return
	}
	r.fail(start, "Behind the parenthesis of a group stands %s. Write a semicolon between conditions.", short(r.text[r.pos:]))
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

// short bounds a text that a sentence repeats.
func short(text string) string {
	const most = 60
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
