package value_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// genTree draws data of lists and objects with few names, so that paths often
// find something.
func genTree(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kind := rapid.IntRange(0, 3).Draw(t, "kind")
		switch {
		case depth == 0 || kind == 0:
			return rapid.SampledFrom([]any{nil, true, false, "x", "true", "", 7.0}).Draw(t, "leaf")
		case kind == 1:
			return rapid.SliceOfN(genTree(depth-1), 0, 3).Draw(t, "list")
		default:
			return genObject(depth-1).Draw(t, "object")
		}
	})
}

func genObject(depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		return any(rapid.MapOfN(rapid.SampledFrom([]string{"a", "b", "c d"}), genTree(depth), 0, 3).Draw(t, "fields"))
	})
}

// chosen is a step of a path in a test: a name, and a selector or "".
type chosen struct{ name, selector string }

var genSteps = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) chosen {
	return chosen{
		rapid.SampledFrom([]string{"a", "b", "c d", "B"}).Draw(t, "name"),
		rapid.SampledFrom([]string{"", "", "*", "a", "b=x", "a=true", "b=7", "1", "2", "c d="}).Draw(t, "selector"),
	}
}), 1, 4)

// What a path finds is what a plain reading of its steps over the decoded data
// finds.
func TestEachIsAPlainWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tree := genObject(4).Draw(t, "data")
		steps := genSteps.Draw(t, "steps")
		data, _ := json.Marshal(tree)
		v, err := value.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		p, err := value.ParsePath(pathOf(steps))
		if err != nil {
			t.Fatal(err)
		}
		got := []string{}
		p.Each(v, func(found value.Value) bool {
			got = append(got, string(found.Raw()))
			return true
		})
		want := []string{}
		for _, found := range plainWalk(tree, steps) {
			raw, _ := json.Marshal(found)
			want = append(want, string(raw))
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s in %s: %s", p, data, diff)
		}
	})
}

func pathOf(steps []chosen) string {
	parts := make([]string, len(steps))
	for i, s := range steps {
		parts[i] = s.name
		if s.selector != "" {
			parts[i] += "(" + s.selector + ")"
		}
	}
	return strings.Join(parts, ".")
}

func plainWalk(tree any, steps []chosen) []any {
	if len(steps) == 0 {
		return []any{tree}
	}
	object, _ := tree.(map[string]any)
	found, ok := object[strings.ToLower(steps[0].name)]
	if !ok {
		return nil
	}
	if steps[0].selector == "" {
		return plainWalk(found, steps[1:])
	}
	items, isList := found.([]any)
	if _, isObject := found.(map[string]any); isObject && !isList {
		items = []any{found}
	}
	var all []any
	for i, item := range items {
		if plainTakes(item, i+1, steps[0].selector) {
			all = append(all, plainWalk(item, steps[1:])...)
		}
	}
	return all
}

func plainTakes(item any, nth int, selector string) bool {
	if selector == "*" || selector == fmt.Sprint(nth) {
		return true
	}
	object, _ := item.(map[string]any)
	if name, want, ok := strings.Cut(selector, "="); ok {
		return object[name] != nil && plainText(object[name]) == want
	}
	return object[selector] == true || object[selector] == "true"
}

func plainText(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}
