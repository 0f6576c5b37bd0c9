package wizard

import (
	"cmp"
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/core/message"
	"hookbird/gui/background"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// pauseBeforeCheck is how long the page waits for the next key before it looks at
// an address that is being typed.
const pauseBeforeCheck = 700 * time.Millisecond

// addressPart asks where to send to.
type addressPart struct {
	page   *Page
	root   fyne.CanvasObject
	first  fyne.Focusable
	made   *fyne.Container // the address that the boxes make, with its label
	whole  *widgets.Text
	field  *widgets.Field // of the address that is typed, or nil
	note   *widgets.Hint  // what a look at the address found, where there is no field
	name   *widgets.Entry
	naming bool // the name that is set is ours
	later  context.CancelFunc
	turn   int
}

func newAddressPart(p *Page) *addressPart {
	a := &addressPart{page: p, note: widgets.NewHint(widgets.Neutral, ""), whole: widgets.NewParagraph("", widgets.Code.In(theme.Muted))}
	d := p.draft
	box := widgets.VBox(14)
	if d.ownAddress() {
		box.Add(a.addressField())
	} else {
		a.addMarks(box)
	}
	for _, f := range d.marks(false) {
		box.Add(a.markField(f))
	}
	a.name = p.entry(d.name, a.typedName)
	box.Add(p.field("name", "Name", a.name, a.name, "So you can tell your webhooks apart. Only you see this."))
	content := widgets.VBox(theme.CardGap)
	if len(d.said) > 0 {
		content.Add(widgets.NewNote(widgets.Info, "From what you pasted", strings.Join(d.said, "\n")))
	}
	content.Add(widgets.NewCard(box))
	content.Add(widgets.Padded(0, 4, 0, 4, widgets.NewHint(widgets.Info, d.writes())))
	if len(d.said) == 0 {
		content.Add(newSteps(p))
	}
	if len(d.preset.Traps) > 0 {
		content.Add(newGoodToKnow(d))
	}
	a.root = content
	a.showWhole()
	return a
}

func (a *addressPart) words() (heading, line string) {
	d := a.page.draft
	switch {
	case d.ownAddress():
		return "Where should we send it?", "The other system shows a web address for this. It starts with https://"
	case strings.HasPrefix(d.base.Address, "‹"):
		return "Where should we send it?", "The other system shows a web address for this."
	case len(d.marks(true)) > 0:
		return "Where should we send it?", "Fill in what is yours. The rest of the web address is the same for everybody."
	default:
		return "Where should we send it?", "The web address is the same for everybody, and filled in already."
	}
}

func (a *addressPart) object() fyne.CanvasObject { return a.root }

// show puts the cursor into the first box and looks at what is there.
func (a *addressPart) show() {
	if a.first != nil {
		a.page.window().Focus(a.first)
	}
	a.checkSoon()
}

func (a *addressPart) leave() { a.giveUp() }

// addressField is the box for the whole address.
func (a *addressPart) addressField() fyne.CanvasObject {
	p := a.page
	box := p.entry(p.draft.address, func(text string) {
		p.draft.address = text
		a.typed()
	})
	box.SetPlaceHolder("https://")
	if p.draft.preset.Example != "" {
		box.SetPlaceHolder(p.draft.preset.Example)
	}
	a.first = box
	a.field = p.field("address", "Web address (URL)", box, box, "")
	a.say(widgets.Neutral, "")
	return a.field
}

// addMarks adds a box for each thing that the address still needs, and the address
// that they make.
func (a *addressPart) addMarks(box *fyne.Container) {
	p := a.page
	for _, f := range p.draft.marks(true) {
		box.Add(a.markField(f))
	}
	p.spots["address"] = spot{focus: a.first, show: func(text string) {
		if text != "" && p.draft.complete() { // else the boxes say what they lack
			a.say(widgets.Bad, text)
		}
	}}
	a.made = widgets.VBox(6, widgets.NewLine("Web address (URL)", widgets.Label), a.whole, a.note)
	box.Add(a.made)
}

// markField is the box for one thing that only the owner knows.
func (a *addressPart) markField(f assets.Fill) fyne.CanvasObject {
	p := a.page
	set := func(text string) {
		p.draft.values[f.Mark] = text
		a.typed()
	}
	if choices := choicesOf(f.Mark); choices != nil {
		choice := widgets.NewSelect(choices, func(i int) {
			set(choices[i])
			p.changed()
		})
		for i, c := range choices {
			if c == p.draft.values[f.Mark] {
				choice.SetSelected(i)
			}
		}
		return p.field(f.Mark, f.Label, choice, choice, f.Help)
	}
	box := p.entry(p.draft.values[f.Mark], set)
	box.SetPlaceHolder(f.Example)
	if a.first == nil {
		a.first = box
	}
	return p.field(f.Mark, f.Label, box, box, f.Help)
}

// choicesOf lists what a mark like ‹one or another› lets choose.
func choicesOf(mark string) []string {
	choices := strings.Split(strings.Trim(mark, "‹›"), " or ")
	if len(choices) < 2 {
		return nil
	}
	return choices
}

func (a *addressPart) typedName(text string) {
	if a.naming {
		return
	}
	a.page.draft.name, a.page.draft.named = text, strings.TrimSpace(text) != ""
}

// typed follows the address with the name, and looks at it once somebody stops.
func (a *addressPart) typed() {
	d := a.page.draft
	d.follow()
	a.naming = true
	a.name.SetText(d.name)
	a.naming = false
	a.showWhole()
	a.say(widgets.Neutral, "")
	a.checkSoon()
}

func (a *addressPart) showWhole() {
	target := a.page.draft.target()
	a.whole.SetText(target)
	if a.made != nil {
		a.made.Hidden = strings.HasPrefix(target, "‹") // it says nothing yet
	}
	a.page.relayout()
}

func (a *addressPart) giveUp() {
	a.turn++
	if a.later != nil {
		a.later()
	}
}

func (a *addressPart) checkSoon() {
	a.giveUp()
	turn := a.turn
	a.later = background.After(pauseBeforeCheck, func() { a.check(turn) })
}

// check says what is wrong with the address, or asks whether a system answers
// there. Nothing is sent to it.
func (a *addressPart) check(turn int) {
	p := a.page
	if !p.draft.complete() {
		return
	}
	address := p.draft.target()
	_, err := message.ParseAddress(address)
	parsed, faulty := merge.Parse(address, merge.Address)
	if err = cmp.Or(err, faulty); err != nil {
		p.spots["address"].show(core.Sentence(err))
		return
	}
	if message.HasFields(address) { // only the system is looked up, and that is always the same
		address = parsed.Site()
	}
	a.say(widgets.Sending, "Checking the address…")
	background.Run(
		func(ctx context.Context) (control.AddressCheck, error) {
			return p.service.CheckAddress(ctx, control.WebhookDraft{Webhook: core.Webhook{Address: address}})
		},
		func(check control.AddressCheck, err error) {
			if turn == a.turn {
				a.found(check, err)
			}
		})
}

func (a *addressPart) found(check control.AddressCheck, err error) {
	switch {
	case err != nil:
		a.say(widgets.Neutral, "")
	case !check.OK:
		a.say(widgets.Waiting, check.Text+" You can go on and test later.")
	case !check.Secure:
		a.say(widgets.Info, check.Text)
	default:
		a.say(widgets.Good, check.Text)
	}
}

// say tells what a look at the address found; "" for nothing yet. The line is
// always there, so that nothing below it moves away from a pointer.
func (a *addressPart) say(s widgets.Status, text string) {
	if a.field == nil {
		a.note.Set(s, cmp.Or(text, "It is looked up once it is filled in."))
	} else {
		help := ""
		if text == "" {
			help = "Copy it whole. Nothing is sent there until you test."
		}
		a.field.SetNote(s, text)
		a.field.SetHelp(help)
	}
	a.page.relayout()
}
