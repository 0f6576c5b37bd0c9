package diagnostics

import (
	"cmp"
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookbird/core/mask"
)

// fewWords is how many words a value has at most that is likely to be repeated in parts.
const fewWords = 4

// Without hides in a text what it repeats of a record: its values, and the words of
// short ones, such as a family name. Without a record nothing of the text is told.
func Without(text string, data []byte) string {
	var all any
	if err := json.Unmarshal(data, &all); err != nil {
		return mask.Value(text)
	}
	for _, part := range parts(all) {
		text = hidePart(text, part)
	}
	return mask.Personal(text)
}

// parts gives the values of a record and the words of short ones, the longest first.
func parts(v any) []string {
	found := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for key := range v {
				walk(v[key])
			}
		case []any:
			for i := range v {
				walk(v[i])
			}
		case string:
			found[strings.ToLower(strings.TrimSpace(v))] = true
			if words := strings.FieldsFunc(email.ReplaceAllStringFunc(v, mailbox), notLetter); len(words) <= fewWords {
				for _, w := range words {
					found[strings.ToLower(w)] = true
				}
			}
		}
	}
	walk(v)
	all := slices.DeleteFunc(slices.Collect(maps.Keys(found)), func(s string) bool {
		return len(s) < 3 || !strings.ContainsFunc(s, unicode.IsLetter)
	})
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	return all
}

// mailbox is an address without its system, which is told.
func mailbox(address string) string {
	name, _, _ := strings.Cut(address, "@")
	return name
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }

// hidePart hides a part where it stands in a text by itself, whatever its case.
func hidePart(text, part string) string {
	found := regexp.MustCompile("(?i)" + regexp.QuoteMeta(part))
	var b strings.Builder
	at := 0
	for _, m := range found.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:m[0]])
		after, _ := utf8.DecodeRuneInString(text[m[1]:])
		if unicode.IsLetter(before) || unicode.IsLetter(after) {
			continue
		}
		b.WriteString(text[at:m[0]] + mask.Value(text[m[0]:m[1]]))
		at = m[1]
	}
	return b.String() + text[at:]
}
