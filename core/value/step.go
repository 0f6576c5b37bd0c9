package value

import (
	"fmt"
	"strconv"
	"strings"
)

// step is one name of a path, and which items of the list under it are meant.
type step struct {
	name name
	bare int // where its name ends in the text of the path
	end  int // where the step ends
	kind pick
	prop Path   // of pickTrue and pickWhere
	want string // of pickWhere
	nth  int    // of pickNth, from 1
}

// pick says which items a step means.
type pick uint8

const (
	pickWhole pick = iota // the value itself, without a selector
	pickAll               // (*)
	pickTrue              // (prop)
	pickWhere             // (prop=value)
	pickNth               // (2)
)

// maxNth is the highest number of an item that a path can ask for.
const maxNth = 1_000_000

// pathReader reads the text of a path from pos on. The first fault counts.
type pathReader struct {
	text  string
	pos   int
	fault string
}

func (r *pathReader) fail(format string, args ...any) {
	if r.fault == "" {
		r.fault = fmt.Sprintf(format, args...)
	}
}

// steps reads the whole path. It gives nil where the text has no reading but as
// the name of a field, because a step is empty.
func (r *pathReader) steps() []step {
	var steps []step
	nameless := false
	for r.fault == "" {
		s, quoted := r.step()
		nameless = nameless || s.name.text == "" && !quoted
		steps = append(steps, s)
		if r.pos == len(r.text) {
			break
		}
		r.pos++ // the dot
	}
	if nameless {
		return nil
	}
	return steps
}

// step reads one name and its selector, up to a dot or the end.
func (r *pathReader) step() (s step, quoted bool) {
	if r.peek() == '"' {
		quoted = true
		s.name = newName(r.quoted())
	} else {
		s.name = newName(r.plain())
	}
	s.bare = r.pos
	if r.peek() == '(' {
		r.selector(&s)
	}
	s.end = r.pos
	if r.fault == "" && r.pos < len(r.text) && r.peek() != '.' {
		r.behind()
	}
	return s, quoted
}

// behind tells that something stands where a dot or the end should.
func (r *pathReader) behind() {
	r.fail("%s stands behind a closing %s. Write a dot between names, or if all of it is the name of one field: %s",
		short(r.text[r.pos:]), r.text[r.pos-1:r.pos], short(quote(r.text)))
}

// peek gives the byte at pos, or 0 at the end.
func (r *pathReader) peek() byte {
	if r.pos < len(r.text) {
		return r.text[r.pos]
	}
	return 0
}

// plain reads a name without quotes: up to a dot, or to a parenthesis that
// stands directly behind it.
func (r *pathReader) plain() string {
	from := r.pos
	for ; r.pos < len(r.text); r.pos++ {
		c := r.text[r.pos]
		if c == '.' || c == '(' && r.pos > from && r.text[r.pos-1] != ' ' {
			break
		}
	}
	return r.text[from:r.pos]
}

// quoted reads a text in quotes, a quote inside being doubled.
func (r *pathReader) quoted() string {
	from := r.pos + 1
	for i := from; i < len(r.text); i++ {
		if r.text[i] != '"' {
			continue
		}
		if i+1 < len(r.text) && r.text[i+1] == '"' {
			i++
			continue
		}
		r.pos = i + 1
		return strings.ReplaceAll(r.text[from:i], `""`, `"`)
	}
	r.fail(`a quote does not close. Write "First Name" or person."First Name", and a quote inside a name twice`)
	return ""
}

// selector reads what stands in parentheses behind a name.
func (r *pathReader) selector(s *step) {
	r.pos++
	r.spaces()
	switch {
	case r.peek() == '"':
		s.kind = pickTrue
		s.prop = r.prop(quote(r.quoted()))
	default:
		r.chosen(s, r.until("=)"))
	}
	r.spaces()
	if r.fault == "" && r.peek() == '=' {
		s.kind = pickWhere
		r.pos++
		r.spaces()
		s.want = r.wanted()
	}
	r.closing()
}

// chosen understands an unquoted selector up to = or its end.
func (r *pathReader) chosen(s *step, text string) {
	digits := strings.TrimPrefix(text, "-")
	isNumber := digits != "" && strings.Trim(digits, "0123456789") == ""
	switch {
	case text == "" && r.pos < len(r.text):
		r.fail("something is missing in its parentheses. Write (*) for any item, (2) for the second, (isMain) for those that have isMain, or (code=A1)")
	case r.peek() == '=':
		s.prop = r.prop(text)
	case text == "*":
		s.kind = pickAll
	case isNumber:
		s.kind = pickNth
		s.nth = r.number(text)
	default:
		s.kind = pickTrue
		s.prop = r.prop(text)
	}
}

func (r *pathReader) number(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxNth {
		r.fail("(%s) is no item. Items are counted from 1 to 1,000,000", short(text))
	}
	return n
}

// prop reads the name of a field of the items: names joined by dots.
func (r *pathReader) prop(text string) Path {
	p := Path{whole: newName(text)}
	inner := pathReader{text: text}
	p.steps = inner.steps()
	if inner.fault != "" {
		r.fail("%s", inner.fault)
	}
	return p
}

// wanted reads the value behind = in a selector.
func (r *pathReader) wanted() string {
	if r.peek() == '"' {
		return r.quoted()
	}
	return r.until(")")
}

// until reads up to one of these bytes, without the spaces around it.
func (r *pathReader) until(stops string) string {
	from := r.pos
	for r.pos < len(r.text) && strings.IndexByte(stops, r.text[r.pos]) < 0 {
		r.pos++
	}
	text := strings.TrimSpace(r.text[from:r.pos])
	if strings.Contains(text, "(") {
		r.fail("a parenthesis stands inside parentheses. Write what holds it in quotes, as in items(code=%s)", quote("A(1)"))
	}
	return text
}

func (r *pathReader) spaces() {
	for r.peek() == ' ' {
		r.pos++
	}
}

func (r *pathReader) closing() {
	if r.fault == "" && r.peek() != ')' {
		r.fail("a parenthesis does not close. Write addresses(isMain), or if all of it is the name of one field: %s", short(quote(r.text)))
	}
	r.pos++
}
