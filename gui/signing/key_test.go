package signing

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/sign"
	"hookbird/gui/guitest/screen"
)

// textOf is the text of a key that was not saved yet.
func textOf(t *testing.T, key core.Secret) string {
	t.Helper()
	text, ok := key.Text()
	if !ok {
		t.Fatal("the key has no text")
	}
	return text
}

func TestSignatureIsAddedWithOneTap(t *testing.T) {
	open(t, core.Webhook{}, false, func(d *desk) {
		d.SeesNot("Secret key")
		d.Tap("Add a signature")
		if errs := sign.Validate(&d.web.Sign); d.web.Sign.Style != core.SignStandard || len(errs) > 0 {
			t.Fatalf("signed as %+v: %v", d.web.Sign, errs)
		}
		key := textOf(t, d.web.Sign.Secret)
		d.Sees(key)
		d.Tap("Copy the key")
		if got := fyne.CurrentApp().Clipboard().Content(); got != key {
			t.Errorf("copied %q", got)
		}
		d.save()
		d.SeesNot(key)
		d.SeesNot("I have put it into the other system")
		if d.tab.card.key.entry.Stored() != true || d.tab.state.kind != kindShared {
			t.Error("the saved key is not taken for the same one")
		}
		d.Tap("Copy the key")
		if len(d.asked) != 1 || d.asked[0] != "sign" {
			t.Errorf("asked for %q", d.asked)
		}
	})
}

func TestMadeKeyIsShownOnce(t *testing.T) {
	for name, leave := range map[string]func(d *desk){
		"told that they have it": func(d *desk) { d.tab.card.key.given.SetChecked(true) },
		"left":                   func(d *desk) { d.tab.Mask() },
	} {
		t.Run(name, func(t *testing.T) {
			open(t, core.Webhook{}, false, func(d *desk) {
				d.Tap("Add a signature")
				key := textOf(t, d.web.Sign.Secret)
				d.Act(func() { leave(d) })
				d.SeesNot(key)
				for _, text := range screen.Texts(d.Front()) {
					if strings.Contains(text, sign.PrefixSecret) && len(text) < 60 && !strings.Contains(text, " ") {
						t.Errorf("%q is on screen", text)
					}
				}
				d.Tap("Make a new one")
				if now := textOf(t, d.web.Sign.Secret); now == key {
					t.Error("no new key")
				} else {
					d.Sees(now)
				}
			})
		})
	}
}
