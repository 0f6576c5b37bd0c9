package editor

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/core"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// signInCard is the card that says how the other system knows who is sending.
type signInCard struct {
	field  *widgets.Field
	inners map[core.AuthKind]*fyne.Container
	spots  map[core.AuthKind]map[Place]*spot // of boxes that several ways have
}

// signIns are the ways to sign in, as they are offered.
var signIns = []core.AuthKind{core.AuthNone, core.AuthBasic, core.AuthBearer, core.AuthOAuth}

var signInNames = []string{"Nothing (usual)", "A user and a password", "A token", "OAuth 2: a client's id and secret"}

var signInHelps = map[core.AuthKind]string{
	core.AuthNone:   "A key that goes into a field, a header line or the web address has its place there.",
	core.AuthBasic:  "They stand in the header line Authorization of each message (Basic).",
	core.AuthBearer: "It stands in the header line Authorization of each message (Bearer).",
	core.AuthOAuth:  "A token is fetched with them, kept as long as it is good, and fetched anew when it is refused.",
}

func (p *Page) buildSignIn() fyne.CanvasObject {
	c := &signInCard{spots: map[core.AuthKind]map[Place]*spot{}}
	p.signIn = c
	kind := widgets.NewSelect(signInNames, func(i int) {
		p.draft.SignIn.Kind = signIns[i]
		p.showSignIn()
		p.changed()
		p.relayout()
	})
	kind.SetSelected(slices.Index(signIns, p.draft.SignIn.Kind))
	c.field = p.field(Place{Part: PartAuth}, "They ask for", kind, "")
	c.inners = map[core.AuthKind]*fyne.Container{
		core.AuthBasic:  p.ownSpots(core.AuthBasic, p.basicFields),
		core.AuthBearer: p.ownSpots(core.AuthBearer, p.bearerField),
		core.AuthOAuth:  p.ownSpots(core.AuthOAuth, p.oauthFields),
	}
	p.showSignIn()
	return widgets.NewTitledCard("How to sign in", "", nil,
		widgets.VBox(14, c.field, c.inners[core.AuthBasic], c.inners[core.AuthBearer], c.inners[core.AuthOAuth]))
}

// ownSpots keeps the spots of a way's boxes apart: the same places stand for other
// boxes in another way.
func (p *Page) ownSpots(kind core.AuthKind, build func() *fyne.Container) *fyne.Container {
	inner := build()
	p.signIn.spots[kind] = map[Place]*spot{}
	for _, part := range []Part{PartAuthUser, PartAuthSecret} {
		at := Place{Part: part}
		if s := p.spots[at]; s != nil {
			p.signIn.spots[kind][at] = s
			delete(p.spots, at)
		}
	}
	return inner
}

// showSignIn shows what the chosen way asks for.
func (p *Page) showSignIn() {
	c, kind := p.signIn, p.draft.SignIn.Kind
	c.field.SetHelp(signInHelps[kind])
	for k, inner := range c.inners {
		inner.Hidden = k != kind
	}
	for _, part := range []Part{PartAuthUser, PartAuthSecret} {
		delete(p.spots, Place{Part: part})
	}
	for at, s := range c.spots[kind] {
		p.spots[at] = s
	}
}

// credential makes a box for a text of one way.
func (p *Page) credential(part Part, label string, into *string, sample, help string) *widgets.Field {
	at := Place{Part: part}
	e := p.entry(at, *into, func(text string) { *into = text })
	e.SetPlaceHolder(sample)
	return p.field(at, label, e, help)
}

// secretOf makes the box for the secret of one way.
func (p *Page) secretOf(c *Credentials, label string, typed func(string) core.Secret, help string) *widgets.Field {
	at := Place{Part: PartAuthSecret}
	box := p.newSecretBox(at, "auth", func() core.Secret { return c.Secret }, func(text string) { c.Secret = typed(text) })
	return p.secretField(at, label, box, help)
}

func (p *Page) basicFields() *fyne.Container {
	c := &p.draft.SignIn.Basic
	return widgets.Grid(2, theme.CardGap,
		p.credential(PartAuthUser, "User", &c.User, "", ""),
		p.secretOf(c, "Password", typedKey, "Hidden on screen and in history."))
}

func (p *Page) bearerField() *fyne.Container {
	return widgets.VBox(0, p.secretOf(&p.draft.SignIn.Bearer, "Token", typedToken, "Paste it as they gave it to you. Hidden on screen and in history."))
}

func (p *Page) oauthFields() *fyne.Container {
	c := &p.draft.SignIn.OAuth
	inBody := widget.NewCheck("Send id and secret as form fields", nil)
	inBody.SetChecked(c.InBody)
	inBody.OnChanged = func(on bool) {
		c.InBody = on
		p.changed()
	}
	return widgets.VBox(14,
		p.credential(PartTokenURL, "Web address of the token", &c.TokenURL, "https://", "Their pages call it token endpoint or token URL."),
		widgets.Grid(2, theme.CardGap,
			p.credential(PartAuthUser, "Client id", &c.User, "", ""),
			p.secretOf(c, "Client secret", typedToken, "Hidden on screen and in history.")),
		widgets.Grid(2, theme.CardGap,
			p.credential(PartScopes, "Scopes", &c.Scopes, "None", "With spaces between them."),
			p.credential(PartAudience, "Audience", &c.Audience, "None", "Only if their pages name one.")),
		checkWith(inBody, "Only if their pages say so. Usually they go as user and password."))
}
