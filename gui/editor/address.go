package editor

import (
	"context"
	"time"

	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/core/message"
	"hookbird/gui/background"
	"hookbird/gui/mapping"
	"hookbird/gui/widgets"
)

// pauseBeforeCheck is how long the page waits for the next key before it looks
// at an address that is being typed.
const pauseBeforeCheck = 700 * time.Millisecond

// addressCheck is the field for the web address: what is wrong with it is said
// once somebody stops typing, and whether a system answers there. Nothing is
// sent to it.
type addressCheck struct {
	page  *Page
	field *widgets.Field
	text  *mapping.Text
	later context.CancelFunc
	turn  int
}

func newAddressCheck(p *Page) *addressCheck {
	a := &addressCheck{page: p}
	at := Place{Part: PartAddress}
	a.text = p.text(mapping.NewText(ground{p}, merge.Address, p.keyNames), at, p.draft.Web().Address, func(text string) {
		p.draft.Web().Address = text
		a.typed()
	})
	a.text.Entry().SetPlaceHolder("https://")
	a.field = p.field(at, "Web address (URL)", a.text, "Copy it from the other system's settings page.")
	return a
}

func (a *addressCheck) typed() {
	a.turn++
	turn := a.turn
	a.field.SetNote(widgets.Neutral, "")
	a.giveUp()
	a.later = background.After(pauseBeforeCheck, func() { a.check(turn) })
}

func (a *addressCheck) giveUp() {
	if a.later != nil {
		a.later()
	}
}

// check says what is wrong with the address, or asks whether a system answers.
func (a *addressCheck) check(turn int) {
	p := a.page
	web := *p.draft.Web()
	address := web.Address
	if address == "" {
		return
	}
	p.draft.Touch(Place{Part: PartAddress})
	p.update()
	if _, err := message.ParseAddress(address); err != nil {
		return
	}
	if parsed, err := merge.Parse(address, merge.Address); err == nil && parsed.Count() > 0 {
		if status, words := mapping.CheckText(address, merge.Address, p.examples, p.keyNames()); status == widgets.Waiting {
			a.field.SetNote(status, words)
			p.relayout()
			return
		}
		address = parsed.Site() // only the system is looked up, and that is always the same
	}
	a.field.SetNote(widgets.Sending, "Checking the address…")
	p.relayout()
	background.Run(
		func(ctx context.Context) (control.AddressCheck, error) {
			web.Address = address
			return p.service.CheckAddress(ctx, control.WebhookDraft{Webhook: web})
		},
		func(check control.AddressCheck, err error) {
			if turn == a.turn {
				a.show(check, err)
			}
		},
	)
}

func (a *addressCheck) show(check control.AddressCheck, err error) {
	switch {
	case err != nil:
		a.field.SetNote(widgets.Neutral, "")
	case !check.OK:
		a.field.SetNote(widgets.Waiting, check.Text)
	case !check.Secure:
		a.field.SetNote(widgets.Info, check.Text)
	default:
		a.field.SetNote(widgets.Good, check.Text)
	}
	a.page.relayout()
}
