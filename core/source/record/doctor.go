package record

import (
	"strings"
	"unicode"

	"hookbird/core"
)

// doctor looks for what often is wrong with the values of a column.
type doctor struct{ spaces finding }

// finding is something that values have in common.
type finding struct {
	count    int64
	examples []string
	repaired []string
}

// maxExamples is how many values show what was found.
const maxExamples = 3

func (f *finding) add(example, repaired string) {
	f.count++
	if len(f.examples) < maxExamples {
		f.examples, f.repaired = append(f.examples, cut(example)), append(f.repaired, cut(repaired))
	}
}

func (d *doctor) look(text string) {
	if trimmed := trim(text); trimmed != text {
		d.spaces.add(text, trimmed)
	}
}

// trim takes away what the conversion "trim" does.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
	})
}

func (d *doctor) findings(column string) (list []core.Finding) {
	if d.spaces.count > 0 {
		list = append(list, core.Finding{
			Kind: core.FindSpaces, Column: column, Count: d.spaces.count,
			Examples: d.spaces.examples, Repaired: d.spaces.repaired, Convert: []string{"trim"},
		})
	}
	return list
}
