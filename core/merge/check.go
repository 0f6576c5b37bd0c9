package merge

import (
	"fmt"
	"strings"

	"hookbird/core/value"
)

// Unknown is a field that no record had so far. That is no fault: the next record
// may have it.
type Unknown struct {
	Use
	Meant string // the name that was probably meant; "" if none comes close
}

// Sentence says it to a person.
func (u Unknown) Sentence() string {
	text := fmt.Sprintf("There is no field called [%s].", u.Path)
	if u.Meant != "" {
		text += fmt.Sprintf(" Did you mean [%s]?", u.Meant)
	}
	return text
}

// Check lists the fields that are not among names, the paths that value.Paths
// gives for records; none while there are no names yet. What a path takes out of
// the items of a list is not looked at.
func (t *Text) Check(names []string) []Unknown {
	if len(names) == 0 {
		return nil
	}
	var list []Unknown
	for _, use := range t.Paths() {
		if isKnown(use.Path, names) {
			continue
		}
		u := Unknown{Use: use}
		u.Meant, _ = value.Suggest(use.Path, names)
		list = append(list, u)
	}
	return list
}

// isKnown tells whether a path leads to one of the names, to an object that holds
// it, or into a list of that name.
func isKnown(path string, names []string) bool {
	path = bare(path)
	list, _, selects := strings.Cut(path, "(")
	for _, name := range names {
		name = bare(name)
		if name == path || strings.HasPrefix(name, path+".") || selects && (name == list || strings.HasPrefix(name, list+".")) {
			return true
		}
	}
	return false
}

// bare is a path without case and quotes.
func bare(path string) string {
	return strings.ToLower(strings.ReplaceAll(path, `"`, ""))
}
