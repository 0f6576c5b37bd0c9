package message

import "strings"

// name is the other system's name for a field, split at its dots, which nest:
//
//	address.zip   {"address":{"zip":…}}   address[zip]=…
//	"address.zip" {"address.zip":…}       address.zip=…
//
// A step in quotes stands for itself, dots and all; a quote inside it is doubled.
// A name with a dot at either end, or with two in a row, stands for itself whole.
type name struct {
	steps  []string
	plain  string // as it was written
	quoted bool   // a step of it was in quotes
}

// parseName reads a name. CodeInvalid if a quote does not close.
func parseName(text string) (name, error) {
	n := name{plain: text}
	for rest := text; ; {
		step, behind, quoted, ok := cutStep(rest)
		switch {
		case !ok:
			return n, wrong(`A quote in the name %s does not close. Write "a.b" for a name with a dot in it, and a quote inside a name twice.`, text)
		case step == "" && !quoted:
			return name{plain: text, steps: []string{text}}, nil
		}
		n.steps = append(n.steps, step)
		n.quoted = n.quoted || quoted
		if behind == "" {
			return n, nil
		}
		rest = behind[1:]
	}
}

// cutStep cuts the first step off a name. What is behind it is "" or begins with
// a dot.
func cutStep(text string) (step, behind string, quoted, ok bool) {
	if !strings.HasPrefix(text, `"`) {
		if i := strings.IndexByte(text, '.'); i >= 0 {
			return text[:i], text[i:], false, true
		}
		return text, "", false, true
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] != '"':
		case strings.HasPrefix(text[i+1:], `"`):
			i++
		default:
			behind = text[i+1:]
			return strings.ReplaceAll(text[1:i], `""`, `"`), behind, true, behind == "" || behind[0] == '.'
		}
	}
	return "", "", true, false
}

// form gives the name as forms write it: a[b]. One that has brackets already
// stays as it is.
func (n name) form() string {
	switch {
	case len(n.steps) == 0:
		return n.plain
	case len(n.steps) == 1:
		return n.steps[0]
	case !n.quoted && strings.ContainsAny(n.plain, "[]"):
		return n.plain
	default:
		return n.steps[0] + "[" + strings.Join(n.steps[1:], "][") + "]"
	}
}

// shown gives the name as the window lists it.
func (n name) shown() string { return strings.Join(n.steps, ".") }
