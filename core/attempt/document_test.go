package attempt

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"

	"hookbird/core"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write docs/OUTCOMES.md")

const documentPath = "../../docs/OUTCOMES.md"

// What people read about outcomes is what the table says.
func TestDocumentIsMadeFromTheTable(t *testing.T) {
	page := template.Must(template.ParseFiles("testdata/OUTCOMES.md.tmpl"))
	var want bytes.Buffer
	if err := page.Execute(&want, map[string]string{"Answers": answersTable(), "Rest": restTable(), "Classes": classList()}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(documentPath, want.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(documentPath)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.String(), string(have)); diff != "" {
		t.Errorf("docs/OUTCOMES.md is not what the table says; run go test ./core/attempt -run TestDocument -update\n%s", diff)
	}
}

// keyWords say of the keys when their words hold.
var keyWords = []struct {
	key   Key
	words string
}{
	{KeyNone, ", and the webhook sends no key"},
	{KeyLogin, ", and the webhook sends a user and a password"},
	{KeyClient, ", and the webhook fetches its key first"},
}

// answersTable lists the outcomes that are known by a status code, in its order.
func answersTable() string {
	type line struct {
		first int
		text  string
	}
	var lines []line
	for _, o := range outcomes {
		for _, k := range append([]kind{{said: o.said}}, o.kinds...) {
			if seen := codeWords(o, k); seen != "" {
				first, err := strconv.Atoi(seen[:3])
				if err != nil {
					first = 1000 // ranges stand last
				}
				lines = append(lines, line{first, tableLine(o, seen, k.said)})
			}
		}
		for _, k := range keyWords {
			if closer, ok := o.keys[k.key]; ok {
				lines = append(lines, line{o.codes[0].From, tableLine(o, codeWords(o, kind{})+k.words, closer)})
			}
		}
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.first - b.first })
	text := "## Answers\n\n| what came back | what Hookbird says | what it does | what you can do |\n|---|---|---|---|\n"
	for _, l := range lines {
		text += l.text
	}
	return text
}

// codeWords names the codes that an outcome, or a kind of it, is known by.
func codeWords(o outcome, k kind) string {
	if k.mark != "" {
		return ""
	}
	if k.code != 0 {
		return strconv.Itoa(k.code)
	}
	var parts []string
	for _, r := range o.codes {
		if slices.ContainsFunc(o.kinds, func(k kind) bool { return r.From == k.code && r.To == k.code }) {
			continue // the kind has a line of its own
		}
		words := strconv.Itoa(r.From)
		if r.To > r.From {
			words = fmt.Sprintf("any other from %d to %d", r.From, r.To)
		}
		parts = append(parts, words)
	}
	for _, r := range o.asking {
		parts = append(parts, fmt.Sprintf("%d with Retry-After", r.From))
	}
	words := strings.Join(parts, ", or ")
	if words != "" && o.seen != "" {
		words += ", " + o.seen
	}
	return words
}

// restTable lists what is known in another way.
func restTable() string {
	text := "| what happened | what Hookbird says | what it does | what you can do |\n|---|---|---|---|\n"
	for _, o := range outcomes {
		if codeWords(o, kind{}) == "" {
			text += tableLine(o, o.said.seen, said{})
		}
		for _, k := range o.kinds {
			if k.mark != "" {
				text += tableLine(o, k.said.seen, k.said)
			}
		}
	}
	return text
}

func tableLine(o outcome, seen string, closer said) string {
	s := o.with(closer)
	if s.title == "" {
		s.title = "{who} " + s.short
	}
	then := string(o.class)
	if o.follows != "" {
		then = o.follows
	}
	var steps []string
	for _, step := range s.steps {
		if step.Action != ActionTestAgain && step.Title != askThem.Title {
			steps = append(steps, step.Title)
		}
	}
	if steps == nil && slices.Contains(s.steps, askThem) {
		steps = []string{"Ask the people who run {name}"}
	}
	fill := strings.NewReplacer("{who}", "The system", "{name}", "the system")
	return fmt.Sprintf("| %s | %s | %s | %s |\n", seen, fill.Replace(s.title), then, fill.Replace(strings.Join(steps, "; ")))
}

// follows says what follows from each class.
var follows = []struct {
	class Class
	text  string
}{
	{Good, "The message is delivered."},
	{Trouble, "The message is tried again along the webhook's plan. Five such failures in a row, and the webhook counts as *down*: then one message at a time asks whether the system is back, and those that wait use up no tries."},
	{Busy, "The whole webhook waits for as long as it was asked to, between one second and 24 hours, or as its plan says. Then the message is tried again."},
	{Portal, "The whole webhook is held at once, because the next message would go the same way."},
	{Settings, "The message is tried again along the plan, so that nothing more need be done if somebody puts the settings right meanwhile. Five different records in a row, and the webhook *needs attention*: nothing more is sent, and no record is used up, until it is saved again."},
	{Data, "The same data would be refused again, so the message has failed at once; its record is kept, and can be sent again. A webhook can say that such a message is tried again all the same (`\"on_refusal\": \"retry\"`). Five different records in a row that are refused with the same answer make the webhook *need attention*."},
	{Gone, "The webhook is turned off, and says so. What waits is kept."},
	{Again, "The message is tried again along the plan. It says nothing of how the system is doing."},
	{Local, "Nothing was sent. What is done about it stands in the table."},
}

func classList() (text string) {
	for _, f := range follows {
		text += fmt.Sprintf("- **%s**: %s\n", f.class, f.text)
	}
	return text
}

// Each class that the table names is explained, and each that is explained stands
// in the table.
func TestEveryClassIsExplained(t *testing.T) {
	explained, used := map[Class]bool{}, map[Class]bool{}
	for _, f := range follows {
		explained[f.class] = true
	}
	for _, o := range outcomes {
		used[o.class] = true
	}
	if diff := cmp.Diff(used, explained); diff != "" {
		t.Error(diff)
	}
}

// The table has a row for each cause and no two for one, a cause for each code, and
// for each thing that is told apart the words by which it was seen.
func TestTableIsComplete(t *testing.T) {
	if len(byCause) != len(outcomes) {
		t.Errorf("%d rows for %d causes", len(outcomes), len(byCause))
	}
	for n := 100; n < 1000; n++ {
		rows := map[core.Cause]int{}
		for _, o := range outcomes {
			for _, r := range o.codes {
				if r.From <= n && n <= r.To {
					rows[o.cause] = r.To - r.From
				}
			}
		}
		mine, ok := rows[byCode[n]]
		for cause, width := range rows {
			if cause != byCode[n] && width <= mine {
				t.Errorf("%d is %s and %s", n, byCode[n], cause)
			}
		}
		if !ok {
			t.Errorf("%d has no cause", n)
		}
	}
	seen := map[string]bool{}
	for _, o := range outcomes {
		if o.class == "" || o.said.seen == "" && len(o.codes) == 0 || o.short == "" || o.text == "" || len(o.steps) == 0 {
			t.Errorf("%q is not told whole", o.cause)
		}
		for _, k := range o.kinds {
			if k.mark == "" && k.code == 0 || k.mark != "" && k.seen == "" || k.short == "" && k.text == "" {
				t.Errorf("%q: %q is not told whole", o.cause, k.mark)
			}
			if name := string(o.cause) + k.mark; k.mark != "" && seen[name] || strings.Contains(k.mark, between) {
				t.Errorf("%q comes twice, or cannot be read back", k.mark)
			}
			seen[string(o.cause)+k.mark] = true
		}
	}
}
