package signing

import (
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// Places of what can be wrong, as the validation of a webhook names them.
const (
	AtSecret    = "/sign/secret"
	AtPrevious  = "/sign/previous_secret"
	AtUntil     = "/sign/until"
	AtHeader    = "/sign/header"
	AtAlgorithm = "/sign/algorithm"
	AtEncoding  = "/sign/encoding"
	AtPrefix    = "/sign/prefix"
	AtStyle     = "/sign/style"
)

// Params are what a Tab needs of the page that it stands on. Now must be set; a
// func that is nil is not told.
type Params struct {
	Now func() time.Time

	// OnChanged is told when a person changed something: Sign says what.
	OnChanged func()
	// OnReveal fetches a stored key by its place, "sign" or "sign:previous", and
	// calls show with it, in the UI goroutine.
	OnReveal func(place string, show func(text string))
	// OnLeft is told which box somebody has been at, so that what is wrong there
	// may be said.
	OnLeft func(where string)
	// OnResized is told when heights are different now.
	OnResized func()
	// OnScrollTo brings an object of the Tab into view.
	OnScrollTo func(fyne.CanvasObject)
	// OnSay is told what to say for a moment, such as that a key was copied.
	OnSay func(text string)
}

// Tab shows how messages are signed, and how the other system checks what comes
// in. All of it belongs to the UI goroutine.
type Tab struct {
	params   Params
	state    *state
	loaded   bool
	root     *fyne.Container
	card     *card
	receiver *receiver
	spots    map[string]*spot
	visit    int         // counts how often the tab was left
	unread   core.Secret // a stored key that is being read before it is replaced
}

// New makes a Tab of a webhook without a signature; Set gives it one to edit.
func New(p Params) *Tab {
	t := &Tab{params: p, state: newState(), spots: map[string]*spot{}}
	t.card, t.receiver = newCard(t), newReceiver(t)
	t.root = widgets.VBox(theme.CardGap, t.card.object, t.receiver.object)
	return t
}

// Content is the Tab, to be laid out.
func (t *Tab) Content() fyne.CanvasObject { return t.root }

// Signature is the card that the signature is chosen on, to be laid out apart from
// Receiver, with something between them.
func (t *Tab) Signature() fyne.CanvasObject { return t.card.object }

// Receiver is the card that says how the other system checks what comes in.
func (t *Tab) Receiver() fyne.CanvasObject { return t.receiver.object }

// Set shows a webhook, and its checks. It may be called after every change: what
// somebody is typing stays as long as the webhook says what Sign does. Stored
// tells that the webhook was saved before; the secrets that it names by their ids
// can be revealed then.
func (t *Tab) Set(web *core.Webhook, stored bool) {
	if !t.loaded || stored != t.state.stored || !sameSign(web.Sign, t.state.Sign()) {
		t.state.take(web.Sign, stored)
		t.card.load()
	}
	t.receiver.set(web)
	t.loaded = true
}

// Sign is what was chosen.
func (t *Tab) Sign() core.Sign { return t.state.Sign() }

// Mask hides keys that are on screen, when the tab is left.
func (t *Tab) Mask() {
	t.visit++
	t.unread = core.Secret{}
	t.card.mask()
}

// sameSign compares what two signatures say, and when.
func sameSign(a, b core.Sign) bool {
	same := a.Until.Equal(b.Until)
	a.Until, b.Until = time.Time{}, time.Time{}
	return same && a == b
}

// changed is called after every change that a person made.
func (t *Tab) changed() {
	t.card.show()
	if t.params.OnChanged != nil {
		t.params.OnChanged()
	}
}

// resized tells of new heights, once there is a page that was laid out.
func (t *Tab) resized() {
	if t.loaded && t.params.OnResized != nil {
		t.params.OnResized()
	}
}

func (t *Tab) say(text string) {
	if t.params.OnSay != nil {
		t.params.OnSay(text)
	}
}

// reveal fetches the text of a key, because somebody asked for it, and keeps of it
// what is no secret.
func (t *Tab) reveal(key core.Secret, use func(text string)) {
	if text, typed := key.Text(); typed {
		use(text)
		return
	}
	place := t.state.place(key)
	if place == "" || t.params.OnReveal == nil {
		return
	}
	t.params.OnReveal(place, func(text string) {
		before := t.state.kind
		t.state.learn(key, text)
		if t.state.kind != before {
			t.card.show()
			t.receiver.again()
		}
		use(text)
	})
}

// copyKey puts a key on the clipboard.
func (t *Tab) copyKey(key core.Secret) {
	t.reveal(key, func(text string) {
		fyne.CurrentApp().Clipboard().SetContent(text)
		t.say("Copied. Give it to them in a safe way, and to nobody else.")
	})
}

// copyText puts on the clipboard what is no secret.
func (t *Tab) copyText(text, said string) {
	fyne.CurrentApp().Clipboard().SetContent(text)
	t.say(said)
}
