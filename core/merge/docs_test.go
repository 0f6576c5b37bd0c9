package merge

import (
	"os"
	"strings"
	"testing"

	"hookbird/core/convert"
)

// What people read about merge fields names all that they can write.
func TestDocumentNamesEveryStepAndBuiltIn(t *testing.T) {
	page, err := os.ReadFile("../../docs/MERGE-FIELDS.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range convert.Steps() {
		if !strings.Contains(string(page), "`"+step.Name+"`") {
			t.Errorf("the step %s is missing", step.Name)
		}
	}
	for _, b := range BuiltIns() {
		if !strings.Contains(string(page), "`["+b.Name+"]`") {
			t.Errorf("the built-in %s is missing", b.Name)
		}
	}
}

// Every merge field on the page can be read.
func TestDocumentShowsWhatCanBeRead(t *testing.T) {
	page, err := os.ReadFile("../../docs/MERGE-FIELDS.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for i, code := range strings.Split(string(page), "`") {
		code = strings.ReplaceAll(code, `\|`, "|")
		if i%2 == 0 || !strings.HasPrefix(code, "[") && !strings.HasPrefix(code, "${") || len(code) < 5 || code == "${contact id}" {
			continue
		}
		shown++
		if _, err := Parse(code, Plain); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
	if shown < 30 {
		t.Errorf("only %d merge fields are shown", shown)
	}
}
