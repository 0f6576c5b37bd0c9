package signing

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// signed is a stored webhook that signs.
func signed() core.Webhook {
	return core.Webhook{Sign: core.Sign{Style: core.SignStandard, Secret: core.SealedSecret("first")}}
}

func TestKeyIsChangedOverInTwoSteps(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.secrets["sign"] = sign.NewSecret()
		d.Tap("Make a new one")
		d.Sees("Change over in two steps")
		d.Tap("Make a new key")
		now := d.web.Sign
		if now.Previous != core.SealedSecret("first") || !now.Until.Equal(time.Now().AddDate(0, 0, 7)) {
			t.Fatalf("the old key is %q until %v", now.Previous.ID(), now.Until)
		}
		d.Sees(textOf(t, now.Secret))
		d.Sees("Both keys sign until")
		d.Act(func() { d.tab.card.both.old.Copy() })
		if d.asked[len(d.asked)-1] != "sign" {
			t.Errorf("the old key, which the engine has as the one that signs, was asked for as %q", d.asked)
		}
		d.save()
		d.Act(func() { d.tab.card.both.old.Copy() })
		if got := d.asked[len(d.asked)-1]; got != "sign:previous" {
			t.Errorf("once saved, the old key was asked for as %q", got)
		}
	})
}

func TestSpanOfOldKeyIsChosen(t *testing.T) {
	for i, want := range []int{1, 7, 30, 0} {
		open(t, signed(), true, func(d *desk) {
			d.Tap("Make a new one")
			d.Tap("Make a new key")
			d.Act(func() { d.tab.card.both.choose(i) })
			got := d.web.Sign.Until
			if want == 0 && !got.IsZero() || want > 0 && !got.Equal(time.Now().AddDate(0, 0, want)) {
				t.Errorf("%s: until %v", spans[i].name, got)
			}
			if want == 0 {
				d.Sees("Both keys sign until you remove the old one.")
			}
			if got := d.tab.card.both.spans.Selected(); got != i {
				t.Errorf("%s: %d is shown as chosen", spans[i].name, got)
			}
		})
	}
}

func TestKeyIsReplacedAtOnce(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.Tap("Make a new one")
		d.Tap("Replace at once")
		d.SeesNot("The old key signs along for")
		d.Tap("Make a new key")
		if now := d.web.Sign; !now.Previous.IsZero() || now.Secret.ID() != "" {
			t.Fatalf("signed with %q and %q", now.Secret.ID(), now.Previous.ID())
		}
		d.Tap("Let both sign for 7 days") // second thoughts
		if now := d.web.Sign; now.Previous != core.SealedSecret("first") || now.Until.IsZero() {
			t.Errorf("the old key is %q until %v", now.Previous.ID(), now.Until)
		}
		d.Tap("End now")
		if now := d.web.Sign; !now.Previous.IsZero() || !now.Until.IsZero() {
			t.Errorf("the old key is %q until %v", now.Previous.ID(), now.Until)
		}
	})
}

func TestQuestionCanBeLeft(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.Tap("Make a new one")
		d.Tap("Cancel")
		if d.web.Sign != signed().Sign || d.changes > 0 {
			t.Error("the key is another one")
		}
	})
}

func TestStoredChangeOverIsEnded(t *testing.T) {
	until := time.Date(2000, 1, 3, 12, 0, 0, 0, time.UTC)
	web := signed()
	web.Sign.Previous, web.Sign.Until = core.SealedSecret("older"), until
	open(t, web, true, func(d *desk) {
		d.Sees("Both keys sign until")
		d.Tap("End now")
		d.Sees("the old key does not sign any more")
		d.Tap("Keep it")
		if now := d.web.Sign; now != web.Sign {
			t.Errorf("it is now %q until %v", now.Previous.ID(), now.Until)
		}
		time.Sleep(7 * 24 * time.Hour) // of the bubble
		d.Act(d.tab.card.show)
		d.Sees("The old key stopped signing on 3 January 2000.")
		d.Tap("Remove it")
		if !d.web.Sign.Previous.IsZero() {
			t.Error("the old key is still there")
		}
	})
}

func TestOwnHeaderHoldsOneKey(t *testing.T) {
	web := core.Webhook{Sign: core.Sign{Style: core.SignHMAC, Header: "X-Sig", Secret: core.SealedSecret("first")}}
	open(t, web, true, func(d *desk) {
		d.Tap("Make a new one")
		d.SeesNot("Change over in two steps")
		d.Tap("Make a new key")
		if now := d.web.Sign; now.Secret.ID() != "" || !now.Previous.IsZero() {
			t.Errorf("signed with %q and %q", now.Secret.ID(), now.Previous.ID())
		}
	})
	web = signed()
	web.Sign.Previous = core.SealedSecret("older")
	open(t, web, true, func(d *desk) {
		d.Act(func() { d.tab.card.choose(len(d.tab.card.kinds) - 1) })
		if now := d.web.Sign; now.Style != core.SignHMAC || !now.Previous.IsZero() {
			t.Errorf("signed as %s, with a previous key: %v", now.Style, !now.Previous.IsZero())
		}
		d.SeesNot("Both keys")
	})
}

func TestNewKeyIsOfTheKindOfTheStoredOne(t *testing.T) {
	private, _ := sign.NewPair()
	for stored, want := range map[string]kind{private: kindPair, sign.NewSecret(): kindShared} {
		open(t, signed(), true, func(d *desk) {
			d.secrets["sign"] = stored
			d.Tap("Make a new one")
			d.SeesNot(stored)
			d.Tap("Make a new key")
			if got := kindOfKey(textOf(t, d.web.Sign.Secret)); got != want || d.tab.state.kind != want {
				t.Errorf("a key of kind %d, shown as %d, in the place of one of kind %d", got, d.tab.state.kind, want)
			}
		})
	}
}
