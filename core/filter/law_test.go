package filter_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core/filter"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// genDocumented draws the text of a filter of the documented form. Its names and
// patterns are made to look like extensions.
var genDocumented = rapid.Custom(func(t *rapid.T) string {
	name := rapid.SampledFrom([]string{"role", "any", "all", "not", "note is", "a contains", "Is", "x>y", "not exists", "zip code", `5 "x`})
	selector := rapid.SampledFrom([]string{"", "", "(*)", "(isMain)", "(Code=A1)", "(2)"})
	piece := rapid.SampledFrom([]string{
		"MEMBER", "13", ".*", ".", "(a|b)", "[)(]", `\)`, `\(`, "=", "!=", ">", " is ", " is not ", "any(", ")", `"`, `""`, ",",
		"a{2}", "|", "[^,]+", " contains x", "(?i)", "x y", "not(", "+", "*", "?", "true", "é", `\d`, `\\`, `\Q(\E`,
	})
	var conditions []string
	for range rapid.IntRange(1, 4).Draw(t, "n") {
		path := name.Draw(t, "name") + selector.Draw(t, "selector")
		if rapid.Bool().Draw(t, "deeper") {
			path += "." + name.Draw(t, "inner")
		}
		pattern := strings.Join(rapid.SliceOfN(piece, 0, 4).Draw(t, "pattern"), "")
		conditions = append(conditions, path+"="+pattern)
	}
	return strings.Join(conditions, ";")
})

// documented reads a filter as it is documented, and no further: split at
// semicolons, cut at the first = outside parentheses, and the pattern must fit
// the whole of one of the values.
func documented(text string) (match func(value.Value) bool, ok bool) {
	cut := regexp.MustCompile(`\A((?:[^=(]|\([^)]*\))*)=(.*)\z`)
	var tests []func(value.Value) bool
	for _, condition := range strings.Split(text, ";") {
		parts := cut.FindStringSubmatch(condition)
		pattern, err := regexp.Compile(strings.TrimSpace(parts[2]))
		if err != nil {
			return nil, false
		}
		path, err := value.ParsePath(strings.TrimSpace(parts[1]))
		if err != nil {
			return nil, false
		}
		whole := regexp.MustCompile(`\A(?:` + pattern.String() + `)\z`)
		tests = append(tests, func(record value.Value) bool {
			found := false
			path.Each(record, func(v value.Value) bool {
				found = found || v.Kind() != value.Null && whole.MatchString(v.Text())
				return true
			})
			return found
		})
	}
	return func(record value.Value) bool {
		for _, test := range tests {
			if !test(record) {
				return false
			}
		}
		return true
	}, true
}

// genRecord draws a record with the names that the filters of these laws use.
var genRecord = rapid.Custom(func(t *rapid.T) value.Value {
	names := []string{"role", "any", "all", "not", "note is", "a contains", "is", "x>y", "not exists", "zip code", "isMain", "Code", "e=q"}
	leaf := rapid.SampledFrom([]string{`"MEMBER"`, `"13"`, `"1300"`, `true`, `null`, `""`, `"="`, `"a"`, `"aa"`, `"is not"`, `"A1"`, `12`, `"x y"`, `" "`})
	object := func(inner *rapid.Generator[string]) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			var fields []string
			for _, name := range rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 6, rapid.ID).Draw(t, "names") {
				fields = append(fields, `"`+name+`":`+inner.Draw(t, "value"))
			}
			return "{" + strings.Join(fields, ",") + "}"
		})
	}
	item := rapid.OneOf(leaf, object(leaf))
	list := rapid.Custom(func(t *rapid.T) string {
		return "[" + strings.Join(rapid.SliceOfN(item, 0, 3).Draw(t, "items"), ",") + "]"
	})
	v, err := value.Parse([]byte(object(rapid.OneOf(leaf, leaf, list, object(leaf))).Draw(t, "record")))
	if err != nil {
		t.Fatal(err)
	}
	return v
})

// What a filter of the documented form means is what is documented, and nothing
// else: no extension takes any of it away.
func TestDocumentedFormMeansWhatIsDocumented(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := genDocumented.Draw(t, "filter")
		want, ok := documented(text)
		f, err := filter.Parse(text)
		if (err == nil) != ok {
			t.Fatalf("%s: %v, but as documented it can be read: %v", text, err, ok)
		}
		if !ok {
			return
		}
		for range 5 {
			if v := genRecord.Draw(t, "record"); f.Match(v) != want(v) {
				t.Fatalf("%s on %s = %v", text, v.Raw(), f.Match(v))
			}
		}
	})
}

// genCondition draws any condition that can be read.
func genCondition(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		if depth > 0 && rapid.IntRange(0, 2).Draw(t, "group") == 0 {
			list := rapid.SliceOfN(genCondition(depth-1), 1, 3).Draw(t, "list")
			return rapid.SampledFrom([]string{"any", "all", "not"}).Draw(t, "kind") + "(" + strings.Join(list, ";") + ")"
		}
		path := rapid.SampledFrom([]string{"role", "zip code", "any(isMain).Code", "all(*).role", "not.all", `"e=q"`, "is"}).Draw(t, "path")
		return path + rapid.SampledFrom([]string{
			"=MEMBER", "=13.*", "!=MEMBER", "!=[)(]|a+", "=(a|aa)", `=\)`, ">5", "<=13", ">=2026-01-01", " is member", " is not 13.0", ` is "a;b"`,
			" is yes", " is empty", " is not empty", " exists", " does not exist", " contains 3", " does not contain a", " starts with A",
			` ends with "=)"`, ` is one of a, "13", x`, " is not one of MEMBER",
		}).Draw(t, "comparison")
	})
}

var genFilter = rapid.Custom(func(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(genCondition(3), 0, 4).Draw(t, "conditions"), " ;")
})

// What is printed is read again as the same, and prints the same.
func TestPrintIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := parse(t, genFilter.Draw(t, "filter"))
		again := parse(t, f.String())
		v := genRecord.Draw(t, "record")
		if again.String() != f.String() || again.Match(v) != f.Match(v) {
			t.Fatalf("%s is read as %s", f, again)
		}
		if diff := cmp.Diff(f.Explain(v), again.Explain(v)); diff != "" {
			t.Fatal(diff)
		}
	})
}

// A filter holds if all that Explain tells holds, and each sentence is one.
func TestExplainAgreesWithMatch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, v := parse(t, genFilter.Draw(t, "filter")), genRecord.Draw(t, "record")
		all := true
		for _, verdict := range f.Explain(v) {
			all = all && verdict.OK
			if len(verdict.Sentence) < 5 || !strings.HasSuffix(verdict.Sentence, ".") && !strings.HasSuffix(verdict.Sentence, "?") {
				t.Fatalf("%s: %q", verdict.Text, verdict.Sentence)
			}
		}
		if all != f.Match(v) {
			t.Fatalf("%s on %s: %v, explained %+v", f, v.Raw(), f.Match(v), f.Explain(v))
		}
	})
}

// The laws of logic hold between the groups.
func TestGroupsAreLogic(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := genCondition(2).Draw(t, "a"), genCondition(2).Draw(t, "b")
		v := genRecord.Draw(t, "record")
		holds := func(text string) bool { return parse(t, text).Match(v) }
		for _, law := range [][2]string{
			{"not(any(" + a + ";" + b + "))", "all(not(" + a + ");not(" + b + "))"},
			{"not(all(" + a + ";" + b + "))", "any(not(" + a + ");not(" + b + "))"},
			{"not(" + a + ";" + b + ")", "not(all(" + a + ";" + b + "))"},
			{"not(not(" + a + "))", a},
			{"any(" + a + ")", a},
			{"all(" + a + ";" + b + ")", a + ";" + b},
			{"any(" + a + ";" + b + ")", "any(" + b + ";" + a + ")"},
		} {
			if holds(law[0]) != holds(law[1]) {
				t.Fatalf("%s is not %s on %s", law[0], law[1], v.Raw())
			}
		}
		if holds("any("+a+";"+b+")") != (holds(a) || holds(b)) || holds(a+";"+b) != (holds(a) && holds(b)) || holds("not("+a+")") == holds(a) {
			t.Fatalf("any, all or not of %s and %s on %s", a, b, v.Raw())
		}
	})
}

// A "not" form is the other form's opposite wherever there is a value.
func TestNotFormsAreOpposites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.SampledFrom([]string{"role", "zip code", "all(*).role", "any"}).Draw(t, "path")
		forms := rapid.SampledFrom([][2]string{
			{"=MEM.*", "!=MEM.*"}, {" is 13", " is not 13"}, {" contains a", " does not contain a"}, {" is one of 13, a", " is not one of 13, a"},
		}).Draw(t, "forms")
		v := genRecord.Draw(t, "record")
		yes, no := parse(t, path+forms[0]).Match(v), parse(t, path+forms[1]).Match(v)
		if there := parse(t, path+" exists").Match(v); no != (there && !yes) {
			t.Fatalf("%s on %s: %v and %v, there %v", path, v.Raw(), yes, no, there)
		}
		if parse(t, path+" is empty").Match(v) == parse(t, path+" is not empty").Match(v) {
			t.Fatalf("%s on %s is empty and not", path, v.Raw())
		}
	})
}

// Rows with any name and any value come back from their text as they went in,
// and an exact one takes the record that has that very value.
func TestRowsComeBack(t *testing.T) {
	odd := rapid.StringOfN(rapid.RuneFrom([]rune(`aB1 ;="()!<>.,\x[]{}*+?|^$`+"\n\té")), 0, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		field, text := odd.Draw(t, "field"), rapid.OneOf(odd, rapid.String()).Draw(t, "value")
		either := rapid.Bool().Draw(t, "any")
		for _, op := range []filter.Op{filter.OpExactly, filter.OpNotExactly, filter.OpIs, filter.OpIsNot, filter.OpContains, filter.OpExists} {
			rows := filter.Rows{Any: either, List: []filter.Row{{Field: field, Op: op, Value: text}}}
			f, err := rows.Filter()
			if err != nil {
				continue
			}
			back, err := f.Rows()
			if err != nil || len(back.List) != 1 || back.Any != either || back.List[0].Op != op {
				t.Fatalf("%+v is written %s and comes back as %+v, %v", rows, f, back, err)
			}
			want := text
			switch {
			case !op.TakesValue():
				want = ""
			case op != filter.OpExactly && op != filter.OpNotExactly:
				want = strings.TrimSpace(text)
			}
			if back.List[0].Value != want {
				t.Fatalf("%+v is written %s and comes back as %+v", rows, f, back)
			}
			again, err := back.Filter()
			if err != nil || again.String() != f.String() {
				t.Fatalf("%s comes back as %s, %v", f, again, err)
			}
		}
	})
}

// A row on any heading of a spreadsheet reads that heading's cell.
func TestRowsReadTheirHeading(t *testing.T) {
	heading := rapid.StringOfN(rapid.RuneFrom([]rune(`aBis not;="()!<>. `)), 1, 10, -1)
	rapid.Check(t, func(t *rapid.T) {
		name, text := heading.Draw(t, "heading"), rapid.String().Draw(t, "cell")
		if _, err := value.ParsePath(name); err != nil || strings.TrimSpace(name) != name || !utf8.ValidString(text) {
			return
		}
		data := `{` + string(value.NewText(name).Raw()) + `:` + string(value.NewText(text).Raw()) + `}`
		f, err := filter.Rows{List: []filter.Row{{Field: name, Op: filter.OpExactly, Value: text}}}.Filter()
		if err != nil {
			return // a name with quotes that cannot be one here
		}
		if p, _ := value.ParsePath(name); f.Fields()[0] != name && p.Quoted() != f.Fields()[0] {
			t.Fatalf("%q is written %s", name, f)
		}
		if f.Fields()[0] == name && !f.Match(record(t, data)) {
			t.Fatalf("%s does not take %s", f, data)
		}
	})
}
