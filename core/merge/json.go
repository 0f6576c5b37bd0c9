package merge

import (
	"encoding/json"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"
)

// jsonGuide knows what is inside a JSON string and what is not.
type jsonGuide struct{ inString bool }

func (g *jsonGuide) take(rest string) (int, error) {
	switch {
	case rest[0] == '"':
		g.inString = !g.inString
		return 1, nil
	case !g.inString && !strings.HasPrefix(rest, "${"):
		return 1, nil // a [ begins an array
	case rest[0] == '\\' && openerOf(rest[1:]) == "":
		return min(2, len(rest)), nil // an escape of JSON
	}
	return 0, nil
}

func (g *jsonGuide) spot() (spot, error) {
	if g.inString {
		return spotString, nil
	}
	return spotValue, nil
}

func (g *jsonGuide) literal(dst, text []byte, _, _ bool) []byte { return append(dst, text...) }

// check tells where the text around the fields is no JSON.
func (g *jsonGuide) check(t *Text, mask string) (at int, problem string) {
	var whole json.RawMessage
	syntax, ok := errors.AsType[*json.SyntaxError](json.Unmarshal([]byte(mask), &whole))
	switch {
	case !ok:
		return 0, ""
	case strings.TrimSpace(mask) == "":
		return 0, "There is no JSON yet. It needs at least {}."
	case strings.Contains(syntax.Error(), "unexpected end"):
		return len(mask), "This JSON ends too early, at {at}: a quote or a bracket does not close."
	}
	at = max(0, int(syntax.Offset)-1)
	return at, "This is no JSON at {at}: " + jsonProblem(t.text[:at], t.text[at:])
}

// jsonProblem says what is wrong where rest begins.
func jsonProblem(before, rest string) string {
	r, _ := utf8.DecodeRuneInString(rest)
	before = strings.TrimRight(before, " \t\r\n")
	switch {
	case r < ' ':
		return `inside quotes a line break is written \n, and a tab \t.`
	case strings.HasSuffix(before, "[") && unicode.IsLetter(r):
		return `outside of quotes a bracket begins a list. Write a merge field inside quotes, as in "[Name]", or as ${name}.`
	case strings.HasSuffix(before, ","):
		return "after a comma something has to follow. Remove the comma, or write what is missing."
	}
	return string(r) + " cannot stand there. Look for a comma, a colon or a quote that is missing in front of it."
}

// jsonEscape reads the escape that s begins with, and tells how long it is; 0 if
// it is none.
func jsonEscape(s string) (text string, size int) {
	size = 2
	if s[1] == 'u' {
		size = 6
		if len(s) >= 12 && s[6:8] == `\u` {
			if err := json.Unmarshal([]byte(`"`+s[:12]+`"`), &text); err == nil && utf8.RuneCountInString(text) == 1 {
				return text, 12
			}
		}
	}
	if len(s) < size {
		return "", 0
	}
	if err := json.Unmarshal([]byte(`"`+s[:size]+`"`), &text); err != nil {
		return "", 0
	}
	return text, size
}
