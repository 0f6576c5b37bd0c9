package signing

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/widgets"
)

// keyBox holds the key that signs: hidden, but shown once when it was made here.
type keyBox struct {
	tab    *Tab
	entry  *widgets.SecretEntry
	field  *widgets.Field
	copy   *widgets.Button
	fresh  *fyne.Container // the key in clear, until the other system has it
	clear  *clearText
	given  *widget.Check
	got    *fyne.Container // with room around it
	asked  *fyne.Container // of which kind a stored key is
	asks   *widgets.Text   // its words
	public *fyne.Container // the public key
	shown  *clearText
	left   bool // somebody went away meanwhile: a key is not shown twice
	object fyne.CanvasObject
}

func newKeyBox(t *Tab) *keyBox {
	k := &keyBox{tab: t, entry: widgets.NewSecretEntry()}
	k.entry.OnChanged = k.typed
	k.entry.OnReveal = func(show func(string)) { t.reveal(t.state.Sign().Secret, show) }
	k.field = t.field(AtSecret, "Secret key", k.entry, keyHelps[kindShared])
	k.clear, k.shown = newClearText(), newClearText()
	k.given = widget.NewCheck("I have put it into the other system", k.setGiven)
	k.fresh = widgets.VBox(6, k.clear.object, widgets.NewHint(widgets.Info, "This is the new key. It is shown only now; later it stays hidden unless you ask for it."))
	look := widgets.NewButton(widgets.Quiet, "See which key they need", icons.Search, func() {
		t.reveal(t.state.Sign().Secret, func(string) {})
	})
	k.asks = widgets.NewParagraph("", widgets.Caption)
	k.asked = widgets.HBox(8, widgets.Grow(k.asks), look)
	k.public = k.publicPart()
	k.got = widgets.Padded(0, 0, 0, -7, k.given)
	k.object = widgets.VBox(12, k.field, k.buttons(), k.asked, k.fresh, k.public, k.got)
	return k
}

var keyHelps = [...]string{
	kindShared: "Hidden on screen and in history. If they gave you a key, paste it here: it starts with whsec_",
	kindPair:   "Stays with you: it starts with whsk_. The other system never gets it, only the public key below.",
	kindOwn:    "Hidden on screen and in history. Paste the one that they gave you, or make a new one for them.",
	kindEither: "Hidden on screen and in history.",
}

func (k *keyBox) buttons() fyne.CanvasObject {
	k.copy = widgets.NewButton(widgets.Secondary, "Copy the key", icons.Copy, func() { k.tab.copyKey(k.tab.state.Sign().Secret) })
	anew := widgets.NewButton(widgets.Quiet, "Make a new one", icons.Refresh, k.tab.askRenew)
	return widgets.HBox(8, k.copy, anew)
}

func (k *keyBox) publicPart() *fyne.Container {
	copyIt := widgets.NewButton(widgets.Secondary, "Copy the public key", icons.Copy, func() {
		k.tab.copyText(k.tab.state.public(), "Copied. Put it into the other system; it need not be kept secret.")
	})
	return widgets.VBox(6, widgets.NewLine("Public key, for the other system", widgets.Label), k.shown.object, widgets.HBox(8, copyIt))
}

func (k *keyBox) typed(text string) {
	if k.tab.card.loading {
		return
	}
	k.tab.state.typeKey(text)
	k.tab.changed()
}

func (k *keyBox) setGiven(on bool) {
	if on == k.tab.state.given {
		return
	}
	k.tab.state.given = on
	k.tab.card.show()
}

// load puts the key into its box, masked.
func (k *keyBox) load() {
	k.left = false
	loadKey(k.entry, k.tab.state, k.tab.state.Sign().Secret)
}

// loadKey puts a key into a box: dots for one that the engine keeps.
func loadKey(e *widgets.SecretEntry, s *state, key core.Secret) {
	if text, typed := key.Text(); typed {
		e.SetText(text)
		return
	}
	e.SetText("")
	e.SetStored(s.place(key) != "")
}

func (k *keyBox) mask() {
	k.entry.Mask()
	if k.tab.state.isMade() {
		k.left = true
	}
}

// show shows what goes with the key.
func (k *keyBox) show() {
	s := k.tab.state
	k.field.SetHelp(keyHelps[s.kind])
	made, public := s.isMade(), s.public()
	k.copy.SetEnabled(s.atHand(s.Sign().Secret))
	showIf(k.copy, s.kind != kindPair)
	k.asked.Hidden = s.kind != kindEither
	k.asks.SetText("The stored key itself says whether the other system holds the same key or a public one.")
	if k.tab.unread == s.Sign().Secret && !k.tab.unread.IsZero() {
		k.asks.SetText("The stored key is read first. If that cannot be done, press “Make a new one” again: it is replaced all the same.")
	}
	k.fresh.Hidden = !made || s.given || k.left || s.kind == kindPair
	k.clear.set("")
	if !k.fresh.Hidden {
		text, _ := s.Sign().Secret.Text()
		k.clear.set(text)
	}
	k.public.Hidden = public == ""
	k.shown.set(public)
	showIf(k.got, made)
	k.given.Text = "I have put it into the other system"
	if public != "" {
		k.given.Text = "I have put the public key into the other system"
	}
	k.given.Checked = s.given
	k.given.Refresh()
}
