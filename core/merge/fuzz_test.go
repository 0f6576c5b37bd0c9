package merge

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/value"
)

// FuzzParse reads any text in every place and fills it in. Whatever comes, it
// takes no more than a bounded result, and what is refused is refused in words.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"Dear [First Name], ${Amount|text} \\[x] \\\\[y] []", "a=[First Name]&b=2040 Alameda%20+[x|default:y]\n&\nc",
		`{"a": "[First Name|default:\"x\"]", "b": ${Tags}, "c": [1]}`, `<a b="[x]"><![CDATA[${y}]]><!-- [ --></a>`,
		"https://[::1]:80/a/${contactNumber}/[Dot]?b=[secret:key]&c={d}", "${contact id}", "[@id][@today|date:DD/MM/YYYY]",
		`["[a\u0022\ud83d\ude00\n|split:,|join:;]"]`, "<a>]][x]></a>", "https://a.example/%[x]/.[Dot]",
		"[0|{At}]",
	} {
		f.Add(text)
	}
	s := scope(f, ada)
	f.Fuzz(func(t *testing.T, typed string) {
		for place := Plain; place <= Address; place++ {
			text, err := Parse(typed, place)
			if err != nil {
				checkSentence(t, typed, err)
				continue
			}
			checkUses(t, typed, text)
			out, err := text.Append([]byte("/before"), s)
			if err != nil {
				checkSentence(t, typed, err)
				if string(out) != "/before" {
					t.Fatalf("a refusal left %q", out)
				}
				continue
			}
			checkResult(t, text, string(out[len("/before"):]))
		}
	})
}

// checkSentence sees that a refusal is a sentence without holes, and not long.
func checkSentence(t *testing.T, typed string, err error) {
	t.Helper()
	sentence := err.Error()
	if core.CodeOf(err) != core.CodeInvalid || sentence == "" || len(sentence) > 4000 {
		t.Fatalf("refused with %v", err)
	}
	for _, hole := range []string{"{at}", "%!"} {
		if strings.Contains(sentence, hole) && !strings.Contains(strings.ToLower(typed), hole) {
			t.Fatalf("refused with %v", err)
		}
	}
}

// checkUses sees that every use is where it says.
func checkUses(t *testing.T, typed string, text *Text) {
	t.Helper()
	for _, use := range text.Paths() {
		if name := typed[use.At : use.At+use.Len]; !strings.Contains(name, `\`) && name != use.Path {
			t.Fatalf("%q is said to be %q", name, use.Path)
		}
	}
}

func checkResult(t *testing.T, text *Text, out string) {
	t.Helper()
	if len(out) > text.limit() && text.Count() > 0 {
		t.Fatalf("the result has %d bytes", len(out))
	}
	if utf8.ValidString(text.text) && !utf8.ValidString(out) {
		t.Fatalf("%q became bytes that are no text", text)
	}
	switch text.place {
	case Plain:
		if !hasOpener(text.text) && out != text.text {
			t.Fatalf("%q became %q", text, out)
		}
	case Header:
		if hasControl([]byte(out)) {
			t.Fatalf("%q became %q", text, out)
		}
	case Form:
		if _, err := url.ParseQuery(out); err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
	case JSON:
		if !json.Valid([]byte(out)) {
			t.Fatalf("%q became %q", text, out)
		}
	case XML:
		checkWellFormed(t, text, out)
	case Address:
		if !strings.HasPrefix(out, text.Site()) {
			t.Fatalf("%q became %q", text, out)
		}
	}
}

func checkWellFormed(t *testing.T, text *Text, out string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(out))
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("%q became %q: %v", text, out, err)
		}
	}
}

// FuzzValue merges any value into every place: it comes out as it was.
func FuzzValue(f *testing.F) {
	for _, v := range []string{"", "Ada", ".", "..", "a/b?c=d&e#f", "\x00\x1f\x7f", "]]>", "<a b='\"'>", "ü😀\u2028", "%41", "\\u0041"} {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip("values are text")
		}
		checkAddress(t, text)
		checkJSON(t, text)
		checkXML(t, text)
		checkForm(t, "a=x[Value]&b=1", text, url.Values{"a": {"x" + text}, "b": {"1"}})
	})
}

// FuzzWrite types any path: it is read as it was.
func FuzzWrite(f *testing.F) {
	for _, path := range []string{"First Name", "@id", "secret:x", " a ", `a\`, "a|b]", "\n", `"a.b".c`} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if _, err := value.ParsePath(path); err != nil || !utf8.ValidString(path) {
			t.Skip("no path")
		}
		for place, wrap := range map[Place][2]string{Plain: {"x", "y"}, JSON: {`{"x": "`, `"}`}} {
			text, err := Parse(wrap[0]+Write(path, place)+wrap[1], place)
			if err != nil {
				t.Fatal(err)
			}
			if uses := text.Paths(); len(uses) != 1 || uses[0].Path != path {
				t.Fatalf("%q is written %s, which reads %v", path, Write(path, place), uses)
			}
		}
	})
}

func hasOpener(s string) bool { return strings.Contains(s, "[") || strings.Contains(s, "${") }

// protect types a text without backslashes so that its brackets mean themselves.
func protect(s string) string {
	return strings.NewReplacer("[", `\[`, "${", `\${`).Replace(s)
}
