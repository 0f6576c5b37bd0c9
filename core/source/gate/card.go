package gate

import (
	"strconv"

	"hookbird/core/source"
)

// Lengths of the numbers of payment cards (ISO/IEC 7812-1).
const (
	minCard = 13
	maxCard = 19
)

// CardIn gives the name of the first field that holds what looks like the number of
// a card, "" if none does. Fields of objects and lists inside count for the field
// that they stand in.
func CardIn(object []byte) (field string) {
	if !longDigits(object) {
		return ""
	}
	source.Fields(object, func(key, val []byte) {
		if field == "" && holdsCard(val) {
			field = nameOf(key)
		}
	})
	return field
}

// HoldsCard says that a field holds what looks like the number of a card.
func HoldsCard(field string) string {
	return field + " holds what looks like the number of a card. Such numbers are not let in unless the source allows them."
}

// longDigits tells quickly whether there are enough digits in a row, with no more
// than one space or dash between two, for there to be a card's number.
func longDigits(text []byte) bool {
	n, gap := 0, false
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			if n, gap = n+1, false; n >= minCard {
				return true
			}
		case (c == ' ' || c == '-') && n > 0 && !gap:
			gap = true
		default:
			n, gap = 0, false
		}
	}
	return false
}

// holdsCard looks at every text and number of a value.
func holdsCard(val []byte) bool {
	for len(val) > 0 {
		start := 0
		for start < len(val) && !isDigit(val[start]) {
			start++
		}
		val = val[start:]
		n := run(val)
		if n > 0 && isCard(val[:n]) && whole(val[n:]) {
			return true
		}
		val = val[max(n, min(1, len(val))):]
	}
	return false
}

// run is how many bytes of digits, spaces and dashes a text begins with.
func run(text []byte) int {
	n := 0
	for i, c := range text {
		switch {
		case isDigit(c):
			n = i + 1
		case c != ' ' && c != '-':
			return n
		}
	}
	return n
}

// whole tells whether what follows a number ends it: no letter, and no decimals.
func whole(rest []byte) bool {
	if len(rest) == 0 {
		return true
	}
	c := rest[0]
	return c != '.' && c != '_' && (c|0x20 < 'a' || c|0x20 > 'z')
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// isCard tells whether digits are the number of a card of Visa, Mastercard, American
// Express, Discover, Diners Club or JCB: by their beginning and length, and by the
// check digit (ISO/IEC 7812-1, annex B).
func isCard(text []byte) bool {
	var digits [maxCard]byte
	n := 0
	for _, c := range text {
		if isDigit(c) {
			if n == maxCard {
				return false
			}
			digits[n], n = c, n+1
		}
	}
	return n >= minCard && issued(digits[:n]) && luhn(digits[:n])
}

// issued tells whether somebody gives out numbers of this beginning and length.
func issued(digits []byte) bool {
	begin, _ := strconv.Atoi(string(digits[:6]))
	in := func(from, to int) bool { // both with fewer digits than begin
		n := begin
		for ; n > to; n /= 10 {
		}
		return n >= from && n <= to
	}
	switch len(digits) {
	case 13:
		return digits[0] == '4'
	case 14:
		return in(300, 305) || in(36, 36) || in(38, 39)
	case 15:
		return in(34, 34) || in(37, 37)
	case 16:
		return digits[0] == '4' || in(51, 55) || in(2221, 2720) || in(6011, 6011) || in(644, 649) || in(65, 65) || in(3528, 3589)
	case 19:
		return digits[0] == '4' || in(6011, 6011) || in(644, 649) || in(65, 65) || in(3528, 3589)
	}
	return false
}

// luhn tells whether the last digit is the right one.
func luhn(digits []byte) bool {
	sum := 0
	for i := range digits {
		d := int(digits[len(digits)-1-i] - '0')
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}
