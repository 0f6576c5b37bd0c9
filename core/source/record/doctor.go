package record

import (
	"slices"
	"strings"
	"unicode"

	"hookbird/core"
)

// doctor looks for what often is wrong with the values of a column.
type doctor struct {
	scientific, year1900, mojibake, spaces, formula finding
	lengths                                         lengths
	dates                                           dateOrder
}

// finding is something that values have in common.
type finding struct {
	count    int64
	examples []string
	repaired []string
	list     map[string]string // each value as it stands, and as it would be repaired; nil once they are too many
	hopeless bool              // a value cannot be repaired
}

const (
	maxExamples = 3  // values that show what was found
	maxList     = 12 // different values that a list of values repairs
)

// add takes a value and what it would be repaired to.
func (f *finding) add(text, repaired string) {
	if f.count++; len(f.examples) < maxExamples {
		f.examples, f.repaired = append(f.examples, cut(text)), append(f.repaired, cut(repaired))
	}
	if f.count == 1 {
		f.list = map[string]string{}
	}
	if f.list == nil {
		return
	}
	if f.list[trim(text)] = repaired; len(f.list) > maxList || len(text) > bookSample {
		f.list = nil
	}
}

// addHopeless takes a value that cannot be repaired.
func (f *finding) addHopeless(text string) {
	f.add(text, "")
	f.hopeless = true
}

// look takes a value of a text or a number.
func (d *doctor) look(text string, isText bool) {
	if d.lengths.look(trim(text)); !isText {
		return
	}
	if trimmed := trim(text); trimmed != text {
		d.spaces.add(text, trimmed)
		text = trimmed
	}
	if text == "" {
		return
	}
	if exact, all, ok := shortened(text); ok && all {
		d.scientific.add(text, exact)
	} else if ok {
		d.scientific.addHopeless(text)
	}
	if isFormulaError(text) {
		d.formula.add(text, "")
	}
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		d.mojibake.addHopeless(text)
	} else if letters, ok := readAnew(text); ok {
		d.mojibake.add(text, letters)
	}
	day, ok := readDay(text)
	switch {
	case ok && day.standsForNothing():
		d.year1900.add(text, "")
	case ok:
		d.dates.look(text, day)
	}
}

// trim takes away what the conversion "trim" does.
func trim(text string) string {
	return strings.TrimFunc(text, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' || r == '\u2060'
	})
}

// findings says what was found in a column.
func (d *doctor) findings(column string) (list []core.Finding) {
	zeros, dates := d.lengths.finding(column), d.dates.finding()
	for _, f := range []struct {
		kind    core.FindingKind
		found   *finding
		convert []string
	}{
		{core.FindScientific, &d.scientific, nil},
		{core.FindZeros, &zeros, nil},
		{core.FindYear1900, &d.year1900, nil},
		{core.FindDayMonth, &dates, nil},
		{core.FindMojibake, &d.mojibake, nil},
		{core.FindSpaces, &d.spaces, []string{"trim"}},
		{core.FindFormula, &d.formula, nil},
	} {
		if f.found.count > 0 {
			list = append(list, f.found.told(f.kind, column, f.convert))
		}
	}
	return list
}

// told says it with the steps that repair it: those given or, if there are none, a
// list of values.
func (f *finding) told(kind core.FindingKind, column string, convert []string) core.Finding {
	found := core.Finding{Kind: kind, Column: column, Count: f.count, Examples: f.examples}
	if f.hopeless {
		return found
	}
	if found.Repaired, found.Convert = f.repaired, convert; convert == nil && f.list != nil {
		found.Convert = []string{f.values()}
	}
	return found
}

// values writes the conversion that repairs each value that was found, and leaves all
// others as they are.
func (f *finding) values() string {
	var pairs []string
	for text, repaired := range f.list {
		pairs = append(pairs, inList(text)+"="+inList(repaired))
	}
	slices.Sort(pairs)
	return "values:" + strings.Join(append(pairs, "*=*"), ",")
}

// inList writes a value as it stands in a list of values.
func inList(text string) string {
	if strings.ContainsAny(text, `",=*`) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}
