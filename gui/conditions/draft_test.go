package conditions

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core/filter"
)

// some draws a text of conditions that can often be read.
func some(t *rapid.T) string {
	parts := rapid.SliceOfN(rapid.SampledFrom([]string{
		"role=MEMBER", "role is member", "a.b(isMain).c=13.*", "n>3", "not(x=1)", "x exists", "name is one of a, \"b, c\"", "any(a=1;b=2)", "role", "=", "x=[", " y = z ", `q="v"`,
	}), 0, 4).Draw(t, "parts")
	return strings.Join(parts, ";")
}

func TestOpeningChangesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := some(t)
		if d := newDraft(text); d.text != text {
			t.Errorf("%q became %q", text, d.text)
		}
	})
}

func TestConditionsSayWhatTheTextSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := some(t)
		f, err := filter.Parse(text)
		d := newDraft(text)
		if (err != nil) != (d.problem() != "") {
			t.Fatalf("%q: problem %q, but Parse says %v", text, d.problem(), err)
		}
		if err != nil || d.detailed != "" {
			return
		}
		d.changed()
		if d.text != f.String() {
			t.Errorf("%q: the conditions say %q, want %q", text, d.text, f)
		}
	})
}

func TestProblems(t *testing.T) {
	for name, test := range map[string]struct {
		row           filter.Row
		problem, text string
	}{
		"untouched":       {filter.Row{Op: filter.OpIs}, "", ""},
		"no field":        {filter.Row{Op: filter.OpIs, Value: "x"}, "Choose a field, or remove this condition.", ""},
		"no value":        {filter.Row{Field: "role", Op: filter.OpIs}, "Type a value, or remove this condition.", ""},
		"needs no value":  {filter.Row{Field: "role", Op: filter.OpEmpty}, "", "role is empty"},
		"value forgotten": {filter.Row{Field: "role", Op: filter.OpEmpty, Value: "x"}, "", "role is empty"},
		"no number":       {filter.Row{Field: "n", Op: filter.OpMore, Value: "x"}, "x is no number, date or time. Write them like 12.5, 2026-11-22 or 19:30.", ""},
		"whole":           {filter.Row{Field: "role", Op: filter.OpExactly, Value: "A*"}, "", `role=A\*`},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDraft("")
			d.add().Row = test.row
			d.changed()
			if d.problem() != test.problem || d.text != test.text {
				t.Errorf("problem %q, text %q", d.problem(), d.text)
			}
		})
	}
}

func TestTextThatCannotBeReadKeepsTheConditions(t *testing.T) {
	d := newDraft("a=1;b=2")
	first := d.list[0]
	d.setText("a=1;b")
	if len(d.list) != 2 || d.wrong == "" {
		t.Fatalf("conditions %v, wrong %q", d.list, d.wrong)
	}
	d.setText("a=1;b=3")
	if len(d.list) != 2 || d.list[0] != first || d.list[1].Value != "3" {
		t.Errorf("conditions %v: the first one is not the same as before", d.list)
	}
	first.Op = filter.OpExists // its value is only out of sight
	d.changed()
	d.setText(d.text + ";c=1")
	if len(d.list) != 3 || d.list[0] != first {
		t.Errorf("conditions %v of %q: the first one is not the same as before", d.list, d.text)
	}
	d.setText("not(a=1)")
	if len(d.list) != 0 || d.detailed == "" || d.problem() != "" {
		t.Errorf("conditions %v, detailed %q", d.list, d.detailed)
	}
}
