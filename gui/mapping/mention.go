package mapping

import (
	"strings"

	"hookbird/core/merge"
)

// Mention writes a field of the record as a text in some place names it, with a
// backslash where a character of its name would mean something else.
func Mention(path string, place merge.Place) string {
	name := strings.NewReplacer(`\`, `\\`, `|`, `\|`, `[`, `\[`, `]`, `\]`).Replace(path)
	if strings.HasPrefix(name, "@") {
		name = `\` + name
	}
	if rest, ok := strings.CutPrefix(name, "secret:"); ok {
		name = `secret\:` + rest
	}
	if place == merge.JSON {
		name = strings.ReplaceAll(name, `"`, `\"`)
	}
	return "[" + name + "]"
}

// fieldsOf lists the fields of the record that a text names, in order.
func fieldsOf(text string) []string {
	t, err := merge.Parse(text, merge.Plain)
	if err != nil {
		return nil
	}
	var names []string
	for _, use := range t.Paths() {
		names = append(names, use.Path)
	}
	return names
}
