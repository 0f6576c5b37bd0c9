package gui

import (
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
)

func TestATestOfWhatIsBeingEditedLeadsBackToIt(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "webhook:staff", func(t *testing.T, d *desk) {
		d.act(func() { entryWith(d.content(), "Staff directory").SetText("Staff list") })
		d.tap(t, "Send test")
		if d.current != page(d.test) {
			t.Fatalf("leads to %T", d.current)
		}
		d.sees(t, "Staff list")
		d.tap(t, "Back")
		if d.current != page(d.editor) || entryWith(d.content(), "Staff list") == nil {
			t.Errorf("leads back to %T; there is %q", d.current, screen.Texts(d.content()))
		}
	})
}

func TestTheTrayOpensTheTestAndSendsNothing(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "activity", func(t *testing.T, d *desk) {
		d.open("test:staff")
		d.sees(t, "Staff directory")
		if d.service.Called("Test") != 0 {
			t.Error("a test was sent by opening the page")
		}
		d.key(fyne.KeyEscape)
		if d.current != page(d.hooks) {
			t.Errorf("leads back to %T", d.current)
		}
	})
}

func TestTestOfWhatIsGoneIsSaid(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		d.open("test:nobody")
		d.sees(t, "There is no such webhook any more.")
		if d.current != page(d.home) {
			t.Errorf("leads to %T", d.current)
		}
	})
}

func TestAStepOfTheExplanationLeadsToItsPlace(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "test:staff", func(t *testing.T, d *desk) {
		for do, want := range map[attempt.Action]string{
			attempt.ActionSecrets: "Secret values", attempt.ActionFields: "How it is packed", attempt.ActionAddress: "Web address (URL)",
		} {
			d.act(func() { d.editFor("staff", do) })
			d.sees(t, want)
		}
	})
}

func TestFixLeadsToWhereTheStepIsDone(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "home", func(t *testing.T, d *desk) {
		for target, want := range map[string]string{
			"fix:staff:secrets": "Secret values", "fix:staff:fields": "How it is packed", "fix:staff:address": "Web address (URL)",
			"fix:staff:": "Staff directory", "fix:staff:copy": "Every message sent", "fix:staff:note": "Every message sent",
			"fix:staff:test_again": "Who is the test about?",
		} {
			d.open("home")
			d.open(target)
			d.sees(t, want)
		}
		if d.service.Called("Test") != 0 {
			t.Error("a test was sent")
		}
	})
}

func TestFixDoesNotChangeAnotherOnesEditor(t *testing.T) {
	in(t, guitest.Office(), screen.Wide, "webhook:staff", func(t *testing.T, d *desk) {
		d.act(func() { entryWith(d.content(), "Staff directory").SetText("Staff list") })
		d.act(func() { d.fix("newsletter", attempt.ActionFields) })
		d.sees(t, "Leave without saving?")
		d.tap(t, "Keep editing")
		if entryWith(d.content(), "Staff list") == nil {
			t.Error("the editor shows another tab than before")
		}
	})
}

func TestTurnedOnByATestIsReadAnew(t *testing.T) {
	s := guitest.Office()
	in(t, s, screen.Wide, "webhook:finance", func(t *testing.T, d *desk) {
		before := d.editor
		d.tap(t, "Send test")
		if err := s.SetState(t.Context(), "finance", core.StateOn, false); err != nil {
			t.Fatal(err)
		}
		v, err := s.Webhook(t.Context(), "finance")
		if err != nil {
			t.Fatal(err)
		}
		d.act(func() { d.test.OnTurnedOn(v) })
		synctest.Wait()
		if d.editor == before || d.current != page(d.editor) {
			t.Error("the editor still holds what was before")
		}
		if got := d.toaster.Showing(); got != "Finance export is on." {
			t.Errorf("said %q", got)
		}
	})
}
