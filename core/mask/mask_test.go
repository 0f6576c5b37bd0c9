package mask

import (
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestValue(t *testing.T) {
	tests := map[string]string{
		"":                               "",
		"Ada Lovelace":                   "A… L…",
		"ada@example.org":                "a…@example.org",
		"Ada <ada@example.org>, +44 20":  "A… <a…@example.org>, +00 00",
		"75011":                          "00000",
		"2026-11-22":                     "0000-00-00",
		"Jürgen Östlund":                 "J… Ö…",
		"x":                              "x",
		"O'Neil":                         "O'N…",
		"a=ada@example.org&b=Rue de Mai": "a=a…@example.org&b=R… d… M…",
	}
	for in, want := range tests {
		if got := Value(in); got != want {
			t.Errorf("Value(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestValueLeavesNoWordAndNoDigit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.StringMatching(`[A-Za-zé0-9 .,'-]{0,30}`).Draw(t, "value")
		inside := false
		for _, r := range Value(in) {
			if unicode.IsDigit(r) && r != '0' {
				t.Fatalf("%q: a digit stands in %q", in, Value(in))
			}
			if unicode.IsLetter(r) && inside {
				t.Fatalf("%q: two letters in a row in %q", in, Value(in))
			}
			inside = unicode.IsLetter(r)
		}
	})
}

func TestPersonalKeepsWords(t *testing.T) {
	in := "The address ada@example.org is taken since 2026, call +44 20 7946."
	if got, want := Personal(in), "The address a…@example.org is taken since 0000, call +00 00 0000."; got != want {
		t.Errorf("Personal = %q, want %q", got, want)
	}
}
