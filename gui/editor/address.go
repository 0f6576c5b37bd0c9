package editor

import (
	"context"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
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
	page     *Page
	field    *widgets.Field
	text     *mapping.Text
	copyNote *fyne.Container // the button that copies note
	note     string
	object   fyne.CanvasObject
	later    context.CancelFunc
	turn     int
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
	copyIt := widgets.NewButton(widgets.Secondary, "Copy a note for IT", icons.Copy, a.copyForIT)
	a.copyNote = widgets.Padded(8, 0, 0, 0, widgets.HBox(0, copyIt))
	a.copyNote.Hide()
	a.object = widgets.VBox(0, a.field, a.copyNote)
	return a
}

func (a *addressCheck) typed() {
	a.turn++
	turn := a.turn
	a.field.SetNote(widgets.Neutral, "")
	a.copyNote.Hide()
	a.giveUp()
	a.later = background.After(pauseBeforeCheck, func() { a.check(turn) })
}

func (a *addressCheck) giveUp() {
	if a.later != nil {
		a.later()
	}
}

// again looks at an address once more, because the way to it is another now.
func (a *addressCheck) again() {
	if a.page.draft.Web().Address != "" {
		a.typed()
	}
}

// check says what is wrong with the address, or asks whether a system answers.
func (a *addressCheck) check(turn int) {
	p := a.page
	draft := p.draft.Control()
	web := &draft.Webhook
	if web.Address == "" {
		return
	}
	p.draft.Touch(Place{Part: PartAddress})
	p.update()
	if _, err := message.ParseAddress(web.Address); err != nil {
		return
	}
	if parsed, err := merge.Parse(web.Address, merge.Address); err == nil && parsed.Count() > 0 {
		if status, words := mapping.CheckText(web.Address, merge.Address, p.examples, p.keyNames()); status == widgets.Waiting {
			a.field.SetNote(status, words)
			p.relayout()
			return
		}
		web.Address = parsed.Site() // only the system is looked up, and that is always the same
	}
	a.field.SetNote(widgets.Sending, "Checking the address…")
	p.relayout()
	background.Run(
		func(ctx context.Context) (control.AddressCheck, error) { return p.service.CheckAddress(ctx, draft) },
		func(check control.AddressCheck, err error) {
			if turn == a.turn {
				a.show(check, err)
			}
		},
	)
}

func (a *addressCheck) show(check control.AddressCheck, err error) {
	a.note = check.Note
	setShown(a.copyNote, err == nil && !check.OK && check.Note != "")
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

// copyForIT puts on the clipboard what the people who run the network have to know.
func (a *addressCheck) copyForIT() {
	fyne.CurrentApp().Clipboard().SetContent(a.note)
	a.page.notice.Say(widgets.Good, "Copied. Send it to the people who look after your network.", "", nil)
}
