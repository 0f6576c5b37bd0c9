package signing

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/sign"
	"hookbird/core/verify"
	"hookbird/gui/guitest/screen"
)

func TestWebhookWithoutProofOffersOne(t *testing.T) {
	open(t, core.Webhook{}, false, func(d *desk) {
		d.Sees(verify.NoProof)
		d.SeesNot("Copy the program")
		d.Tap("Add a signature now")
		if d.web.Sign.Style != core.SignStandard || d.changes != 1 {
			t.Errorf("signed as %q after %d changes", d.web.Sign.Style, d.changes)
		}
		d.SeesNot(verify.NoProof)
		d.Sees("A signature in webhook-signature")
	})
}

func TestProgramIsCopiedInEveryLanguage(t *testing.T) {
	web := core.Webhook{Body: core.Body{Style: core.BodyForm, Fields: []core.Field{{Name: "token", Secret: core.NewSecret("correct horse")}}}}
	open(t, web, false, func(d *desk) {
		for _, s := range verify.Snippets(&web) {
			name := s.Language
			if short := languageNames[name]; short != "" {
				name = short
			}
			d.Tap(name)
			d.Sees(s.Note)
			d.Tap("Copy the program")
			if got := fyne.CurrentApp().Clipboard().Content(); got != s.Code {
				t.Errorf("%s: copied %q", name, got)
			}
		}
	})
}

func TestWhatIsCheckedIsChosen(t *testing.T) {
	web := core.Webhook{
		Headers: []core.Header{{Name: "X-Api-Key", Secret: core.SealedSecret("a")}},
		Body:    core.Body{Style: core.BodyJSON, Fields: []core.Field{{Name: "token", Secret: core.SealedSecret("b")}}},
	}
	open(t, web, true, func(d *desk) {
		p := d.tab.receiver.programs
		d.Tap("Go")
		d.Act(func() { p.chooseTitle(p.titles[1]) })
		if want := verify.Snippets(&web)[8]; p.now != want || want.Language != "Go" {
			t.Errorf("shown: %s, %s", p.now.Language, p.now.Title)
		}
		d.Tap("Spreadsheet") // which can check one of them only
		d.SeesNot("What it checks")
		d.Tap("Go")
		d.Act(func() { d.web.Headers[0].Name = "X-Other"; d.tab.Set(d.web, true) })
		d.Sees("The secret value in the header line X-Other")
		d.Act(func() { d.tab.Set(&core.Webhook{}, true) })
		d.SeesNot("A program for it")
		d.Act(func() { d.tab.Set(d.web, true) })
		if p.language != "Go" || p.choice.Selected() != 3 {
			t.Errorf("the language is %s now", p.language)
		}
	})
}

func TestStoredKeyTellsItsKindWhenAsked(t *testing.T) {
	private, public := sign.NewPair()
	open(t, signed(), true, func(d *desk) {
		d.secrets["sign"] = private
		if p := d.tab.receiver.programs; len(p.titles) != 2 {
			t.Errorf("programs for %q", p.titles)
		}
		d.Tap("See which key they need")
		d.Sees(public)
		d.SeesNot(private)
		if p := d.tab.receiver.programs; len(p.titles) != 1 || !strings.Contains(p.now.Code, "WEBHOOK_PUBLIC_KEY") {
			t.Errorf("programs for %q", p.titles)
		}
		d.Tap("Copy the public key")
		if got := fyne.CurrentApp().Clipboard().Content(); got != public {
			t.Errorf("copied %q", got)
		}
		if d.changes > 0 || d.web.Sign != signed().Sign {
			t.Error("looking changed the webhook")
		}
	})
}

func TestNoProgramForALineWithoutAName(t *testing.T) {
	open(t, core.Webhook{}, false, func(d *desk) {
		d.Tap("Add a signature")
		d.Act(func() { d.tab.card.choose(2) })
		d.SeesNot("Copy the program")
		d.Sees("Type the name of the header line above.")
		d.Act(func() { d.tab.card.own.header.SetText("X-Sig ") })
		d.Sees("A signature in X-Sig")
	})
}

// TestNoKeyIsOnScreen presses everything that shows the other side.
func TestNoKeyIsOnScreen(t *testing.T) {
	const secret = "correct horse"
	web := core.Webhook{
		Sign:    core.Sign{Style: core.SignHMAC, Header: "X-Sig", Secret: core.NewSecret(secret)},
		Headers: []core.Header{{Name: "X-Api-Key", Secret: core.NewSecret(secret)}},
	}
	open(t, web, false, func(d *desk) {
		for _, language := range d.tab.receiver.programs.languages {
			d.Act(func() { d.tab.receiver.programs.chooseLanguage(language) })
			for _, text := range screen.Texts(d.tab.receiver.object) {
				if strings.Contains(text, secret) {
					t.Fatalf("%s shows %q", language, text)
				}
			}
		}
	})
}
