package record

import (
	"io"
	"strings"
)

// totalWords are what stands before totals, in the languages of offices.
var totalWords = map[string]bool{
	"total": true, "totals": true, "grand total": true, "subtotal": true, "sub-total": true, "sum": true,
	"summe": true, "gesamt": true, "gesamtsumme": true, "gesamtergebnis": true, "zwischensumme": true, "ergebnis": true,
	"total général": true, "sous-total": true, "somme": true, "totaux": true,
	"totale": true, "somma": true, "subtotale": true, "totale complessivo": true,
	"total general": true, "suma": true, "subtotal general": true,
	"totaal": true, "eindtotaal": true, "subtotaal": true, "som": true,
	"razem": true, "celkem": true, "yhteensä": true, "totalt": true, "i alt": true, "итого": true, "всего": true,
}

const longestTotal = 32 // bytes of such a word

// isTotalWord tells whether a cell is what stands before totals.
func isTotalWord(text []byte) bool {
	if len(text) > longestTotal || len(text) < 3 || text[0] >= '0' && text[0] <= '9' {
		return false
	}
	word := strings.ToLower(strings.TrimSpace(string(text)))
	return totalWords[strings.TrimSpace(strings.TrimSuffix(word, ":"))]
}

// looksLikeTotals tells whether a row is one of totals: what is filled first says
// so, at least one cell is empty, and all others are numbers, at least one.
func looksLikeTotals(n int, cell func(i int) (text []byte, number bool)) bool {
	first, empty, numbers := -1, 0, 0
	for i := range n {
		text, number := cell(i)
		switch {
		case len(text) == 0:
			empty++
		case first < 0:
			if first = i; !isTotalWord(text) {
				return false
			}
		case number || isAmount(text):
			numbers++
		default:
			return false
		}
	}
	return first >= 0 && empty > 0 && numbers > 0
}

// isAmount tells whether a cell holds a number as people write it, with or without a
// currency.
func isAmount(text []byte) bool {
	digits := false
	for _, r := range string(text) {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case !strings.ContainsRune(" .,'-+%\u00a0\u202f€$£¥", r):
			return false
		}
	}
	return digits
}

// tableRows gives the rows of a table as records. total tells that one looks like a
// row of totals; line is where it begins.
type tableRows interface {
	read() (rec Record, line int, total bool, err error)
	Columns() []string
	Close() error
}

// maxTotals is how many rows of totals may stand at the end of a table.
const maxTotals = 8

// withoutTotals leaves out rows of totals behind which there are no others.
type withoutTotals struct {
	tableRows
	ahead []readRow
}

type readRow struct {
	rec   Record
	line  int
	total bool
	err   error
}

func (t *withoutTotals) Next() (Record, error) {
	if len(t.ahead) == 0 {
		rec, line, total, err := t.read()
		if !total {
			return rec, err // so nearly always
		}
		t.ahead = append(t.ahead[:0], readRow{rec, line, total, err})
	}
	for n := len(t.ahead); t.ahead[n-1].total && n < maxTotals; n++ {
		t.readOn()
	}
	next := t.ahead[0]
	t.ahead = t.ahead[1:]
	if next.total && t.end() {
		return Record{}, &Bad{Line: next.line, Fine: true, Text: "This is a row of totals and no record, so it was left out."}
	}
	return next.rec, next.err
}

func (t *withoutTotals) readOn() {
	var r readRow
	r.rec, r.line, r.total, r.err = t.read()
	t.ahead = append(t.ahead, r)
}

// end tells whether nothing but totals is left.
func (t *withoutTotals) end() bool {
	for _, r := range t.ahead {
		if !r.total {
			return r.err == io.EOF
		}
	}
	return false
}
