package mapping

import (
	"slices"
	"testing"

	"hookbird/core"
	"hookbird/core/control"
)

func TestExamples(t *testing.T) {
	e := people()
	if now, known := e.Now("last NAME"); !known || now != "Lovelace" {
		t.Errorf("now %q, %v", now, known)
	}
	if _, known := e.Now("Town"); known {
		t.Error("the record has no town")
	}
	if got := e.All(); len(got) != 6 || got[5].Path != "Town" || got[5].Value != "" {
		t.Errorf("all fields: %v", got)
	}
	if got := e.Values("Member"); !slices.Equal(got, []string{"Oui", "Non"}) {
		t.Errorf("values %q", got)
	}
	if !e.Known("town") || e.Known("Shoe size") {
		t.Error("known: town not, or shoe size")
	}
	if meant, ok := e.Meant("Frist Name"); !ok || meant != "First name" {
		t.Errorf("meant %q", meant)
	}
}

func TestMadeUpValuesGiveWay(t *testing.T) {
	madeUp := record(0, "Joined", "2026-01-31", "Phone", "12")
	e := NewExamples([]control.Sample{record(1, "Joined", "05/12/2026"), madeUp}, 1)
	if got := e.Values("Joined"); !slices.Equal(got, []string{"05/12/2026"}) {
		t.Errorf("values %q", got)
	}
	if got := e.Values("Phone"); !slices.Equal(got, []string{"12"}) {
		t.Errorf("values %q", got)
	}
}

func TestExamplesWithoutARecord(t *testing.T) {
	var e *Examples
	if !e.Known("anything") || e.All() != nil || e.Values("x") != nil {
		t.Error("without a record something is said of fields")
	}
	if text, err := e.Sent(&Row{Kind: core.FieldTemplate, Template: "a [b]"}); err != nil || text != "a " {
		t.Errorf("sent %q, %v", text, err)
	}
}

func TestStepsAreShownAsFarAsTheyWork(t *testing.T) {
	row := &Row{Kind: core.FieldFrom, From: "Email", Convert: []string{"lower", "number", "upper"}}
	got, err := people().Steps(row)
	if err == nil || !slices.Equal(got, []string{"ada@example.org"}) {
		t.Errorf("%q, %v", got, err)
	}
	row.Convert = []string{"lower", "before:@"}
	if got, err := people().Steps(row); err != nil || !slices.Equal(got, []string{"ada@example.org", "ada"}) {
		t.Errorf("%q, %v", got, err)
	}
}
