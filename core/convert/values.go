package convert

import (
	"strings"

	"hookbird/core/value"
)

// valueList says what is sent instead of a value.
type valueList struct {
	exact  map[string]string
	folded map[string]string // the same by small letters, the first of those that are alike
	rest   *string           // instead of every value that is not in the list
	keep   bool              // every other value stays as it is
}

// makeValues makes the step that replaces values by a list of pairs such as
// Oui=true,Non=false. Exact matches come before those without regard to case. A
// pair whose left side is * stands for every other value, which *=* keeps; one
// whose left side is empty stands for an empty or missing value. Either side may
// stand in quotes, a quote inside being doubled.
func makeValues(arg string) (work, error) {
	l, err := parseValues(arg)
	if err != nil {
		return nil, err
	}
	convert := each(l.convert)
	return func(v value.Value) (value.Value, *fault) {
		if v.IsEmpty() || v.Kind() == value.String && trim(v.Text()) == "" {
			if to, ok := l.exact[""]; ok {
				return value.NewText(to), nil
			}
			return v, nil
		}
		return convert(v)
	}, nil
}

func (l *valueList) convert(v value.Value) (value.Value, *fault) {
	text := trim(v.Text())
	to, ok := l.exact[text]
	if !ok {
		to, ok = l.folded[lower(text)]
	}
	switch {
	case ok:
		return value.NewText(to), nil
	case l.keep:
		return v, nil
	case l.rest != nil:
		return value.NewText(*l.rest), nil
	default:
		return refuse(v, "is not in the list of values. Add it to the list, or say with *=… what to send for every other value.")
	}
}

func parseValues(arg string) (*valueList, error) {
	l := &valueList{exact: map[string]string{}, folded: map[string]string{}}
	for more := true; more; {
		var from, to side
		var ok bool
		if from, arg, ok = cutSide(arg, '='); !ok {
			return nil, wrong("The list of values stops making sense at %s. Write pairs with commas between them, such as values:Oui=true,Non=false.", quote(arg))
		}
		if to, arg, ok = cutSide(arg, ','); !ok {
			to, arg, ok = cutSide(arg, 0)
			more = false
		}
		if !ok {
			return nil, wrong("The list of values stops making sense at %s. A text in quotes ends with a quote, and a comma comes behind it.", quote(arg))
		}
		if _, twice := l.exact[from.text]; twice && !from.star() {
			return nil, wrong("%s stands twice in the list of values. Remove one.", quote(from.text))
		}
		l.add(from, to)
	}
	return l, nil
}

func (l *valueList) add(from, to side) {
	switch {
	case from.star() && to.star():
		l.keep = true
	case from.star():
		l.rest = &to.text
	default:
		l.exact[from.text] = to.text
		if _, alike := l.folded[lower(from.text)]; !alike {
			l.folded[lower(from.text)] = to.text
		}
	}
}

// side is one side of a pair.
type side struct {
	text   string
	quoted bool
}

func (s side) star() bool { return s.text == "*" && !s.quoted }

// cutSide cuts a side off a list, with the character behind it; an end of 0 is the
// end of the text. ok is false, and the text whole, if that is not there.
func cutSide(text string, end byte) (s side, rest string, ok bool) {
	inner := strings.TrimLeft(text, " ")
	if strings.HasPrefix(inner, `"`) {
		s.quoted = true
		s.text, rest, ok = cutQuoted(inner)
		rest = strings.TrimLeft(rest, " ")
		switch {
		case ok && end == 0 && rest == "":
			return s, rest, true
		case !ok || end == 0 || rest == "" || rest[0] != end:
			return s, text, false
		}
		return s, rest[1:], true
	}
	at := len(text)
	if end != 0 {
		if at = strings.IndexByte(text, end); at < 0 {
			return s, text, false
		}
		rest = text[at+1:]
	}
	s.text = trim(text[:at])
	return s, rest, true
}

// cutQuoted cuts a text in quotes off the one that begins with it.
func cutQuoted(text string) (inner, rest string, ok bool) {
	for i := 1; i < len(text); i++ {
		if text[i] != '"' {
			continue
		}
		if i+1 < len(text) && text[i+1] == '"' {
			i++
			continue
		}
		return strings.ReplaceAll(text[1:i], `""`, `"`), text[i+1:], true
	}
	return "", "", false
}
