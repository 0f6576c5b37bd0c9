package merge

import "strings"

// part is what stands between two | of a merge field, without the backslashes
// that protect.
type part struct {
	text     []byte
	guarded  []bool // which bytes a backslash protects, or came of a JSON escape
	at, size int    // where it stands in the field as typed, behind what opens it
}

// add adds a byte.
func (p *part) add(c byte, guarded bool) {
	p.text, p.guarded = append(p.text, c), append(p.guarded, guarded)
}

// plain tells whether the byte at i is c and not protected.
func (p part) plain(i int, c byte) bool {
	return i < len(p.text) && p.text[i] == c && !p.guarded[i]
}

func (p part) blank(i int) bool {
	return p.plain(i, ' ') || p.plain(i, '\t')
}

// trimmed is the part without the spaces around it.
func (p part) trimmed() part {
	for len(p.text) > 0 && p.blank(0) {
		p.text, p.guarded, p.at, p.size = p.text[1:], p.guarded[1:], p.at+1, p.size-1
	}
	for n := len(p.text); n > 0 && p.blank(n-1); n-- {
		p.text, p.guarded, p.size = p.text[:n-1], p.guarded[:n-1], p.size-1
	}
	return p
}

// step is the part as a step of package convert: a space behind a colon is part
// of its argument, others around it are not.
func (p part) step() string {
	text := strings.TrimLeft(string(p.text), " \t")
	if strings.Contains(text, ":") {
		return text
	}
	return strings.TrimRight(text, " \t")
}

// guardable are the characters that a backslash makes text within a merge field.
const guardable = "|[]{}\\@: \t\n\r"

// cutField cuts a merge field at what closes it, and at each |. s begins behind
// what opened it; size is where the closer stands. In a JSON string its escapes
// are read too. ok is false if the field does not close before the end, the line
// or, in brackets, the next bracket.
func cutField(s, opener string, closer byte, inString bool) (parts []part, size int, ok bool) {
	current := part{}
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == closer:
			current.size = i - current.at
			return append(parts, current), i, true
		case c == '\n' || c == '\r' || c == '"' && inString || c == '[' && opener == "[":
			return nil, 0, false
		case c == '|':
			current.size = i - current.at
			parts = append(parts, current)
			current = part{at: i + 1}
		case c == '\\' && i+1 < len(s):
			i += current.escape(s[i:], inString)
		default:
			current.add(c, false)
		}
	}
	return nil, 0, false
}

// escape reads a backslash and what follows it, and tells how many bytes that
// are besides the backslash.
func (p *part) escape(s string, inString bool) int {
	if strings.IndexByte(guardable, s[1]) >= 0 {
		p.add(s[1], true)
		return 1
	}
	if inString {
		if text, n := jsonEscape(s); n > 0 {
			for i := range len(text) {
				p.add(text[i], text != `"`)
			}
			return n - 1
		}
	}
	p.add('\\', true)
	return 0
}
