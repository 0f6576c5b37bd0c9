package value_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func parse(t testing.TB, text string) value.Value {
	t.Helper()
	v, err := value.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return v
}

func TestTextKeepsWhatWasWritten(t *testing.T) {
	tests := []struct{ json, text string }{
		{`9007199254740993`, "9007199254740993"},
		{`1.10`, "1.10"},
		{`-0.0e+05`, "-0.0e+05"},
		{`true`, "true"},
		{`false`, "false"},
		{`null`, ""},
		{`""`, ""},
		{`"a b"`, "a b"},
		{`"\"\\\/\b\f\n\r\t"`, "\"\\/\b\f\n\r\t"},
		{`"\u00e9\u20AC"`, "é€"},
		{`"\ud83d\ude00!"`, "😀!"},
		{`"\ud83d"`, "\ufffd"},
		{`"\ud83d\u0041"`, "\ufffdA"},
		{`"\ude00\ud83d"`, "\ufffd\ufffd"},
		{`[ 1 , "a \" b" ,{ "k" : null } ]`, `[1,"a \" b",{"k":null}]`},
		{` {"b": 1.0,	"a": 2, "b": "x  y\\"}` + "\n", `{"b":1.0,"a":2,"b":"x  y\\"}`},
	}
	for _, tt := range tests {
		v := parse(t, tt.json)
		if got := v.Text(); got != tt.text {
			t.Errorf("Text of %s = %q, want %q", tt.json, got, tt.text)
		}
		if got := string(v.AppendText([]byte("> "))); got != "> "+tt.text {
			t.Errorf("AppendText of %s = %q", tt.json, got)
		}
		if got := string(v.Raw()); got != strings.TrimSpace(tt.json) {
			t.Errorf("Raw of %s = %q", tt.json, got)
		}
	}
}

func TestOrderAndDuplicatesAreKept(t *testing.T) {
	v := parse(t, `{"z":1,"a":{"y":[true,[]]},"z":3,"\u007a":4}`)
	var got []string
	for name, field := range v.Fields() {
		got = append(got, name+"="+string(field.Raw()))
	}
	want := []string{"z=1", `a={"y":[true,[]]}`, "z=3", "z=4"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	a := find(t, v, "a.y")
	var elements []string
	for e := range a.Elements() {
		elements = append(elements, e.Text())
	}
	if diff := cmp.Diff([]string{"true", "[]"}, elements); diff != "" {
		t.Error(diff)
	}
	for range a.Fields() {
		t.Error("an array has no fields")
	}
	for range v.Elements() {
		t.Error("an object has no elements")
	}
}

func TestZeroValueIsNull(t *testing.T) {
	var v value.Value
	if v.Kind() != value.Null || v.Text() != "" || string(v.Raw()) != "null" || !v.IsEmpty() {
		t.Errorf("the zero value is %v %q %q", v.Kind(), v.Text(), v.Raw())
	}
}

func TestIsEmpty(t *testing.T) {
	for text, want := range map[string]bool{
		`null`: true, `""`: true, `[]`: true, `[ ]`: true, `{}`: true,
		`0`: false, `false`: false, `" "`: false, `[null]`: false, `{"a":null}`: false,
	} {
		if got := parse(t, text).IsEmpty(); got != want {
			t.Errorf("IsEmpty of %s = %v", text, got)
		}
	}
}

func TestRefusesWhatIsNoJSON(t *testing.T) {
	deep := strings.Repeat("[", value.MaxDepth+1) + strings.Repeat("]", value.MaxDepth+1)
	tests := []struct {
		text   string
		phrase string
		offset int
	}{
		{``, "it ends where a value should stand", 0},
		{`   `, "it ends where a value should stand", 3},
		{`{"a":1} x`, "something behind its end", 8},
		{`{"a":1}{"a":2}`, "something behind its end", 7},
		{`{"a":1,}`, "name of a field", 7},
		{`{a:1}`, "name of a field", 1},
		{`{"a" 1}`, "a colon", 5},
		{`{"a":1 "b":2}`, "a comma or } is missing", 7},
		{`[1 2]`, "a comma or ] is missing", 3},
		{`[1,]`, "something else where a value should stand", 3},
		{`[1`, "a comma or ] is missing", 2},
		{"\"a\nb\"", "control character", 2},
		{"\"a\x00b\"", "control character", 2},
		{"\x00", "something else", 0},
		{`"a`, "closing quote", 2},
		{"\"\xff\"", "not UTF-8", 1},
		{"\"\xed\xa0\x80\"", "not UTF-8", 1},
		{"\xef\xbb\xbf{}", "something else", 0},
		{`"\x"`, "a backslash", 2},
		{`"\u12g4"`, "four hexadecimal digits", 5},
		{`"\`, "a backslash", 2},
		{`01`, "behind its end", 1},
		{`+1`, "something else", 0},
		{`-`, "a digit is missing", 1},
		{`1.`, "a digit is missing", 2},
		{`.5`, "something else", 0},
		{`1e`, "a digit is missing", 2},
		{`1e+x`, "a digit is missing", 3},
		{`nul`, "not true, false or null", 3},
		{`True`, "something else", 0},
		{`NaN`, "something else", 0},
		{`// no`, "something else", 0},
		{deep, "nested too deeply", value.MaxDepth},
	}
	for _, tt := range tests {
		_, err := value.Parse([]byte(tt.text))
		if core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%.20q: error = %v", tt.text, err)
			continue
		}
		if got := err.Error(); !strings.Contains(got, tt.phrase) || !strings.Contains(got, fmt.Sprintf("byte %d)", tt.offset)) {
			t.Errorf("%.20q: %s; want %q at %d", tt.text, got, tt.phrase, tt.offset)
		}
	}
}

func TestDeepestDocumentIsRead(t *testing.T) {
	text := strings.Repeat(`{"a":`, value.MaxDepth) + "1" + strings.Repeat("}", value.MaxDepth)
	if got := parse(t, text).Text(); got != text {
		t.Errorf("Text = %.40s", got)
	}
}

// FuzzParse holds the parser against the standard library's, which takes the
// same texts but for bad UTF-8 and the depth.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		`{"email":"ada@example.org","n":[1,2.50,{"x":null}]}`, `"\ud83d\ude00"`, `{"a":1,"a":2}`,
		` [ ] `, `-0`, `1E400`, `{"":""}`, "\"\u2028\"", `{"a.b":{"c":"\""}}`, `"\u0000"`, `[[[]]]`, `"\/"`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := value.Parse(data)
		want := json.Valid(data) && utf8.Valid(data)
		if err != nil {
			if want && !strings.Contains(err.Error(), "nested too deeply") {
				t.Fatalf("refused %q: %v", data, err)
			}
			return
		}
		if !want {
			t.Fatalf("took %q", data)
		}
		var text any
		if err := json.Unmarshal(data, &text); err != nil {
			return // a number out of range
		}
		if s, ok := text.(string); ok && v.Text() != s {
			t.Fatalf("Text of %q = %q, want %q", data, v.Text(), s)
		}
		if v.Kind() == value.Object || v.Kind() == value.Array {
			var compact bytes.Buffer
			if err := json.Compact(&compact, data); err != nil || compact.String() != v.Text() {
				t.Fatalf("Text of %q = %q, want %q", data, v.Text(), compact.String())
			}
		}
		for _, field := range value.Paths(v) {
			if p, err := value.ParsePath(field.Path); err == nil {
				_, _ = p.Find(v)
			}
		}
	})
}

// genJSON draws an object with names that are easily confused.
func genJSON(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		names := rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune(`aB.b" ()=*1`)), 0, 4, -1), 0, 5).Draw(t, "names")
		var parts []string
		for _, name := range names {
			text := rapid.SampledFrom([]string{`1`, `"x"`, `null`, `[1,{"a":2}]`, `{}`}).Draw(t, "leaf")
			if depth > 0 && rapid.Bool().Draw(t, "nest") {
				text = genJSON(depth-1).Draw(t, "inner")
			}
			key, _ := json.Marshal(name)
			parts = append(parts, string(key)+":"+text)
		}
		return "{" + strings.Join(parts, ",") + "}"
	})
}

// Every path that Paths lists finds the very value it is listed with, whatever
// the names look like.
func TestPathsFindTheirFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := genJSON(2).Draw(t, "json")
		v, err := value.Parse([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range value.Paths(v) {
			p, err := value.ParsePath(field.Path)
			if err != nil {
				t.Fatalf("%s: path %s: %v", text, field.Path, err)
			}
			if got, ok := p.Find(v); !ok || got != field.Value {
				t.Fatalf("%s: path %s finds %s, want %s", text, field.Path, got.Raw(), field.Value.Raw())
			}
		}
	})
}
