package record

import (
	"slices"
	"strings"
	"unicode"
)

// lengths counts how long the numbers of a column are, to find out whether some have
// lost the zeros in front.
type lengths struct {
	all    int64 // values that hold something
	digits int64 // of them those that are digits alone
	zeros  bool  // one begins with a zero
	count  [longestCode + 1]int64
	bare   [longestCode + 1]finding // those without a zero in front
}

// longestCode is how many digits a code has at most that is looked at.
const longestCode = 14

func (l *lengths) look(text string) {
	if text == "" {
		return
	}
	if l.all++; len(text) > longestCode || !isDigits(text) {
		return
	}
	l.digits++
	l.count[len(text)]++
	if text[0] == '0' && len(text) > 1 {
		l.zeros = true
	} else {
		l.bare[len(text)].add(text, "")
	}
}

// codes are words in the names of columns whose numbers are codes: 1067 is 01067.
var codes = []string{
	"plz", "postleitzahl", "zip", "postcode", "postal", "postnummer", "postnr", "cap", "cp", "psc", "psč", "pocztowy",
	"konto", "blz", "account", "ean", "gtin", "isbn", "barcode", "siren", "siret", "nic", "insee", "matricule",
}

// isCode tells whether a column says by its name that its numbers are codes.
func isCode(column string) bool {
	words := strings.FieldsFunc(strings.ToLower(column), func(r rune) bool { return !unicode.IsLetter(r) })
	return slices.ContainsFunc(words, func(word string) bool {
		return slices.ContainsFunc(codes, func(code string) bool { return word == code || len(code) > 4 && strings.Contains(word, code) })
	})
}

// finding gives the numbers that are one or two digits shorter than nearly all, in a
// column of codes: one that says so by its name, or that has zeros in front elsewhere.
func (l *lengths) finding(column string) (f finding) {
	usual := 0
	for n, count := range l.count {
		if count > l.count[usual] {
			usual = n
		}
	}
	if usual < 3 || 10*l.digits < 9*l.all || 2*l.count[usual] < l.digits || !l.zeros && !isCode(column) {
		return f
	}
	for n := max(usual-2, 1); n < usual; n++ {
		f.join(&l.bare[n], strings.Repeat("0", usual-n))
	}
	return f
}

// join adds what another has found, repaired by putting something in front.
func (f *finding) join(other *finding, front string) {
	if other.count == 0 {
		return
	}
	whole := (f.count == 0 || f.list != nil) && other.list != nil
	f.count += other.count
	for _, text := range other.examples[:min(len(other.examples), maxExamples-len(f.examples))] {
		f.examples, f.repaired = append(f.examples, text), append(f.repaired, front+text)
	}
	if !whole || len(f.list)+len(other.list) > maxList {
		f.list = nil
		return
	}
	if f.list == nil {
		f.list = map[string]string{}
	}
	for text := range other.list {
		f.list[text] = front + text
	}
}
