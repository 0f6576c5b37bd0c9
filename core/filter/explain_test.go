package filter_test

import (
	"strings"
	"testing"

	"hookbird/core/filter"

	"github.com/google/go-cmp/cmp"
)

func TestExplain(t *testing.T) {
	tests := []struct {
		filter   string
		ok       bool
		saw      string
		sentence string
	}{
		{"role=GUEST", false, "MEMBER", "role is MEMBER."},
		{"role=member", false, "MEMBER", "role is MEMBER (capitals and spaces count here)."},
		{"role=MEMBER", true, "MEMBER", "role is MEMBER."},
		{"role is member", true, "MEMBER", "role is MEMBER."},
		{"rolle=MEMBER", false, "", `The record has no field called "rolle". Did you mean "role"?`},
		{"addresses(isOld).zipCode=13.*", false, "", "No item of addresses has isOld."},
		{"addresses.zipCode=13.*", false, "", "addresses is a list. Write addresses(*).zipCode for any of its items, or addresses(1).zipCode for the first."},
		{"addresses(isMain).zipCode=75.*", false, "13001", "addresses(isMain).zipCode is 13001."},
		{"indicators(*).value=maybe", false, "false|true", "indicators(*).value is false, true."},
		{"note is not empty", false, "", "note is empty."},
		{"state=x", false, "", "state is empty."},
		{"gone is empty", true, "", `The record has no field called "gone".`},
		{"list=a", false, `["a","b"]`, `list is ["a","b"], a list (list(*) looks at each of its items).`},
		{"role>5", false, "MEMBER", "role is MEMBER, which cannot be compared with 5."},
		{"age>50", false, "41", "age is 41."},
		{"any(role=GUEST;age>50)", false, "", "role is MEMBER; age is 41."},
		{"any(role=GUEST;age>40)", true, "", "age is 41."},
		{"any(role=GUEST;all(age>40;age>50))", false, "", "role is MEMBER; age is 41."},
		{"not(role=MEMBER;age=41)", false, "", "role is MEMBER; age is 41."},
		{"not(role=MEMBER;age=40)", true, "", "age is 41."},
	}
	v := record(t, contact)
	for _, tt := range tests {
		got := parse(t, tt.filter).Explain(v)
		if len(got) != 1 || got[0].OK != tt.ok || strings.Join(got[0].Saw, "|") != tt.saw || got[0].Sentence != tt.sentence {
			t.Errorf("%s: %+v", tt.filter, got)
		}
		if got[0].Text != tt.filter {
			t.Errorf("%s is told as %s", tt.filter, got[0].Text)
		}
	}
}

func TestExplainTellsEachCondition(t *testing.T) {
	got := parse(t, "role=MEMBER; any(age>50;note is empty) ;zip=13.*").Explain(record(t, contact))
	want := []filter.Verdict{
		{Text: "role=MEMBER", OK: true, Saw: []string{"MEMBER"}, Sentence: "role is MEMBER."},
		{Text: "any(age>50;note is empty)", OK: true, Sentence: "note is empty.", Parts: []filter.Verdict{
			{Text: "age>50", Saw: []string{"41"}, Sentence: "age is 41."},
			{Text: "note is empty", OK: true, Saw: []string{""}, Sentence: "note is empty."},
		}},
		{Text: "zip=13.*", Saw: []string{"01067"}, Sentence: "zip is 01067."},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestExplainIsBounded(t *testing.T) {
	long := strings.Repeat("é", 100_000)
	v := record(t, `{"a":"`+long+`","b":[`+strings.Repeat(`"x",`, 10_000)+`"y"]}`)
	for text, want := range map[string]string{
		"a=x":    "a is " + strings.Repeat("é", 59) + "….",
		"b(*)=z": "b(*) is x, x, x, x, x and 9996 more.",
	} {
		got := parse(t, text).Explain(v)[0]
		if got.Sentence != want || len(got.Saw) > 5 {
			t.Errorf("%s: %d %.200s", text, len(got.Saw), got.Sentence)
		}
	}
}
