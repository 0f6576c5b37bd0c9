package paste

import (
	"net/url"
	"regexp"
	"strings"

	"hookbird/core"
)

// pair is a name with the value it has in the text.
type pair struct{ name, value string }

// formName is what the name of a field in a form looks like.
var formName = regexp.MustCompile(`^[^\s=&"'{}<>;,:][^=&"'{}<>;,\n]*$`)

// readForm reads the data of a form: a=1&b=2.
func readForm(g *Guess, text string) bool {
	pairs, ok := formPairs(strings.TrimPrefix(text, "?"))
	if !ok {
		return false
	}
	g.Kind = Form
	g.form(pairs)
	return true
}

// formPairs splits the data of a form; ok is false if it is none.
func formPairs(text string) (pairs []pair, ok bool) {
	for _, part := range strings.Split(text, "&") {
		part = strings.TrimFunc(part, isBlank)
		name, value, found := strings.Cut(part, "=")
		if part == "" {
			continue
		}
		if name = unescape(name); !found || !formName.MatchString(name) || len(strings.Fields(name)) > maxWords || strings.Contains(value, "\n") {
			return nil, false
		}
		pairs = append(pairs, pair{name, unescape(value)})
	}
	return pairs, len(pairs) > 0
}

// unescape undoes percent-encoding where it is right.
func unescape(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil {
		return strings.ToValidUTF8(plain, "\ufffd")
	}
	return text
}

// form takes the pairs of a form over.
func (g *Guess) form(pairs []pair) {
	g.Body.Style = core.BodyForm
	said := len(g.Said)
	for _, p := range pairs {
		g.field(p.name, p.value)
	}
	g.sayFirst(said, "It is sent as a web form with "+count(len(g.Body.Fields), "field")+".")
}

// sayFirst puts a sentence in front of those from a place on.
func (g *Guess) sayFirst(at int, sentence string) {
	g.Said = append(g.Said, "")
	copy(g.Said[at+1:], g.Said[at:])
	g.Said[at] = sentence
}
