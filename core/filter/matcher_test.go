package filter_test

import (
	"testing"

	"hookbird/core"
	"hookbird/core/filter"

	"github.com/google/go-cmp/cmp"
)

func TestMatcher(t *testing.T) {
	w := &core.Webhook{Events: []string{"contact.*"}, Sources: []string{"crm"}, Filter: "role=MEMBER;zip=13.*"}
	m, err := filter.For(w)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ kind, source, data, why string }{
		{"contact.created", "crm", `{"role":"MEMBER","zip":"13001"}`, ""},
		{"contact.created", "crm", `{"role":"GUEST","zip":"75001"}`, "role is GUEST."},
		{"contact.created", "crm", `{"role":"MEMBER","zip":"75001"}`, "zip is 75001."},
		{"contact.created", "crm", `{"role":"MEMBER"}`, `The record has no field called "zip".`},
		{"contact.created", "crm", `{`, "The record cannot be read, because it is not JSON."},
		{"contact.created", "shop", `{"role":"MEMBER","zip":"13001"}`, "It comes from another source."},
		{"order.created", "crm", `{"role":"MEMBER","zip":"13001"}`, "It is of the type order.created."},
	}
	for _, tt := range tests {
		e := &core.Event{Type: tt.kind, Source: tt.source, Data: []byte(tt.data)}
		if got := m.Why(e); got != tt.why {
			t.Errorf("%v: %s", tt, got)
		}
		if got := m.Wants(e); got != (tt.why == "") {
			t.Errorf("%v: %v", tt, got)
		}
	}
}

func TestMatcherWithoutFilterReadsNoData(t *testing.T) {
	m, err := filter.For(&core.Webhook{})
	if err != nil {
		t.Fatal(err)
	}
	if e := (&core.Event{Type: "x", Data: []byte("{")}); !m.Wants(e) || m.Why(e) != "" {
		t.Error("an event is not taken although there is no condition")
	}
}

func TestMatcherTakesNothingUnreadable(t *testing.T) {
	m, err := filter.For(&core.Webhook{Filter: "role is empty"})
	if err != nil {
		t.Fatal(err)
	}
	if e := (&core.Event{Type: "x", Data: []byte("{")}); m.Wants(e) || m.Why(e) == "" {
		t.Error("an event is taken whose data cannot be read")
	}
}

func TestMatcherRefusesAWrongFilter(t *testing.T) {
	if _, err := filter.For(&core.Webhook{Filter: "zip=["}); core.CodeOf(err) != core.CodeInvalid {
		t.Error(err)
	}
}

func TestFields(t *testing.T) {
	got := parse(t, `role=MEMBER;any(zip=1;not(addresses(isMain).zipCode=13.*));role!=x;"e=q" is 1`).Fields()
	if diff := cmp.Diff([]string{"role", "zip", "addresses(isMain).zipCode", `"e=q"`}, got); diff != "" {
		t.Error(diff)
	}
}
