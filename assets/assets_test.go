package assets

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"hookbird/assets/icons"
)

func TestPresetsAreWholeAndInOrder(t *testing.T) {
	all, err := Presets()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, p := range all {
		if p.ID == "" || p.Name == "" || p.Line == "" || len(p.Webhook) == 0 || seen[p.ID] {
			t.Errorf("%q is not whole, or twice", p.ID)
		}
		if !strings.HasSuffix(p.Find, ".") {
			t.Errorf("%s: where to find the address is no sentence: %q", p.ID, p.Find)
		}
		if icons.Outline(icons.Name(p.Icon), "#000000") == nil {
			t.Errorf("%s has an icon %q that is not there", p.ID, p.Icon)
		}
		if (p.Accepted == "") != (p.Proof == "") {
			t.Errorf("%s says that it was accepted, but not what that leaves open", p.ID)
		}
		if strings.Contains(p.Line+p.Find+p.Proof, "%") || utf8.RuneCountInString(p.Line) > 45 {
			t.Errorf("%s has words that do not fit: %q", p.ID, p.Line)
		}
		for _, word := range p.Search {
			if word != strings.ToLower(word) {
				t.Errorf("%s is searched by %q, which is not in lower case", p.ID, word)
			}
		}
		seen[p.ID] = true
	}
	featured := slices.IndexFunc(all, func(p Preset) bool { return !p.Featured })
	if featured != 5 || all[len(all)-1].ID != Other || !slices.IsSortedFunc(all, comparePresets) {
		t.Errorf("%d have a tile, and the last is %s", featured, all[len(all)-1].ID)
	}
}

func TestMatches(t *testing.T) {
	p := Preset{Hosts: []string{"hooks.zapier.com", "*.make.com"}}
	for host, want := range map[string]bool{
		"hooks.zapier.com":    true,
		"Hooks.Zapier.com":    true,
		"hook.eu1.make.com":   true,
		"make.com":            false,
		".make.com":           false,
		"evilmake.com":        false,
		"a.hooks.zapier.com":  false,
		"hooks.zapier.com.io": false,
		"":                    false,
	} {
		if got := p.Matches(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}

// Whatever the schema refers to is there, and nothing is there in vain.
func TestSchemaIsWhole(t *testing.T) {
	var schema struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(SettingsSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, ref := range regexp.MustCompile(`"\$ref": "#/\$defs/([a-z_]+)"`).FindAllSubmatch(SettingsSchema(), -1) {
		used[string(ref[1])] = true
		if schema.Defs[string(ref[1])] == nil {
			t.Errorf("there is no %s", ref[1])
		}
	}
	if strings.Count(string(SettingsSchema()), `"$ref"`) == 0 || len(used) != len(schema.Defs) {
		t.Errorf("%d of %d definitions are used", len(used), len(schema.Defs))
	}
}

func TestSamplesAreMadeUp(t *testing.T) {
	rows := 0
	err := fs.WalkDir(Samples(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(Samples(), name)
		if err != nil {
			return err
		}
		people := strings.Count(string(data), "@")
		if people == 0 || people != strings.Count(string(data), "@example.org") {
			t.Errorf("%s: some of %d addresses could be somebody's", name, people)
		}
		if strings.Contains(name, "windows") == utf8.Valid(data) {
			t.Errorf("%s is not encoded as its name says", name)
		}
		rows += people
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if rows < 50 || rows > 80 {
		t.Errorf("%d people in all", rows)
	}
}
