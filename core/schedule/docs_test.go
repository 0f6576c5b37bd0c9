package schedule_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"hookbird/core/pace"
	"hookbird/core/schedule"
	"hookbird/core/settings"
)

// The documentation's examples can be imported, and it says of each what the window
// says.
func TestDocumentation(t *testing.T) {
	doc, err := os.ReadFile("../../docs/SCHEDULES.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| `(\"send\".*)` \\| (.*) \\|$").FindAllSubmatch(doc, -1)
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(doc, -1)
	if len(rows) < 5 || len(blocks) < 2 {
		t.Fatalf("%d rows, %d blocks", len(rows), len(blocks))
	}
	for _, example := range append(rows, blocks...) {
		text := `{"hookbird": 1, "webhooks": [{"id": "a", "name": "A", "address": "https://example.org/", ` + string(example[1]) + `}]}`
		file, err := settings.Parse([]byte(text), "/")
		if err != nil {
			t.Errorf("%s: %v", example[1], err)
			continue
		}
		if w := file.Webhooks[0]; len(example) > 2 && !strings.HasPrefix(string(example[2]), schedule.Describe(w.Send)) {
			t.Errorf("%s: %q, not %q", example[1], schedule.Describe(w.Send), example[2])
		} else if w.Pace.Day > 0 && !strings.Contains(string(doc), pace.Describe(w.Pace)+".") {
			t.Errorf("%s is nowhere called %q", example[1], pace.Describe(w.Pace))
		}
	}
}
