package editor

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/gui/guitest"
	"hookbird/gui/signing"
)

func TestConditionsReachTheWebhook(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabWhen)
		d.Tap("Send only some of them")
		d.Act(func() { test.Type(d.Window.Canvas().Focused(), "Postcode") })
		d.Settle()
		d.Tap("Save")
		d.Sees("1 thing to fix")
		if d.page.tabs.Selected() != int(TabWhen) || d.engine.Called("SaveWebhook") > 0 {
			t.Error("Save does not lead to the condition without a value")
		}
		value := d.Window.Canvas().Focused()
		if value == nil {
			t.Fatal("the condition has no focus")
		}
		d.Act(func() { test.Type(value, "75011") })
		d.Settle()
		d.SeesNot("thing to fix")
		d.Tap("Save")
		d.Sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook.Filter; !strings.Contains(got, "75011") {
			t.Errorf("stored filter %q", got)
		}
	})
}

func TestStoredConditionsAreShown(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.Filter = "Postcode is 75011"
			data.Webhooks[0].Revision++
		})
		d.Act(d.page.Refresh)
		d.tab(TabWhen)
		d.Settle()
		d.Sees("of these are true:")
		if d.engine.Called("TryOut") == 0 || d.page.draft.Dirty() {
			t.Error("nobody tried the filter out, or looking at it is a change")
		}
	})
}

func TestSignatureReachesTheWebhook(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabSecurity)
		d.Tap("Add a signature")
		d.Settle()
		d.Tap("Save")
		d.Sees("All changes saved")
		sign := d.stored("supporter-crm").Webhook.Sign
		if sign.Style != core.SignStandard || sign.Secret.ID() == "" {
			t.Errorf("stored %+v", sign)
		}
		if d.page.draft.Dirty() {
			t.Error("what was saved counts as changed")
		}
	})
}

func TestRefusedSignatureStandsAtItsField(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabSecurity)
		d.Tap("Add a signature")
		d.engine.Fail("SaveWebhook", core.Errors{core.Errorf(core.CodeInvalid, "This key cannot be kept.").At("/sign/secret")})
		d.tab(TabWhere)
		d.Tap("Save")
		if d.page.tabs.Selected() != int(TabSecurity) || d.page.sign.Problems() != 1 {
			t.Error("it does not stand at the key")
		}
		if want := d.page.sign.Focus(signing.AtSecret); want != nil && d.Window.Canvas().Focused() != want {
			t.Error("the key has no focus")
		}
	})
}

func TestNewKeyIsHiddenOnAnotherTab(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.tab(TabSecurity)
		d.Tap("Add a signature")
		d.Sees("It is shown only now")
		d.tab(TabWhere)
		d.tab(TabSecurity)
		d.SeesNot("It is shown only now")
	})
}
