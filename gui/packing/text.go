package packing

import (
	"net/url"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/gui/mapping"
)

// Text begins a text of one's own with every field of a record, each under its own
// name: as a web form where messages were packed so, and else as JSON.
func Text(was core.BodyStyle, fields []control.SampleField) string {
	fields = slices.DeleteFunc(slices.Clone(fields), func(f control.SampleField) bool { return strings.TrimSpace(f.Path) == "" })
	lines := make([]string, len(fields))
	if was == core.BodyForm || was == core.BodyMultipart {
		for i, f := range fields {
			lines[i] = url.QueryEscape(f.Path) + "=" + mapping.Mention(f.Path, merge.Form)
		}
		return strings.Join(lines, "&")
	}
	for i, f := range fields {
		lines[i] = "  " + literal.Replace(quoted(f.Path)) + `: "` + mapping.Mention(f.Path, merge.JSON) + `"`
	}
	return "{\n" + strings.Join(lines, ",\n") + "\n}"
}

// literal keeps a name from being read as a field.
var literal = strings.NewReplacer(`[`, `\[`, `${`, `\${`)
