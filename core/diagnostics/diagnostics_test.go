package diagnostics

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// Nothing that an office typed, but names, is in what a helper gets of its settings.
func TestSettingsTellNothing(t *testing.T) {
	got, err := Settings([]byte(`{
	  "hookbird": 1,
	  "settings": {"proxy": "http://ada:pass1234@proxy.example.org:3128/way", "look": "dark", "quota_mb": 4000},
	  "sources": [{"id": "members", "kind": "folder", "name": "Members", "path": "/home/ada/Members 2026", "match": "*.csv",
	    "database": {"kind": "postgres", "address": "postgres://ada:se@cret77@db.example.org:5432/people", "query": "select * from people where town = 'Uppsala'"}}],
	  "webhooks": [{"id": "crm", "address": "https://crm.example.org/catch/4711/abcdef?key=xyzzy",
	    "headers": [{"name": "X-Office", "value": "Uppsala"}],
	    "filter": "town=Uppsala;mail=ada@example.org",
	    "body": {"style": "form", "fields": [{"name": "fname", "from": "firstname"}, {"name": "source", "value": "Uppsala 42"}],
	      "template": "See https://crm.example.org/secretpath about Uppsala"}}]
	}`))
	if err != nil {
		t.Fatal(err)
	}
	for _, never := range []string{"ada", "pass1234", "cret", "way", "Members 2026", "people", "Uppsala", "4711", "abcdef", "xyzzy", "42", "secretpath"} {
		if strings.Contains(got, never) {
			t.Errorf("%q is in it:\n%s", never, got)
		}
	}
	for _, want := range []string{
		`"name": "Members"`, `"kind": "folder"`, `"from": "firstname"`, `"quota_mb": 4000`, `"U… 00"`,
		`"https://crm.example.org/…"`, `"http://proxy.example.org:3128/…"`, `"postgres://db.example.org:5432/…"`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%s is not in it:\n%s", want, got)
		}
	}
	if _, err := Settings([]byte(`{"hookbird": `)); err == nil {
		t.Error("half a file was taken")
	}
}

// told is a text of which more is left than what it looks like: two letters in a row, or
// a digit that counts.
var told = regexp.MustCompile(`\p{L}\p{L}|[1-9]`)

// drawJSON draws any value of JSON. Its names are of the letters a to e.
func drawJSON(text *rapid.Generator[string], depth int) *rapid.Generator[any] {
	return rapid.Custom(func(t *rapid.T) any {
		kinds := 5
		if depth == 0 {
			kinds = 3
		}
		switch rapid.IntRange(0, kinds-1).Draw(t, "kind") {
		case 0:
			return text.Draw(t, "text")
		case 1:
			return json.Number(rapid.StringMatching(`-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,3})?`).Draw(t, "number"))
		case 2:
			return rapid.SampledFrom([]any{nil, true, false}).Draw(t, "word")
		case 3:
			return rapid.SliceOfN(drawJSON(text, depth-1), 0, 3).Draw(t, "list")
		default:
			return rapid.MapOfN(rapid.StringMatching(`[a-e]{1,3}`), drawJSON(text, depth-1), 0, 3).Draw(t, "object")
		}
	})
}

// Of no record any value is told, however it is nested, and its form stays.
func TestLawOfRecords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawJSON(rapid.StringN(0, 20, -1), 4).Draw(t, "record")
		data, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		got := Record(data)
		var out any
		if err := json.Unmarshal([]byte(got), &out); err != nil {
			t.Fatalf("%s became %s: %v", data, got, err)
		}
		if err := sameForm(in, out); err != nil {
			t.Fatalf("%s became %s: %v", data, got, err)
		}
	})
}

// sameForm compares a value with what is shown of it.
func sameForm(in, out any) error {
	switch in := in.(type) {
	case map[string]any:
		out, ok := out.(map[string]any)
		if !ok || len(in) != len(out) {
			return fmt.Errorf("an object of %d became %v", len(in), out)
		}
		for name, v := range in {
			if err := sameForm(v, out[name]); err != nil {
				return err
			}
		}
	case []any:
		out, ok := out.([]any)
		if !ok || len(in) != len(out) {
			return fmt.Errorf("a list of %d became %v", len(in), out)
		}
		for i := range in {
			if err := sameForm(in[i], out[i]); err != nil {
				return err
			}
		}
	case json.Number:
		if out != 0.0 {
			return fmt.Errorf("the number %s became %v", in, out)
		}
	case string:
		text, ok := out.(string)
		system := strings.LastIndex(text, "@") // what stands behind it is told
		if !ok || system < 0 && told.MatchString(text) {
			return fmt.Errorf("the text %q became %v", in, out)
		}
	default:
		if in != out {
			return fmt.Errorf("%v became %v", in, out)
		}
	}
	return nil
}

// A record that is kept by people's addresses does not tell those either.
func TestNamesThatAreAddressesAreHidden(t *testing.T) {
	got := Record([]byte(`{"ada@example.org": {"first name 1": "Ada"}, "e-mail": "ada@example.org"}`))
	if want := "{\n  \"a…@example.org\": {\n    \"first name 1\": \"A…\"\n  },\n  \"e-mail\": \"a…@example.org\"\n}\n"; got != want {
		t.Errorf("%s", got)
	}
}

// Whatever a settings file says, texts under names that are not known to be harmless
// are hidden.
func TestLawOfSettings(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawJSON(rapid.StringMatching(`([A-Za-zéß0-9 .:/?=-]|://){0,20}`), 4).Draw(t, "settings")
		data, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Settings(data)
		if err != nil {
			t.Fatal(err)
		}
		var out any
		d := json.NewDecoder(strings.NewReader(got))
		d.UseNumber() // they stay as they are, also those that are too large
		if err := d.Decode(&out); err != nil {
			t.Fatal(err)
		}
		texts(out, func(text string) {
			if address := regexp.MustCompile(`^[A-Za-z0-9.+-]+://[^/?#@]+/…$`); told.MatchString(text) && !address.MatchString(text) {
				t.Fatalf("%s became %s: %q", data, got, text)
			}
		})
	})
}

func texts(v any, take func(string)) {
	switch v := v.(type) {
	case map[string]any:
		for _, x := range v {
			texts(x, take)
		}
	case []any:
		for _, x := range v {
			texts(x, take)
		}
	case string:
		take(v)
	}
}

func TestWithout(t *testing.T) {
	record := []byte(`{"name": "Ada Lovelace", "town": "Örebro", "who": {"mail": "ada@example.org"}, "notes": ["The chair by the door is hers, she said"], "kind": "at", "n": 7}`)
	for in, want := range map[string]string{
		"connection refused":                                      "connection refused",
		"Lovelace is no town":                                     "L… is no town",
		"ADA LOVELACE, of örebro, is known":                       "A… L…, of ö…, is known",
		"Lovelaces; by the door she said so":                      "Lovelaces; by the door she said so",
		"\"The chair by the door is hers, she said\" is too long": "\"T… c… b… t… d… i… h…, s… s…\" is too long",
		"ada@example.org at 2026, line 7":                         "a…@example.org at 0000, line 0",
		"adalovelace":                                             "adalovelace",
	} {
		if got := Without(in, record); got != want {
			t.Errorf("%q became %q", in, got)
		}
	}
	if got := Without("Lovelace is no town", nil); got != "L… i… n… t…" {
		t.Errorf("without a record: %q", got)
	}
}

// No value of a record stands in what is told of it, wherever the text repeats it.
func TestLawOfWithout(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[A-Za-zÄéß]{3,8}( [A-Za-zÄéß]{3,8}){0,2}`).Draw(t, "value")
		other := rapid.StringMatching(`[A-Za-z ,.]{0,20}`).Draw(t, "other")
		data, err := json.Marshal(map[string]any{"a": []any{value}, "b": other})
		if err != nil {
			t.Fatal(err)
		}
		before := rapid.StringMatching(`([a-z ]*[ ."(])?`).Draw(t, "before")
		text := before + value + rapid.SampledFrom([]string{"", " is wrong", ".", `"`, ", says x"}).Draw(t, "after")
		if got := Without(text, data); strings.Contains(strings.ToLower(got), strings.ToLower(value)) {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

func TestLinesOfLogs(t *testing.T) {
	for in, want := range map[string]string{
		`time=2026-11-22T10:38:04Z level=INFO msg=start dir=/home/ada/x`:       `time=2026-11-22T10:38:04Z level=INFO msg=start dir=~/x`,
		`msg=skip where="members of Ada.csv, row 3" note="\"Ada\" is no date"`: `msg=skip where="m… o… A….c…, r… 0" note="\"A…\" i… n… d…"`,
		`msg=left file=ada.csv count=3`:                                        `msg=left file=a….c… count=3`,
		`error="refused for bart@example.org"`:                                 `error="refused for b…@example.org"`,
		`msg="try" code=401`:                                                   `msg="try" code=401`,
	} {
		if got := Line(in, "/home/ada"); got != want {
			t.Errorf("%s\nbecame %s\nnot    %s", in, got, want)
		}
	}
	if got := Line("dir=/x", ""); got != "dir=/x" {
		t.Errorf("without a home: %s", got)
	}
}

func TestTail(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	if got := Tail(path, 3, 100); got != nil {
		t.Errorf("of no file: %q", got)
	}
	for _, c := range []struct {
		text string
		n    int
		size int64
		want string
	}{
		{"", 3, 100, ""},
		{"\n", 3, 100, ""},
		{"one\ntwo\n", 3, 100, "one|two"},
		{"one\ntwo\nthree\nfour\n", 3, 100, "two|three|four"},
		{"one\ntwo\nthr", 3, 100, "one|two|thr"},
		{"one\ntwo\nthree\n", 3, 9, "three"},
		{"no line ends here", 3, 5, ""},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(Tail(path, c.n, c.size), "|"); got != c.want {
			t.Errorf("%q, %d lines, %d bytes: %q, not %q", c.text, c.n, c.size, got, c.want)
		}
	}
}

// FuzzLine: no line of a log makes trouble, tells an address of somebody, or becomes two.
func FuzzLine(f *testing.F) {
	f.Add(`msg=skip where="a \" b" note=x@y.z`, "/home/ada")
	f.Add(`file=`, "")
	f.Fuzz(func(t *testing.T, line, home string) {
		if strings.ContainsFunc(line+home, func(r rune) bool { return unicode.IsSpace(r) && r != ' ' }) {
			return
		}
		got := Line(line, home)
		if strings.Contains(got, "\n") {
			t.Errorf("%q became %q", line, got)
		}
		for _, m := range email.FindAllString(got, -1) {
			if name, _, _ := strings.Cut(m, "@"); len([]rune(name)) > 2 {
				t.Errorf("%q became %q: %q", line, got, m)
			}
		}
	})
}

// FuzzShown: what is no JSON is not shown, and what is stays JSON.
func FuzzShown(f *testing.F) {
	f.Add([]byte(`{"a": [1, "x", null]}`))
	f.Add([]byte(`{"a": 1}{"b": 2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		if got := Record(data); got != "(no JSON)" && !json.Valid([]byte(got)) {
			t.Errorf("%q became %q", data, got)
		}
		if got, err := Settings(data); err == nil && !json.Valid([]byte(got)) {
			t.Errorf("%q became %q", data, got)
		}
	})
}
