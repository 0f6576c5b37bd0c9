package filter_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/filter"

	"github.com/google/go-cmp/cmp"
)

// Every row of this table is the condition beside it, both ways.
func TestRowsAndText(t *testing.T) {
	tests := []struct {
		text string
		row  filter.Row
	}{
		{"role=MEMBER", filter.Row{Field: "role", Op: filter.OpExactly, Value: "MEMBER"}},
		{"role!=MEMBER", filter.Row{Field: "role", Op: filter.OpNotExactly, Value: "MEMBER"}},
		{"zip=13.*", filter.Row{Field: "zip", Op: filter.OpPattern, Value: "13.*"}},
		{"zip!=13.*", filter.Row{Field: "zip", Op: filter.OpNotPattern, Value: "13.*"}},
		{`price=12\.50`, filter.Row{Field: "price", Op: filter.OpExactly, Value: "12.50"}},
		{"price=12.50", filter.Row{Field: "price", Op: filter.OpPattern, Value: "12.50"}},
		{`a=b\x3bc=\(\)`, filter.Row{Field: "a", Op: filter.OpExactly, Value: "b;c=()"}},
		{`a=\x20b\x20\x0a`, filter.Row{Field: "a", Op: filter.OpExactly, Value: " b \n"}},
		{`a=\x20\x20`, filter.Row{Field: "a", Op: filter.OpExactly, Value: "  "}},
		{"a=", filter.Row{Field: "a", Op: filter.OpExactly, Value: ""}},
		{`a=x\x41`, filter.Row{Field: "a", Op: filter.OpPattern, Value: `x\x41`}},
		{"role is MEMBER", filter.Row{Field: "role", Op: filter.OpIs, Value: "MEMBER"}},
		{`role is "not here"`, filter.Row{Field: "role", Op: filter.OpIs, Value: "not here"}},
		{`role is "a;b=c"`, filter.Row{Field: "role", Op: filter.OpIs, Value: "a;b=c"}},
		{`role is """quoted"""`, filter.Row{Field: "role", Op: filter.OpIs, Value: `"quoted"`}},
		{"role is not MEMBER", filter.Row{Field: "role", Op: filter.OpIsNot, Value: "MEMBER"}},
		{`role is one of a, "b, c", "d;e"`, filter.Row{Field: "role", Op: filter.OpOneOf, Value: `a, "b, c", "d;e"`}},
		{"role is not one of a, b", filter.Row{Field: "role", Op: filter.OpNotOneOf, Value: "a, b"}},
		{"name contains is not", filter.Row{Field: "name", Op: filter.OpContains, Value: "is not"}},
		{`name does not contain "a(b)"`, filter.Row{Field: "name", Op: filter.OpNotContains, Value: "a(b)"}},
		{"First Name starts with A", filter.Row{Field: "First Name", Op: filter.OpStarts, Value: "A"}},
		{"First Name ends with a", filter.Row{Field: "First Name", Op: filter.OpEnds, Value: "a"}},
		{"age>40", filter.Row{Field: "age", Op: filter.OpMore, Value: "40"}},
		{"age<40", filter.Row{Field: "age", Op: filter.OpLess, Value: "40"}},
		{"age>=40", filter.Row{Field: "age", Op: filter.OpAtLeast, Value: "40"}},
		{"seen<=2026-11-22 19:30", filter.Row{Field: "seen", Op: filter.OpAtMost, Value: "2026-11-22 19:30"}},
		{"note is empty", filter.Row{Field: "note", Op: filter.OpEmpty}},
		{"note is not empty", filter.Row{Field: "note", Op: filter.OpNotEmpty}},
		{"addresses(isMain).zip exists", filter.Row{Field: "addresses(isMain).zip", Op: filter.OpExists}},
		{"note does not exist", filter.Row{Field: "note", Op: filter.OpNotExists}},
		{`"e=q"=x`, filter.Row{Field: `"e=q"`, Op: filter.OpExactly, Value: "x"}},
		{"Amount (net)>5", filter.Row{Field: "Amount (net)", Op: filter.OpMore, Value: "5"}},
	}
	for _, tt := range tests {
		for _, either := range []bool{false, true} {
			rows := filter.Rows{Any: either, List: []filter.Row{tt.row, {Field: "x", Op: filter.OpIs, Value: "y"}}}
			text := tt.text + ";x is y"
			if either {
				text = "any(" + text + ")"
			}
			f := parse(t, text)
			got, err := f.Rows()
			if diff := cmp.Diff(rows, got); diff != "" || err != nil {
				t.Errorf("%s: %v %s", text, err, diff)
			}
			back, err := rows.Filter()
			if err != nil || back.String() != text || f.String() != text {
				t.Errorf("%s: back as %v, %v, printed as %s", text, back, err, f)
			}
		}
	}
}

// A field whose name means something in the text is written in quotes.
func TestRowsQuoteNames(t *testing.T) {
	for field, want := range map[string]string{
		"e=q":               `"e=q"=v`,
		"a;b":               `"a;b"=v`,
		"This is it":        `This is it=v`,
		"No. of kids = 3":   `"No. of kids = 3"=v`,
		"a!":                "a! =v",
		" role ":            "role=v",
		"person.x=y":        `"person"."x=y"=v`,
		"items(code=a;b).x": `"items"(code="a;b")."x"=v`,
	} {
		f, err := filter.Rows{List: []filter.Row{{Field: field, Op: filter.OpExactly, Value: "v"}}}.Filter()
		if err != nil || f.String() != want {
			t.Errorf("%s is written %v (%v), want %s", field, f, err, want)
		}
	}
	f, err := filter.Rows{List: []filter.Row{{Field: "This is it", Op: filter.OpIs, Value: "v"}}}.Filter()
	if err != nil || f.String() != `"This is it" is v` {
		t.Error(f, err)
	}
}

func TestRowPatternsWithSemicolons(t *testing.T) {
	for pattern, want := range map[string]string{
		"a;b|c": `x=a\x3bb|c`, `a\;+`: `x=a\x3b+`, `[;]\\;`: `x=[\x3b]\\\x3b`, `\d;`: `x=\d\x3b`,
	} {
		f, err := filter.Rows{List: []filter.Row{{Field: "x", Op: filter.OpPattern, Value: pattern}}}.Filter()
		if err != nil || f.String() != want {
			t.Errorf("%s is written %v (%v), want %s", pattern, f, err, want)
		}
	}
}

func TestRowsThatCannotBeUsed(t *testing.T) {
	good := filter.Row{Field: "a", Op: filter.OpExists}
	tests := []struct {
		row  filter.Row
		want string
	}{
		{filter.Row{Op: filter.OpIs, Value: "x"}, "Condition 2: Choose a field of the record."},
		{filter.Row{Field: "a", Op: "like", Value: "x"}, `Condition 2: "like" is no way to compare.`},
		{filter.Row{Field: "a", Op: filter.OpIs}, "Condition 2: A value is missing. For one that is not filled in, write: is empty."},
		{filter.Row{Field: "a", Op: filter.OpMore, Value: "old"}, "Condition 2: old is no number, date or time. Write them like 12.5, 2026-11-22 or 19:30."},
		{filter.Row{Field: "a(", Op: filter.OpExists}, "Condition 2: The field a( cannot be read: a parenthesis does not close."},
		{filter.Row{Field: "a", Op: filter.OpPattern, Value: "["}, "Condition 2: The pattern [ cannot be read:"},
		{filter.Row{Field: "a", Op: filter.OpOneOf, Value: `"x`}, "Condition 2: A quote does not close"},
		{filter.Row{Field: "a", Op: filter.OpIs, Value: "\xff"}, "Condition 2: This cannot be written as a condition."},
	}
	for _, tt := range tests {
		_, err := filter.Rows{List: []filter.Row{good, tt.row}}.Filter()
		if core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(core.Sentence(err), tt.want) {
			t.Errorf("%+v: %v", tt.row, err)
		} else if e := err.(*core.Error); e.Where != "/1" {
			t.Errorf("%+v is placed at %s", tt.row, e.Where)
		}
	}
}

func TestTooDetailedForRows(t *testing.T) {
	for text, rest := range map[string]string{
		"not(a=1)":              "not(a=1).",
		"a=1;any(b=2;c=3)":      "any(b=2;c=3).",
		"any(a=1;all(b=2;c=3))": "all(b=2;c=3).",
	} {
		_, err := parse(t, text).Rows()
		want := "Too detailed for the simple view. It shows conditions of which all or any must be true, and has no place for " + rest
		if core.CodeOf(err) != core.CodeInvalid || core.Sentence(err) != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestEmptyRows(t *testing.T) {
	for _, rows := range []filter.Rows{{}, {Any: true}} {
		f, err := rows.Filter()
		if err != nil || !f.IsZero() || f.String() != "" {
			t.Error(f, err)
		}
	}
	if rows, err := parse(t, "all(a=1;b=2)").Rows(); err != nil || len(rows.List) != 2 || rows.Any {
		t.Error(rows, err)
	}
}

func TestOps(t *testing.T) {
	seen := map[string]bool{}
	for _, info := range filter.Ops() {
		if info.Title == "" || seen[info.Title] || info.Op.Title() != info.Title || info.Op.TakesValue() != info.TakesValue {
			t.Errorf("%+v", info)
		}
		seen[info.Title] = true
	}
	if len(seen) != 20 || filter.Op("like").Title() != "" {
		t.Error(len(seen))
	}
}
