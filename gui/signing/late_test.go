package signing

import (
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/sign"
	"hookbird/gui/guitest/screen"
	"hookbird/gui/widgets"
)

func TestEscClosesTheQuestionFromItsCards(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.secrets["sign"] = sign.NewSecret()
		d.Tap("Make a new one")
		card, ok := screen.Find(d.Front(), "Replace at once").(fyne.Focusable)
		if !ok {
			t.Fatal("the card takes no focus")
		}
		d.Act(func() {
			d.Window.Canvas().Focus(card)
			card.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		})
		if d.Window.Canvas().Overlays().Top() != nil {
			t.Error("the question is still there")
		}
	})
}

// later makes the desk's stored keys arrive when the test says so.
func (d *desk) later() (arrive func()) {
	var show func(string)
	d.tab.params.OnReveal = func(_ string, s func(string)) { show = s }
	return func() { d.Act(func() { show(sign.NewSecret()) }) }
}

func TestAKeyThatArrivesLateIsNotShown(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		arrive := d.later()
		d.Tap("Show")
		d.Act(d.tab.Mask)
		arrive()
		if !d.tab.card.key.entry.Masked() {
			t.Error("a key is on screen although the tab was left")
		}
	})
}

func TestAKeyThatArrivesLateAsksNobody(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		arrive := d.later()
		d.Tap("Make a new one")
		d.Act(func() {
			d.tab.Mask()
			d.Window.SetContent(widgets.NewText("another page", widgets.Body))
		})
		arrive()
		if d.changes > 0 || d.Window.Canvas().Overlays().Top() != nil {
			t.Error("the question came over another page, or the key was replaced without it")
		}
	})
}

func TestAKeyThatCannotBeReadIsReplacedAllTheSame(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		arrive := d.later()
		d.Tap("Make a new one")
		d.Sees("press “Make a new one” again")
		if d.Window.Canvas().Overlays().Top() != nil {
			t.Fatal("it is asked before the key was read")
		}
		d.Tap("Make a new one")
		d.Sees("The stored key could not be read.")
		arrive() // after all, when it was asked already
		if n := len(d.Window.Canvas().Overlays().List()); n != 1 {
			t.Fatalf("%d questions lie over each other", n)
		}
		d.Tap("Replace at once")
		d.Tap("Make a new key")
		if text := textOf(t, d.web.Sign.Secret); kindOfKey(text) != kindShared || d.Has("press “Make a new one” again") {
			t.Error("there is no new key, or it still says what to press")
		}
	})
}

func TestALookAtTheKeyIsForgottenOnceSomebodyLeft(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.later()
		d.Tap("Make a new one")
		d.Act(d.tab.Mask)
		d.SeesNot("press “Make a new one” again")
		d.Tap("Make a new one")
		if d.Window.Canvas().Overlays().Top() != nil {
			t.Error("it goes on without having read the key")
		}
	})
}

func TestSpacesAroundAPastedKeyAreSlips(t *testing.T) {
	open(t, core.Webhook{}, false, func(d *desk) {
		d.Tap("Add a signature")
		d.Act(func() { d.tab.card.key.entry.Entry().SetText(" " + sign.NewSecret() + " ") })
		if errs := sign.Validate(&d.web.Sign); len(errs) > 0 {
			t.Error(errs)
		}
	})
}

func TestAnotherKindWarnsThatTheOldOneEnds(t *testing.T) {
	own := core.Webhook{Sign: core.Sign{Style: core.SignHMAC, Header: "X", Secret: core.SealedSecret("a")}}
	for name, tt := range map[string]struct {
		web  core.Webhook
		last bool
	}{"to a header line of their own": {signed(), true}, "to Standard Webhooks": {own, false}} {
		t.Run(name, func(t *testing.T) {
			open(t, tt.web, true, func(d *desk) {
				to := 0
				if tt.last {
					to = len(d.tab.card.kinds) - 1
				}
				d.Act(func() { d.tab.card.choose(to) })
				if !d.Has("From your next save on, messages are signed in this way only.") {
					t.Error("nothing says that the old signature ends")
				}
			})
		})
	}
}

func TestAKeyThatNobodyHasCannotBeCopied(t *testing.T) {
	open(t, core.Webhook{Sign: core.Sign{Style: core.SignStandard, Secret: core.MissingSecret()}}, true, func(d *desk) {
		if !d.tab.card.key.copy.Disabled() {
			t.Error("Copy can be pressed")
		}
	})
}
