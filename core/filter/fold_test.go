package filter

import (
	"testing"
	"unicode"
)

func TestFoldTableIsFoldRune(t *testing.T) {
	for r, fold := range foldTable() {
		if rune(fold) != foldRune(rune(r)) {
			t.Errorf("%U is folded to %U, not %U", r, fold, foldRune(rune(r)))
		}
	}
}

// Runes that differ in nothing but case become the same.
func TestFoldRuneIgnoresCase(t *testing.T) {
	for r := range rune(unicode.MaxRune) {
		if next := unicode.SimpleFold(r); next != r && foldRune(r) != foldRune(next) {
			t.Errorf("%U and %U are not the same", r, next)
		}
	}
}
