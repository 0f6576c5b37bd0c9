package wizard

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/paste"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

func TestMarksAndKeysAreAskedFor(t *testing.T) {
	open(t, "mailchimp", func(d *desk) {
		d.SeesNot("Fill this in.")
		d.Tap("Continue")
		d.Sees("Fill this in. The messages need it.")
		d.types("Server", "us21")
		d.types("Audience ID", "a1b2c3d4e5")
		d.Sees("https://us21.api.mailchimp.com/3.0/lists/a1b2c3d4e5/members/")
		d.Act(func() { d.page.draft.values["‹subscribed or pending›"] = "pending" })
		d.goOn()
		d.Sees("Which key did they give you?")
		d.Tap("Continue")
		d.Sees("Paste the key here.")
		d.types("API key", "0123-us21")
		d.goOn()
		d.Sees("Which records go there?")
		d.goOn()
		d.Sees("We matched all 3 by name. Check them.")
		d.Sees("status_if_new")
		d.goOn()
		w, ok := d.saved("Mailchimp")
		if !ok || w.Preset != "mailchimp" || w.Body.Fields[1].Value != "pending" || len(w.Keys) != 1 || w.Keys[0].Secret.Missing() {
			t.Errorf("saved %+v", w)
		}
	})
}

func TestASignedSystemShowsItsKeyOnce(t *testing.T) {
	open(t, "intervengine", func(d *desk) {
		d.types("Web address (URL)", address)
		d.goOn()
		d.Sees("Your messages are signed")
		d.Tap("Copy the key")
		copied := fyne.CurrentApp().Clipboard().Content()
		if !strings.HasPrefix(copied, "whsec_") {
			t.Fatal("something else than the key is copied")
		}
		d.SeesNot(copied)
		d.Tap("Continue")
		d.Sees("Put the key into the other system first, then tick this.")
		d.tick("I have put it into the other system")
		d.goOn()
		d.Sees("Which records go there?")
		d.goOn()
		d.goOn()
		w, ok := d.saved("crm.example.org")
		if !ok || w.Sign.Style != core.SignStandard {
			t.Fatalf("saved %+v", w)
		}
		d.engine.Read(func(data guitest.Data) {
			if data.Secrets["webhook/"+w.ID+"/sign"] != copied {
				t.Error("another key signs than was shown")
			}
		})
	})
}

func TestAKeyIsAskedForWhereNobodyKnows(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", address)
		d.goOn()
		d.Tap("A key or a token")
		d.Tap("Continue")
		d.Sees("Paste the key that they gave you")
		d.types("Key or token", "0123456789")
		d.goOn()
		d.Act(func() { d.page.Back() })
		if got := d.page.draft.key.token; got != "0123456789" {
			t.Errorf("going back leaves %q", got)
		}
		d.Tap("A user and a password")
		d.types("User", "ada")
		d.types("Password", "secret")
		d.goOn()
		d.goOn()
		d.goOn()
		if w, ok := d.saved("crm.example.org"); !ok || len(w.Headers) != 1 || w.Headers[0].Name != "Authorization" || w.Headers[0].Secret.IsZero() {
			t.Errorf("saved %+v", w)
		}
	})
}

// tick presses a tick by its words.
func (d *desk) tick(words string) {
	d.Helper()
	d.Act(func() {
		check := checkOf(d.Window.Content(), words)
		if check == nil {
			d.Fatalf("there is no tick %q", words)
		}
		check.SetChecked(!check.Checked)
	})
}

func TestSourcesAreTickedAndAdded(t *testing.T) {
	open(t, "zapier", func(d *desk) {
		d.types("Web address (URL)", "https://hooks.zapier.com/hooks/catch/1/a/")
		d.goOn()
		d.goOn()
		d.Sees("None is ticked")
		d.tick("Till program")
		d.SeesNot("None is ticked")
		d.Tap("Folder")
		d.Tap("Add this folder")
		d.Sees("Choose the folder to look in.")
		d.types("Folder", "exports")
		d.Tap("Add this folder")
		d.Sees("Type the whole path")
		d.Tap("Choose…")
		d.Tap("Add this folder")
		d.Settle()
		if c := checkOf(d.Window.Content(), "exports"); c == nil || !c.Checked {
			t.Error("the new folder is not ticked")
		}
		d.Tap("A program here sends to us")
		d.Settle()
		d.Sees("Enter this address in the program")
		d.Tap("Copy the address")
		d.Settle()
		if at := fyne.CurrentApp().Clipboard().Content(); strings.Contains(at, core.Dots) || !strings.Contains(at, "/in/") {
			t.Errorf("copied %q", at)
		}
		d.goOn()
		d.goOn()
		w, ok := d.saved("Zapier")
		if !ok || len(w.Sources) != 3 || !slices.Contains(w.Sources, "till") {
			t.Errorf("takes records from %q", w.Sources)
		}
		d.engine.Read(func(data guitest.Data) {
			for _, v := range data.Sources {
				if v.Source.Name == "exports" && (v.Source.Folder.Path != "/srv/exports" || v.Source.Existing.Do != core.ExistingSkip) {
					t.Errorf("the folder is %+v", v.Source.Folder)
				}
			}
		})
	})
}

func TestASourceThatIsRefusedIsSaidAtItsBox(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.engine.Fail("SaveSource", core.Errorf(core.CodeInvalid, "There is no such folder."))
		d.Act(func() { d.page.turn(stepData) })
		d.Tap("Folder")
		d.types("Folder", "/nowhere")
		d.Tap("Add this folder")
		d.Settle()
		d.Sees("There is no such folder.")
	})
}

func TestRowsWithoutAPartnerHoldUp(t *testing.T) {
	open(t, "rally-congress", func(d *desk) {
		d.types("Web address (URL)", address)
		d.goOn()
		d.goOn()
		d.goOn()
		d.Sees("of 9 by name. Check them, and fill in or remove the")
		d.SeesNot("Choose one of our fields, or remove this row.")
		d.Tap("Continue")
		d.Sees("Choose one of our fields, or remove this row.")
		if d.engine.Called("SaveWebhook") != 0 {
			t.Error("it was saved all the same")
		}
		bare := 0
		for _, row := range d.page.draft.rows {
			if row.From == "" {
				bare++
			}
		}
		d.Tap(fmt.Sprintf("Remove the %d without a field of ours", bare))
		d.Sees(fmt.Sprintf("We matched all %d by name.", 9-bare))
		d.goOn()
		d.Sees("Send a test")
	})
}

func TestATextIsShownWithItsFields(t *testing.T) {
	open(t, "slack", func(d *desk) {
		d.types("Web address (URL)", "https://hooks.slack.com/services/T/B/x")
		d.goOn()
		d.goOn()
		d.goOn()
		d.Sees("What should it say?")
		d.Sees("3 fields found, all of them exist.")
		d.Sees("New record: Ada Lovelace")
		d.Act(func() { d.page.parts[stepFields].(*fieldsPart).text.Entry().SetText(`{"text": "[Frist name]"}`) })
		d.Settle()
		d.Sees("Did you mean [First name]?")
	})
}

func TestAnUnknownSystemIsAskedForItsExample(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", address)
		d.goOn()
		d.goOn()
		d.goOn()
		d.Sees("Which of these looks like their example?")
		d.Sees("First+name=Ada")
		d.Tap("My own text")
		d.Settle()
		d.Sees("What should it say?")
		d.Sees("of them exist.")
		if text := d.page.draft.base.Body.Template; !strings.Contains(text, `"First name": "[First name]"`) {
			t.Errorf("in place of JSON the text begins with %s", text)
		}
		d.Tap("Web form")
		d.Settle()
		d.Sees("Everything in the record is sent, under its own names.")
		d.goOn()
		if w, ok := d.saved("crm.example.org"); !ok || w.Body.Style != core.BodyForm {
			t.Errorf("saved %+v", w.Body)
		}
	})
}

func TestARefusalLeadsToItsStep(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", address)
		d.goOn()
		d.goOn()
		d.goOn()
		d.engine.Fail("SaveWebhook", core.Errors{core.Errorf(core.CodeInvalid, "That name is taken.").At("/name")})
		d.goOn()
		d.Sees("Where should we send it?")
		d.Sees("That name is taken.")
		d.types("Name", "Another")
		d.SeesNot("That name is taken.")
		d.engine.Fail("SaveWebhook", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.goOn()
		d.goOn()
		d.goOn()
		d.goOn()
		d.Sees("The disk is full.")
		d.engine.Fail("SaveWebhook", nil)
		d.goOn()
		d.Sees("Send a test")
	})
}

// tested goes on to the test.
func (d *desk) tested() {
	d.Helper()
	d.types("Web address (URL)", address)
	for range 4 {
		d.goOn()
	}
	d.Sees("Send a test")
}

func TestATestThatFailsIsExplainedInPlace(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.tested()
		d.engine.Edit(func(data *guitest.Data) { data.Answer = core.Attempt{Code: 404, Cause: core.CauseAddress} })
		d.Tap("Send test")
		d.Settle()
		d.SeesNot("It works")
		d.Sees("has nothing at this web address")
		d.Tap("Open where to")
		d.Settle()
		d.Sees("Where should we send it?")
		d.types("Web address (URL)", address+"/new")
		for range 4 {
			d.goOn()
		}
		w, ok := d.saved("crm.example.org")
		if !ok || w.Address != address+"/new" {
			t.Errorf("saved again: %q", w.Address)
		}
		d.Tap("Save, leave off")
		if len(d.done) != 1 || d.done[0].Webhook.State != core.StateOff || d.done[0].Webhook.Address != address+"/new" {
			t.Errorf("done: %+v", d.done)
		}
	})
}

func TestAcceptedIsNotAlwaysDelivered(t *testing.T) {
	open(t, "zapier", func(d *desk) {
		d.types("Web address (URL)", "https://hooks.zapier.com/hooks/catch/1/a/")
		for range 4 {
			d.goOn()
		}
		d.Tap("Send test")
		d.Settle()
		d.Sees("It works")
		d.Sees("stands in Zapier under Zap history")
	})
}

func TestCancelAsksOnlyWhereSomethingWasTyped(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.Tap("Cancel")
		if d.left != 1 {
			t.Fatal("asks although nothing was typed")
		}
		d.types("Web address (URL)", address)
		d.Tap("Cancel")
		d.Sees("Leave without saving?")
		d.Tap("Go on here")
		if d.left != 1 {
			t.Fatal("left all the same")
		}
		d.Tap("Cancel")
		d.Tap("Leave")
		if d.left != 2 {
			t.Error("did not leave")
		}
	})
}

func TestCancelAfterSavingLosesNothing(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.tested()
		d.Act(d.page.Back)
		d.Tap("Cancel")
		if d.left != 0 || len(d.done) != 1 {
			t.Errorf("left %d, done %d", d.left, len(d.done))
		}
	})
}

func TestByHandTakesAlongWhatIsThere(t *testing.T) {
	open(t, "google-sheets", func(d *desk) {
		d.types("Web address (URL)", address)
		d.Tap("Set up by hand")
		if len(d.byHand) != 1 || d.byHand[0].Address != address || d.byHand[0].Preset != "google-sheets" {
			t.Fatalf("takes along %+v", d.byHand)
		}
	})
	open(t, "other", func(d *desk) {
		d.tested()
		d.Act(d.page.Back)
		d.Act(func() { d.page.turn(stepAddress) })
		d.types("Name", "By hand")
		d.Tap("Set up by hand")
		d.Settle()
		if _, ok := d.saved("By hand"); !ok || len(d.stored) != 1 {
			t.Errorf("leads to %q", d.stored)
		}
	})
}

func TestBackLeadsToTheChoiceOfASystem(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", address)
		d.types("Name", "My system")
		d.Tap("Back")
		if d.systems != 1 {
			t.Fatal("does not lead back")
		}
		d.Act(func() {
			if err := d.page.SetSystem(presetOf(t, "google-sheets")); err != nil {
				t.Error(err)
			}
		})
		if w := d.page.draft.webhook(); w.Address != address || w.Name != "My system" || w.Preset != "google-sheets" {
			t.Errorf("kept %+v", w)
		}
		d.goOn()
		d.Tap("Step 2, Address, done")
		d.Sees("Where should we send it?")
	})
}

func TestEnterGoesOn(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", address)
		d.Act(func() {
			box, ok := d.Window.Canvas().Focused().(*widgets.Entry)
			if !ok {
				t.Fatal("the cursor is not in the first box")
			}
			box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		})
		d.Settle()
		d.Sees("Did they give you a key?")
	})
}

func TestAWrongAddressIsSaidAtIt(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.types("Web address (URL)", "ftp://crm.example.org")
		d.Tap("Continue")
		if d.page.step != stepAddress || d.page.draft.problems()[0].at != "address" {
			t.Error("goes on with a wrong address")
		}
		d.Sees(d.page.draft.problems()[0].text)
	})
}

func TestAWrongAddressIsSaidOnceSomebodyStops(t *testing.T) {
	open(t, "other", func(d *desk) {
		const wrong = "This address has a space in it."
		height := d.page.body.MinSize().Height
		d.types("Web address (URL)", "https://crm.example.org/a b")
		d.SeesNot(wrong)
		d.Settle()
		d.Sees(wrong)
		d.types("Web address (URL)", address)
		d.SeesNot(wrong)
		d.Settle()
		d.Sees("answers, securely.")
		if now := d.page.body.MinSize().Height; now != height {
			t.Errorf("what stands below moved by %v", now-height)
		}
	})
}

func TestWhatWasPastedIsSaid(t *testing.T) {
	open(t, "other", func(d *desk) {
		var got paste.Guess
		d.Act(func() { AskPaste(d.Window.Canvas(), func(g paste.Guess) { got = g }) })
		d.types("What they gave you", "fname, lname, mail")
		d.Sees("3 fields")
		d.types("What they gave you", "")
		d.SeesNot("3 fields")
		d.types("What they gave you", "fname=Ada&lname=Test&mail=ada@example.org")
		d.Sees("It is sent as a web form with 3 fields.")
		d.Tap("Use it")
		d.Act(func() { d.page.Take(got) })
		d.types("Web address (URL)", address)
		d.Sees("From what you pasted")
		d.goOn()
		d.goOn()
		d.goOn()
		d.Sees("We matched all 3 by name.")
		d.goOn()
		w, ok := d.saved("crm.example.org")
		if !ok || w.Body.Style != core.BodyForm || len(w.Body.Fields) != 3 || w.Body.Fields[0].From != "First name" {
			t.Errorf("saved %+v", w.Body)
		}
	})
}

func TestAPastedKeyStandsOnItsStep(t *testing.T) {
	open(t, "other", func(d *desk) {
		d.Act(func() {
			d.page.Take(paste.Read("curl https://crm.example.org/v1 -H 'X-Api-Key: 0123456789abcdef0123' -d 'a=b'"))
		})
		d.goOn()
		d.Sees("Which key did they give you?")
		d.Sees("Header line X-Api-Key")
		d.SeesNot("0123456789abcdef0123")
	})
}

func TestEveryStepFitsTheLeastWindow(t *testing.T) {
	room := fyne.NewSize(screen.Least.Width-68, screen.Least.Height)
	for _, system := range []string{"other", "mailchimp", "intervengine", "slack"} {
		open(t, system, func(d *desk) {
			d.types("Name", "A system")
			for s := stepAddress; s < stepTest; s++ {
				d.Act(func() { d.page.turn(s) })
				d.Settle()
				screen.Fits(t, d.page.Content(), room)
			}
		})
	}
	open(t, "other", func(d *desk) {
		d.tested()
		screen.Fits(t, d.page.Content(), room)
		d.Tap("Send test")
		d.Settle()
		screen.Fits(t, d.page.Content(), room)
	})
}
