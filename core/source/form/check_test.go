package form

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core"

	"pgregory.net/rapid"
)

func one(in core.Input) *core.Source {
	in.Name = "x"
	return &core.Source{ID: "s1", Kind: core.KindForm, Form: &core.FormSource{Inputs: []core.Input{in}}}
}

func TestKinds(t *testing.T) {
	text, email := core.Input{}, core.Input{Kind: core.InputEmail}
	number, date := core.Input{Kind: core.InputNumber}, core.Input{Kind: core.InputDate}
	choice := core.Input{Kind: core.InputChoice, Choices: []string{"Adult", "Child", "Élève"}}
	yesNo := core.Input{Kind: core.InputYesNo}
	tests := []struct {
		in         core.Input
		text, want string // want "" if it is refused
	}{
		{text, " Ada ", `"Ada"`},
		{text, "", `""`},
		{text, "two\nlines", `"two\nlines"`},
		{text, "a\x00b", ""},
		{text, "\xff", ""},
		{text, strings.Repeat("é", maxValue+1), ""},
		{email, "ada@example.org", `"ada@example.org"`},
		{email, "ada.l+x@sub.bücher.example", `"ada.l+x@sub.bücher.example"`},
		{email, "ada", ""},
		{email, "ada@example", ""},
		{email, "ada@example.org, bob@example.org", ""},
		{email, "Ada <ada@example.org>", ""},
		{email, "a b@example.org", ""},
		{email, "ada@@example.org", ""},
		{email, "ada@-example.org", ""},
		{email, ".ada@example.org", ""},
		{email, "ada@example..org", ""},
		{number, "12,5", "12.5"},
		{number, "12.50", "12.50"},
		{number, "1.234,56", "1234.56"},
		{number, "1,234.56", "1234.56"},
		{number, "1 234,5", "1234.5"},
		{number, "1\u202f234,5", "1234.5"},
		{number, "1'234.5", "1234.5"},
		{number, "1.234.567", "1234567"},
		{number, "1.234", ""},
		{number, "1,234", ""},
		{number, "1234,567", "1234.567"},
		{number, "0,123", "0.123"},
		{number, "-3", "-3"},
		{number, "\u2212 3", "-3"},
		{number, "+3", "3"},
		{number, "007", "7"},
		{number, "0", "0"},
		{number, ",5", "0.5"},
		{number, "3,", "3"},
		{number, ",", ""},
		{number, "1e5", ""},
		{number, "12 34", ""},
		{number, "1.23.456", ""},
		{number, "1,234,56", ""},
		{number, "3 kg", ""},
		{number, strings.Repeat("1", maxDigits+1), ""},
		{number, "", "null"},
		{date, "31.12.2026", `"2026-12-31"`},
		{date, "1.2.2026", `"2026-02-01"`},
		{date, "2026-02-01", `"2026-02-01"`},
		{date, "30.2.2026", ""},
		{date, "12/03/2026", ""},
		{date, "1.2.26", ""},
		{date, "", `""`},
		{choice, "Adult", `"Adult"`},
		{choice, " child ", `"Child"`},
		{choice, "ÉLÈVE", `"Élève"`},
		{choice, "Dog", ""},
		{yesNo, "yes", "true"},
		{yesNo, "Nein", "false"},
		{yesNo, "false", "false"},
		{yesNo, "perhaps", ""},
		{yesNo, "", "null"},
		{core.Input{Kind: "colour"}, "red", ""},
		{core.Input{Required: true}, "  ", ""},
		{core.Input{Kind: core.InputYesNo, Required: true}, "", ""},
	}
	for _, tt := range tests {
		src := one(tt.in)
		data, errs := read(src.Form, map[string]string{"x": tt.text})
		if tt.want == "" {
			if len(errs) != 1 || errs[0].Where != "/x" || !strings.HasSuffix(errs[0].Message, ".") {
				t.Errorf("%s %.40q: %s, %v", tt.in.Kind, tt.text, data, errs)
			}
			continue
		}
		if want := `{"x":` + tt.want + `}`; string(data) != want || len(errs) > 0 {
			t.Errorf("%s %q: %s, %v, want %s", tt.in.Kind, tt.text, data, errs, want)
		}
	}
}

func TestCheck(t *testing.T) {
	src := &core.Source{Form: &core.FormSource{Inputs: []core.Input{
		{Name: "a/b", Required: true}, {Name: "kind", Default: "new", Required: true}, {Name: "c"},
	}}}
	data, errs := read(src.Form, map[string]string{"a/b": "1", "c": "3"})
	if string(data) != `{"a/b":"1","kind":"new","c":"3"}` || errs != nil {
		t.Errorf("%s, %v", data, errs)
	}
	errs = Check(src, map[string]string{"kind": "", "d": ""})
	want := "/a~1b: Fill this in.\n/kind: Fill this in.\n/d: The form has no field with this name."
	if errs.Error() != want {
		t.Errorf("%s\nwant %s", errs, want)
	}
	long := map[string]string{}
	var inputs []core.Input
	for _, r := range strings.Repeat("x", 200) {
		name := string(r) + string(rune('a'+len(inputs)))
		inputs, long[name] = append(inputs, core.Input{Name: name}), strings.Repeat("é", maxValue)
	}
	if errs := Check(&core.Source{Form: &core.FormSource{Inputs: inputs}}, long); len(errs) != 1 || errs[0].Where != "" {
		t.Errorf("%.200s", errs)
	}
}

// However a number is written, it is the same number or is refused.
func TestNumberLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1e12, 1e12).Draw(t, "n")
		decimals := rapid.StringMatching(`[0-9]{0,5}`).Draw(t, "decimals")
		marks := rapid.SampledFrom([][2]string{{".", ""}, {",", ""}, {".", ","}, {",", "."}, {",", " "}, {".", "'"}, {",", "\u00a0"}}).Draw(t, "marks")
		digits := big.NewInt(n).String()
		text, want := grouped(digits, marks[1]), digits
		if decimals != "" {
			text, want = text+marks[0]+decimals, want+"."+decimals
		}
		got, err := number(core.Input{}, text)
		// A lone mark in front of three digits says nothing.
		if plain := strings.TrimPrefix(text, "-"); err != nil {
			if strings.Count(plain, ".")+strings.Count(plain, ",") != 1 {
				t.Fatalf("%q is refused", text)
			}
			return
		}
		if string(got) != want || !json.Valid(got) {
			t.Fatalf("%q is %s, want %s", text, got, want)
		}
	})
}

// grouped puts a mark between thousands.
func grouped(digits, mark string) string {
	sign := ""
	if digits[0] == '-' {
		sign, digits = "-", digits[1:]
	}
	for i := len(digits) - 3; i > 0 && mark != ""; i -= 3 {
		digits = digits[:i] + mark + digits[i:]
	}
	return sign + digits
}

// Whatever is typed, it becomes one valid record or is refused in a sentence.
func FuzzCheck(f *testing.F) {
	f.Add("12,5")
	f.Add("ada@example.org")
	f.Add("31.12.2026")
	f.Add("ja\x7f\u2028\"")
	f.Fuzz(func(t *testing.T, text string) {
		for kind := range kinds {
			src := one(core.Input{Kind: kind, Choices: []string{"a", text}})
			data, errs := read(src.Form, map[string]string{"x": text})
			switch {
			case len(errs) > 0:
				if errs[0].Message == "" {
					t.Errorf("%s: refused without a word", kind)
				}
			case !json.Valid(data) || !utf8.Valid(data):
				t.Errorf("%s %q: %s", kind, text, data)
			}
		}
	})
}

func TestValidate(t *testing.T) {
	f := &core.FormSource{Inputs: []core.Input{
		{Name: "a", Required: true},
		{Name: "a"},
		{Name: " "},
		{Name: "k", Kind: "colour"},
		{Name: "c", Kind: core.InputChoice},
		{Name: "n", Kind: core.InputNumber, Default: "many"},
	}}
	var got []string
	for _, err := range Validate(f) {
		got = append(got, err.Where)
	}
	if want := "/fields/1/name /fields/2/name /fields/3/kind /fields/4/choices /fields/5/default"; strings.Join(got, " ") != want {
		t.Errorf("%s", Validate(f))
	}
	if errs := Validate(&core.FormSource{}); len(errs) != 1 {
		t.Error(errs)
	}
}
