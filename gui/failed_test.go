package gui

import (
	"testing"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestFailedBySettings(t *testing.T) {
	groups := []control.Group{
		{Ref: control.GroupRef{Webhook: "crm", Cause: core.CauseKey, Code: 401}, Count: 400},
		{Ref: control.GroupRef{Webhook: "crm", Cause: core.CauseKey, Code: 419}, Count: 1},
		{Ref: control.GroupRef{Webhook: "crm", Cause: core.CauseAddress, Code: 404}, Count: 2},
		{Ref: control.GroupRef{Webhook: "crm", Cause: core.CauseData, Code: 422}, Count: 70},
		{Ref: control.GroupRef{Webhook: "news", Cause: core.CauseKey, Code: 401}, Count: 9},
	}
	q, count := failedBySettings(groups, "crm")
	if count != 403 || q.Webhook != "crm" || q.State != core.Failed || len(q.Causes) != 2 {
		t.Errorf("%d, %+v", count, q)
	}
}

// Whoever puts a key right is offered to send again what had failed for it.
func TestWhatFailedIsOfferedAfterASave(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		view, err := d.service.Webhook(t.Context(), "supporter-crm")
		if err != nil {
			t.Fatal(err)
		}
		d.open("webhook:supporter-crm")
		d.act(func() { d.editor.OnSaved(view) })
		d.sees(t, "2 messages had failed because of the settings of Supporter CRM.")
		d.tap(t, "Send all again")
		d.sees(t, "Send 2 messages again?")
		d.tap(t, "Send 2 again")
		var asked []control.AgainRequest
		d.service.Edit(func(data *guitest.Data) { asked = data.Again.Asked })
		if len(asked) != 1 || asked[0].Query.Webhook != "supporter-crm" || len(asked[0].Query.Causes) != 1 || asked[0].Query.State != core.Failed {
			t.Errorf("asked for %+v", asked)
		}
	})
}

func TestNothingIsOfferedWhereNothingFailed(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		view, err := d.service.Webhook(t.Context(), "newsletter")
		if err != nil {
			t.Fatal(err)
		}
		d.open("webhook:newsletter")
		d.act(func() { d.editor.OnSaved(view) })
		if d.has("had failed") {
			t.Error("something is offered")
		}
	})
}
