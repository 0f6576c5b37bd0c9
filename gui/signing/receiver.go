package signing

import (
	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/verify"
	"hookbird/gui/widgets"
)

// receiver is the card that says how the other system checks what comes in.
type receiver struct {
	tab    *Tab
	web    *core.Webhook
	proofs *fyne.Container
	object fyne.CanvasObject
}

func newReceiver(t *Tab) *receiver {
	r := &receiver{tab: t, proofs: widgets.VBox(10)}
	r.object = widgets.NewTitledCard("How the other system checks it", "For whoever runs it.", nil, r.proofs)
	return r
}

// set shows the checks of a webhook.
func (r *receiver) set(web *core.Webhook) {
	r.web = web.Clone()
	r.again()
}

// again shows the checks anew, after more is known.
func (r *receiver) again() {
	r.proofs.Objects = nil
	for _, p := range verify.Proofs(r.web) {
		r.proofs.Add(widgets.NewParagraph(p.Text+". "+p.Note, widgets.Body))
	}
	r.proofs.Refresh()
}
