package signing

import (
	"reflect"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/core/verify"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// receiver is the card that says how the other system checks what comes in.
type receiver struct {
	tab      *Tab
	web      *core.Webhook
	proofs   *fyne.Container // what proves that messages are genuine
	none     fyne.CanvasObject
	soon     *widgets.Hint // what is missing before there is something to check
	programs *programs
	object   fyne.CanvasObject
}

func newReceiver(t *Tab) *receiver {
	r := &receiver{tab: t, proofs: widgets.VBox(10), programs: newPrograms(t), soon: widgets.NewHint(widgets.Waiting, "")}
	add := widgets.NewButton(widgets.Secondary, "Add a signature now", icons.Lock, r.add)
	r.none = widgets.VBox(12, widgets.NewNote(widgets.Waiting, "Nothing to check", verify.NoProof), widgets.HBox(8, add))
	r.object = widgets.NewTitledCard("How the other system checks it", "For whoever runs the other system.", nil,
		widgets.VBox(16, r.none, r.soon, r.proofs, r.programs.object))
	return r
}

// add turns the signature on and leads there.
func (r *receiver) add() {
	r.tab.card.setOn(true)
	if r.tab.params.OnScrollTo != nil {
		r.tab.params.OnScrollTo(r.tab.card.object)
	}
}

// set shows the checks of a webhook.
func (r *receiver) set(web *core.Webhook) {
	if r.web != nil && reflect.DeepEqual(r.web, web) {
		return
	}
	r.web = web.Clone()
	r.again()
}

// again shows the checks anew, after more is known.
func (r *receiver) again() {
	if r.web == nil {
		return
	}
	web := r.told()
	proofs := verify.Proofs(web)
	before := len(r.proofs.Objects)
	r.proofs.Objects = nil
	if len(proofs) > 0 {
		r.proofs.Add(widgets.NewLine("What this webhook proves", widgets.Label))
	}
	for _, p := range proofs {
		r.proofs.Add(proofLine(p))
	}
	r.proofs.Refresh()
	showIf(r.proofs, len(proofs) > 0)
	showIf(r.none, len(proofs) == 0 && !r.unnamed())
	r.soon.Set(widgets.Waiting, "")
	if r.unnamed() {
		r.soon.Set(widgets.Waiting, "Type the name of the header line above. Then it stands here how to check the signature.")
	}
	if changed := r.programs.set(verify.Snippets(web)); changed || before != len(r.proofs.Objects) {
		r.tab.resized()
	}
}

// unnamed tells whether nobody said yet which header line the signature goes into.
func (r *receiver) unnamed() bool {
	return r.web.Sign.Style == core.SignHMAC && r.web.Sign.Header == ""
}

// told is the webhook with a key that says of which kind the signature is, where
// that is known although the key is not: another one of the kind, because no check
// holds the key.
func (r *receiver) told() *core.Webhook {
	if r.unnamed() {
		web := r.web.Clone()
		web.Sign = core.Sign{}
		return web
	}
	s := r.tab.state
	_, typed := r.web.Sign.Secret.Text()
	if typed || r.web.Sign.Style != core.SignStandard || !s.on || s.kind == kindEither {
		return r.web
	}
	web := r.web.Clone()
	web.Sign.Secret = s.kind.newKey()
	return web
}

// proofLine says what one proof is, and what it shows.
func proofLine(p verify.Proof) fyne.CanvasObject {
	tick := widgets.NewIcon(icons.TickCircle, theme.Success, 18)
	return widgets.HBoxTop(10, widgets.Padded(1, 0, 0, 0, tick),
		widgets.Grow(widgets.VBox(2, widgets.NewParagraph(p.Text, widgets.Strong), widgets.NewParagraph(p.Note, widgets.Caption))))
}
