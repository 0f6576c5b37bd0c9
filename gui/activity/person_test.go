package activity

import (
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
)

func TestFromAMessageToEverythingAboutThePerson(t *testing.T) {
	s := guitest.Office()
	s.Edit(func(d *guitest.Data) {
		d.Deliveries[0].Event = &core.Event{ID: "e", Seq: d.Deliveries[0].Key.Seq, Data: []byte(`{"name": "Ada", "contact": {"mail": " ada@example.org "}}`)}
	})
	open(t, s, func(d *desk) {
		var asked []string
		d.page.OnPerson = func(address string) { asked = append(asked, address) }
		d.Act(func() { d.page.detail.open(first(d)) })
		d.Tap("Everything about this person")
		if len(asked) != 1 || asked[0] != "ada@example.org" {
			d.Errorf("asked about %q", asked)
		}
		s.Edit(func(data *guitest.Data) { data.Deliveries[0].Event.Data = []byte(`{"name": "Ada"}`) })
		d.Act(func() { d.page.detail.open(first(d)) })
		d.SeesNot("Everything about this person")
	})
}

func TestAddressIn(t *testing.T) {
	for data, want := range map[string]string{
		`{"a": "Ada <ada@example.org>", "b": ["x", {"c": "ada@example.org"}]}`: "ada@example.org",
		`{"a": "write to ada@example.org"}`:                                    "",
		`{"a": 42, "b": null}`:                                                 "",
		`no JSON`:                                                              "",
	} {
		if got := addressIn([]byte(data)); got != want {
			t.Errorf("%s: %q, want %q", data, got, want)
		}
	}
}

// first is the newest message in the list.
func first(d *desk) control.ActivityRow {
	it, _ := d.page.list.at(0)
	return it.row
}
