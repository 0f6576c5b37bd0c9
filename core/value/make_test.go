package value_test

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core/value"

	"pgregory.net/rapid"
)

func TestNewTextIsPlainJSON(t *testing.T) {
	for text, want := range map[string]string{
		"":                     `""`,
		"Ada":                  `"Ada"`,
		`a "b" \ c/d`:          `"a \"b\" \\ c/d"`,
		"é€😀<>&\u2028\x7f":     "\"é€😀<>&\u2028\x7f\"",
		"\b\t\n\f\r\v\x00\x1f": `"\b\t\n\f\r\u000b\u0000\u001f"`,
		"a\xffb\xed\xa0\x80":   "\"a\ufffdb\ufffd\"",
	} {
		if got := string(value.NewText(text).Raw()); got != want {
			t.Errorf("Raw of %q = %s, want %s", text, got, want)
		}
	}
}

// A made text is the value that its Raw parses to, in every method.
func TestNewTextIsLikeAParsedOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		made := value.NewText(text)
		same(t, made, reparsed(t, made))
		if made.Text() != strings.ToValidUTF8(text, "\ufffd") && utf8.ValidString(text) {
			t.Fatalf("Text = %q, want %q", made.Text(), text)
		}
	})
}

// A made array holds what it was made of, as it was written.
func TestNewArrayHoldsItsValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []value.Value
		var raw []string
		for range rapid.IntRange(0, 4).Draw(t, "n") {
			v := genValue.Draw(t, "value")
			list = append(list, v)
			raw = append(raw, string(v.Raw()))
		}
		made := value.NewArray(list)
		if got, want := string(made.Raw()), "["+strings.Join(raw, ",")+"]"; got != want {
			t.Fatalf("Raw = %s, want %s", got, want)
		}
		same(t, made, reparsed(t, made))
		i := 0
		for element := range made.Elements() {
			same(t, element, list[i])
			i++
		}
		if i != len(list) {
			t.Fatalf("%d elements of %d", i, len(list))
		}
	})
}

// genValue draws a value that was parsed, stands inside another, or was made.
var genValue = rapid.Custom(func(t *rapid.T) value.Value {
	switch rapid.IntRange(0, 3).Draw(t, "kind") {
	case 0:
		return value.Value{}
	case 1:
		return value.NewText(rapid.String().Draw(t, "text"))
	}
	v, err := value.Parse([]byte(` {"a": ` + genJSON(1).Draw(t, "json") + `, "b" : [ 1 , "\u0041" ] } `))
	if err != nil {
		t.Fatal(err)
	}
	p, _ := value.ParsePath(rapid.SampledFrom([]string{"a", "b", "b(2)"}).Draw(t, "path"))
	found, _ := p.Find(v)
	return found
})

func reparsed(t *rapid.T, v value.Value) value.Value {
	again, err := value.Parse(v.Raw())
	if err != nil {
		t.Fatalf("Raw %q: %v", v.Raw(), err)
	}
	return again
}

// same compares two values by every method.
func same(t *rapid.T, a, b value.Value) {
	if a.Kind() != b.Kind() || a.Text() != b.Text() || !bytes.Equal(a.Raw(), b.Raw()) || a.IsEmpty() != b.IsEmpty() {
		t.Fatalf("%v %s is not %v %s", a.Kind(), a.Raw(), b.Kind(), b.Raw())
	}
	var buf [8]byte
	if string(a.View(buf[:0])) != b.Text() || string(a.View(nil)) != a.Text() || string(a.AppendText(nil)) != a.Text() {
		t.Fatalf("View of %s = %s", a.Raw(), a.View(nil))
	}
	var ours, theirs []value.Value
	for v := range a.Elements() {
		ours = append(ours, v)
	}
	for v := range b.Elements() {
		theirs = append(theirs, v)
	}
	for _, v := range a.Fields() {
		ours = append(ours, v)
	}
	for _, v := range b.Fields() {
		theirs = append(theirs, v)
	}
	if len(ours) != len(theirs) {
		t.Fatalf("%s holds %d and %d", a.Raw(), len(ours), len(theirs))
	}
	for i := range ours {
		same(t, ours[i], theirs[i])
	}
}
