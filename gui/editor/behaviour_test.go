package editor

import (
	"slices"
	"strings"
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

func TestPreviewWaitsForThePause(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		before := d.engine.Called("Preview")
		d.typeIn(d.box(Place{PartRowName, d.row("fname")}), "firstname")
		d.settle()
		if n := d.engine.Called("Preview") - before; n != 1 {
			t.Errorf("%d previews for one word", n)
		}
		d.sees("firstname")
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

func TestExampleStaysWhileRecordsComeIn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		before := d.engine.Called("Preview")
		d.engine.Edit(func(data *guitest.Data) {
			newer := data.Samples[1]
			newer.Seq, newer.Title = 100099, "Newer"
			data.Samples = append([]control.Sample{newer}, data.Samples[1:]...) // Ada is no longer among them
		})
		d.do(d.page.Refresh)
		d.settle()
		if got := d.page.sample().Title; got != "Ada Lovelace" {
			t.Errorf("the example is %s now", got)
		}
		d.do(d.page.Refresh)
		d.settle()
		if n := d.engine.Called("Preview") - before; n > 2 {
			t.Errorf("%d previews though nothing was typed", n)
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

func TestSecretsAreShownOnlyWhenAskedFor(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		row := d.row("api_key")
		var l *line
		for _, table := range d.page.tables {
			if found := table.lines[row]; found != nil {
				l = found
			}
		}
		if d.engine.Called("RevealSecret") > 0 || strings.Contains(l.secret.Entry().Text, "horse") {
			t.Error("the secret is in the window although nobody asked")
		}
		d.do(func() { screen.Tap(t, l.secret, "Show") })
		if got := l.secret.Entry().Text; got != "correct horse" || l.secret.Masked() {
			t.Errorf("shown: %q", got)
		}
		if d.page.draft.Dirty() {
			t.Error("looking at a secret is a change")
		}
		d.do(func() { d.page.choose(TabWhere) })
		if l.secret.Entry().Text != "" || !l.secret.Masked() {
			t.Error("the secret stays in the window on another tab")
		}
		d.do(func() { d.page.choose(TabWhat) })
		d.typeIn(l.secret.Entry(), "new key")
		if text, ok := d.page.draft.Control().Webhook.Body.Fields[4].Secret.Text(); !ok || text != "new key" {
			t.Errorf("typed secret travels as %q", text)
		}
		d.tap("Save")
		d.sees("All changes saved")
	})
}

func TestRowsMoveWithTheKeyboard(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		box := d.box(Place{PartRowName, d.row("fname")})
		d.do(func() {
			d.window.Canvas().Focus(box)
			d.page.moveFocused(1)
		})
		if d.window.Canvas().Focused() != box {
			t.Error("the row lost the focus on its way")
		}
		d.tap("Save")
		want := []string{"lname", "fname", "email", "source", "api_key"}
		if got := names(d.stored("supporter-crm").Webhook); !slices.Equal(got, want) {
			t.Errorf("stored order %q, want %q", got, want)
		}
	})
}

func names(w core.Webhook) []string {
	var all []string
	for _, f := range w.Body.Fields {
		all = append(all, f.Name)
	}
	return all
}

func TestFieldsAreAddedAndRemoved(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("Add all 2 that are left")
		want := []string{"fname", "lname", "email", "Postcode", "Joined on", "source", "api_key"}
		if got := names(d.page.draft.Control().Webhook); !slices.Equal(got, want) {
			t.Errorf("fields %q, want %q", got, want)
		}
		for range 5 {
			d.tap("Remove this row")
		}
		d.sees("Nothing of the record itself is sent now")
		for range 2 {
			d.tap("Remove this row")
		}
		d.sees("Everything in the record is sent, under its own names.")
		d.tap("Choose fields")
		if got := len(d.page.draft.Control().Webhook.Body.Fields); got != 5 {
			t.Errorf("%d fields chosen, want the record's 5", got)
		}
	})
}

func TestNewRowIsNotRed(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("Add a field")
		focused, ok := d.window.Canvas().Focused().(*chooser)
		if !ok {
			t.Fatal("the new row has no focus")
		}
		d.do(func() { test.Type(focused, "Postcode") })
		d.settle()
		d.seesNot("thing to fix")
		d.sees("Postcode is left out until you name it.")
		d.tap("Save")
		d.sees("1 thing to fix")
		d.sees("Type the name the other system uses, or remove this row.")
		if name, ok := d.window.Canvas().Focused().(*widgets.Entry); !ok || name.PlaceHolder != "Their field name" {
			t.Error("Save does not lead to the missing name")
		}
	})
}

func TestFieldsCanBeSearched(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		row := d.row("fname")
		box := d.box(Place{PartFrom, row}).(*chooser)
		d.do(box.open)
		search, ok := d.window.Canvas().Focused().(*listSearch)
		if !ok {
			t.Fatal("the list opens without its search")
		}
		d.do(func() { test.Type(search, "post") })
		d.do(func() { search.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) })
		if row.From != "Postcode" || box.Text != "Postcode" {
			t.Errorf("chosen: %q", row.From)
		}
		if d.window.Canvas().Overlays().Top() != nil {
			t.Error("the list stays open")
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

func TestChoicesReachTheWebhook(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabWhat) })
		d.tap("JSON")
		d.do(func() { d.page.draft.SetSource("till", true); d.page.changed() })
		d.tap("Save")
		got := d.stored("supporter-crm").Webhook
		if got.Body.Style != core.BodyJSON || !slices.Equal(got.Sources, []string{"till"}) {
			t.Errorf("stored: %s, sources %q", got.Body.Style, got.Sources)
		}
	})
}

func TestGetSendsNoData(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		get := slices.Index(methods, "GET")
		d.do(func() {
			method := d.page.spots[Place{Part: PartMethod}].focus.(*widgets.Select)
			for method.Selected() != get {
				method.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
			}
			d.page.choose(TabWhat)
		})
		d.sees("With GET the web address alone is called")
		d.seesNot("Fields to send")
		d.tap("Save")
		if got := d.stored("supporter-crm").Webhook; got.Method != "GET" || got.Body.Style != core.BodyNone || len(got.Body.Fields) != 5 {
			t.Errorf("stored: %s, %q, %d fields", got.Method, got.Body.Style, len(got.Body.Fields))
		}
	})
}

func TestPlanIsChosenAndDrawn(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.choose(TabFails) })
		d.sees("8 tries in 1½ hours.")
		d.do(func() {
			d.page.draft.Plan.Kind = PlanEvery
			d.page.showPlan()
			d.page.changed()
			d.page.relayout()
		})
		d.sees("13 tries in 3 hours.")
		d.typeIn(d.box(Place{Part: PartTimes}), "never")
		d.tap("Save")
		d.sees("Type how often to try again, from 1 to 1,000.")
		d.typeIn(d.box(Place{Part: PartTimes}), "4")
		d.tap("Save")
		if got := d.stored("supporter-crm").Webhook.Retry; got.Every.Minutes() != 15 || got.Times != 4 {
			t.Errorf("stored plan: %+v", got)
		}
	})
}

func TestPreviewIsMadeAgainAfterComingBack(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.settle()
		d.typeIn(d.box(Place{PartRowName, d.row("fname")}), "given")
		canvas := d.window.Canvas()
		d.do(d.page.Leave)
		d.do(func() { d.page.Show(canvas) })
		d.settle()
		if d.page.pane.shown.Pairs[0].Name != "given" {
			t.Error("the preview is an old one")
		}
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

func TestFitsTheLeastWindow(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() { d.page.SetNarrow(true) })
		for tab := range tabs {
			d.do(func() { d.page.choose(tab) })
			screen.Fits(t, d.page.Content(), fyne.NewSize(screen.Least.Width-68, screen.Least.Height))
		}
		d.do(func() { d.page.SetNarrow(false) })
		screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
	})
}

func TestNarrowPreviewOpensOverThePage(t *testing.T) {
	open(t, "supporter-crm", func(d *desk) {
		d.do(func() {
			d.page.SetNarrow(true)
			d.window.Resize(fyne.NewSize(832, 600))
		})
		d.settle()
		d.sees("Ada Lovelace → 5 values")
		d.seesNot("This is what will be sent")
		d.tap("Preview")
		d.sees("This is what will be sent")
		d.tap("Close")
		if d.window.Canvas().Overlays().Top() != nil {
			t.Error("the preview stays open")
		}
	})
}
