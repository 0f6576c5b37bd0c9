package signing

import (
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/sign"
)

func TestKindsKeepWhatWasFilledIn(t *testing.T) {
	open(t, core.Webhook{}, false, func(d *desk) {
		d.Tap("Add a signature")
		shared := d.web.Sign
		d.Act(func() { d.tab.card.choose(1) })
		private := textOf(t, d.web.Sign.Secret)
		public, err := sign.PublicOf(private)
		if err != nil {
			t.Fatal(err)
		}
		d.Sees(public)
		d.SeesNot(private)
		d.SeesNot("Copy the key")
		d.Act(func() { d.tab.card.choose(2) })
		d.Act(func() { test.Type(d.tab.card.own.header, "X-Sig") })
		d.Act(func() { d.tab.card.own.algorithm.OnKey("Right") })
		d.Act(func() { test.Type(d.tab.card.key.entry.Entry(), "correct horse") })
		own := d.web.Sign
		if own.Header != "X-Sig" || own.Style != core.SignHMAC || textOf(t, own.Secret) != "correct horse" || len(sign.Validate(&own)) > 0 {
			t.Fatalf("signed as %+v", own)
		}
		d.Act(func() { d.tab.card.choose(0) })
		if d.web.Sign != shared {
			t.Errorf("signed as %+v, was %+v", d.web.Sign, shared)
		}
		d.Act(func() { d.tab.card.choose(2) })
		if d.web.Sign != own {
			t.Errorf("signed as %+v, was %+v", d.web.Sign, own)
		}
	})
}

func TestPastedKeySaysItsKind(t *testing.T) {
	private, public := sign.NewPair()
	open(t, core.Webhook{}, false, func(d *desk) {
		d.Tap("Add a signature")
		box := d.tab.card.key.entry.Entry()
		d.Act(func() { d.Window.Canvas().Focus(box); box.SetText(private) })
		d.Sees(public)
		if d.tab.state.kind != kindPair || d.Window.Canvas().Focused() != box {
			t.Error("the kind is another one, or the box lost the focus")
		}
		d.Act(func() { box.SetText("") })
		if !d.web.Sign.Secret.IsZero() {
			t.Error("an empty box still means a key")
		}
	})
}

func TestTurningOffWarns(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.Tap("Add a signature")
		if d.web.Sign != (core.Sign{}) {
			t.Errorf("signed as %+v", d.web.Sign)
		}
		d.Sees("messages are not signed")
		d.Tap("Add a signature")
		if d.web.Sign != signed().Sign {
			t.Errorf("signed as %+v", d.web.Sign)
		}
	})
}

func TestSmallMeaninglessWordsStay(t *testing.T) {
	web := core.Webhook{Sign: core.Sign{Style: core.SignHMAC, Header: "X", Secret: core.SealedSecret("a")}}
	open(t, web, true, func(d *desk) {
		o := d.tab.card.own
		d.Act(func() { o.choose(0, algorithms, func(s *core.Sign) *string { return &s.Algorithm }) })
		if d.web.Sign.Algorithm != "" {
			t.Errorf("the algorithm is %q now", d.web.Sign.Algorithm)
		}
		d.Act(func() { o.choose(2, algorithms, func(s *core.Sign) *string { return &s.Algorithm }) })
		if d.web.Sign.Algorithm != "sha1" {
			t.Errorf("the algorithm is %q now", d.web.Sign.Algorithm)
		}
	})
}

func TestProblemsAreShownWhereTheyAre(t *testing.T) {
	open(t, core.Webhook{}, false, func(d *desk) {
		d.Tap("Add a signature")
		d.Act(func() { d.tab.card.choose(2) })
		for _, e := range sign.Validate(&d.web.Sign) {
			if !d.tab.SetProblem("/sign"+e.Where, e.Message) {
				t.Errorf("%s is no place", e.Where)
			}
			d.Sees(e.Message)
			if d.tab.Focus("/sign"+e.Where) == nil {
				t.Errorf("nothing to focus at %s", e.Where)
			}
		}
		if d.tab.Problems() != 2 {
			t.Errorf("%d problems", d.tab.Problems())
		}
		d.tab.ClearProblems()
		if d.tab.Problems() != 0 || d.tab.SetProblem("/address", "x") {
			t.Error("a problem stays, or stands where it has no place")
		}
		d.Act(func() { d.Window.Canvas().Focus(d.tab.card.own.header) })
		if len(d.left) != 0 {
			t.Errorf("left %q by going there", d.left)
		}
		d.Act(d.Window.Canvas().Unfocus)
		if len(d.left) != 1 || d.left[0] != AtHeader {
			t.Errorf("left %q", d.left)
		}
	})
}

func TestRevealedKeyIsHiddenWhenTheTabIsLeft(t *testing.T) {
	open(t, signed(), true, func(d *desk) {
		d.secrets["sign"] = sign.NewSecret()
		d.Tap("Show")
		e := d.tab.card.key.entry
		if e.Masked() || e.Entry().Text != d.secrets["sign"] || e.Text() != "" {
			t.Fatal("the key is not shown, or taken for a typed one")
		}
		d.Act(d.tab.Mask)
		if !e.Masked() || e.Entry().Text != "" || d.web.Sign != signed().Sign {
			t.Error("the key is still there")
		}
	})
}

// TestNoStepLosesTheStoredKey holds for whatever somebody presses: what is off or
// untouched is as it was, one header line holds one key, and a key that signs
// today either goes on signing or is offered to.
func TestNoStepLosesTheStoredKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := signed().Sign
		if rapid.Bool().Draw(t, "changing over") {
			from.Previous, from.Until = core.SealedSecret("older"), time.Unix(9, 0)
		}
		s := newState()
		s.take(from, true)
		if s.Sign() != from {
			t.Fatal("taking it changed it")
		}
		steps := map[string]func(){
			"off": func() { s.setOn(false) }, "on": func() { s.setOn(true) },
			"shared": func() { s.choose(kindShared) }, "pair": func() { s.choose(kindPair) }, "own": func() { s.choose(kindOwn) },
			"renew": s.renew, "in steps": func() { s.renewInSteps(time.Unix(99, 0)) },
			"end": s.endOld, "keep": func() { s.keepOld(time.Unix(99, 0)) },
		}
		for _, step := range rapid.SliceOfN(rapid.SampledFrom([]string{"off", "on", "shared", "pair", "own", "renew", "in steps", "end", "keep"}), 0, 8).Draw(t, "steps") {
			can := map[string]bool{"renew": s.on, "in steps": s.on && s.kind.isStandard() && s.place(s.Sign().Secret) != "", "end": s.on, "keep": !s.old().IsZero()}
			if ok, asked := can[step]; asked && !ok {
				continue
			}
			steps[step]()
		}
		now := s.Sign()
		switch {
		case !s.on:
			if now != (core.Sign{}) {
				t.Fatalf("off, but %+v", now)
			}
		case s.kind == kindOwn:
			if now.Style != core.SignHMAC || !now.Previous.IsZero() {
				t.Fatalf("own, but %+v", now)
			}
		default:
			signs := now.Secret == from.Secret || now.Previous == from.Secret
			if !signs && now.Previous.IsZero() && s.old() != from.Secret {
				t.Fatalf("the stored key is lost: %+v", now)
			}
			if errs := sign.Validate(&now); len(errs) > 0 {
				t.Fatal(errs)
			}
		}
	})
}
