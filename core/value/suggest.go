package value

import (
	"strings"
	"unicode"
)

// Suggest finds the name that was probably meant by one that is not there:
// written with other case, spaces or dashes, with a slip of the keyboard, or else
// with a part left out ("zip" for "zipcode"). ok is false if none comes close.
func Suggest(name string, names []string) (best string, ok bool) {
	want := plain(name)
	if len(want) == 0 || len(want) > MaxPath {
		return "", false
	}
	closest := max(1, len(want)/4) + 1 // one more than the slips that still look like the same name
	part := ""
	for _, candidate := range names {
		have := plain(candidate)
		if part == "" && isPart(want, have) {
			part = candidate
		}
		if len(have)-len(want) >= closest || len(want)-len(have) >= closest {
			continue // the lengths alone are further apart
		}
		if d := slips(want, have); d < closest {
			best, closest, ok = candidate, d, true
		}
	}
	if !ok && part != "" {
		return part, true
	}
	return best, ok
}

// isPart tells whether one name begins or ends with the other, which is long
// enough to mean something.
func isPart(a, b []rune) bool {
	short, long := string(a), string(b)
	if len(a) > len(b) {
		short, long = long, short
	}
	return min(len(a), len(b)) >= 3 && (strings.HasPrefix(long, short) || strings.HasSuffix(long, short))
}

// plain drops case and everything but letters and digits.
func plain(name string) []rune {
	var runes []rune
	for _, r := range strings.ToLower(name) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			runes = append(runes, r)
		}
	}
	return runes
}

// slips counts how many characters have to be typed, dropped, changed or swapped
// with their neighbour to make b of a.
func slips(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
