package wizard

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"hookbird/assets/icons"
	"hookbird/core/sign"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// keyPart asks for the key, if there is one.
type keyPart struct {
	page    *Page
	root    *fyne.Container
	preset  bool // the preset says where the keys go
	cards   []*widgets.ChoiceCard
	below   *fyne.Container // what the answer needs
	secrets []*widgets.SecretEntry
	first   fyne.Focusable
}

func newKeyPart(p *Page) *keyPart {
	k := &keyPart{page: p, below: widgets.VBox(theme.CardGap), root: widgets.VBox(theme.CardGap)}
	keys := p.draft.keys()
	k.preset = len(keys) > 0 || p.draft.key.fixed
	if len(keys) > 0 {
		box := widgets.VBox(14)
		for _, f := range keys {
			e := k.secret(p.draft.values[f.Place], func(text string) { p.draft.values[f.Place] = text })
			e.Entry().SetPlaceHolder(f.Example)
			box.Add(p.field(f.Place, f.Label, e, e.Entry(), f.Help))
		}
		k.root.Add(widgets.NewCard(box))
	}
	if !k.preset {
		k.root.Add(k.question())
	}
	k.root.Add(k.below)
	k.fill()
	return k
}

func (k *keyPart) words() (heading, line string) {
	d := k.page.draft
	switch {
	case d.key.fixed:
		return "Your messages are signed", "With this key the other system checks that a message is yours and was not changed."
	case k.preset:
		return "Which key did they give you?", "It is hidden on screen and in history."
	default:
		return "Did they give you a key?", "Some systems let nobody in without one. If you were given only a web address, choose “No”."
	}
}

func (k *keyPart) object() fyne.CanvasObject { return k.root }

func (k *keyPart) show() {
	if k.first != nil {
		k.page.window().Focus(k.first)
	}
}

func (k *keyPart) leave() {
	for _, e := range k.secrets {
		e.Mask()
	}
}

// secret makes a box for a key, which hides again when the step is left.
func (k *keyPart) secret(text string, set func(string)) *widgets.SecretEntry {
	e := k.page.secret(text, set)
	k.secrets = append(k.secrets, e)
	if k.first == nil {
		k.first = e.Entry()
	}
	return e
}

// answers are what can be answered, in the order of keyKind.
var answers = []struct{ name, note string }{
	{"No", "Only a web address"},
	{"A key or a token", "One long word"},
	{"A user and a password", "As for a login"},
	{"They check a signature", "A key that signs each message"},
}

func (k *keyPart) question() fyne.CanvasObject {
	grid := widgets.Grid(2, theme.TileGap)
	for i, a := range answers {
		card := widgets.NewChoiceCard(a.name, a.note, "", func() { k.choose(keyKind(i)) })
		k.cards = append(k.cards, card)
		grid.Add(card)
	}
	return grid
}

func (k *keyPart) choose(kind keyKind) {
	k.page.draft.key.choose(kind)
	k.page.tried[stepKey] = false
	k.first = nil
	k.fill()
	k.page.changed()
	k.page.relayout()
	k.show()
}

// fill shows what the answer needs.
func (k *keyPart) fill() {
	for i, card := range k.cards {
		card.SetSelected(keyKind(i) == k.page.draft.key.kind)
	}
	k.below.Objects = nil
	switch k.page.draft.key.kind {
	case keyToken:
		k.below.Add(widgets.NewCard(k.tokenFields()))
	case keyLogin:
		k.below.Add(widgets.NewCard(k.loginFields()))
	case keySign:
		k.below.Add(widgets.NewCard(k.signFields()))
	}
	k.below.Refresh()
}

func (k *keyPart) tokenFields() fyne.CanvasObject {
	p, key := k.page, &k.page.draft.key
	token := k.secret(key.token, func(text string) { key.token = text })
	name := widgets.VBox(0)
	showName := func() { name.Objects = []fyne.CanvasObject{k.nameField()} }
	where := widgets.NewSelect([]string{"In a header line (usual)", "Among the fields", "In the web address"}, func(i int) {
		key.place = keyPlace(i)
		showName()
		p.changed()
		p.relayout()
	})
	where.SetSelected(int(key.place))
	showName()
	return widgets.VBox(14,
		p.field("token", "Key or token", token, token.Entry(), "Hidden on screen and in history."),
		widgets.Grid(2, theme.CardGap, widgets.NewField("Where it goes", where, "Their help page says it."), name))
}

// nameField asks for the name that the key goes by.
func (k *keyPart) nameField() fyne.CanvasObject {
	p, key := k.page, &k.page.draft.key
	if key.place == inHeader {
		line := p.entry(key.line, func(text string) { key.line = text })
		return p.field("line", "Name of the header line", line, line, "A key in the line Authorization gets the word Bearer in front.")
	}
	field := p.entry(key.field, func(text string) { key.field = text })
	field.SetPlaceHolder("api_key")
	return p.field("field", "Its name", field, field, "What the other system calls it.")
}

func (k *keyPart) loginFields() fyne.CanvasObject {
	p, key := k.page, &k.page.draft.key
	user := p.entry(key.user, func(text string) { key.user = text })
	k.first = user
	password := k.secret(key.password, func(text string) { key.password = text })
	return widgets.Grid(2, theme.CardGap,
		p.field("user", "User", user, user, ""),
		p.field("password", "Password", password, password.Entry(), "Hidden on screen and in history."))
}

// signFields show the key that was made, once, to be put into the other system.
func (k *keyPart) signFields() fyne.CanvasObject {
	p, key := k.page, &k.page.draft.key
	secret := k.secret(key.secret, func(text string) { key.secret = text })
	copyIt := widgets.NewButton(widgets.Secondary, "Copy the key", icons.Copy, func() {
		secret.Copy()
		p.OnSay("Copied. Give it to them in a safe way, and to nobody else.")
	})
	anew := widgets.NewButton(widgets.Quiet, "Make a new one", icons.Refresh, func() {
		key.secret, key.given = sign.NewSecret(), false
		k.fill()
		p.changed()
		p.relayout()
	})
	given := widget.NewCheck("I have put it into the other system", nil)
	given.SetChecked(key.given)
	given.OnChanged = func(on bool) {
		key.given = on
		p.changed()
	}
	k.first = given
	problem := widgets.NewHint(widgets.Bad, "")
	p.spots["given"] = spot{focus: given, show: func(text string) {
		if problem.Text() != text {
			problem.Set(widgets.Bad, text)
			p.relayout()
		}
	}}
	return widgets.VBox(14,
		p.field("secret", "Secret key", secret, secret.Entry(), "Copy it now: later it stays hidden unless you ask for it. If they gave you a key instead, paste it here."),
		widgets.HBox(8, copyIt, anew),
		widgets.VBox(2, widgets.Padded(0, 0, 0, -7, given), problem),
		widgets.NewHint(widgets.Info, "How they check a signature stands under Security, once this webhook is saved."))
}
