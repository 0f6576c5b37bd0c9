package mapping

import (
	"slices"

	"hookbird/core"
	"hookbird/core/merge"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// CheckText says of a text with fields what is wrong with it, or how many fields
// it has: "3 fields found, all of them exist."
func CheckText(text string, place merge.Place, e *Examples, keys []string) (widgets.Status, string) {
	t, err := merge.Parse(text, place)
	if err != nil {
		return widgets.Bad, core.Sentence(err)
	}
	for _, use := range t.Paths() {
		if !e.Known(use.Path) {
			return widgets.Waiting, unknownField(use.Path, place, e)
		}
	}
	for _, name := range t.Secrets() {
		if !slices.Contains(keys, name) {
			return widgets.Waiting, "There is no secret value called " + name + " yet. Add it below."
		}
	}
	switch n := t.Count(); n {
	case 0:
		return widgets.Neutral, "No field yet: every message would say the same. Press one above, or type [ to put one in."
	case 1:
		return widgets.Good, "1 field found, and it exists."
	default:
		return widgets.Good, words.Number(uint64(n)) + " fields found, all of them exist."
	}
}

func unknownField(path string, place merge.Place, e *Examples) string {
	text := "There is no field called " + Mention(path, place) + "."
	if meant, ok := e.Meant(path); ok {
		return text + " Did you mean " + Mention(meant, place) + "?"
	}
	return text + " It would be sent empty."
}

// MissingKeys lists the secrets that texts read and that are not there yet.
func MissingKeys(texts []string, place merge.Place, keys []string) []string {
	var missing []string
	for _, text := range texts {
		t, err := merge.Parse(text, place)
		if err != nil {
			continue
		}
		for _, name := range t.Secrets() {
			if !slices.Contains(keys, name) && !slices.Contains(missing, name) {
				missing = append(missing, name)
			}
		}
	}
	return missing
}
