package editor

import (
	"hookbird/core"
	"hookbird/gui/widgets"
)

// secretBox is a box for one secret of the draft: hidden, and shown only when
// somebody asks for it.
type secretBox struct {
	page  *Page
	entry *widgets.SecretEntry
	field *widgets.Field     // nil at first
	is    func() core.Secret // what the draft has now
}

// newSecretBox makes the box for the secret of a place; store is the name by which
// it can be revealed ("auth").
func (p *Page) newSecretBox(at Place, store string, is func() core.Secret, set func(text string)) *secretBox {
	b := &secretBox{page: p, entry: widgets.NewSecretEntry(), is: is}
	b.entry.OnReveal = func(show func(string)) { p.reveal(store, show) }
	b.entry.OnChanged = func(text string) {
		set(text)
		b.note()
		p.changed()
	}
	b.entry.Entry().OnFocus = func(on bool) {
		if !on {
			p.draft.Touch(at)
			p.update()
		}
	}
	p.secrets = append(p.secrets, b)
	b.load()
	return b
}

// load shows what the draft has, in dots.
func (b *secretBox) load() {
	secret := b.is()
	if text, typed := secret.Text(); typed {
		b.entry.SetText(text)
		return
	}
	b.entry.SetText("")
	b.entry.SetStored(secret.ID() != "" && !secret.Missing() && !b.page.draft.IsNew())
}

// note says of a secret that is only known to be needed where it comes from.
func (b *secretBox) note() {
	if b.field == nil {
		return
	}
	text := ""
	if b.is().Missing() {
		text = "It was never typed here. Ask the other system for it."
	}
	b.field.SetNote(widgets.Waiting, text)
}

// secretField puts a label above a secret's box and shows the problems of its
// place.
func (p *Page) secretField(at Place, label string, b *secretBox, help string) *widgets.Field {
	f := p.field(at, label, b.entry, help)
	p.spots[at].focus = b.entry.Entry()
	b.field = f
	b.note()
	return f
}
