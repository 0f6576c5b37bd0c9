package value

import (
	"cmp"
	"strconv"
)

// decimal is a number as it is written: 0.digits times ten to the power of
// point.
type decimal struct {
	negative bool
	digits   string // from the first that is not 0; may hold the point; "" for zero
	point    int
}

// maxExponent is how many digits the exponent of a number may have.
const maxExponent = 9

// readDecimal reads a number written as in JSON.
func readDecimal(s string) (d decimal, ok bool) {
	if s != "" && s[0] == '-' {
		d.negative = true
		s = s[1:]
	}
	whole := countDigits(s)
	if whole == 0 || whole > 1 && s[0] == '0' {
		return d, false
	}
	end := whole
	if end < len(s) && s[end] == '.' {
		fraction := countDigits(s[end+1:])
		if fraction == 0 {
			return d, false
		}
		end += 1 + fraction
	}
	exponent, ok := readExponent(s[end:])
	d.digits, d.point = placed(s[:end], whole)
	d.point += exponent
	return d, ok
}

// placed gives the digits from the first that is not 0, and how many places they
// stand before the point. whole is how many digits there are in front of it.
func placed(mantissa string, whole int) (digits string, point int) {
	for i := range len(mantissa) {
		switch {
		case mantissa[i] == '0' || mantissa[i] == '.':
		case i > whole:
			return mantissa[i:], whole - i + 1 // the point itself is no place
		default:
			return mantissa[i:], whole - i
		}
	}
	return "", 0
}

// readExponent reads what stands behind the digits: nothing, or e and a number.
func readExponent(s string) (exponent int, ok bool) {
	if s == "" {
		return 0, true
	}
	if s[0] != 'e' && s[0] != 'E' || len(s) > maxExponent+2 {
		return 0, false
	}
	exponent, err := strconv.Atoi(s[1:])
	return exponent, err == nil
}

func countDigits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// compare gives -1, 0 or 1.
func (d decimal) compare(e decimal) int {
	if d.sign() != e.sign() || d.sign() == 0 {
		return cmp.Compare(d.sign(), e.sign())
	}
	order := cmp.Compare(d.point, e.point)
	if order == 0 {
		order = compareDigits(d.digits, e.digits)
	}
	return order * d.sign()
}

func (d decimal) sign() int {
	switch {
	case d.digits == "":
		return 0
	case d.negative:
		return -1
	default:
		return 1
	}
}

// compareDigits compares digits behind the same point; missing ones are 0.
func compareDigits(a, b string) int {
	for a != "" || b != "" {
		var x, y byte
		x, a = nextDigit(a)
		y, b = nextDigit(b)
		if x != y {
			return cmp.Compare(x, y)
		}
	}
	return 0
}

// nextDigit cuts off the first digit, passing over the point.
func nextDigit(s string) (digit byte, rest string) {
	if s != "" && s[0] == '.' {
		s = s[1:]
	}
	if s == "" {
		return '0', ""
	}
	return s[0], s[1:]
}
