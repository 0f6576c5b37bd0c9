package record

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// shortened tells whether a text is a long number as spreadsheets shorten it, like
// 3.36E+10. exact is the number if all of its digits are there.
func shortened(text string) (exact string, all, ok bool) {
	mantissa, exponent, found := cutAny(strings.TrimPrefix(text, "-"), "E+", "e+")
	whole, fraction, _ := cutAny(mantissa, ".", ",")
	power, err := strconv.Atoi(exponent)
	if !found || err != nil || len(exponent) < 2 || len(exponent) > 3 || !isDigits(exponent) || len(whole) != 1 || !isDigits(whole+fraction) {
		return "", false, false
	}
	if len(fraction) != power {
		return "", false, true
	}
	return text[:len(text)-len(strings.TrimPrefix(text, "-"))] + whole + fraction, true, true
}

// cutAny cuts a text at the first of some marks that is in it.
func cutAny(text string, marks ...string) (before, after string, found bool) {
	for _, mark := range marks {
		if before, after, found = strings.Cut(text, mark); found {
			return before, after, true
		}
	}
	return text, "", false
}

// formulaErrors are those that end in neither ! nor ?, as programs in the languages of
// offices write them.
var formulaErrors = map[string]bool{
	"#N/A": true, "#NA": true, "#NV": true, "#N/D": true, "#N/B": true, "#NB": true, "#N/V": true, "#I/T": true, "#Н/Д": true,
}

const longestError = 24 // bytes

// isFormulaError tells whether a text is what a formula shows that has come to nothing,
// like #REF! or Err:502, or a column that is too narrow for its numbers.
func isFormulaError(text string) bool {
	if len(text) < 3 || len(text) > longestError {
		return len(text) > longestError && strings.Trim(text, "#") == ""
	}
	if number, ok := strings.CutPrefix(text, "Err:"); ok {
		return len(number) == 3 && isDigits(number)
	}
	switch {
	case text[0] != '#':
		return false
	case formulaErrors[text], strings.Trim(text, "#") == "":
		return true
	}
	last := text[len(text)-1]
	return (last == '!' || last == '?') && strings.ToUpper(text) == text && !strings.ContainsAny(text, " ,;")
}

// wrongly are the encodings as which UTF-8 is read by mistake.
var wrongly = []*charmap.Charmap{charmap.Windows1252, charmap.Macintosh}

// readAnew puts letters right that were written in UTF-8 and read in another encoding:
// Müller for MÃ¼ller.
func readAnew(text string) (letters string, ok bool) {
	for range 2 { // it may have happened twice
		again := text
		for _, e := range wrongly {
			if again = readAs(text, e); again != text {
				break
			}
		}
		if again == text {
			break
		}
		text, ok = again, true
	}
	return text, ok
}

// readAs puts each stretch of letters beyond ASCII right that makes sense as UTF-8.
func readAs(text string, e *charmap.Charmap) string {
	var b strings.Builder
	for text != "" {
		n := 0
		for n < len(text) && text[n] < utf8.RuneSelf {
			n++
		}
		b.WriteString(text[:n])
		text = text[n:]
		for n = 0; n < len(text) && text[n] >= utf8.RuneSelf; {
			n++
		}
		b.WriteString(stretch(text[:n], e.NewEncoder()))
		text = text[n:]
	}
	return b.String()
}

func stretch(text string, e *encoding.Encoder) string {
	raw, err := e.String(text)
	if err != nil || !utf8.ValidString(raw) {
		return text
	}
	for _, r := range raw {
		if !likely(r, len(raw)) {
			return text
		}
	}
	return raw
}

// likely tells whether a letter is one that texts in offices have: of Latin scripts and
// punctuation or, if there are two or more, Greek and Cyrillic. All others come about by
// chance, as where a quotation mark stands behind an accent.
func likely(r rune, size int) bool {
	return r >= 0xa0 && r < 0x180 || r >= 0x2010 && r < 0x2123 || r >= 0x1f000 && r < 0x1fb00 || r >= 0x370 && r < 0x500 && size >= 4
}
