package editor

import (
	"context"
	"time"

	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/signing"
	"hookbird/gui/widgets"
)

// signPlaces are the places of a signature that something can be wrong with.
var signPlaces = []string{
	signing.AtStyle, signing.AtSecret, signing.AtPrevious, signing.AtUntil,
	signing.AtHeader, signing.AtAlgorithm, signing.AtEncoding, signing.AtPrefix,
}

// signPlace is a place of the signature, named by its pointer.
func signPlace(where string) Place { return Place{Part: PartSign, Where: where} }

// newSigning makes what messages are signed with, and how that is checked.
func (p *Page) newSigning() *signing.Tab {
	var t *signing.Tab
	t = signing.New(signing.Params{
		Now: time.Now,
		OnChanged: func() {
			p.draft.Web().Sign = t.Sign()
			p.changed()
		},
		OnReveal: p.reveal,
		OnLeft: func(where string) {
			p.draft.Touch(signPlace(where))
			p.update()
		},
		OnResized:  p.relayout,
		OnScrollTo: p.scrollTo,
		OnSay:      func(text string) { p.notice.Say(widgets.Good, text, "", nil) },
	})
	for _, where := range signPlaces {
		p.spots[signPlace(where)] = &spot{focus: t.Focus(where), show: func(text string) { t.SetProblem(where, text) }}
	}
	return t
}

// showSigning shows how the webhook signs as it is now.
func (p *Page) showSigning() {
	if p.sign != nil {
		p.sign.Set(p.draft.Webhook(), !p.draft.IsNew())
	}
}

// reveal fetches the stored secret of a place, because somebody asked to see it.
func (p *Page) reveal(place string, show func(text string)) {
	ref := control.SecretRef{Webhook: p.id(), Place: place}
	background.Run(
		func(ctx context.Context) (string, error) { return p.service.RevealSecret(ctx, ref) },
		func(text string, err error) {
			if err != nil {
				p.notice.Fail(err)
				return
			}
			show(text)
		},
	)
}
