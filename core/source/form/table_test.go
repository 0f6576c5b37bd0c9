package form

import (
	"encoding/csv"
	"strings"
	"testing"
	"time"

	"hookbird/core"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestCells(t *testing.T) {
	tests := map[string]struct {
		text string
		want [][]string
	}{
		"Excel":            {"Name\tCity\r\nAda\tUlm\r\n", [][]string{{"Name", "City"}, {"Ada", "Ulm"}}},
		"quotes":           {"a\tb\n\"say \"\"hi\"\"\"\t\"two\nlines\"\n", [][]string{{"a", "b"}, {`say "hi"`, "two\nlines"}}},
		"quotes in text":   {"a\tb\n\"hi\" he said\t5\"\n", [][]string{{"a", "b"}, {`"hi" he said`, `5"`}}},
		"quotes not ended": {"a\tb\n\"hi\tx\ny\t\"z", [][]string{{"a", "b"}, {`"hi`, "x"}, {"y", `"z`}}},
		"semicolons":       {"a;b\n1,5;2", [][]string{{"a", "b"}, {"1,5", "2"}}},
		"commas":           {"\ufeffa,b\n1,\n,2\n", [][]string{{"a", "b"}, {"1", ""}, {"", "2"}}},
		"one column":       {"Name\nAda, Ulm\n", [][]string{{"Name"}, {"Ada, Ulm"}}},
		"old Macs":         {"a\tb\r1\t2", [][]string{{"a", "b"}, {"1", "2"}}},
		"no end":           {"a\tb\n1\t", [][]string{{"a", "b"}, {"1", ""}}},
		"nothing":          {"", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Cells(tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" || err != nil {
				t.Errorf("%v %s", err, diff)
			}
		})
	}
}

func TestCellsBounds(t *testing.T) {
	for name, text := range map[string]string{
		"rows": strings.Repeat("a\n", maxRows+2), "columns": strings.Repeat("\t", maxColumns+1), "bytes": strings.Repeat("a", maxPaste+1),
	} {
		if _, err := Cells(text); core.CodeOf(err) != core.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	begun := time.Now()
	if _, err := Cells("a\n" + strings.Repeat("\"\"\"x\n", 9000) + "\""); err != nil || time.Since(begun) > 5*time.Second {
		t.Errorf("%s, %v", time.Since(begun), err)
	}
}

// What another program writes is read as it was.
func TestCellsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		mark := rapid.SampledFrom([]rune{'\t', ';', ','}).Draw(t, "mark")
		width := rapid.IntRange(2, 4).Draw(t, "width")
		cell := rapid.StringMatching(`[a-c"\n ,;\t]{0,6}`)
		want := [][]string{[]string{"one", "two", "three", "four"}[:width]}
		for range rapid.IntRange(0, 5).Draw(t, "rows") {
			want = append(want, rapid.SliceOfN(cell, width, width).Draw(t, "row"))
		}
		var text strings.Builder
		w := csv.NewWriter(&text)
		w.Comma = mark
		if err := w.WriteAll(want); err != nil {
			t.Fatal(err)
		}
		got, err := Cells(text.String())
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Fatalf("%q: %v %s", text.String(), err, diff)
		}
	})
}

// No letter of a paste is lost, but marks, line breaks, quotes and what is no text.
func FuzzTable(f *testing.F) {
	f.Add("Name\tEmail\nAda\tada@example.org\n")
	f.Add("a;b\n\"\"\"x;\"\n\"")
	src := &core.Source{Form: &core.FormSource{Inputs: []core.Input{{Name: "a"}, {Name: "Name", Required: true}, {Name: "Email", Kind: core.InputEmail}}}}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := Cells(text)
		if err != nil {
			return
		}
		count := func(s string) int { return strings.Count(s, "a") + strings.Count(s, "é") }
		total := 0
		for _, row := range rows {
			total += count(strings.Join(row, " "))
		}
		if total != count(text) {
			t.Errorf("%d letters of %d", total, count(text))
		}
		table, err := FromTable(src, rows)
		if err != nil {
			return
		}
		for _, values := range table.Ready() {
			if errs := Check(src, values); len(errs) > 0 {
				t.Errorf("ready, but %v", errs)
			}
		}
	})
}

func TestFromTable(t *testing.T) {
	src := &core.Source{Form: &core.FormSource{Inputs: []core.Input{
		{Name: "first_name", Label: "First name", Required: true},
		{Name: "email", Label: "Email address", Kind: core.InputEmail, Required: true},
		{Name: "kind", Default: "new"},
		{Name: "tickets", Kind: core.InputNumber},
	}}}
	rows, err := Cells("\n E-Mail \tFIRST NAME\tTickets\tSeat\temail\n" +
		"x\tAda\t2,5\tA1\tada@example.org\n\t\t\t\t\ny\tGrace\tmany\t\tgrace\ty\n\tEve\t\t\teve@example.org\t\n")
	if err != nil {
		t.Fatal(err)
	}
	table, err := FromTable(src, rows)
	if err != nil {
		t.Fatal(err)
	}
	want := &Table{
		Fields: []string{"", "first_name", "tickets", "", "email"}, Unknown: []string{"E-Mail", "Seat"}, Missing: []string{"kind"},
		Rows: []Row{
			{Line: 3, Values: map[string]string{"first_name": "Ada", "email": "ada@example.org", "tickets": "2,5"}},
			{Line: 5, Values: map[string]string{"first_name": "Grace", "email": "grace", "tickets": "many"}},
			{Line: 6, Values: map[string]string{"first_name": "Eve", "email": "eve@example.org", "tickets": ""}},
		},
	}
	problems := table.Rows[1].Problems.Error()
	if want := "There are more cells here than headings.\n/email: This is no email address. Write one like ada@example.org.\n/tickets: This is no number. Write one like 1234 or 12.50."; problems != want {
		t.Errorf("%s\nwant %s", problems, want)
	}
	table.Rows[1].Problems = nil
	if diff := cmp.Diff(want, table); diff != "" {
		t.Error(diff)
	}
}

func TestTablesThatAreNone(t *testing.T) {
	src := &core.Source{Form: &core.FormSource{Inputs: []core.Input{{Name: "email", Label: "Email address"}}}}
	for text, says := range map[string]string{
		"":                     "nothing in this table",
		"\t\n\t":               "nothing in this table",
		"Ada\tUlm\nEve\tBonn":  "such as Email address.",
		"email\n \n":           "nothing below the headings",
		"\ufeff!\n" + "- -\n?": "such as Email address.",
	} {
		rows, err := Cells(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := FromTable(src, rows); core.CodeOf(err) != core.CodeInvalid || !strings.Contains(core.Sentence(err), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := FromTable(src, make([][]string, 1)); err == nil {
		t.Error("an empty row is no table")
	}
	if _, err := FromTable(src, append([][]string{{"email"}}, make([][]string, maxRows+1)...)); err == nil {
		t.Error("too many rows are taken")
	}
}
