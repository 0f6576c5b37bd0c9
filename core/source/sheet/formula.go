package sheet

import (
	"slices"
	"strings"
)

// uncalculated is what record says of a cell whose formula has no result in the
// file, because the program that wrote it does not calculate.
const uncalculated = "holds a formula whose result is not in the file"

// waitsForFormula tells by what is odd about a row whether a cell that is needed has
// no value yet: one of those that are named in the settings or, if none is, any.
func (c *cutter) waitsForFormula(notes []string) bool {
	for _, note := range notes {
		cell, odd, _ := strings.Cut(strings.TrimPrefix(note, "Cell "), " ")
		if strings.HasPrefix(odd, uncalculated) && c.needed(columnOf(cell)) {
			return true
		}
	}
	return false
}

func (c *cutter) needed(i int) bool {
	named := slices.Concat(c.keys, c.required)
	if c.ready >= 0 {
		named = append(named, c.ready)
	}
	return i >= 0 && (len(named) == 0 || slices.Contains(named, i))
}

// columnOf gives the column of a cell like "AB12", from 0; -1 for what is none.
func columnOf(cell string) int {
	n := 0
	for _, r := range cell {
		if r < 'A' || r > 'Z' || n > 1<<20 {
			break
		}
		n = 26*n + int(r-'A') + 1
	}
	return n - 1
}
