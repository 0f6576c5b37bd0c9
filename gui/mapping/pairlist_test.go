package mapping

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core/convert"
	"hookbird/core/value"
)

func TestPairsComeBack(t *testing.T) {
	side := rapid.StringMatching(`[a-z*=," é]{0,6}`).Filter(func(s string) bool { return s != others })
	rapid.Check(t, func(t *rapid.T) {
		pairs := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) pair {
			return pair{side.Draw(t, "from"), side.Draw(t, "to")}
		}), 1, 5).Draw(t, "pairs")
		text := printPairs(pairs)
		if got, ok := parsePairs(text); !ok || !slices.Equal(got, pairs) {
			t.Fatalf("%s reads as %q, %v; want %q", text, got, ok, pairs)
		}
	})
}

// TestPairsMeanWhatTheyShow holds that the step sends what stands in the boxes.
func TestPairsMeanWhatTheyShow(t *testing.T) {
	side := rapid.StringMatching(`[a-z=,"][a-z*=,"é ]{0,4}[a-z=,"]`)
	rapid.Check(t, func(t *rapid.T) {
		froms := rapid.SliceOfNDistinct(side, 1, 4, rapid.ID[string]).Draw(t, "from")
		var pairs []pair
		for _, from := range froms {
			pairs = append(pairs, pair{from, side.Draw(t, "to")})
		}
		chain, err := convert.Parse([]string{"values:" + printPairs(pairs)})
		if err != nil {
			t.Fatalf("%s: %v", printPairs(pairs), err)
		}
		for _, p := range pairs {
			if got, err := chain.Apply(value.NewText(p.from)); err != nil || got.Text() != p.to {
				t.Fatalf("%s sends %q for %q, %v", printPairs(pairs), got.Text(), p.from, err)
			}
		}
	})
}

func TestPairsThatOnlyTextCanShow(t *testing.T) {
	for _, text := range []string{"", "a", "a=b=c", `"*"=x`, "*=", `"a=b`, `a=b"c"`} {
		if pairs, ok := parsePairs(text); ok {
			t.Errorf("%s is shown as %q", text, pairs)
		}
	}
}

// FuzzParsePairs holds that what is shown in boxes is written back as what it was
// read as. It takes one pass over the text.
func FuzzParsePairs(f *testing.F) {
	for _, text := range []string{"Oui=true,Non=false,*=?", `"a,b"="c=d"`, `""""=x`, ",,==", "*=*"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		pairs, ok := parsePairs(text)
		if !ok {
			return
		}
		if again, ok := parsePairs(printPairs(pairs)); !ok || !slices.Equal(again, pairs) {
			t.Errorf("%q reads as %q, and written back as %q", text, pairs, again)
		}
	})
}
