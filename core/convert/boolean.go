package convert

import (
	"strings"

	"hookbird/core/value"
)

// words of yes and no that mean the same in every language they stand in.
var (
	yesWords = []string{"true", "yes", "y", "1", "on", "oui", "vrai", "ja", "wahr", "sí", "si", "sì", "vero", "verdadero", "sim"}
	noWords  = []string{"false", "no", "n", "0", "off", "non", "faux", "nein", "falsch", "falso", "nee", "não", "nao"}
)

// makeBoolean makes the step that reads yes and no. Its argument is the word for
// yes and the word for no, such as Oui/Non, without regard to case. Where the
// second is empty, so is what means no, and missing means no too.
func makeBoolean(arg string) (work, error) {
	if arg == "" {
		return each(readWords(yesWords, noWords)), nil
	}
	y, n, found := strings.Cut(arg, "/")
	y, n = trim(y), trim(n)
	if !found || same(y, n) {
		return nil, wrong("%s does not say what means yes and what means no. Write both with a slash between them, such as boolean:Oui/Non.", quote(arg))
	}
	read := each(readWords([]string{y}, []string{n}))
	return func(v value.Value) (value.Value, *fault) {
		empty := v.IsEmpty() || trim(v.Text()) == ""
		switch {
		case empty && n == "":
			return no, nil
		case empty && y == "":
			return yes, nil
		default:
			return read(v)
		}
	}, nil
}

func readWords(yeses, noes []string) work {
	return func(v value.Value) (value.Value, *fault) {
		text := trim(v.Text())
		switch {
		case v.Kind() == value.Bool:
			return v, nil
		case text == "":
			return value.NewText(""), nil
		case oneOf(text, yeses):
			return yes, nil
		case oneOf(text, noes):
			return no, nil
		case len(yeses) == 1:
			return refuse(v, "is neither %s nor %s. Correct it in the record, or say which words mean yes and no.", quote(yeses[0]), quote(noes[0]))
		default:
			return refuse(v, "is neither yes nor no. Say which words mean yes and no, such as boolean:Oui/Non.")
		}
	}
}

func oneOf(text string, words []string) bool {
	for _, w := range words {
		if same(text, w) {
			return true
		}
	}
	return false
}

// same compares two texts without regard to case.
func same(a, b string) bool { return strings.EqualFold(a, b) }
