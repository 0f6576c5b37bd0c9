package merge

import (
	"testing"

	"hookbird/core/value"

	"pgregory.net/rapid"
)

// fataler is what tests, fuzz targets and property tests share.
type fataler interface {
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// scopeOf is that of a record with one field, Value.
func scopeOf(t fataler, text string) *Scope {
	list, err := value.Parse([]byte(`{"Value": ` + string(value.NewText(text).Raw()) + `}`))
	if err != nil {
		t.Fatal(err)
	}
	return &Scope{Data: list}
}

func TestEveryPlaceSaysTheValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(
			rapid.String(),
			rapid.StringOf(rapid.RuneFrom([]rune("a.%/?&=+# <>'\"]\\[\n\t\x00\x7f\u0085\u2028\ufffe😀"))),
		).Draw(t, "value")
		checkAddress(t, text)
		checkJSON(t, text)
		checkXML(t, text)
	})
}

// A path that Write types is the path that the text reads.
func TestWriteIsRead(t *testing.T) {
	wraps := map[Place][2]string{
		Plain: {"", ""}, Header: {"", ""}, Form: {"a=", "&b=1"}, JSON: {`{"a": "`, `"}`},
		XML: {"<a>", "</a>"}, Address: {"https://a.example/", ""},
	}
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.OneOf(
			rapid.StringOf(rapid.RuneFrom([]rune(`aB .()="|[]{}\@:/$ü`+"\n\r\t\x01"))),
			rapid.SampledFrom([]string{"secret:key", "secret:", "@id", " @id", `"@id"`, "Weight [kg]", `a\`, `\\`, " x ", `person."zip.code"`}),
		).Draw(t, "path")
		if _, err := value.ParsePath(path); err != nil {
			t.Skip("no path")
		}
		for place, wrap := range wraps {
			typed := Write(path, place)
			text, err := Parse(wrap[0]+typed+wrap[1], place)
			if err != nil {
				t.Fatalf("place %d: %q is written %s: %v", place, path, typed, err)
			}
			uses := text.Paths()
			if len(uses) != 1 || uses[0].Path != path {
				t.Fatalf("place %d: %q is written %s, which reads %v", place, path, typed, uses)
			}
		}
	})
}

// A text without fields goes out as it is.
func TestTextWithoutFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.StringOf(rapid.RuneFrom([]rune(`ab ]}{$\|%&=<"ü`+"\n\x00"))).
			Filter(func(s string) bool { return !hasOpener(s) }).Draw(t, "text")
		text, err := Parse(typed, Plain)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := text.Append(nil, &Scope{}); err != nil || string(got) != typed || !text.Fixed() || text.Count() != 0 {
			t.Fatalf("%q became %q, %v", typed, got, err)
		}
	})
}

// Brackets that a backslash protects go out without it.
func TestProtectedText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringOf(rapid.RuneFrom([]rune(`ab[]${}|`))).Draw(t, "text")
		text, err := Parse(protect(want), Plain)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := text.Append(nil, &Scope{}); err != nil || string(got) != want {
			t.Fatalf("%q became %q, %v", protect(want), got, err)
		}
	})
}
