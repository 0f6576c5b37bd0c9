package record

import (
	"strings"
	"time"
)

// day is a date as it is written: with which number comes first, where nobody can tell
// the day from the month.
type day struct {
	first, second, year int
	iso                 bool // the year comes first, then the month
}

// readDay reads a date that is written in numbers, with or without a time behind it. A
// spreadsheet shows an empty cell as a day or month 0.
func readDay(text string) (d day, ok bool) {
	text, _, _ = cutAny(text, "T", " ", ",")
	mark := strings.IndexAny(text, "./-")
	if mark < 1 || mark > 4 || len(text) > len("2006-01-02") {
		return d, false
	}
	parts := strings.Split(text, text[mark:mark+1])
	if len(parts) != 3 {
		return d, false
	}
	var n [3]int
	for i, part := range parts {
		if !isDigits(part) || len(part) > 4 || len(part) == 3 {
			return d, false
		}
		for _, c := range part {
			n[i] = 10*n[i] + int(c-'0')
		}
	}
	switch {
	case len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2:
		d = day{first: n[2], second: n[1], year: n[0], iso: true}
	case len(parts[0]) <= 2 && len(parts[1]) <= 2 && len(parts[2]) != 1:
		d = day{first: n[0], second: n[1], year: n[2]}
	default:
		return d, false
	}
	return d, d.first <= 31 && d.second <= 31 && min(d.first, d.second) <= 12
}

// standsForNothing tells whether a date is one that programs make of an empty cell, or
// people of none: a day or month 0, or any in 1899, 1900 or 1904, from which programs
// count days.
func (d day) standsForNothing() bool {
	return d.first == 0 || d.second == 0 || d.year == 1899 || d.year == 1900 || d.year == 1904
}

// dateOrder finds out whether a column has dates with the day first and others with
// the month first.
type dateOrder struct {
	dayFirst, monthFirst finding // dates of which this is sure
	either               int64   // that can be read both ways
	iso, isoLate         int64   // with the year first; of them those after the 12th
}

func (o *dateOrder) look(text string, d day) {
	switch {
	case d.iso:
		if o.iso++; d.first > int(time.December) {
			o.isoLate++
		}
	case d.first > int(time.December):
		o.dayFirst.addHopeless(text)
	case d.second > int(time.December):
		o.monthFirst.addHopeless(text)
	default:
		o.either++
	}
}

// finding gives the dates of the rarer order, with examples of both. A workbook gives
// itself away otherwise: a program that took the day for the month has made dates of
// those it could read that way, and left the others as text.
func (o *dateOrder) finding() finding {
	rare, usual := &o.monthFirst, &o.dayFirst
	if rare.count > usual.count {
		rare, usual = usual, rare
	}
	switch {
	case rare.count > 0:
		f := *rare
		f.examples = append(f.examples[:1:1], usual.examples[0])
		return f
	case usual.count > 0 && o.either == 0 && o.iso > 0 && o.isoLate == 0:
		return *usual
	}
	return finding{}
}
