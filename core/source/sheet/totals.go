package sheet

import "strings"

// words are what stands before totals, in the languages of offices.
var words = map[string]bool{
	"total": true, "totals": true, "grand total": true, "subtotal": true, "sub-total": true, "sum": true,
	"summe": true, "gesamt": true, "gesamtsumme": true, "gesamtergebnis": true, "zwischensumme": true, "ergebnis": true,
	"total général": true, "sous-total": true, "somme": true, "totaux": true,
	"totale": true, "somma": true, "subtotale": true, "totale complessivo": true,
	"total general": true, "suma": true, "subtotal general": true,
	"totaal": true, "eindtotaal": true, "subtotaal": true, "som": true,
	"razem": true, "celkem": true, "yhteensä": true, "totalt": true, "i alt": true, "итого": true, "всего": true,
}

// totals tells whether the cells are a row of totals: the first that is filled says
// so, at least one is empty, and all others are numbers. Such a row changes whenever
// one is added above it.
func (c *cutter) totals(numbers int) bool {
	filled, first := 0, ""
	for _, cell := range c.cells {
		if cell = strings.TrimSpace(cell); cell != "" {
			if filled == 0 {
				first = cell
			}
			filled++
		}
	}
	if filled == len(c.cells) || filled > numbers+1 {
		return false
	}
	return words[strings.TrimSpace(strings.TrimRight(strings.ToLower(first), ":"))]
}

// isNumber tells whether a cell holds a number as people write it, with or without
// a currency.
func isNumber(text string) bool {
	digits := false
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits = true
		case !strings.ContainsRune(" .,'-+%\u00a0\u202f€$£¥", r):
			return false
		}
	}
	return digits
}
