package merge

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func parse(t testing.TB, text string, place Place) *Text {
	t.Helper()
	parsed, err := Parse(text, place)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestUses(t *testing.T) {
	text := parse(t, `é[First Name] ${x.y|upper}[@id][secret:a] [ secret: b ][secret:a][ a\|b ]`, Plain)
	want := []Use{{"First Name", 3, 10}, {"x.y", 17, 3}, {`a|b`, 68, 4}}
	if diff := cmp.Diff(want, text.Paths()); diff != "" {
		t.Errorf("Paths (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"a", "b"}, text.Secrets()); diff != "" {
		t.Errorf("Secrets (-want +got):\n%s", diff)
	}
	if text.Count() != 7 {
		t.Errorf("Count gives %d", text.Count())
	}
}

func TestFixed(t *testing.T) {
	for text, want := range map[string]bool{
		"": true, "x": true, "[secret:a]": true, "[x]": false, "[@today]": false, "[@delivery][secret:a]": false,
	} {
		if got := parse(t, text, Plain).Fixed(); got != want {
			t.Errorf("Fixed of %q gives %t", text, got)
		}
	}
}

func TestCheck(t *testing.T) {
	names := []string{"First Name", "Email", "person.address.zip", `person."zip.code"`, "addresses", "Amount (net)", "one.name"}
	for _, c := range []struct{ text, want string }{
		{"[First Name][email][PERSON.ADDRESS.ZIP]", ""},
		{"[person.address] [person]", ""},
		{`[person."zip.code"] ["Email"]`, ""},
		{"[addresses(isMain).zip] [addresses(*)] [addresses]", ""},
		{"[one(*).name]", ""},
		{"[Amount (net)]", ""},
		{"[@id][secret:nothing]", ""},
		{"[Frist Name]", "There is no field called [Frist Name]. Did you mean [First Name]?"},
		{"[xyzzy(*).a]", "There is no field called [xyzzy(*).a]."},
	} {
		got := ""
		for _, u := range parse(t, c.text, Plain).Check(names) {
			got += u.Sentence()
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
	if got := parse(t, "é [Frist Name]", Plain).Check(names); len(got) != 1 || got[0].At != 4 || got[0].Len != 10 || got[0].Meant != "First Name" {
		t.Errorf("got %+v", got)
	}
	if got := parse(t, "[Frist Name]", Plain).Check(nil); got != nil {
		t.Errorf("without names: %+v", got)
	}
}

func TestWrite(t *testing.T) {
	for _, c := range []struct {
		path  string
		place Place
		want  string
	}{
		{"First Name", Plain, "[First Name]"},
		{"Weight [kg]", Form, `[Weight \[kg\]]`},
		{`person."zip.code"`, JSON, `[person.\"zip.code\"]`},
		{"@id", Address, `[\@id]`},
	} {
		if got := Write(c.path, c.place); got != c.want {
			t.Errorf("%s: got %s, want %s", c.path, got, c.want)
		}
	}
}

func TestBuiltInsHaveWhatASuggestionShows(t *testing.T) {
	for _, b := range BuiltIns() {
		if b.Name == "" || b.Meaning == "" || b.Example == "" {
			t.Errorf("%+v", b)
		}
		parse(t, "["+b.Name+"]${"+b.Name+"}", Plain)
	}
}
