package record

import (
	"bytes"
	"strconv"
)

// maxPlaces is how many digits a number may have once it is written without an
// exponent.
const maxPlaces = 60

// appendNumber appends a number of a workbook as JSON has it, in its shortest
// form: no digit is lost or made up, since nothing is calculated. ok is false for
// what is no number.
func appendNumber(to, text []byte) (out []byte, ok bool) {
	rest, negative := bytes.TrimSpace(text), false
	if len(rest) > 0 && (rest[0] == '-' || rest[0] == '+') {
		negative, rest = rest[0] == '-', rest[1:]
	}
	if plainWhole(rest) {
		return appendSigned(to, negative, rest), true
	}
	digits, point, ok := places(rest)
	if !ok {
		return to, false
	}
	if len(digits) == 0 {
		return append(to, '0'), true
	}
	if negative {
		to = append(to, '-')
	}
	return appendPlaces(to, digits, point), true
}

func appendSigned(to []byte, negative bool, digits []byte) []byte {
	if negative && !(len(digits) == 1 && digits[0] == '0') {
		to = append(to, '-')
	}
	return append(to, digits...)
}

// plainWhole tells whether text is a whole number that needs no change.
func plainWhole(text []byte) bool {
	if len(text) == 0 || len(text) > maxPlaces || text[0] == '0' && len(text) > 1 {
		return false
	}
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// places gives the digits of a number without zeros around them, and how many of
// them stand before the point.
func places(text []byte) (digits []byte, point int, ok bool) {
	mantissa, exponent := text, 0
	if e := bytes.IndexAny(text, "eE"); e >= 0 {
		n, err := strconv.Atoi(string(text[e+1:]))
		if err != nil || n > 9999 || n < -9999 {
			return nil, 0, false
		}
		mantissa, exponent = text[:e], n
	}
	whole, fraction, _ := bytes.Cut(mantissa, []byte{'.'})
	if len(whole)+len(fraction) == 0 || len(mantissa) > 4*maxPlaces {
		return nil, 0, false
	}
	digits = append(append(make([]byte, 0, len(mantissa)), whole...), fraction...)
	for _, c := range digits {
		if c < '0' || c > '9' {
			return nil, 0, false
		}
	}
	point = len(whole) + exponent
	zeros := len(digits) - len(bytes.TrimLeft(digits, "0"))
	return bytes.TrimRight(digits[zeros:], "0"), point - zeros, true
}

func appendPlaces(to, digits []byte, point int) []byte {
	switch {
	case point > maxPlaces || point < -maxPlaces:
		to = append(append(to, digits[0]), '.')
		if to = append(to, digits[1:]...); len(digits) == 1 {
			to = to[:len(to)-1]
		}
		return strconv.AppendInt(append(to, 'e'), int64(point-1), 10)
	case point <= 0:
		to = append(to, "0."...)
		for range -point {
			to = append(to, '0')
		}
		return append(to, digits...)
	case point >= len(digits):
		to = append(to, digits...)
		for range point - len(digits) {
			to = append(to, '0')
		}
		return to
	}
	to = append(append(to, digits[:point]...), '.')
	return append(to, digits[point:]...)
}
