package exchange

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/gui/widgets"
)

// What is marked is what one text has and the other has not: without it both are the
// same lines, and no text is changed by it.
func TestLawOfMarkedLines(t *testing.T) {
	text := rapid.StringMatching(`[ab\n]{0,12}`)
	rapid.Check(t, func(t *rapid.T) {
		a, b := text.Draw(t, "a"), text.Draw(t, "b")
		left, right := markedLines(a, b), markedLines(b, a)
		for whole, passages := range map[string][]widgets.Passage{a: left, b: right} {
			var texts []string
			for i, p := range passages {
				texts = append(texts, p.Text)
				if i > 0 && p.Marked == passages[i-1].Marked {
					t.Fatalf("two passages of one kind: %+v", passages)
				}
			}
			if got := strings.Join(texts, "\n"); got != whole {
				t.Fatalf("%q became %q", whole, got)
			}
		}
		if l, r := lines(left, false), lines(right, false); !slices.Equal(l, r) {
			t.Fatalf("alike in %q and %q: %q, %q", a, b, l, r)
		}
		for _, line := range lines(left, true) {
			if slices.Contains(lines(right, true), line) {
				t.Fatalf("%q is marked in both %q and %q", line, a, b)
			}
		}
	})
}

// lines gives the lines that are marked, or not, in the order of letters.
func lines(passages []widgets.Passage, marked bool) (all []string) {
	for _, p := range passages {
		if p.Marked == marked {
			all = append(all, strings.Split(p.Text, "\n")...)
		}
	}
	slices.Sort(all)
	return all
}

func TestMarkedPairs(t *testing.T) {
	shown := func(pairs ...core.Pair) core.Shown { return core.Shown{Pairs: pairs} }
	ada, key := core.Pair{Name: "fname", Value: "Ada"}, core.Pair{Name: "key", Value: core.Dots, Secret: true}
	bo, tag := core.Pair{Name: "fname", Value: "Bo"}, core.Pair{Name: "tag", Value: "x"}
	for _, c := range []struct {
		shown, other core.Shown
		want         []bool
	}{
		{shown(ada, key), shown(key, ada), []bool{false, false}},
		{shown(ada, key), shown(bo, key), []bool{true, false}},
		{shown(tag, tag, tag), shown(tag), []bool{false, true, true}},
		{shown(tag), shown(tag, tag), []bool{false}},
	} {
		var got []bool
		for _, p := range markedPairs(c.shown, c.other) {
			got = append(got, p.Marked)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%v beside %v: %v", c.shown.Pairs, c.other.Pairs, got)
		}
	}
}
