package message_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/message"
)

func TestUses(t *testing.T) {
	w := &core.Webhook{
		Address: "https://crm.example.org/${contactNumber}?m=[Mail]",
		Headers: []core.Header{{Name: "X", Value: "[Mail] [@id]"}},
		Body: core.Body{
			Style:    core.BodyForm,
			Fields:   []core.Field{{Name: "a", From: "First Name"}, {Name: "b", Template: "[Last Name|upper], [First Name]"}, {Name: "c", Value: "fixed"}},
			Template: `{"z": "[not used by a form]"}`,
		},
		Filter: "addresses(isMain).zipCode=13.*;role=MEMBER",
		Order:  core.Order{Kind: core.OrderField, Field: "contactNumber"},
	}
	want := []string{"contactNumber", "Mail", "First Name", "Last Name", "addresses(isMain).zipCode", "role"}
	if diff := cmp.Diff(want, message.Uses(w)); diff != "" {
		t.Error(diff)
	}
	w.Body.Style = core.BodyTemplate
	want = []string{"contactNumber", "Mail", "not used by a form", "addresses(isMain).zipCode", "role"}
	if diff := cmp.Diff(want, message.Uses(w)); diff != "" {
		t.Errorf("with a template:\n%s", diff)
	}
	if got := message.Uses(&core.Webhook{Address: "https://crm.example.org/"}); got != nil {
		t.Errorf("a webhook that sends records whole uses %q", got)
	}
}
