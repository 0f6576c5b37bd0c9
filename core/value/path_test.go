package value_test

import (
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
)

func find(t testing.TB, v value.Value, path string) value.Value {
	t.Helper()
	p, err := value.ParsePath(path)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	found, ok := p.Find(v)
	if !ok {
		t.Fatalf("%s finds nothing", path)
	}
	return found
}

const contact = `{
	"First Name": "Ada", "email": "a@example.org", "EMAIL": "b@example.org",
	"a.b": "dotted", "a": {"b": "nested", "c.d": "inner dot", "C": {"e": 5}},
	"Cost (EUR)": "12.50", "addresses(isMain).zipCode": "as it stands", "Etc..": "dots",
	"Größe": "XL", "\"odd\"": "quoted", "twice": 1, "twice": 2, "gone": null,
	"list": [{"b": 1}], "Email (2)": "c@example.org", "line\nbreak": "two lines"
}`

func TestFind(t *testing.T) {
	tests := []struct{ path, want string }{
		{"First Name", "Ada"},
		{"first name", "Ada"},
		{"email", "a@example.org"},
		{"EMAIL", "b@example.org"},
		{"a.b", "dotted"},        // the whole name wins
		{"A.B", "dotted"},        // also without case
		{`"a".b`, "nested"},      // unless quotes say otherwise
		{`a."b"`, "nested"},      //
		{`a."c.d"`, "inner dot"}, //
		{`"a"."C"."E"`, "5"},     // each step without case too
		{"a.C.e", "5"},           //
		{"größe", "XL"},          //
		{`"First Name"`, "Ada"},  //
		{`"""odd"""`, "quoted"},  // a quote inside quotes is doubled
		{"Cost (EUR)", "12.50"},  //
		{"Email (2)", "c@example.org"},
		{"addresses(isMain).zipCode", "as it stands"},
		{"Etc..", "dots"},
		{"twice", "2"},
		{"gone", ""},
		{"line\nbreak", "two lines"},
		{"list", `[{"b":1}]`},
	}
	v := parse(t, contact)
	for _, tt := range tests {
		if got := find(t, v, tt.path).Text(); got != tt.want {
			t.Errorf("%s = %q, want %q", tt.path, got, tt.want)
		}
	}
}

func TestFindsNothing(t *testing.T) {
	v := parse(t, contact)
	for _, path := range []string{"zip", "a.x", "email.x", "list.b", "list.0", "a..b", "person.Cost (EUR)", "a.(x)", "gone.x", `"a.C".e`, " email"} {
		p, err := value.ParsePath(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if found, ok := p.Find(v); ok {
			t.Errorf("%s finds %s", path, found.Raw())
		}
	}
	if _, ok := (value.Path{}).Find(v); ok {
		t.Error("the zero path finds something")
	}
	p, _ := value.ParsePath("a")
	if _, ok := p.Find(parse(t, `[1]`)); ok {
		t.Error("a path finds something in an array")
	}
}

func TestRefusesPaths(t *testing.T) {
	for _, path := range []string{"", "  ", `"open`, `"a"b`, `a."b`, `"a".b."c`, `"`, strings.Repeat("x", value.MaxPath+1)} {
		if _, err := value.ParsePath(path); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%.20s: error = %v", path, err)
		}
	}
}

func TestPathsInOrder(t *testing.T) {
	v := parse(t, `{"b":1,"a":{"x":{"y":2},"z":[{"q":1}],"x.y":3},"e":{},"b":4,"A.Z":5,"\"q":6," ":7,"":8}`)
	var got []string
	for _, field := range value.Paths(v) {
		got = append(got, field.Path+" = "+field.Value.Text())
	}
	want := []string{
		"b = 4", "a.x.y = 2", `"a".z = [{"q":1}]`, `a."x.y" = 3`, "e = {}", "A.Z = 5", `"""q" = 6`, `" " = 7`, `"" = 8`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// FuzzPath holds of every path that can be read that it prints as it was
// written, that Find and Each agree, and that Missing speaks when nothing is found.
func FuzzPath(f *testing.F) {
	for _, seed := range []string{
		"First Name", "a.b", `a."b.c"`, `"a""b".c`, "items(*).x", "..", `"`, "\xff", "addresses(isMain).zipCode",
		"items(code=A1).price", `items("sub.x"="d"ot)`, "lines(2).sku", "Sum (net)", "a(b(c))", "a()", "tags(1)(2)",
	} {
		f.Add(seed)
	}
	docs := []value.Value{parse(f, contact), parse(f, order)}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := value.ParsePath(text)
		if err != nil {
			return
		}
		if p.String() != text {
			t.Fatalf("String of %q = %q", text, p)
		}
		if _, err := value.ParsePath(p.Quoted()); err != nil && len(p.Quoted()) <= value.MaxPath {
			t.Fatalf("%q is quoted %s: %v", text, p.Quoted(), err)
		}
		for _, v := range docs {
			agree(t, p, v)
		}
	})
}

// agree holds Find, Each and Missing against one another.
func agree(t *testing.T, p value.Path, v value.Value) {
	var all []value.Value
	p.Each(v, func(each value.Value) bool {
		all = append(all, each)
		return true
	})
	found, ok := p.Find(v)
	if ok != (len(all) > 0) || ok != (p.Missing(v) == "") {
		t.Fatalf("%s finds %v, each %d, missing %q", p, ok, len(all), p.Missing(v))
	}
	if ok && !p.Many() && found != all[0] {
		t.Fatalf("%s finds %s first, not %s", p, found.Raw(), all[0].Raw())
	}
}

func TestSuggest(t *testing.T) {
	names := []string{"firstname", "lastname", "email", "zip", "individualContact.zipCode", "E-Mail 2", "ab"}
	tests := []struct{ name, want string }{
		{"First Name", "firstname"},
		{"first_name", "firstname"},
		{"fristname", "firstname"},
		{"lastnam", "lastname"},
		{"emial", "email"},
		{"zipp", "zip"},
		{"individualcontact.zipcode", "individualContact.zipCode"},
		{"email2", "E-Mail 2"},
		{"first", "firstname"},
		{"zip code", "zip"},
		{"name", "firstname"},
		{"phone", ""},
		{"xy", ""},
		{"", ""},
		{"---", ""},
	}
	for _, tt := range tests {
		if got, ok := value.Suggest(tt.name, names); got != tt.want || ok != (tt.want != "") {
			t.Errorf("Suggest(%q) = %q %v, want %q", tt.name, got, ok, tt.want)
		}
	}
}
