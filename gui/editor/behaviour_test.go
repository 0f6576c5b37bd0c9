package editor

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
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

// tap presses what says a word, on the page or in the dialog over it.
func (d *desk) tap(label string) {
	d.Helper()
	d.do(func() {
		d.Helper()
		if over := d.window.Canvas().Overlays().Top(); over != nil {
			screen.Tap(d.T, over, label)
			return
		}
		screen.Tap(d.T, d.page.Content(), label)
	})
}

// sees fails unless words are on the page or in what lies over it.
func (d *desk) sees(words string) {
	d.Helper()
	background.Act(func() {
		d.Helper()
		over := d.window.Canvas().Overlays().Top()
		if !screen.Has(d.page.Content(), words) && (over == nil || !screen.Has(over, words)) {
			d.Errorf("nothing says %q; there is: %q", words, screen.Texts(d.page.Content()))
		}
	})
}

func (d *desk) seesNot(words string) {
	d.Helper()
	background.Act(func() {
		d.Helper()
		if screen.Has(d.page.Content(), words) {
			d.Errorf("the page says %q", words)
		}
	})
}

// typeIn types into a box as somebody at the keyboard does, after emptying it.
func (d *desk) typeIn(box fyne.Focusable, text string) {
	d.Helper()
	d.do(func() {
		d.window.Canvas().Focus(box)
		for entryOf(box).Text != "" {
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyBackspace})
		}
		test.Type(box, text)
	})
}

func entryOf(box fyne.Focusable) *widgets.Entry {
	switch box := box.(type) {
	case *widgets.Entry:
		return box
	case *chooser:
		return &box.Entry
	}
	return nil
}

// box is the control of a place.
func (d *desk) box(at Place) fyne.Focusable {
	d.Helper()
	s := d.page.spots[at]
	if s == nil || s.focus == nil {
		d.Fatalf("there is no control for %+v", at)
	}
	return s.focus
}

func (d *desk) row(name string) *Row {
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
		d.do(func() { d.page.choose(TabFails) })
		d.settle()
		d.sees("1 thing to fix")
		d.sees("Changes not saved yet")
		d.tap("Save")
		if got := d.page.tabs.Selected(); got != int(TabWhere) {
			t.Errorf("Save leads to tab %d", got)
		}
		if d.window.Canvas().Focused() != d.box(Place{Part: PartAddress}) {
			t.Error("the address has no focus")
		}
		d.sees("This address is missing https:// at the start.")
		if d.engine.Called("SaveWebhook") > 0 {
			t.Error("something was saved")
		}
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
		d.seesNot("thing to fix")
		d.tap("Save")
		d.settle()
		d.sees("All changes saved")
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
		d.settle()
		if n := d.engine.Called("CheckAddress"); n != 1 {
			t.Errorf("asked %d times", n)
		}
		d.sees("answers, securely")
	})
}

func TestRefreshLeavesAloneWhatIsTyped(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		name := d.box(Place{Part: PartName})
		d.typeIn(name, "Half a na")
		d.engine.Edit(func(data *guitest.Data) { data.Webhooks[0].Waiting = 7 })
		d.do(d.page.Refresh)
		if d.box(Place{Part: PartName}) != name || d.window.Canvas().Focused() != name {
			t.Error("the box was exchanged or lost the focus")
		}
		if got := d.page.draft.Web().Name; got != "Half a na" {
			t.Errorf("the name is %q now", got)
		}
	})
}

func TestRefreshShowsWhatOthersSaved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabFails) })
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.Name = "Renamed"
			data.Webhooks[0].Revision++
		})
		d.do(d.page.Refresh)
		d.sees("Renamed")
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
	d.tap("Save")
	d.sees("changed meanwhile")
}

func TestConflictKeepsMine(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.meanwhile()
		d.tap("Keep mine")
		if got := d.stored("supporter-crm").Webhook.Name; got != "Mine" {
			t.Errorf("stored name %q", got)
		}
		d.sees("All changes saved")
	})
}

func TestStateChangedElsewhereIsNoConflict(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "Mine")
		d.engine.Edit(func(data *guitest.Data) {
			data.Webhooks[0].Webhook.State = core.StatePaused
			data.Webhooks[0].Revision = 9
		})
		d.tap("Save")
		if got := d.stored("supporter-crm").Webhook; got.Name != "Mine" || got.State != core.StatePaused {
			t.Errorf("stored: %q, %s", got.Name, got.State)
		}
	})
}

func TestConflictShowsTheirs(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.meanwhile()
		d.tap("See theirs")
		if got := d.stored("supporter-crm").Webhook.Name; got != "Theirs" {
			t.Errorf("stored name %q", got)
		}
		if entry := entryOf(d.box(Place{Part: PartName})); entry.Text != "Theirs" {
			t.Errorf("the box says %q", entry.Text)
		}
		d.sees("All changes saved")
	})
}

func TestSwitchActsAtOnce(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "New name")
		d.tap("Sending")
		if got := d.stored("supporter-crm").Webhook; got.State != core.StateOff || got.Name != "Supporter CRM" {
			t.Errorf("stored: %s, %q", got.State, got.Name)
		}
		d.sees("Off. Records that come in now are not sent.")
		d.tap("Keep them waiting instead")
		if got := d.stored("supporter-crm").Webhook.State; got != core.StatePaused {
			t.Errorf("stored: %s", got)
		}
		d.sees("Paused")
		d.tap("Save")
		d.sees("All changes saved")
		if got := d.stored("supporter-crm").Webhook; got.State != core.StatePaused || got.Name != "New name" {
			t.Errorf("the save after the switch stored: %s, %q", got.State, got.Name)
		}
	})
}

func TestSwitchGoesBackWhereItCannot(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.engine.Fail("SetState", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.tap("Sending")
		d.sees("The disk is full.")
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
		d.do(d.page.Refresh)
		d.tap("Sending")
		d.sees("12 records came while this webhook was off.")
		d.tap("Send 12 records too")
		if got := d.stored("finance"); got.Webhook.State != core.StateOn || got.Waiting != 12 {
			t.Errorf("stored: %s, %d waiting", got.Webhook.State, got.Waiting)
		}
	})
}

func TestNewWebhookIsOffUntilSomebodySaysSo(t *testing.T) {
	open(t, "", func(d *desk) {
		d.sees("Not saved yet")
		d.tap("Save")
		d.sees("Paste the web address")
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
		d.tap("Save")
		if len(d.saved) != 1 {
			t.Fatal("not saved")
		}
		v := d.saved[0].Webhook
		if v.State == core.StateOn {
			t.Error("the first save turned it on")
		}
		d.sees("Saved. It is off")
		d.typeIn(d.box(Place{Part: PartName}), "Again")
		d.tap("Save")
		if len(d.saved) != 2 || d.saved[1].Webhook.ID != v.ID || d.saved[1].Webhook.Name != "Again" {
			t.Errorf("the second save made another webhook: %+v", d.saved)
		}
	})
}

func TestNewWebhookCanBeSavedOn(t *testing.T) {
	open(t, "", func(d *desk) {
		d.tap("Sending")
		d.sees("On once saved")
		d.typeIn(d.box(Place{Part: PartAddress}), "https://crm.example.org/in")
		d.tap("Save")
		if len(d.saved) != 1 || d.saved[0].Webhook.State != core.StateOn {
			t.Errorf("saved: %+v", d.saved)
		}
	})
}

func TestTestGetsWhatIsOnScreen(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.typeIn(d.box(Place{Part: PartName}), "Not saved")
		d.tap("Send test")
		if len(d.tested) != 1 || d.tested[0].Webhook.Name != "Not saved" || d.tested[0].Revision != 3 {
			t.Errorf("tested: %+v", d.tested)
		}
	})
}

func TestLeavingAsksWhenSomethingIsUnsaved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(d.page.Back)
		if d.left != 1 {
			t.Error("leaving a clean page asks")
		}
		d.typeIn(d.box(Place{Part: PartName}), "x")
		d.tap("Back")
		d.sees("Leave without saving?")
		d.tap("Keep editing")
		if d.left != 1 {
			t.Error("left although it was to stay")
		}
		d.tap("Discard")
		d.tap("Discard")
		if d.page.draft.Dirty() || entryOf(d.box(Place{Part: PartName})).Text != "Supporter CRM" {
			t.Error("the changes are still there")
		}
	})
}

func TestSaveWorksFromInsideABox(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		box := d.box(Place{Part: PartName})
		d.typeIn(box, "By keyboard")
		d.do(func() { box.(fyne.Shortcutable).TypedShortcut(d.page.shortcuts()[0].keys) })
		if got := d.stored("supporter-crm").Webhook.Name; got != "By keyboard" {
			t.Errorf("stored name %q", got)
		}
	})
}

func TestEngineRefusesASave(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabFails) })
		d.engine.Fail("SaveWebhook", core.Errors{core.Errorf(core.CodeInvalid, "That address is taken.").At("/address")})
		d.do(func() { d.page.draft.Web().Name = "x"; d.page.changed() })
		d.tap("Save")
		d.sees("That address is taken.")
		if d.page.tabs.Selected() != int(TabWhere) {
			t.Error("it does not lead to the place")
		}
		d.sees("Changes not saved yet")
	})
}

func TestUnreadableWebhookSaysSo(t *testing.T) {
	open(t, "no-such", func(d *desk) {
		d.sees("There is no such webhook any more.")
		d.tap("Back")
		if d.left != 1 {
			t.Error("no way back")
		}
	})
}
