package testpage

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/gui/guitest"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

// slow is an engine whose test takes as long as the system asked, and which
// keeps what it was asked.
type slow struct {
	*guitest.Service
	asked []control.TestRequest
	takes time.Duration
}

func (s *slow) Test(ctx context.Context, r control.TestRequest) (control.TestResult, error) {
	s.asked = append(s.asked, r)
	select {
	case <-time.After(s.takes):
		return s.Service.Test(ctx, r)
	case <-ctx.Done():
		return control.TestResult{}, ctx.Err()
	}
}

// slowly gives the page an engine that takes its time.
func (d *desk) slowly(takes time.Duration) *slow {
	s := &slow{Service: d.engine, takes: takes}
	d.page.service = s
	return s
}

func TestMadeUpPersonIsTheDefault(t *testing.T) {
	open(t, nil, func(d *desk) {
		s := d.slowly(0)
		for m, box := range d.page.choose.boxes {
			if m.Name == "Last name" {
				d.Act(func() { box.SetText("Probe") })
			}
		}
		d.Tap("Send test")
		d.Settle()
		if len(s.asked) != 1 || s.asked[0].Seq != 0 || !strings.Contains(string(s.asked[0].Data), `"Last name":"Probe"`) {
			t.Errorf("asked: %+v", s.asked)
		}
		if s.asked[0].Draft.Webhook.Name != "Supporter CRM" {
			t.Error("another webhook was tested")
		}
		d.Sees("Is Ada Probe there?")
	})
}

func TestRealRecordIsAWarnedChoice(t *testing.T) {
	open(t, nil, func(d *desk) {
		s := d.slowly(0)
		d.Tap("A real record")
		d.Sees("This goes to the live system as a real person")
		d.Tap("Send test")
		d.Settle()
		if len(s.asked) != 1 || s.asked[0].Seq != 100048 || s.asked[0].Data != nil {
			t.Errorf("asked: %+v", s.asked)
		}
		d.Sees("about Ada Lovelace")
	})
}

func TestWaitingIsCountedAndCanBeCancelled(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.slowly(time.Minute)
		d.Tap("Send test")
		d.Sees("Waiting for crm.example.org… 0 s (gives up at 15 s)")
		time.Sleep(4*time.Second + time.Millisecond)
		synctest.Wait()
		d.Sees("Waiting for crm.example.org… 4 s")
		d.Tap("Cancel")
		d.Sees("Not waited for. The message may have arrived all the same.")
		d.Sees("Who is the test about?")
	})
}

func TestSecondPressSendsNothing(t *testing.T) {
	open(t, nil, func(d *desk) {
		s := d.slowly(time.Minute)
		d.Tap("Send test")
		d.Act(d.page.send)
		if len(s.asked) != 1 {
			t.Errorf("%d tests on their way", len(s.asked))
		}
	})
}

func TestFailureSaysWhatToDo(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.answers(refused)
		d.Tap("Send test")
		d.Sees("Supporter CRM did not accept the key")
		d.Sees("did not accept the key (401)")
		d.Sees("API key not recognised")
		d.Tap("Open secret values")
		if len(d.edits) != 1 || d.edits[0] != attempt.ActionSecrets {
			t.Errorf("leads to %v", d.edits)
		}
		before := d.engine.Called("Test")
		d.Tap("Test again")
		if d.engine.Called("Test") != before+1 {
			t.Error("nothing was sent again")
		}
	})
}

func TestNoKeyWordsWithoutAKey(t *testing.T) {
	keyless := func(draft *control.WebhookDraft) { draft.Webhook.Body.Fields = draft.Webhook.Body.Fields[:4] }
	open(t, keyless, func(d *desk) {
		d.answers(refused)
		d.Tap("Send test")
		d.Sees("Supporter CRM asks for a key")
	})
}

func TestAcceptedTestIsNoProof(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.Tap("Send test")
		d.Sees("Now look in Supporter CRM. Is Ada Test there?")
		d.Tap("Not there")
		d.Sees("It was accepted, but is not there")
		d.Tap("Open what to send")
		if len(d.edits) != 1 || d.edits[0] != attempt.ActionFields {
			t.Errorf("leads to %v", d.edits)
		}
	})
}

func TestYesTurnsItOn(t *testing.T) {
	fresh := func(draft *control.WebhookDraft) {
		draft.Webhook.ID, draft.Revision, draft.Webhook.State = "", 0, core.StateOff
		draft.Webhook.Name = "Fresh"
	}
	open(t, fresh, func(d *desk) {
		d.Tap("Send test")
		d.Tap("Yes, turn it on")
		if len(d.on) != 1 || d.on[0].Webhook.State != core.StateOn || d.on[0].Webhook.Name != "Fresh" {
			t.Fatalf("turned on: %+v", d.on)
		}
		if d.page.draft.Webhook.State != core.StateOff {
			t.Error("the draft itself was changed")
		}
	})
}

func TestYesLeadsBackWhereItIsOn(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.Tap("Send test")
		d.Tap("Yes")
		if d.left != 1 || d.engine.Called("SaveWebhook") != 0 {
			t.Errorf("left %d, saved %d", d.left, d.engine.Called("SaveWebhook"))
		}
	})
}

func TestTurningOnMayBeRefused(t *testing.T) {
	off := func(draft *control.WebhookDraft) { draft.Webhook.State = core.StateOff }
	open(t, off, func(d *desk) {
		d.engine.Fail("SaveWebhook", core.Errorf(core.CodeUnavailable, "The disk is full."))
		d.Tap("Send test")
		d.Tap("Yes, turn it on")
		d.Sees("The disk is full.")
		if len(d.on) > 0 {
			t.Error("told that it is on")
		}
	})
}

func TestDetailsAreShownMaskedBeforeTheyAreCopied(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.answers(refused)
		d.Tap("Send test")
		d.Tap("Copy details")
		d.Sees("fname: A…")
		d.Tap("Copy")
		text := fyne.CurrentApp().Clipboard().Content()
		if !strings.Contains(text, "did not accept the key") || strings.Contains(text, "Ada") || strings.Contains(text, "hooks/supporters") {
			t.Errorf("copied: %s", text)
		}
	})
}

func TestEngineTroubleIsSaid(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.engine.Fail("Test", core.Errorf(core.CodeInvalid, "This webhook has no web address."))
		d.Tap("Send test")
		d.Sees("This webhook has no web address.")
		d.Sees("Who is the test about?")
	})
}

func TestLeavingGivesUp(t *testing.T) {
	open(t, nil, func(d *desk) {
		s := d.slowly(time.Minute)
		d.Tap("Send test")
		start := time.Now()
		d.Act(d.page.Leave)
		if time.Since(start) > time.Second || len(s.asked) != 1 {
			t.Error("the test goes on")
		}
	})
}

func TestFitsTheLeastWindow(t *testing.T) {
	open(t, nil, func(d *desk) {
		d.Act(func() { d.page.SetNarrow(true) })
		room := fyne.NewSize(screen.Least.Width-68, screen.Least.Height)
		screen.Fits(t, d.page.Content(), room)
		d.answers(refused)
		d.Tap("Send test")
		screen.Fits(t, d.page.Content(), room)
		d.Act(func() { d.page.SetNarrow(false) })
		screen.Fits(t, d.page.Content(), fyne.NewSize(1040-212, screen.Least.Height))
	})
}

func TestSendByKeyboardFromABox(t *testing.T) {
	open(t, nil, func(d *desk) {
		var box *widgets.Entry
		for _, box = range d.page.choose.boxes {
			break
		}
		d.Act(func() { box.TypedShortcut(sendKeys) })
		if d.engine.Called("Test") != 1 {
			t.Error("Ctrl+Enter in a box sends nothing")
		}
	})
}
