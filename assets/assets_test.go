package assets

import (
	"encoding/json"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// Whatever the schema refers to is there, and nothing is there in vain.
func TestSchemaIsWhole(t *testing.T) {
	var schema struct {
		Defs map[string]json.RawMessage `json:"$defs"`
	}
	if err := json.Unmarshal(SettingsSchema(), &schema); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, ref := range regexp.MustCompile(`"\$ref": "#/\$defs/([a-z0-9_]+)"`).FindAllSubmatch(SettingsSchema(), -1) {
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
