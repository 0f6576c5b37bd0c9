package editor

import (
	"reflect"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

// stored is what the engine has of a webhook.
func (d *desk) stored(id string) control.WebhookView {
	d.Helper()
	v, err := d.engine.Webhook(d.Context(), id)
	if err != nil {
		d.Fatal(err)
	}
	return v
}

// typeIn types into a box as somebody at the keyboard does, after emptying it.
func (d *desk) typeIn(box fyne.Focusable, text string) {
	d.Helper()
	d.Act(func() {
		d.Window.Canvas().Focus(box)
		for textOf(box) != "" {
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
		}
		test.Type(box, text)
	})
}

// textOf is what stands in a box, of whatever type it is.
func textOf(box fyne.Focusable) string {
	return reflect.ValueOf(box).Elem().FieldByName("Text").String()
}

// box is the control of a place.
func (d *desk) box(at Place) fyne.Focusable {
	d.Helper()
	s := d.page.spotOf(at)
	if s == nil || s.focus == nil {
		d.Fatalf("there is no control for %+v", at)
	}
	return s.focus
}

func (d *desk) row(name string) *mapping.Row {
	d.Helper()
	for _, row := range d.page.draft.Fields {
		if row.Name == name {
			return row
		}
	}
	d.Fatalf("there is no row %q", name)
	return nil
}

func TestSaveLeadsToWhatIsWrong(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartAddress}), "crm.example.org/hooks")
		d.Act(func() { d.page.choose(TabFails) })
		d.Settle()
		d.Sees("1 thing to fix")
		d.Sees("Changes not saved yet")
		d.Tap("Save")
		if got := d.page.tabs.Selected(); got != int(TabWhere) {
			t.Errorf("Save leads to tab %d", got)
		}
		if d.Window.Canvas().Focused() != d.box(Place{Part: PartAddress}) {
			t.Error("the address has no focus")
		}
		d.Sees("This address is missing https:// at the start.")
		if d.engine.Called("SaveWebhook") > 0 {
			t.Error("something was saved")
		}
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
		d.SeesNot("thing to fix")
		d.Tap("Save")
		d.Settle()
		d.Sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook.Address; got != "https://crm.example.org/in" {
			t.Errorf("stored address %q", got)
		}
		if len(d.saved) != 1 {
			t.Errorf("the shell was told of %d saves", len(d.saved))
		}
	})
}

func TestAddressIsCheckedOnceSomebodyStops(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/other")
		if d.engine.Called("CheckAddress") > 0 {
			t.Error("asked while typing")
		}
		d.Settle()
		if n := d.engine.Called("CheckAddress"); n != 1 {
			t.Errorf("asked %d times", n)
		}
		d.Sees("answers, securely")
	})
}

func TestRefreshLeavesAloneWhatIsTyped(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		name := d.box(Place{Part: PartName})
		d.typeIn(name, "Half a na")
		d.engine.Edit(func(data *guitest.Data) { data.Webhooks[0].Waiting = 7 })
		d.Act(d.page.Refresh)
		if d.box(Place{Part: PartName}) != name || d.Window.Canvas().Focused() != name {
			t.Error("the box was exchanged or lost the focus")
		}
		if got := d.page.draft.Web().Name; got != "Half a na" {
			t.Errorf("the name is %q now", got)
		}
	})
}

func TestRefreshShowsWhatOthersSaved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabFails) })
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.Name = "Renamed"
			data.Webhooks[0].Revision++
		})
		d.Act(d.page.Refresh)
		d.Sees("Renamed")
		if d.page.tabs.Selected() != int(TabFails) || d.page.draft.Dirty() {
			t.Error("another tab, or dirty, after reading anew")
		}
	})
}

// meanwhile lets somebody else save the webhook that is being edited.
func (d *desk) meanwhile() {
	d.typeIn(d.box(Place{Part: PartName}), "Mine")
	d.engine.Edit(func(data *guitest.Data) {
		data.Webhooks[0].Webhook.Name = "Theirs"
		data.Webhooks[0].Revision = 9
	})
	d.Tap("Save")
	d.Sees("changed meanwhile")
}

func TestConflictKeepsMine(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.meanwhile()
		d.Tap("Save this")
		if got := d.stored("supporter-crm").Webhook.Name; got != "Mine" {
			t.Errorf("stored name %q", got)
		}
		d.Sees("All changes saved")
	})
}

// What two people changed in different places is kept from both.
func TestChangesInDifferentPlacesAreJoined(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "Mine")
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.Timeout = 42 * time.Second
			data.Webhooks[0].Revision = 9
		})
		d.Tap("Save")
		d.Sees("together with what somebody else changed")
		if got := d.stored("supporter-crm").Webhook; got.Name != "Mine" || got.Timeout != 42*time.Second {
			t.Errorf("stored: %q, %v", got.Name, got.Timeout)
		}
	})
}

// What the joined settings would send otherwise is shown before they are saved.
func TestJoinedChangesAreComparedToo(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "Mine")
		theirs := 42 * time.Second
		d.engine.Edit(func(data *guitest.Data) {
			row := control.DifferentRow{Seq: data.Samples[0].Seq, Title: "Ada Lovelace"}
			data.Differences = control.Differences{Records: 1, Groups: []control.Difference{
				{Text: "would have an empty postcode", Rows: []control.DifferentRow{row}},
			}}
			data.Webhooks[0].Webhook.Timeout = theirs
			data.Webhooks[0].Revision = 9
		})
		saveInSheet := func() { // the sheet's button covers that of the page
			d.Sees("Save these changes?")
			d.Tap("Save")
		}
		d.Tap("Save")
		saveInSheet() // somebody else was faster, which only the engine knows
		d.Sees("Save these changes?")
		if got := d.stored("supporter-crm").Webhook.Name; got == "Mine" {
			t.Fatal("both were saved unseen")
		}
		d.Tap("Keep editing")
		if d.page.draft.Web().Timeout != theirs || textOf(d.box(Place{Part: PartName})) != "Mine" {
			t.Error("the page does not show what both changed")
		}
		d.Sees("Changes not saved yet")
		d.Tap("Save")
		saveInSheet()
		if got := d.stored("supporter-crm").Webhook; got.Name != "Mine" || got.Timeout != theirs {
			t.Errorf("stored: %q, %v", got.Name, got.Timeout)
		}
		d.Sees("together with what somebody else changed")
	})
}

func TestConflictCanWait(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.meanwhile()
		d.Tap("Go on editing")
		if got := d.stored("supporter-crm").Webhook.Name; got != "Theirs" {
			t.Errorf("stored name %q", got)
		}
		if text := textOf(d.box(Place{Part: PartName})); text != "Mine" {
			t.Errorf("the box says %q", text)
		}
	})
}

func TestStateChangedElsewhereIsNoConflict(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "Mine")
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.State = core.StatePaused
			data.Webhooks[0].Revision = 9
		})
		d.Tap("Save")
		if got := d.stored("supporter-crm").Webhook; got.Name != "Mine" || got.State != core.StatePaused {
			t.Errorf("stored: %q, %s", got.Name, got.State)
		}
	})
}

func TestConflictShowsTheirs(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.meanwhile()
		d.Tap("Name, theirs: Theirs")
		d.Tap("Save this")
		if got := d.stored("supporter-crm").Webhook.Name; got != "Theirs" {
			t.Errorf("stored name %q", got)
		}
		if text := textOf(d.box(Place{Part: PartName})); text != "Theirs" {
			t.Errorf("the box says %q", text)
		}
		d.Sees("All changes saved")
	})
}

func TestSwitchActsAtOnce(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "New name")
		d.Tap("Sending")
		if got := d.stored("supporter-crm").Webhook; got.State != core.StateOff || got.Name != "Supporter CRM" {
			t.Errorf("stored: %s, %q", got.State, got.Name)
		}
		d.Sees("Off. Records that come in now are not sent.")
		d.Tap("Keep them waiting instead")
		if got := d.stored("supporter-crm").Webhook.State; got != core.StatePaused {
			t.Errorf("stored: %s", got)
		}
		d.Sees("Paused")
		d.Tap("Save")
		d.Sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook; got.State != core.StatePaused || got.Name != "New name" {
			t.Errorf("the save after the switch stored: %s, %q", got.State, got.Name)
		}
	})
}

func TestSwitchGoesBackWhereItCannot(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Fail("SetState", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.Tap("Sending")
		d.Sees("The disk is full.")
		if !d.page.head.toggle.On() {
			t.Error("the switch shows what is not true")
		}
	})
}

func TestTurningOnAsksForWhatCameMeanwhile(t *testing.T) {
	open(t, "finance", func(d *desk) {
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[4].Webhook.State, data.Webhooks[4].Meanwhile = core.StateOff, 12
		})
		d.Act(d.page.Refresh)
		d.Tap("Sending")
		d.Sees("12 records came while this webhook was off.")
		d.Tap("Send 12 records too")
		if got := d.stored("finance"); got.Webhook.State != core.StateOn || got.Waiting != 12 {
			t.Errorf("stored: %s, %d waiting", got.Webhook.State, got.Waiting)
		}
	})
}

func TestNewWebhookIsOffUntilSomebodySaysSo(t *testing.T) {
	open(t, "", func(d *desk) {
		d.Sees("Not saved yet")
		d.Tap("Save")
		d.Sees("Paste the web address")
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
		d.Tap("Save")
		if len(d.saved) != 1 {
			t.Fatal("not saved")
		}
		v := d.saved[0].Webhook
		if v.State == core.StateOn {
			t.Error("the first save turned it on")
		}
		d.Sees("Saved. It is off")
		d.typeIn(d.box(Place{Part: PartName}), "Again")
		d.Tap("Save")
		if len(d.saved) != 2 || d.saved[1].Webhook.ID != v.ID || d.saved[1].Webhook.Name != "Again" {
			t.Errorf("the second save made another webhook: %+v", d.saved)
		}
	})
}

func TestNewWebhookCanBeSavedOn(t *testing.T) {
	open(t, "", func(d *desk) {
		d.Tap("Sending")
		d.Sees("On once saved")
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
		d.Tap("Save")
		if len(d.saved) != 1 || d.saved[0].Webhook.State != core.StateOn {
			t.Errorf("saved: %+v", d.saved)
		}
	})
}

func TestTestGetsWhatIsOnScreen(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "Not saved")
		d.Tap("Send test")
		if len(d.tested) != 1 || d.tested[0].Webhook.Name != "Not saved" || d.tested[0].Revision != 3 {
			t.Errorf("tested: %+v", d.tested)
		}
	})
}

func TestLeavingAsksWhenSomethingIsUnsaved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(d.page.Back)
		if d.left != 1 {
			t.Error("leaving a clean page asks")
		}
		d.typeIn(d.box(Place{Part: PartName}), "x")
		d.Tap("Back")
		d.Sees("Leave without saving?")
		d.Tap("Keep editing")
		if d.left != 1 {
			t.Error("left although it was to stay")
		}
		d.Tap("Discard")
		d.Tap("Discard")
		if d.page.draft.Dirty() || textOf(d.box(Place{Part: PartName})) != "Supporter CRM" {
			t.Error("the changes are still there")
		}
	})
}

func TestSaveWorksFromInsideABox(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		box := d.box(Place{Part: PartName})
		d.typeIn(box, "By keyboard")
		d.Act(func() { box.(fyne.Shortcutable).TypedShortcut(d.page.shortcuts()[0].keys) })
		if got := d.stored("supporter-crm").Webhook.Name; got != "By keyboard" {
			t.Errorf("stored name %q", got)
		}
	})
}

func TestEngineRefusesASave(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(func() { d.page.choose(TabFails) })
		d.engine.Fail("SaveWebhook", core.Errors{core.Errorf(core.CodeInvalid, "That address is taken.").At("/address")})
		d.Act(func() { d.page.draft.Web().Name = "x"; d.page.changed() })
		d.Tap("Save")
		d.Sees("That address is taken.")
		if d.page.tabs.Selected() != int(TabWhere) {
			t.Error("it does not lead to the place")
		}
		d.Sees("Changes not saved yet")
	})
}

func TestUnreadableWebhookSaysSo(t *testing.T) {
	open(t, "no-such", func(d *desk) {
		d.Sees("There is no such webhook any more.")
		d.Tap("Back")
		if d.left != 1 {
			t.Error("no way back")
		}
	})
}

// Whoever is led to a key can type the new one at once.
func TestTheCursorStandsInTheSecret(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.Act(d.page.ShowSecrets)
		box, ok := d.Window.Canvas().Focused().(*widgets.Entry)
		if !ok || !box.Password {
			t.Fatalf("the focus is on %T", d.Window.Canvas().Focused())
		}
	})
}
