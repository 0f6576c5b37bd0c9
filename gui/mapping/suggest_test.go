package mapping

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/core/value"
)

func TestTypingAt(t *testing.T) {
	tests := []struct {
		text  string // the cursor stands at ^
		place merge.Place
		want  typing
		ok    bool
	}{
		{"^", merge.Plain, typing{}, false},
		{"a=[^", merge.Form, typing{opener: "[", from: 3}, true},
		{"a=[Fir^", merge.Form, typing{opener: "[", from: 3, query: "Fir"}, true},
		{"a=[Fir^st name]", merge.Form, typing{opener: "[", from: 3, query: "Fir"}, true},
		{"a=[First]^", merge.Form, typing{}, false},
		{"a=[First][^", merge.Form, typing{opener: "[", from: 10}, true},
		{`a=\[Fir^`, merge.Form, typing{}, false},
		{`a=\\[Fir^`, merge.Form, typing{opener: "[", from: 5, query: "Fir"}, true},
		{`[a\]b^`, merge.Plain, typing{opener: "[", from: 1, query: `a\]b`}, true},
		{"[Joined|d^", merge.Plain, typing{opener: "[", from: 8, query: "d", step: true}, true},
		{"[Joined|trim|^", merge.Plain, typing{opener: "[", from: 13, step: true}, true},
		{"x ${con^", merge.Plain, typing{opener: "${", from: 4, query: "con"}, true},
		{"x ${con}^", merge.Plain, typing{}, false},
		{`x \${con^`, merge.Plain, typing{}, false},
		{"price $^", merge.Plain, typing{}, false},
		{"[open\nnext^", merge.Plain, typing{}, false},
		{"[open [second^", merge.Plain, typing{opener: "[", from: 7, query: "second"}, true},
		{`{"tags": [^`, merge.JSON, typing{}, false},
		{`{"tags": "[^`, merge.JSON, typing{opener: "[", from: 11}, true},
		{`{"a": "\"[^`, merge.JSON, typing{opener: "[", from: 10}, true},
		{`{"n": ${^`, merge.JSON, typing{opener: "${", from: 8}, true},
	}
	for _, tt := range tests {
		before, after, _ := strings.Cut(tt.text, "^")
		got, ok := typingAt(before+after, len(before), tt.place)
		if ok != tt.ok || got != tt.want {
			t.Errorf("%s: %+v, %v; want %+v, %v", tt.text, got, ok, tt.want, tt.ok)
		}
	}
}

// FuzzTypingAt holds that whatever stands before the cursor is looked at without
// a panic, and that what is typed lies before it.
func FuzzTypingAt(f *testing.F) {
	for _, text := range []string{"", "a=[Fir", `{"a": "[x|date:`, "${", `\\\\[`, "[[", strings.Repeat(`\`, 99)} {
		f.Add(text, uint8(merge.Plain))
		f.Add(text, uint8(merge.JSON))
	}
	f.Fuzz(func(t *testing.T, text string, place uint8) {
		got, ok := typingAt(text, len(text), merge.Place(place))
		if !ok {
			return
		}
		if got.from > len(text) || !strings.HasSuffix(text, got.query) || len(got.query) > len(text)-got.from {
			t.Errorf("%q: %+v", text, got)
		}
	})
}

// TestTypingAtIsOnePass looks at the longest text at each of many letters: were it
// not one pass, this would take minutes.
func TestTypingAtIsOnePass(t *testing.T) {
	for _, part := range []string{`\`, "[", `"`, "${", "|"} {
		text := strings.Repeat(part, merge.MaxText/len(part))
		for range 50 {
			if _, ok := typingAt(text, len(text), merge.JSON); ok && part == `\` {
				t.Error("backslashes are a field")
			}
		}
	}
}

var office = []control.SampleField{
	{Path: "First name", Value: "Ada"},
	{Path: "Last name", Value: "Lovelace"},
	{Path: "Email", Value: "ada@example.org"},
	{Path: "id", Value: "48"},
}

func titles(list []suggestion) string {
	var all []string
	for _, s := range list {
		all = append(all, s.title)
	}
	return strings.Join(all, ",")
}

func TestSuggestions(t *testing.T) {
	tests := []struct {
		name  string
		typed typing
		want  string
	}{
		{"nothing typed", typing{opener: "["}, "First name,Last name,Email,id,secret:key,@id"},
		{"begins", typing{opener: "[", query: "la"}, "Last name"},
		{"in the middle", typing{opener: "[", query: "name"}, "First name,Last name"},
		{"no spaces within ${}", typing{opener: "${", query: ""}, "Email,id,secret:key,@id,@type,@time"},
		{"built-in", typing{opener: "[", query: "@t"}, "@type,@time,@today"},
		{"built-in by meaning", typing{opener: "[", query: "day on"}, "@today"},
		{"secret", typing{opener: "[", query: "secret"}, "secret:key"},
		{"steps", typing{opener: "[", query: "low", step: true}, "lower"},
		{"steps by title", typing{opener: "[", query: "capital", step: true}, "capitals,upper"},
		{"behind a colon", typing{opener: "[", query: "date:D", step: true}, ""},
		{"nothing fits", typing{opener: "[", query: "zzz"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := titles(tt.typed.suggestions(office, []string{"key"}, merge.Plain)); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}

// TestMentionIsRead holds that whatever a field is called, a text can name it.
func TestMentionIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		path := rapid.StringMatching(`[@a-z:|\[\]\\"{}$ .é]{0,10}[a-z@\]|\\"]`).Filter(func(s string) bool {
			_, err := value.ParsePath(s)
			return strings.TrimSpace(s) == s && err == nil
		}).Draw(t, "path")
		for _, place := range []merge.Place{merge.Plain, merge.Form, merge.JSON, merge.XML} {
			text := Mention(path, place)
			if place == merge.JSON {
				text = `{"a": "` + text + `"}`
			}
			if place == merge.Form {
				text = "a=" + text
			}
			parsed, err := merge.Parse(text, place)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			uses := parsed.Paths()
			if len(uses) != 1 || uses[0].Path != path {
				t.Fatalf("%s names %+v, want %q", text, uses, path)
			}
		}
	})
}
