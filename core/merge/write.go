package merge

import "strings"

// Write gives the merge field that reads a path, as it is typed in a place:
// [First Name].
func Write(path string, place Place) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, r := range path {
		atEdge := i == 0 || i+1 == len(path)
		guard := strings.ContainsRune("|[]\\\n\r", r) || r == ' ' && atEdge || r == '\t' && atEdge || r == '@' && i == 0 ||
			r == ':' && path[:i+1] == secretPrefix
		if guard {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte(']')
	if place == JSON {
		return inString(b.String())
	}
	return b.String()
}

// inString writes a merge field as it stands inside a JSON string.
func inString(field string) string {
	return strings.NewReplacer(`"`, `\"`, "\\\n", `\n`, "\\\r", `\r`, "\\\t", `\t`, "\t", `\t`).Replace(field)
}
